from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi, number_of, texts_of
from mofkit.linter.lint_rule import Findings


class ValueMapMismatch(DriverRule):
    """A ValueMap and Values that do not fit.

    ## What it does
    Reports a `ValueMap` and `Values` of an item with different numbers of entries, and entries of
    the ValueMap of an integer that are no integers.

    ## Why it matters
    Each value has one name. Where the lists differ in length, names belong to the wrong values. A
    missing comma between two strings joins them, and makes one entry of two.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read, ValueMap{"1", "2", "3"},
         Values{"Slow" "Fast", "Full"}]
        uint32 Level;
    };
    ```

    ## Use instead
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read, ValueMap{"1", "2", "3"},
         Values{"Slow", "Fast", "Full"}]
        uint32 Level;
    };
    ```

    ## Source
    Windows driver documentation, "WMI property qualifiers". WMI SDK, "Value map".
    """

    code = "WDM314"
    name = "value-map-mismatch"
    severity = Severity.ERROR

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        values = qualifier_named(cim_property.qualifiers, "valuemap")
        names = qualifier_named(cim_property.qualifiers, "values")
        if values is None or not is_wmi(cim_class):
            return
        entries = texts_of(values)
        if names is not None and len(entries) != len(texts_of(names)):
            yield self.finding(
                f"ValueMap of `{cim_property.name}` has {len(entries)} entries, "
                f"Values has {len(texts_of(names))}",
                values.origin,
            )
        wrong = next((entry for entry in entries if number_of(entry) is None), None)
        if wrong is not None and cim_property.type.is_integer:
            message = f"`{wrong}` in the ValueMap of `{cim_property.name}` is no integer"
            yield self.finding(message, values.origin)
