from __future__ import annotations

from mofkit.cim import CimClass, namespace_key
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, related_to
from mofkit.linter.providers import ProviderRule, provided_by


class OtherNamespace(ProviderRule):
    r"""A provider that is registered in another namespace than its classes.

    ## What it does
    Reports a class whose provider the file registers, but not in the namespace of the class.

    ## Why it matters
    A registration counts in its own namespace: WMI finds no provider for the class.

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
    #pragma namespace("\\\\.\\root\\cimv2")
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
    WMI SDK, "Registering a provider".
    """

    code = "PRV036"
    name = "other-namespace"
    severity = Severity.WARNING

    def check_class(self, cim_class: CimClass) -> Findings:
        name = provided_by(cim_class)
        providers = self.everyone.called(name) if name else []
        if not providers or has_qualifier(cim_class.qualifiers, "amendment"):
            return
        own = namespace_key(cim_class.pragmas.namespace)
        if own not in {namespace_key(one.pragmas.namespace) for one in providers}:
            yield self.finding(
                f"provider `{name}` of class `{cim_class.name}` is registered in another namespace",
                cim_class.origin,
                related=related_to(providers[0].origin, "the provider"),
            )
