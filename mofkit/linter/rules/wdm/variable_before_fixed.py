from __future__ import annotations

from mofkit.cim import CimClass, CimProperty, CimType
from mofkit.cim.qualifiers import integer_of
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_variable, is_wmi
from mofkit.linter.lint_rule import Findings


class VariableBeforeFixed(DriverRule):
    """An item of variable size in front of one of fixed size.

    ## What it does
    Reports the first item of fixed size that comes, by its id, after a string or an array with
    `WmiSizeIs`.

    ## Why it matters
    Behind an item of variable size nothing has a fixed offset: the generated header ends its
    structure there, and the driver has to find each later item by hand.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] string Label;
        [WmiDataId(2), read] uint32 Rpm;
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
        [WmiDataId(2), read] string Label;
    };
    ```

    ## Source
    Windows driver documentation, "Implementing custom WMI blocks".
    """

    code = "WDM319"
    name = "variable-before-fixed"
    severity = Severity.WARNING

    def check_class(self, cim_class: CimClass) -> Findings:
        if not is_wmi(cim_class):
            return
        numbered = [
            (integer_of(item.qualifiers, "wmidataid") or 0, item)
            for item in self.driver.items(cim_class)
        ]
        before: CimProperty | None = None
        for _, item in sorted(numbered, key=lambda pair: pair[0]):
            if is_variable(item):
                before = before or item
            elif before is not None and not item.is_array and item.type is not CimType.OBJECT:
                yield self.finding(
                    f"`{item.name}` of class `{cim_class.name}` has a fixed size and comes behind "
                    f"`{before.name}`, which has none",
                    item.origin,
                )
                return
