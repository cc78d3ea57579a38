from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import EachProvider, boolean_in, named, words_for


class ImpureProvider(EachProvider):
    r"""A provider that stays a client of WMI.

    ## What it does
    Reports a provider with `Pure = FALSE`.

    ## Why it matters
    It is for providers that become clients of WMI and stay so: WMI has to wait for them before it
    can shut down.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkServiceHost";
        Pure = FALSE;
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
    WMI SDK, "__Win32Provider". (Remarks).
    """

    code = "PRV035"
    name = "impure-provider"
    severity = Severity.INFO

    def check_provider(self, instance: CimInstance) -> Findings:
        if boolean_in(instance, "pure") is False:
            found = named(instance, "pure")
            assert found is not None
            message = f"WMI waits for {words_for(instance)} before it shuts down"
            yield self.finding(message, found.origin)
