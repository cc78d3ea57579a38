from __future__ import annotations

from typing import Final

from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.security_descriptors import DescriptorRule, allowing, rights_in

_TOO_MUCH: Final = 0x4 | 0x8 | 0x10 | 0x20000 | 0x40000 | 0x10000000 | 0x40000000
_HELP: Final = "0x3 lets them read and call methods; give the rest to administrators (BA)"


class NamespaceForEveryone(DescriptorRule):
    r"""A namespace in which many people may do much.

    ## What it does
    Reports an entry of a NamespaceSecuritySDDL that allows a wide group (WD everyone, AN anonymous
    logon, AU authenticated users, BU users, NU network users) more than to read (WBEM_ENABLE, 0x1)
    and to call methods (WBEM_METHOD_EXECUTE, 0x2), and a descriptor without a list of entries.
    Access from other machines is the business of SEC014.

    The pages do not agree with one another: "Setting namespace security when the namespace is
    created" says in prose that its sample is for authenticated users and lets them write through
    providers and use remote access, while the sample, 0x60003 for WD, is for everyone and has
    neither right, but READ_CONTROL and WRITE_DAC. "Access to WMI namespaces" says that
    authenticated users have full write by default, "Namespace access rights constants" that
    administrators only do. The rule follows the constants.

    ## Why it matters
    Whoever may write classes and instances (0x4, 0x8) can change what providers are run; whoever
    may change the list (WRITE_DAC, 0x40000) can allow himself the rest; READ_CONTROL shows who is
    allowed what.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root")

    [NamespaceSecuritySDDL("O:BAG:BAD:(A;;0x6000F;;;WD)")]
    instance of __Namespace
    {
        Name = "Fenwick";
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root")

    [NamespaceSecuritySDDL("O:BAG:BAD:(A;;0x6003F;;;BA)(A;;0x3;;;WD)")]
    instance of __Namespace
    {
        Name = "Fenwick";
    };
    ```

    ## Source
    WMI SDK, "Namespace access rights constants".
    """

    code = "SEC013"
    name = "namespace-for-everyone"
    severity = Severity.WARNING

    def check_unit(self) -> Findings:
        for written in self.written:
            if written.is_of_namespace and written.read is not None and written.read.dacl is None:
                message = f"{written.owner} has no list of who may use it, so everybody may do all"
                yield self.at(written, written.read.span, message, {})
            for ace in allowing(written):
                excess = rights_in(ace.rights.mask & _TOO_MUCH)
                if excess:
                    message = f"{written.owner} allows {ace.sid.account} {excess}"
                    yield self.at(written, ace.span, message, {"help": _HELP})
