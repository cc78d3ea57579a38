from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, at_value
from mofkit.linter.providers import REGISTRATIONS, ProviderRule, integer_in, named


class InteractionType(ProviderRule):
    r"""An InteractionType that there is not.

    ## What it does
    Reports an `InteractionType` other than 0 (pull) and 1 (push).

    ## Why it matters
    2, a push that is verified, is documented as not supported.

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
        SupportsGet = TRUE;
        InteractionType = 2;
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
        InteractionType = 0;
    };
    [dynamic, provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "__InstanceProviderRegistration".
    """

    code = "PRV021"
    name = "interaction-type"
    severity = Severity.ERROR

    def check_instance(self, instance: CimInstance) -> Findings:
        found, value = named(instance, "interactiontype"), integer_in(instance, "interactiontype")
        if instance.class_name.lower() not in REGISTRATIONS or found is None or value is None:
            return
        if value not in (0, 1):
            message = f"InteractionType is {value}, not 0 (pull) or 1 (push)"
            yield self.finding(message, at_value(found))
