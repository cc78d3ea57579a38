from __future__ import annotations

from collections.abc import Sequence

from mofkit.cim import CimClass, CimMethod
from mofkit.cim.qualifiers import integer_of
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, Member, is_wmi, sized_by
from mofkit.linter.lint_rule import Findings


class SizeAfterArray(DriverRule):
    """A count that comes after its array.

    ## What it does
    Reports a `WmiSizeIs` that names an item with a higher `WmiDataId`, or a later parameter of the
    method.

    ## Why it matters
    Whoever reads the data in order meets the array before its length, and cannot find the count
    without it.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read, WmiSizeIs("SpeedCount")] uint32 Speeds[];
        [WmiDataId(2), read] uint32 SpeedCount;
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
    mofkit's own. Seen in all driver samples that Microsoft publishes the count comes first.
    """

    code = "WDM309"
    name = "size-after-array"
    severity = Severity.WARNING

    def check_class(self, cim_class: CimClass) -> Findings:
        if is_wmi(cim_class):
            yield from self._check(self.driver.items(cim_class))

    def check_method(self, cim_class: CimClass, method: CimMethod) -> Findings:
        if is_wmi(cim_class):
            yield from self._check(method.parameters)

    def _check(self, members: Sequence[Member]) -> Findings:
        place = {id(member): number for number, member in enumerate(members)}
        for member, by, count in sized_by(members):
            own = integer_of(member.qualifiers, "wmidataid") or place[id(member)]
            other = integer_of(count.qualifiers, "wmidataid") or place[id(count)]
            if other > own:
                message = f"`{count.name}`, the size of `{member.name}`, comes after it"
                yield self.finding(message, by.origin)
