from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import PROVIDER, ProviderRule, named, words_for


class MissingHostingModel(ProviderRule):
    r"""A provider that does not say where it runs.

    ## What it does
    Reports a provider without `HostingModel`.

    ## Why it matters
    The default is NetworkServiceHostOrSelfHost: a provider written for more rights than the
    NetworkService account has does not work there, one for fewer gets more than it needs.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
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
    WMI SDK, "Provider hosting and security".
    """

    code = "PRV007"
    name = "missing-hosting-model"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        if instance.class_name.lower() != PROVIDER:
            return
        if named(instance, "hostingmodel") is None:
            yield self.finding(
                f"{words_for(instance)} has no HostingModel",
                instance.origin,
                help="it runs as NetworkServiceHostOrSelfHost; say which host it was written for",
            )
