from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings


class SecondKey(DriverRule):
    """A key beside InstanceName.

    ## What it does
    Reports a key of a driver's class that is not InstanceName.

    ## Why it matters
    WMI finds the instances of a block by InstanceName alone: a driver is never asked for an
    instance by anything else.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [key, WmiDataId(1), read] uint32 Slot;
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
        [WmiDataId(1), read] uint32 Slot;
    };
    ```

    ## Source
    Windows driver documentation, "WMI property qualifiers".
    """

    code = "WDM204"
    name = "second-key"
    severity = Severity.ERROR

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        if cim_property.name.lower() == "instancename" or not is_wmi(cim_class):
            return
        is_other = not self.driver.meant_as(cim_property, cim_class)  # WDM201 says so
        if has_qualifier(cim_property.qualifiers, "key") and is_other:
            message = (
                f"`{cim_property.name}` of class `{cim_class.name}` is a key beside InstanceName"
            )
            yield self.finding(message, cim_property.origin)
