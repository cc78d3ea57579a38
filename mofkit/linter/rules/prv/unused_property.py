from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import PROVIDER, REGISTRATIONS, ProviderRule, removal

_OF_PROVIDERS = frozenset(
    {
        "concurrency",
        "initializationtimeoutinterval",
        "operationtimeoutinterval",
        "supportsexplicitshutdown",
        "supportsextendedstatus",
        "supportsquotas",
        "supportssendstatus",
        "supportsshutdown",
        "supportsthrottling",
    }
)
_OF_REGISTRATIONS = frozenset(
    {
        "cacherefreshinterval",
        "peruserschema",
        "resynchroniseonnamespaceopen",
        "supportsbatching",
        "supportstransactions",
    }
)


class UnusedProperty(ProviderRule):
    r"""A property that WMI does not use.

    ## What it does
    Reports a property of a provider or of a registration that is documented as not used:
    Concurrency, the time-outs, SupportsShutdown and the like.

    ## Why it matters
    It has no effect, and misleads whoever reads the file.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkServiceHost";
        SupportsThrottling = TRUE;
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
    WMI SDK, "__Win32Provider". "__ObjectProviderRegistration", "__ClassProviderRegistration".

    ## Fix safety
    Safe: the property has no effect.
    """

    code = "PRV014"
    name = "unused-property"
    severity = Severity.INFO

    def check_instance(self, instance: CimInstance) -> Findings:
        name = instance.class_name.lower()
        unused = _OF_PROVIDERS if name == PROVIDER else _OF_REGISTRATIONS
        if name != PROVIDER and name not in REGISTRATIONS:
            return
        for found in instance.properties:
            if found.name.lower() in unused:
                message = f"WMI does not use {found.name}"
                yield self.finding(message, found.origin, fix=removal(found))
