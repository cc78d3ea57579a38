from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.cim.qualifiers import string_of
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import PROVIDER, ProviderRule, provided_by, string_in

_WITHOUT_CLASSES = (
    "__classproviderregistration",
    "__eventproviderregistration",
    "__eventconsumerproviderregistration",
)


class UnusedProvider(ProviderRule):
    r"""A provider that nothing names.

    ## What it does
    Reports a provider that is registered for instances, methods or properties, where the files have
    dynamic classes and none of them names it.

    ## Why it matters
    Most often the class has another spelling of the name.

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
        SupportsEnumeration = TRUE;
    };
    [dynamic, provider("FenwickPump")]
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
    mofkit's own.
    """

    code = "PRV037"
    name = "unused-provider"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        name = string_in(instance, "name")
        if instance.class_name.lower() != PROVIDER or name is None or not self.all_complete:
            return
        classes = [one for unit in self.unit.files.units for one in unit.schema.classes]
        users = {(provided_by(one) or "").lower() for one in classes} - {""}
        users |= {
            (provided_by_member or "").lower()
            for one in classes
            for member in one.properties
            if (provided_by_member := string_of(member.qualifiers, "provider"))
        }
        others = self.registrations_of(instance, *_WITHOUT_CLASSES)
        if users and name.lower() not in users and not others and self.registrations_of(instance):
            yield self.finding(f"no class of the files names provider `{name}`", instance.origin)
