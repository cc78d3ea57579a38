from __future__ import annotations

from mofkit.cim import CimInstance, CimNull
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import EachProvider, addition, named, words_for


class MissingHostingModel(EachProvider):
    r"""A provider that does not say where it runs.

    ## What it does
    Reports a provider without `HostingModel`, or with NULL there.

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

    ## Fix safety
    Unsafe: the fix writes down what holds without it, NetworkServiceHostOrSelfHost, and the
    provider may have been written for another host.
    """

    code = "PRV007"
    name = "missing-hosting-model"
    severity = Severity.WARNING

    def check_provider(self, instance: CimInstance) -> Findings:
        found = named(instance, "hostingmodel")
        if found is None or isinstance(found.value, CimNull):
            yield self.finding(
                f"{words_for(instance)} has no HostingModel",
                instance.origin if found is None else found.origin,
                help="it runs as NetworkServiceHostOrSelfHost; say which host it was written for",
                fix=addition(instance, "HostingModel", "NetworkServiceHostOrSelfHost"),
            )
