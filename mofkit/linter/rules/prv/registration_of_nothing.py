from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.diagnostics.suggestions import nearest
from mofkit.linter.lint_rule import Findings, at_value
from mofkit.linter.providers import BUILT_IN, REGISTRATIONS, ProviderRule, named
from mofkit.linter.spelling import property_slips


class RegistrationOfNothing(ProviderRule):
    r"""A registration of no provider that is known.

    ## What it does
    Reports a registration without `provider`, and one whose object path names a provider that is
    neither in the files nor one of Windows'.

    ## Why it matters
    The reference is all that ties a registration to its provider: with a wrong one the registration
    is dead. (What an alias names is SEM406's business.)

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
        provider = "__Win32Provider.Name=\"FenwickPump\"";
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
        provider = "__Win32Provider.Name=\"FenwickPumpProvider\"";
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
    WMI SDK, "__ProviderRegistration", "Creating an alias".
    """

    code = "PRV002"
    name = "registration-of-nothing"
    severity = Severity.ERROR

    def check_instance(self, instance: CimInstance) -> Findings:
        if instance.class_name.lower() not in REGISTRATIONS:
            return
        found = named(instance, "provider")
        if found is None:
            yield self.finding(
                f"`{instance.class_name}` names no provider",
                instance.origin,
                causes=property_slips(instance, "provider"),
            )
            return
        name = self.known.provider_of(instance)
        if not isinstance(name, str) or name.lower() in BUILT_IN or not self.all_complete:
            return
        if self.everyone.called(name):
            return
        near = nearest(name, self.everyone.names)
        yield self.finding(
            f"there is no provider `{name}` in the files",
            at_value(found),
            help=f"did you mean {near}?" if near else "",
        )
