from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import PROVIDER, ProviderRule, is_decoupled, named, words_for


class DecoupledWithoutSecurity(ProviderRule):
    r"""A decoupled provider that does not say who may run it.

    ## What it does
    Reports a decoupled provider without `SecurityDescriptor`.

    ## Why it matters
    Without one only LocalSystem, NetworkService and LocalService may register themselves as the
    provider: a program of an administrator is refused.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        HostingModel = "Decoupled:Com";
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
    WMI SDK, "__Win32Provider".
    """

    code = "PRV011"
    name = "decoupled-without-security"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        if instance.class_name.lower() != PROVIDER:
            return
        if is_decoupled(instance) and named(instance, "securitydescriptor") is None:
            message = f"decoupled {words_for(instance)} has no SecurityDescriptor"
            yield self.finding(
                message, instance.origin, help='such as "O:BAG:BAD:(A;;0x1;;;BA)": administrators'
            )
