from __future__ import annotations

from typing import Final

from mofkit.cim import (
    CimInstance,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import (
    ProviderRule,
    boolean_in,
    integer_in,
    string_in,
)

_WRITING: Final = (
    "__instanceproviderregistration",
    "__classproviderregistration",
    "__propertyproviderregistration",
    "__methodproviderregistration",
)


def _writes(registration: CimInstance) -> bool:
    if registration.class_name.lower() == "__methodproviderregistration":
        return True
    return any(boolean_in(registration, name) for name in ("supportsput", "supportsdelete"))


class WritingProvider(ProviderRule):
    r"""A provider that writes with its own rights.

    ## What it does
    Reports a registration with SupportsPut or SupportsDelete, or for methods, of a provider whose
    ImpersonationLevel is not 1, as a hint. (What other values mean is the business of PRV015.)

    ## Why it matters
    Without impersonation the provider works with the rights of its host. It has to check itself
    what the caller may do; else callers do through it what they may not do themselves.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "LocalServiceHost";
    };
    instance of __InstanceProviderRegistration
    {
        provider = $Prov;
        SupportsGet = TRUE;
        SupportsEnumeration = TRUE;
        SupportsPut = TRUE;
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
    #pragma namespace("\\\\.\\root\\cimv2")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "LocalServiceHost";
        ImpersonationLevel = 1;
        PerUserInitialization = TRUE;
    };
    instance of __InstanceProviderRegistration
    {
        provider = $Prov;
        SupportsGet = TRUE;
        SupportsEnumeration = TRUE;
        SupportsPut = TRUE;
    };

    [dynamic, provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "Securing your provider" and "Impersonating a client".
    """

    code = "SEC017"
    name = "writing-provider"
    severity = Severity.INFO

    def check_instance(self, instance: CimInstance) -> Findings:
        if instance.class_name.lower() not in _WRITING or not _writes(instance):
            return
        provider = self.known.provider_of(instance)
        if isinstance(provider, CimInstance) and integer_in(provider, "impersonationlevel") != 1:
            yield self.finding(
                f"provider `{string_in(provider, 'name')}` writes for callers with its own rights",
                instance.origin,
                help="set ImpersonationLevel = 1 and PerUserInitialization = TRUE",
            )
