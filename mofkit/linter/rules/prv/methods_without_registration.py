from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import ProviderRule, provided_by


class MethodsWithoutRegistration(ProviderRule):
    r"""Methods of a provider that is not registered for methods.

    ## What it does
    Reports a class with `implemented` methods whose provider is in the files and has no
    `__MethodProviderRegistration`.

    ## Why it matters
    WMI has nobody to pass the calls on to.

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
    [dynamic, provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
        [implemented] uint32 Stop([in] boolean Now);
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
    instance of __MethodProviderRegistration { provider = $Prov; };
    [dynamic, provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
        [implemented] uint32 Stop([in] boolean Now);
    };
    ```

    ## Source
    WMI SDK, "Registering a method provider".
    """

    code = "PRV029"
    name = "methods-without-registration"
    severity = Severity.WARNING

    def check_class(self, cim_class: CimClass) -> Findings:
        name = provided_by(cim_class)
        implemented = [
            method
            for method in cim_class.methods
            if has_qualifier(method.qualifiers, "implemented")
        ]
        if name is None or not implemented or not self.all_complete:
            return
        for provider in self.everyone.called(name):
            if not self.everyone.registrations_of(provider, "__methodproviderregistration"):
                message = f"provider `{name}` is registered for no methods"
                yield self.finding(message, implemented[0].origin)
                return
