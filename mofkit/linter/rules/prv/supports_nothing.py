from __future__ import annotations

from mofkit.cim import CimBoolean, CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import ProviderRule, strings_in

_KINDS = ("__instanceproviderregistration", "__propertyproviderregistration")


class SupportsNothing(ProviderRule):
    r"""A registration that supports nothing.

    ## What it does
    Reports an instance or property registration in which no `Supports…` property is TRUE.

    ## Why it matters
    WMI answers WBEM_E_PROVIDER_NOT_CAPABLE to whoever asks. (The documentation gives the default of
    SupportsEnumeration of instance providers once as TRUE and once as FALSE: say it.)

    ## Example
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
    WMI SDK, "__ObjectProviderRegistration". "__InstanceProviderRegistration".
    """

    code = "PRV022"
    name = "supports-nothing"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        if instance.class_name.lower() not in _KINDS:
            return
        supported = [
            found
            for found in instance.properties
            if found.name.lower().startswith("supports") and found.value == CimBoolean(value=True)
        ]
        if not supported and not strings_in(instance, "querysupportlevels"):
            yield self.finding(f"`{instance.class_name}` supports nothing", instance.origin)
