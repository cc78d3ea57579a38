from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import ProviderRule, strings_in
from mofkit.repository.system_classes import known_classes


class ConsumerClassNames(ProviderRule):
    r"""An event consumer registration without classes.

    ## What it does
    Reports an event consumer registration without `ConsumerClassNames`, with an empty one, or with
    the name of a class that is neither in the files nor one of WMI's consumers.

    ## Why it matters
    The list says which consumers the provider handles.

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
    instance of __EventConsumerProviderRegistration
    {
        provider = $Prov;
        ConsumerClassNames = {};
    };
    class Fenwick_Pager : __EventConsumer
    {
        [key] string Name;
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
    instance of __EventConsumerProviderRegistration
    {
        provider = $Prov;
        ConsumerClassNames = {"Fenwick_Pager"};
    };
    class Fenwick_Pager : __EventConsumer
    {
        [key] string Name;
    };
    ```

    ## Source
    WMI SDK, "__EventConsumerProviderRegistration".
    """

    code = "PRV024"
    name = "consumer-class-names"
    severity = Severity.ERROR

    def check_instance(self, instance: CimInstance) -> Findings:
        if instance.class_name.lower() != "__eventconsumerproviderregistration":
            return
        names = strings_in(instance, "consumerclassnames")
        if not names:
            yield self.finding(
                f"`{instance.class_name}` has no ConsumerClassNames", instance.origin
            )
        for name in names:
            is_known = name.value.lower() in known_classes()
            if (
                not is_known
                and self.all_complete
                and not self.unit.files.classes_called(name.value)
            ):
                yield self.finding(f"class `{name.value}` is not in the files", name.origin)
