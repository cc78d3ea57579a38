from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import REQUIRED, DriverRule, is_wmi, unfit_type
from mofkit.linter.lint_rule import Findings


class ItemType(DriverRule):
    """An item of a type that drivers' data cannot have.

    ## What it does
    Reports a data item of a type other than string, boolean, an integer, datetime or an embedded
    class: real32, real64, char16, a reference, or `object` without a class.

    ## Why it matters
    WMI does not know how such an item is laid out in a driver's data. (A real is commonly sent as
    an integer in a smaller unit.)

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] real32 Load;
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
        [WmiDataId(1), read] uint32 LoadPerMille;
    };
    ```

    ## Source
    Windows driver documentation, "Driver-defined WMI data items".
    """

    code = "WDM304"
    name = "item-type"
    severity = Severity.ERROR

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        if not is_wmi(cim_class) or cim_property.name.lower() in REQUIRED:
            return
        if word := unfit_type(cim_property):
            message = f"item `{cim_property.name}` of class `{cim_class.name}` is {word}"
            yield self.finding(message, cim_property.origin)
