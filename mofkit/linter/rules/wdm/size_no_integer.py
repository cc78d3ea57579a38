from __future__ import annotations

from collections.abc import Sequence

from mofkit.cim import CimClass, CimMethod
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, Member, is_wmi, sized_by
from mofkit.linter.lint_rule import Findings


class SizeNoInteger(DriverRule):
    """A WmiSizeIs that names an item that can be no count.

    ## What it does
    Reports a `WmiSizeIs` that names an item which is an array, or whose type is no integer.

    ## Why it matters
    The item has to hold the number of elements.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] string SpeedCount;
        [WmiDataId(2), read, WmiSizeIs("SpeedCount")] uint32 Speeds[];
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
        [WmiDataId(1), read] uint32 SpeedCount;
        [WmiDataId(2), read, WmiSizeIs("SpeedCount")] uint32 Speeds[];
    };
    ```

    ## Source
    mofkit's own; it follows from what WmiSizeIs means (Windows driver documentation, "WMI property
    qualifiers").
    """

    code = "WDM308"
    name = "size-no-integer"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        if is_wmi(cim_class):
            yield from self._check(self.driver.items(cim_class))

    def check_method(self, cim_class: CimClass, method: CimMethod) -> Findings:
        if is_wmi(cim_class):
            yield from self._check(method.parameters)

    def _check(self, members: Sequence[Member]) -> Findings:
        for member, by, count in sized_by(members):
            if count.is_array or not count.type.is_integer:
                message = f"WmiSizeIs of `{member.name}` names `{count.name}`, which is no integer"
                yield self.finding(message, by.origin)
