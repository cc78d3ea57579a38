from __future__ import annotations

from itertools import chain

from mofkit.cim import CimClass, CimProperty, CimType
from mofkit.cim.qualifiers import has_qualifier, qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import ProviderRule
from mofkit.linter.spelling import qualifier_slips, type_slips


class DynamicKey(ProviderRule):
    r"""A dynamic class whose key is missing or cannot be one.

    ## What it does
    Reports a dynamic class that has no key and is no singleton; a key that is a real or an embedded
    object; a key with a default; and a key of a singleton.

    ## Why it matters
    WMI tells the instances of a class apart by its keys. (Keys that are arrays are SEM308's
    business, keys added to a base class' SEM307's.) A `key(FALSE)` is one, too: see GEN003.

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
    [dynamic, provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        string Serial;
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
    WMI SDK, "Key qualifier".
    """

    code = "PRV028"
    name = "dynamic-key"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        qualifiers = cim_class.qualifiers
        if not has_qualifier(qualifiers, "dynamic") or _is_exempt(cim_class):
            return
        if self._has_key(cim_class) or not self._is_whole(cim_class):
            return
        if cim_class.methods and not cim_class.properties:  # static methods need no instance
            return
        message = f"dynamic class `{cim_class.name}` has no key and is no singleton"
        slips = [qualifier_slips(one.qualifiers, "key") for one in cim_class.properties]
        yield self.finding(message, cim_class.origin, causes=tuple(chain.from_iterable(slips)))

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        if qualifier_named(cim_property.qualifiers, "key") is None:
            return
        which = f"key `{cim_property.name}` of class `{cim_class.name}`"
        if cim_property.type.is_real or cim_property.type is CimType.OBJECT:
            yield self.finding(
                f"{which} is {cim_property.type_word}",
                cim_property.origin,
                causes=type_slips(cim_property),
            )
        if cim_property.default is not None and has_qualifier(cim_class.qualifiers, "dynamic"):
            message = f"{which} has a default"
            yield self.finding(message, cim_property.origin, severity=Severity.WARNING)
        if has_qualifier(cim_class.qualifiers, "singleton"):
            yield self.finding(f"{which} is in a singleton", cim_property.origin)

    def _has_key(self, cim_class: CimClass) -> bool:
        return any(
            qualifier_named(item.qualifiers, "key") is not None
            for ancestor in self.unit.schema.lineage(cim_class)
            for item in ancestor.properties
        )

    def _is_whole(self, cim_class: CimClass) -> bool:
        """Say whether every ancestor is in the file: one elsewhere may have the key."""
        *_, root = self.unit.schema.lineage(cim_class)
        return root.superclass is None and self.unit.is_complete


def _is_exempt(cim_class: CimClass) -> bool:
    qualifiers = cim_class.qualifiers
    return any(has_qualifier(qualifiers, name) for name in ("singleton", "abstract", "wmi"))
