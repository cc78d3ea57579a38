from __future__ import annotations

from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.security_descriptors import DescriptorRule


class InheritedByNamespaces(DescriptorRule):
    r"""An entry that holds for the namespaces below, too.

    ## What it does
    Reports the flag CI (container inherit) of an entry of a NamespaceSecuritySDDL.

    ## Why it matters
    Namespaces below get the entry, those of other products too, now and later.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root")

    [NamespaceSecuritySDDL("O:BAG:BAD:(A;CI;0x1;;;BA)")]
    instance of __Namespace
    {
        Name = "Fenwick";
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root")

    [NamespaceSecuritySDDL("O:BAG:BAD:(A;;0x1;;;BA)")]
    instance of __Namespace
    {
        Name = "Fenwick";
    };
    ```

    ## Source
    WMI SDK, "Establishing inheritance of namespace security".
    """

    code = "SEC015"
    name = "inherited-by-namespaces"
    severity = Severity.INFO

    def check_unit(self) -> Findings:
        for written in self.written:
            if written.read is None or written.read.dacl is None or not written.is_of_namespace:
                continue
            for ace in written.read.dacl.aces:
                if "CI" in ace.flags:
                    message = (
                        f"namespaces below {written.owner} inherit the entry for {ace.sid.account}"
                    )
                    yield self.at(written, ace.span, message, {})
