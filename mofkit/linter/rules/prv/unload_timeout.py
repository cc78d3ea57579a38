from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.embedded import EmbeddedError, datetime_
from mofkit.linter.lint_rule import Findings, at_value
from mofkit.linter.providers import EachProvider, named, string_in


class UnloadTimeout(EachProvider):
    r"""An UnloadTimeout, which WMI ignores.

    ## What it does
    Reports an `UnloadTimeout`; as an error where it is no interval.

    ## Why it matters
    WMI takes the time from `ClearAfter` of `__ObjectProviderCacheControl` and the like. A value
    that is no interval makes the instance invalid.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkServiceHost";
        UnloadTimeout = "5 minutes";
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
    WMI SDK, "__Win32Provider". "Unloading a provider".
    """

    code = "PRV018"
    name = "unload-timeout"
    severity = Severity.INFO

    def check_provider(self, instance: CimInstance) -> Findings:
        found, text = named(instance, "unloadtimeout"), string_in(instance, "unloadtimeout")
        if found is None or text is None:
            return
        try:
            is_interval = isinstance(datetime_.parse(text), datetime_.Interval)
        except EmbeddedError:
            is_interval = False
        if is_interval:
            yield self.finding("WMI ignores UnloadTimeout", found.origin)
        else:
            yield self.finding(
                f"UnloadTimeout `{text}` is no interval",
                at_value(found),
                severity=Severity.ERROR,
                help="five minutes are 00000000000500.000000:000",
            )
