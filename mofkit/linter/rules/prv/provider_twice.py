from __future__ import annotations

from mofkit.cim import CimInstance, namespace_key
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, related_to
from mofkit.linter.providers import ProviderRule, string_in


class ProviderTwice(ProviderRule):
    r"""Two providers with one name, or one CLSID under two names.

    ## What it does
    Reports a provider with the name of another of its namespace; and, as a warning, one with the
    CLSID of a provider of another name.

    ## Why it matters
    Name is the key: the later provider replaces the earlier. And one CLSID is one COM class, which
    cannot tell under which name it was loaded.

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
    instance of __Win32Provider as $Second
    {
        Name = "FenwickPumpProvider";
        CLSID = "{C5E0B8F2-6B1D-4C8A-9C39-5A4E8D2B7F10}";
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
    WMI SDK, "__Win32Provider".
    """

    code = "PRV006"
    name = "provider-twice"
    severity = Severity.ERROR

    def check_unit(self) -> Findings:
        names: dict[tuple[str, str], CimInstance] = {}
        clsids: dict[str, CimInstance] = {}
        for provider in self.known.providers:
            name = string_in(provider, "name") or ""
            clsid = (string_in(provider, "clsid") or "").lower()
            first = names.setdefault(
                (namespace_key(provider.pragmas.namespace), name.lower()), provider
            )
            same_class = clsids.setdefault(clsid, provider) if clsid else provider
            if first is not provider:
                yield self.finding(
                    f"provider `{name}` is there twice in its namespace",
                    provider.origin,
                    related=related_to(first.origin, "the other one"),
                )
            elif (string_in(same_class, "name") or "").lower() != name.lower():
                yield self.finding(
                    f"providers `{string_in(same_class, 'name')}` and `{name}` have one CLSID",
                    provider.origin,
                    severity=Severity.WARNING,
                    related=related_to(same_class.origin, "the other one"),
                )
