from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import EachProvider, is_decoupled, named, removal, string_in


class SecurityWithoutEffect(EachProvider):
    r"""A SecurityDescriptor on a provider that is not decoupled.

    ## What it does
    Reports a `SecurityDescriptor` of a provider that runs in a host of WMI.

    ## Why it matters
    The property says who may register as a decoupled provider. On others it has no effect, and
    looks as if it had.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkServiceHost";
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
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkServiceHost";
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
    WMI SDK, "__Win32Provider".

    ## Fix safety
    Safe: the property has no effect.
    """

    code = "PRV012"
    name = "security-without-effect"
    severity = Severity.INFO

    def check_provider(self, instance: CimInstance) -> Findings:
        found = named(instance, "securitydescriptor")
        model = string_in(instance, "hostingmodel")
        if found is not None and model is not None and not is_decoupled(instance):
            name = string_in(instance, "name")
            message = f"SecurityDescriptor has no effect: provider `{name}` is not decoupled"
            yield self.finding(message, found.origin, fix=removal(found))
