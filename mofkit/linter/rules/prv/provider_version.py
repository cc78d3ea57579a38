from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, at_value
from mofkit.linter.providers import EachProvider, integer_in, named


class ProviderVersion(EachProvider):
    r"""A value that Version cannot have.

    ## What it does
    Reports a `Version` of a provider other than 1 and 2.

    ## Why it matters
    This is the version of the interface between WMI and the provider, not that of the product.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkServiceHost";
        Version = 7;
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
        Version = 2;
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

    code = "PRV017"
    name = "provider-version"
    severity = Severity.WARNING

    def check_provider(self, instance: CimInstance) -> Findings:
        found, value = named(instance, "version"), integer_in(instance, "version")
        if found is not None and value is not None and value not in (1, 2):
            yield self.finding(f"Version is {value}, not 1 or 2", at_value(found))
