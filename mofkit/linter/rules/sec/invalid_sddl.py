from __future__ import annotations

from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.security_descriptors import DescriptorRule


class InvalidSddl(DescriptorRule):
    r"""A security descriptor that cannot be read.

    ## What it does
    Reports a NamespaceSecuritySDDL, a SecurityDescriptor of `__Win32Provider` and an EventAccess of
    `__EventFilter` that is no SDDL, has names that SDDL has not, or lacks the owner or the group.

    ## Why it matters
    WMI refuses what it cannot read, or the descriptor protects nothing. The pages give an owner and
    a group with each, and WMI wants both.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root")

    [NamespaceSecuritySDDL("D:(A;0x1;BA)")]
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
    WMI SDK, "Setting namespace security when the namespace is created", "__Win32Provider" and
    "Receiving events securely"; Windows SDK, "Security descriptor string format".
    """

    code = "SEC012"
    name = "invalid-sddl"
    severity = Severity.ERROR

    def check_unit(self) -> Findings:
        for written in self.written:
            if written.error is not None:
                error = written.error
                message = f"the security descriptor of {written.owner}: {error.message}"
                yield self.at(written, error.span, message, {})
            elif written.read is not None:
                parts = (("owner (O:)", written.read.owner), ("group (G:)", written.read.group))
                missing = [name for name, part in parts if part is None]
                if missing:
                    lack = " and no ".join(missing)
                    message = f"the security descriptor of {written.owner} has no {lack}"
                    yield self.at(written, written.read.span, message, {})
