from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import EachProvider, words_for


class UnregisteredProvider(EachProvider):
    r"""A provider without a registration.

    ## What it does
    Reports an instance of `__Win32Provider` that no `__*ProviderRegistration` of the files names.

    ## Why it matters
    A provider takes two steps: who it is, and a registration for each kind of work. Without the
    second WMI never loads it.

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

    code = "PRV001"
    name = "unregistered-provider"
    severity = Severity.WARNING

    def check_provider(self, instance: CimInstance) -> Findings:
        if self.all_complete and not self.everyone.registrations_of(instance):
            if self.everyone.has_loose_registrations:
                return  # one of them may be meant for this provider; there are findings about them
            message = f"{words_for(instance)} has no registration"
            causes = self.everyone.misspelled_registrations
            yield self.finding(message, instance.origin, causes=causes)
