from __future__ import annotations

from mofkit.cim import CimArray, CimClass, CimInstance, CimProperty, CimString, CimValue
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.unit import Unit
from mofkit.linter.value_lists import AllowedValues, texts_in


class ValueNotInMap(LintRule):
    r"""A value that the ValueMap does not have.

    ## What it does
    Reports a default, and the value of an instance, that is not among the entries of the property's
    `ValueMap`. Letter case does not count.

    ## Why it matters
    ValueMap lists all values that the property can have. OMI and DSC refuse others.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [ValueMap{"Present", "Absent"}] string Ensure = "Presnt";
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [ValueMap{"Present", "Absent"}] string Ensure = "Present";
    };
    ```

    ## Source
    DSP0004 §5.6.3, "ValueMap". The error messages of the OMI parser.
    """

    code = "STY005"
    name = "value-not-in-map"
    severity = Severity.WARNING
    about = frozenset({"valuemap"})

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self._mapped: dict[int, dict[str, CimProperty]] = {}
        self._allowed: dict[int, AllowedValues] = {}

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        return self._check(cim_property, cim_property.default)

    def check_instance(self, instance: CimInstance) -> Findings:
        schema = self.unit.schema
        cim_class = schema.find_class(instance.class_name, instance.pragmas.namespace)
        if cim_class is None:
            return
        mapped = self._properties_with_map(cim_class)
        for named in instance.properties if mapped else ():
            if (found := mapped.get(named.name.lower())) is not None:
                yield from self._check(found, named.value)

    def _properties_with_map(self, cim_class: CimClass) -> dict[str, CimProperty]:
        found = self._mapped.get(id(cim_class))
        if found is None:
            lineage = reversed(list(self.unit.schema.lineage(cim_class)))
            found = self._mapped[id(cim_class)] = {
                one.name.lower(): one
                for ancestor in lineage
                for one in ancestor.properties
                if qualifier_named(one.qualifiers, "valuemap") is not None
            }
        return found

    def _check(self, cim_property: CimProperty, value: CimValue | None) -> Findings:
        values = qualifier_named(cim_property.qualifiers, "valuemap")
        if values is None or value is None:
            return
        allowed = self._allowed.get(id(cim_property))
        if allowed is None:
            allowed = AllowedValues(texts_in(values), cim_property.type)
            self._allowed[id(cim_property)] = allowed
        for one in value.values if isinstance(value, CimArray) else (value,):
            if not allowed.has(one):
                shown = one.value if isinstance(one, CimString) else getattr(one, "spelling", "")
                message = f"`{shown}` is not in the ValueMap of `{cim_property.name}`"
                yield self.finding(message, one.origin)
