from __future__ import annotations

from collections.abc import Sequence

from mofkit.cim import CimClass, CimMethod
from mofkit.cim.qualifiers import qualifier_named, string_of
from mofkit.diagnostics import Severity
from mofkit.diagnostics.suggestions import nearest
from mofkit.linter.driver_classes import DriverRule, Member, is_wmi
from mofkit.linter.lint_rule import Findings, at_value


class SizeOfNothing(DriverRule):
    """A WmiSizeIs that names no other item.

    ## What it does
    Reports a `WmiSizeIs` on something that is no array, and one that names no other item of the
    class (no other parameter of the method).

    ## Why it matters
    WMI looks for the count in the item of that name.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 SpeedCount;
        [WmiDataId(2), read, WmiSizeIs("NumSpeeds")] uint32 Speeds[];
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
    Windows driver documentation, "WMI property qualifiers". Storage documentation,
    "GetEventBuffer".
    """

    code = "WDM307"
    name = "size-of-nothing"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        if is_wmi(cim_class):
            yield from self._check(f"class `{cim_class.name}`", self.driver.items(cim_class))

    def check_method(self, cim_class: CimClass, method: CimMethod) -> Findings:
        if is_wmi(cim_class):
            yield from self._check(f"method `{method.name}`", method.parameters)

    def _check(self, where: str, members: Sequence[Member]) -> Findings:
        names = {member.name.lower(): member for member in members}
        for member in members:
            by = qualifier_named(member.qualifiers, "wmisizeis")
            if by is None:
                continue
            name = string_of([by], "wmisizeis") or ""
            if not member.is_array:
                yield self.finding(
                    f"`{member.name}` of {where} has WmiSizeIs and is no array", by.origin
                )
            elif names.get(name.lower(), member) is member:
                near = nearest(name, [found.name for found in members if found is not member])
                yield self.finding(
                    f"WmiSizeIs of `{member.name}` names `{name}`, which {where} does not have",
                    at_value(by),
                    help=f"did you mean {near}?" if near else "",
                )
