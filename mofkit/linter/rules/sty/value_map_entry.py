from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import is_wmi
from mofkit.linter.lint_rule import Findings
from mofkit.linter.value_lists import Valued, ValueListRule, entry_span, range_of, texts_in


class ValueMapEntry(ValueListRule):
    r"""A ValueMap with an entry that is no value.

    ## What it does
    Reports an entry of the `ValueMap` of an integer that is neither a value of its type nor a range
    of such (`8..15`, `0x8000..`). (WDM314 says it of drivers' items.)

    ## Why it matters
    The entry can never be the value of the property. Often ValueMap and Values have changed places,
    or the type is too small.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [ValueMap{"0", "1", "256"}, Values{"Off", "On", "Broken"}] uint8 State;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [ValueMap{"0", "1", "255"}, Values{"Off", "On", "Broken"}] uint8 State;
    };
    ```

    ## Source
    DSP0004 §5.6.3, "ValueMap".
    """

    code = "STY004"
    name = "value-map-entry"
    severity = Severity.WARNING
    about = frozenset({"valuemap"})

    def check_values(self, cim_class: CimClass, member: Valued) -> Findings:
        values = qualifier_named(member.qualifiers, "valuemap")
        if values is None or not member.type.is_integer:
            return
        if is_wmi(cim_class) and isinstance(member, CimProperty):
            return
        for at, entry in enumerate(texts_in(values)):
            if range_of(entry, member.type) is None:
                yield self.finding(
                    f"`{entry}` in the ValueMap of `{member.name}` is no {member.type.value}",
                    values.origin,
                    entry_span(values, at),
                )
                return
