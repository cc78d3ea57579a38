from __future__ import annotations

from mofkit.cim import (
    CimInstance,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.providers import (
    named,
    string_in,
)


class NetworkServiceHost(LintRule):
    r"""A provider with rights for the network.

    ## What it does
    Reports the HostingModel NetworkServiceHost and NetworkServiceHostOrSelfHost, as a hint.

    ## Why it matters
    NetworkService shows itself to other machines as this machine. A provider that works on this
    machine only needs none of that: LocalServiceHost has fewer rights.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

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

    ## Use instead
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

    code = "SEC003"
    name = "network-service-host"
    severity = Severity.INFO

    def check_instance(self, instance: CimInstance) -> Findings:

        model = named(instance, "hostingmodel")
        if (string_in(instance, "hostingmodel") or "").lower().startswith("networkservicehost"):
            yield self.finding(
                f"provider `{string_in(instance, 'name') or '?'}` runs as NetworkService",
                None if model is None else model.origin,
                help="LocalServiceHost has fewer rights, if the provider needs no other machine",
            )
