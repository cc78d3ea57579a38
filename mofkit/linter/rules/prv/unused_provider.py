from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import EachProvider, string_in

_WITHOUT_CLASSES = (
    "__classproviderregistration",
    "__eventproviderregistration",
    "__eventconsumerproviderregistration",
)


class UnusedProvider(EachProvider):
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

    def check_provider(self, instance: CimInstance) -> Findings:
        name = string_in(instance, "name")
        if name is None or not self.all_complete:
            return
        users = self.everyone.named_by_classes
        others = self.everyone.registrations_of(instance, *_WITHOUT_CLASSES)
        if (
            users
            and name.lower() not in users
            and name.lower() not in self.everyone.misspelled_by_classes  # PRV026 says it
            and not others
            and self.everyone.registrations_of(instance)
        ):
            yield self.finding(f"no class of the files names provider `{name}`", instance.origin)
