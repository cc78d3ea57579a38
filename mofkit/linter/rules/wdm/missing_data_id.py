from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.cim.qualifiers import integer_of, qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import REQUIRED, DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings, at_value
from mofkit.linter.spelling import qualifier_slips


class MissingDataId(DriverRule):
    """A data item without `WmiDataId`.

    ## What it does
    Reports a property of a driver's class, other than InstanceName and Active, without the
    qualifier `WmiDataId`, or with one whose value is no number.

    ## Why it matters
    The ids put the items of the data in order. An item without one is no part of it.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [read] uint32 Rpm;
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
        [WmiDataId(1), read] uint32 Rpm;
    };
    ```

    ## Source
    Windows driver documentation, "WMI property qualifiers".
    """

    code = "WDM301"
    name = "missing-data-id"
    severity = Severity.ERROR

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        if cim_property.name.lower() in REQUIRED or not is_wmi(cim_class):
            return
        if self.driver.meant_as(cim_property, cim_class):
            return  # WDM201 or WDM202 says so
        which = f"item `{cim_property.name}` of class `{cim_class.name}`"
        qualifier = qualifier_named(cim_property.qualifiers, "wmidataid")
        if qualifier is None:
            yield self.finding(
                f"{which} has no WmiDataId",
                cim_property.origin,
                causes=qualifier_slips(cim_property.qualifiers, "WmiDataId"),
            )
        elif integer_of(cim_property.qualifiers, "wmidataid") is None:
            yield self.finding(f"the WmiDataId of {which} is no number", at_value(qualifier))
