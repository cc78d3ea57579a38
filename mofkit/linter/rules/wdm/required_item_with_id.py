from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import REQUIRED, DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings


class RequiredItemWithId(DriverRule):
    """A required item with a WmiDataId.

    ## What it does
    Reports an InstanceName or Active of a driver's class with the qualifier `WmiDataId`.

    ## Why it matters
    WMI fills these two in itself: they are no part of the driver's data, which the ids put in
    order.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read, WmiDataId(1)] string InstanceName;
        [read] boolean Active;
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
    };
    ```

    ## Source
    Windows driver documentation, "WMI property qualifiers".
    """

    code = "WDM206"
    name = "required-item-with-id"
    severity = Severity.ERROR

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        if cim_property.name.lower() not in REQUIRED or not is_wmi(cim_class):
            return
        if found := qualifier_named(cim_property.qualifiers, "wmidataid"):
            message = f"{cim_property.name} of class `{cim_class.name}` has a WmiDataId"
            yield self.finding(message, found.origin)
