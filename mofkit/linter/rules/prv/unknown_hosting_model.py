from __future__ import annotations

from mofkit.cim import CimInstance, CimInstanceProperty
from mofkit.diagnostics import Fix, Severity
from mofkit.diagnostics.suggestions import nearest, replace_word
from mofkit.linter.lint_rule import Findings, at_value
from mofkit.linter.providers import EachProvider, named, string_in

_ALL = (
    "SelfHost",
    "LocalSystemHost",
    "LocalSystemHostOrSelfHost",
    "NetworkServiceHost",
    "NetworkServiceHostOrSelfHost",
    "LocalServiceHost",
    "Decoupled:Com",
    "Decoupled:Com:FoldIdentity(TRUE)",
    "Decoupled:Com:FoldIdentity(FALSE)",
    "Decoupled:Noncom",
)
_HOSTS = frozenset(name.lower() for name in _ALL if ":" not in name)
_DECOUPLED = frozenset(name.lower() for name in _ALL if ":" in name)


class UnknownHostingModel(EachProvider):
    r"""A HostingModel that there is not.

    ## What it does
    Reports a `HostingModel` that is none of those documented. One of a host in the WMI service may
    have a name of a shared host behind a colon (`NetworkServiceHost:Pumps`); it is a warning if
    that name is itself a hosting model.

    ## Why it matters
    WMI does not load a provider whose hosting model it does not know.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkService";
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
    Unsafe: the nearest model may not be the one that was meant.
    """

    code = "PRV008"
    name = "unknown-hosting-model"
    severity = Severity.ERROR

    def check_provider(self, instance: CimInstance) -> Findings:
        found, text = named(instance, "hostingmodel"), string_in(instance, "hostingmodel")
        if found is None or text is None:
            return
        model, colon, group = text.partition(":")
        if text.lower() in _DECOUPLED or (model.lower() in _HOSTS and not colon):
            return
        if model.lower() not in _HOSTS or not group:
            near = nearest(text, _ALL)
            yield self.finding(
                f"there is no hosting model `{text}`",
                at_value(found),
                help=f"did you mean {near}?" if near else "",
                fix=_renamed(found, near),
            )
        elif group.lower() in _HOSTS:
            message = f"`{group}` in `{text}` is the name of a shared host, no account"
            yield self.finding(message, at_value(found), severity=Severity.WARNING)


def _renamed(found: CimInstanceProperty, near: str | None) -> Fix | None:
    place = at_value(found)
    return replace_word(place.span, f'"{near}"') if place and near else None
