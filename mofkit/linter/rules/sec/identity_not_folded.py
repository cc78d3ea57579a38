from __future__ import annotations

from mofkit.cim import (
    CimInstance,
    CimString,
)
from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.providers import (
    named,
    string_in,
)
from mofkit.source import Edit


class IdentityNotFolded(LintRule):
    r"""A decoupled provider that is handed the identity of its clients.

    ## What it does
    Reports the HostingModel `Decoupled:Com:FoldIdentity(FALSE)`.

    ## Why it matters
    With FALSE the provider gets the client's own identity, and with delegation may act as the
    client on other machines: one rogue provider can affect a whole domain.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "Decoupled:Com:FoldIdentity(FALSE)";
        SecurityDescriptor = "O:BAG:BAD:(A;;0x1;;;BA)";
    };
    instance of __InstanceProviderRegistration
    {
        provider = $Prov;
        SupportsGet = TRUE;
        SupportsEnumeration = TRUE;
    };

    [dynamic, provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "Decoupled:Com:FoldIdentity(TRUE)";
        SecurityDescriptor = "O:BAG:BAD:(A;;0x1;;;BA)";
    };
    instance of __InstanceProviderRegistration
    {
        provider = $Prov;
        SupportsGet = TRUE;
        SupportsEnumeration = TRUE;
    };

    [dynamic, provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "Provider hosting and security".

    ## Fix safety
    Unsafe: a provider that acts as its clients is refused what only they may do.
    """

    code = "SEC002"
    name = "identity-not-folded"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:

        model = named(instance, "hostingmodel")
        value = None if model is None else model.value
        if not isinstance(value, CimString) or value.origin is None:
            return
        if "foldidentity(false)" in "".join(value.value.lower().split()):
            yield self.finding(
                f"provider `{string_in(instance, 'name')}` is handed the identity of its clients",
                value.origin,
                fix=Fix(
                    "write FoldIdentity(TRUE)",
                    (Edit(value.origin.span, '"Decoupled:Com:FoldIdentity(TRUE)"'),),
                    Safety.UNSAFE,
                ),
            )
