from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, at_value
from mofkit.linter.providers import EachProvider, integer_in, named


class InitializationReentrancy(EachProvider):
    r"""A value that InitializationReentrancy cannot have.

    ## What it does
    Reports an `InitializationReentrancy` other than 0, 1 and 2.

    ## Why it matters
    0 initializes one provider at a time, 1 one in a namespace, 2 any number.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkServiceHost";
        InitializationReentrancy = 7;
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
        InitializationReentrancy = 2;
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
    """

    code = "PRV016"
    name = "initialization-reentrancy"
    severity = Severity.ERROR

    def check_provider(self, instance: CimInstance) -> Findings:
        found, value = (
            named(instance, "initializationreentrancy"),
            integer_in(instance, "initializationreentrancy"),
        )
        if found is not None and value is not None and value not in (0, 1, 2):
            yield self.finding(
                f"InitializationReentrancy is {value}, not 0, 1 or 2", at_value(found)
            )
