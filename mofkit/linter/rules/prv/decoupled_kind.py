from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import ProviderRule, is_decoupled, string_in

_UNSUPPORTED = ("__classproviderregistration", "__propertyproviderregistration")


class DecoupledKind(ProviderRule):
    r"""A decoupled provider of classes or properties.

    ## What it does
    Reports a class or property registration of a decoupled provider.

    ## Why it matters
    A decoupled provider serves instances, methods and events; classes and properties are not
    supported.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        HostingModel = "Decoupled:Com";
        SecurityDescriptor = "O:BAG:BAD:(A;;0x1;;;BA)";
    };
    instance of __PropertyProviderRegistration
    {
        provider = $Prov;
        SupportsGet = TRUE;
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
        HostingModel = "Decoupled:Com";
        SecurityDescriptor = "O:BAG:BAD:(A;;0x1;;;BA)";
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
    WMI SDK, "Incorporating a provider in an application", "Choosing the correct registration".
    """

    code = "PRV010"
    name = "decoupled-kind"
    severity = Severity.ERROR

    def check_instance(self, instance: CimInstance) -> Findings:
        if instance.class_name.lower() not in _UNSUPPORTED:
            return
        named = self.known.provider_of(instance)
        if isinstance(named, str):
            providers = self.everyone.called(named)
        else:
            providers = [] if named is None else [self.everyone.completed(named) or named]
        for found in providers:
            if is_decoupled(found):
                name = string_in(found, "name")
                message = (
                    f"provider `{name}` is decoupled and cannot have a `{instance.class_name}`"
                )
                yield self.finding(message, instance.origin)
