from __future__ import annotations

from mofkit.cim import CimInstance, CimNull
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import EachProvider, is_decoupled, named, words_for
from mofkit.linter.spelling import property_slips


class MissingClsid(EachProvider):
    r"""A provider that WMI cannot load.

    ## What it does
    Reports a provider without `CLSID` whose hosting model is not decoupled.

    ## Why it matters
    WMI loads a provider as the COM class of its CLSID. Only a decoupled one starts by itself.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
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
    WMI SDK, "__Win32Provider". "Registering a provider".
    """

    code = "PRV003"
    name = "missing-clsid"
    severity = Severity.ERROR

    def check_provider(self, instance: CimInstance) -> Findings:
        clsid = named(instance, "clsid")
        if (clsid is None or isinstance(clsid.value, CimNull)) and not is_decoupled(instance):
            message = f"{words_for(instance)} has no CLSID"
            causes = property_slips(instance, "CLSID")
            yield self.finding(message, instance.origin, causes=causes)
