from __future__ import annotations

from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.security_descriptors import DescriptorRule, allowing


class RemoteForEveryone(DescriptorRule):
    r"""A namespace that many people may use from elsewhere.

    ## What it does
    Reports an entry of a NamespaceSecuritySDDL that allows a wide group (WD, AN, AU, BU, NU) access
    from other machines (WBEM_REMOTE_ACCESS, 0x20).

    ## Why it matters
    Whoever has an account in the domain can ask the namespace from any machine, and what a mistake
    in a provider gives away, it gives away to the network.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root")

    [NamespaceSecuritySDDL("O:BAG:BAD:(A;;0x23;;;AU)")]
    instance of __Namespace
    {
        Name = "Fenwick";
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root")

    [NamespaceSecuritySDDL("O:BAG:BAD:(A;;0x23;;;BA)(A;;0x3;;;AU)")]
    instance of __Namespace
    {
        Name = "Fenwick";
    };
    ```

    ## Source
    WMI SDK, "Namespace access rights constants".
    """

    code = "SEC014"
    name = "remote-for-everyone"
    severity = Severity.WARNING

    def check_unit(self) -> Findings:
        for written in self.written:
            for ace in allowing(written):
                if ace.rights.mask & 0x20:
                    message = f"{written.owner} allows {ace.sid.account} to ask from other machines"
                    yield self.at(written, ace.rights.span, message, {})
