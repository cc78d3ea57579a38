from __future__ import annotations

from mofkit.cim import CimClass, CimMethod, CimParameter, CimProperty
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import REQUIRED, DriverRule, Member, is_wmi
from mofkit.linter.lint_rule import Findings


class UnsizedArray(DriverRule):
    """An array without a size.

    ## What it does
    Reports an array of a driver's class that has neither a bound (`[4]`) nor `WmiSizeIs`; or both.

    ## Why it matters
    The data has no count of its own: without one of the two, nobody can tell where the array ends.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 Speeds[];
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
    Windows driver documentation, "Driver-defined WMI data items". WMI SDK, "MOF arrays".
    """

    code = "WDM306"
    name = "unsized-array"
    severity = Severity.ERROR

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        if is_wmi(cim_class) and cim_property.name.lower() not in REQUIRED:
            yield from self._check(
                f"`{cim_property.name}` of class `{cim_class.name}`", cim_property
            )

    def check_parameter(
        self, cim_class: CimClass, method: CimMethod, parameter: CimParameter
    ) -> Findings:
        if is_wmi(cim_class):
            yield from self._check(f"`{parameter.name}` of method `{method.name}`", parameter)

    def _check(self, which: str, member: Member) -> Findings:
        if not member.is_array:
            return
        by = qualifier_named(member.qualifiers, "wmisizeis")
        is_sized = member.array_size is not None or qualifier_named(member.qualifiers, "max")
        if by is None and not is_sized:
            yield self.finding(f"array {which} has neither a size nor WmiSizeIs", member.origin)
        elif by is not None and member.array_size is not None:
            yield self.finding(f"array {which} has both a size and WmiSizeIs", by.origin)
