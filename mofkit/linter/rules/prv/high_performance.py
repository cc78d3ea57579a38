from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import EachProvider, boolean_in, named, string_in

_SUPPORTS = ("supportsget", "supportsenumeration")


class HighPerformance(EachProvider):
    r"""A high-performance provider that does not say enough.

    ## What it does
    Reports a provider with a `ClientLoadableCLSID` that is also its `CLSID`, or that has no
    registration with `SupportsGet` or `SupportsEnumeration`.

    ## Why it matters
    A high-performance provider is two COM classes, one loaded by WMI and one by its clients; and
    clients ask it only for what it says that it supports.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkServiceHost";
        ClientLoadableCLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
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
        ClientLoadableCLSID = "{0B8E44D1-3C2F-4B69-8A41-9D5F0F6B2E77}";
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
    WMI SDK, "Registering a high-performance provider".
    """

    code = "PRV013"
    name = "high-performance"
    severity = Severity.WARNING

    def check_provider(self, instance: CimInstance) -> Findings:
        found = named(instance, "clientloadableclsid")
        client, server = (string_in(instance, name) for name in ("clientloadableclsid", "clsid"))
        if found is None or client is None:
            return
        name = string_in(instance, "name")
        if client.lower() == (server or "").lower():
            yield self.finding(
                f"provider `{name}` has one CLSID for WMI and its clients", found.origin
            )
        registrations = self.everyone.registrations_of(instance)
        supports = any(boolean_in(one, what) for one in registrations for what in _SUPPORTS)
        if registrations and not supports and self.all_complete:
            message = f"high-performance provider `{name}` supports neither Get nor Enumeration"
            yield self.finding(message, found.origin)
