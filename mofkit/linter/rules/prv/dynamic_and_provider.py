from __future__ import annotations

from mofkit.cim import CimClass, CimMethod, CimProperty
from mofkit.cim.qualifiers import has_qualifier, qualifier_named, string_of
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import ProviderRule
from mofkit.linter.spelling import qualifier_slips

_OTHERS = ("wmi", "amendment", "guid", "eventtype", "eventversion")
"""Drivers' classes, translations, and classes of event tracing, which need no provider."""


class DynamicAndProvider(ProviderRule):
    r"""A dynamic class without a provider, or the reverse.

    ## What it does
    Reports a class with one of `dynamic` and `provider` and without the other, a class derived from
    a dynamic one that is not dynamic, and a dynamic property without `PropertyContext`.

    ## Why it matters
    The two go together: `dynamic` makes WMI ask somebody for the data, `provider` says whom.
    Drivers' classes have rules of their own (WDM102, WDM104).

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
    instance of __InstanceProviderRegistration
    {
        provider = $Prov;
        SupportsGet = TRUE;
        SupportsEnumeration = TRUE;
    };
    [dynamic]
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
    WMI SDK, "Dynamic qualifier", "Standard WMI qualifiers".
    """

    code = "PRV027"
    name = "dynamic-and-provider"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        qualifiers, name = cim_class.qualifiers, cim_class.name
        if any(has_qualifier(qualifiers, name) for name in _OTHERS):
            return
        is_dynamic = has_qualifier(qualifiers, "dynamic")
        provider = qualifier_named(qualifiers, "provider")
        if is_dynamic and provider is None:
            causes = qualifier_slips(qualifiers, "provider")
            message = f"dynamic class `{name}` has no provider"
            yield self.finding(message, cim_class.origin, causes=causes)
        is_for_other_servers = ":" in (string_of(qualifiers, "provider") or "")
        if provider is None or is_for_other_servers:
            pass
        elif not is_dynamic and not self._has_dynamic_members(cim_class):
            causes = qualifier_slips(qualifiers, "dynamic")
            message = f"class `{name}` has a provider and is not dynamic"
            yield self.finding(message, provider.origin, causes=causes)
        base = self.unit.schema.superclass_of(cim_class)
        if base is not None and has_qualifier(base.qualifiers, "dynamic") and not is_dynamic:
            message = f"class `{name}` is not dynamic, and its base class `{base.name}` is"
            yield self.finding(message, cim_class.origin)

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        qualifiers = cim_property.qualifiers
        if not has_qualifier(qualifiers, "dynamic") or has_qualifier(cim_class.qualifiers, "wmi"):
            return
        if qualifier_named(qualifiers, "propertycontext") is None:
            causes = qualifier_slips(qualifiers, "PropertyContext")
            message = f"dynamic property `{cim_property.name}` has no PropertyContext"
            yield self.finding(message, cim_property.origin, causes=causes)

    def _has_dynamic_members(self, cim_class: CimClass) -> bool:
        """Say whether a property provider serves it, or it only has methods."""
        members: list[CimProperty | CimMethod] = [*cim_class.properties, *cim_class.methods]
        return any(
            has_qualifier(member.qualifiers, name)
            for member in members
            for name in ("dynamic", "implemented", "static")
        )
