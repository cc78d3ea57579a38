from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import EachProvider, addition, is_decoupled, named, words_for

_OF_ADMINISTRATORS = "O:BAG:BAD:(A;;0x1;;;BA)"


class DecoupledWithoutSecurity(EachProvider):
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

    ## Fix safety
    Unsafe: the fix lets administrators run the provider, and others may have been meant to.
    """

    code = "PRV011"
    name = "decoupled-without-security"
    severity = Severity.WARNING

    def check_provider(self, instance: CimInstance) -> Findings:
        if is_decoupled(instance) and named(instance, "securitydescriptor") is None:
            message = f"decoupled {words_for(instance)} has no SecurityDescriptor"
            yield self.finding(
                message,
                instance.origin,
                help=f'such as "{_OF_ADMINISTRATORS}": administrators',
                fix=addition(instance, "SecurityDescriptor", _OF_ADMINISTRATORS),
            )
