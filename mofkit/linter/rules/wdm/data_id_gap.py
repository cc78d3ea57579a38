from __future__ import annotations

from mofkit.cim import CimClass, CimProperty, Origin
from mofkit.cim.qualifiers import integer_of, qualifier_named
from mofkit.diagnostics import Diagnostic, Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings, at_value, related_to


class DataIdGap(DriverRule):
    """Ids of items that have a gap.

    ## What it does
    Reports a `WmiDataId` that is there twice, below 1, or that comes after a gap. The order of
    declaration does not matter.

    ## Why it matters
    The ids say where each item stands in the data. With a gap or a repeat the layout is undefined,
    and the compiler for drivers refuses the class.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 Rpm;
        [WmiDataId(3), read] uint32 Target;
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
        [WmiDataId(2), read] uint32 Target;
    };
    ```

    ## Source
    Windows driver documentation, "WMI property qualifiers".
    """

    code = "WDM302"
    name = "data-id-gap"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        if not is_wmi(cim_class):
            return
        at: dict[int, CimProperty] = {}
        for item in self.driver.items(cim_class):
            number = integer_of(item.qualifiers, "wmidataid")
            if number is None:
                continue
            if number in at or number < 1:
                yield self._wrong(cim_class, item, number, at.get(number))
            at.setdefault(number, item)
        if self._lacks_ids(cim_class) or not self.driver.is_whole(cim_class):
            return  # what lacks one may be what the gap is for, as WDM301 says; or a base class is
        numbers = {integer_of(one.qualifiers, "wmidataid") for one in cim_class.properties} | {*at}
        for number, item in sorted(at.items()):
            if number > 1 and number - 1 not in numbers:
                message = (
                    f"WmiDataId {number} in class `{cim_class.name}` has no {number - 1} before it"
                )
                yield self.finding(message, _id_of(item))

    def _lacks_ids(self, cim_class: CimClass) -> bool:
        items = self.driver.items(cim_class)
        return any(integer_of(item.qualifiers, "wmidataid") is None for item in items)

    def _wrong(
        self, cim_class: CimClass, item: CimProperty, number: int, first: CimProperty | None
    ) -> Diagnostic:
        if first is None:
            message = f"WmiDataId {number} in class `{cim_class.name}` is below 1"
            return self.finding(message, _id_of(item))
        return self.finding(
            f"WmiDataId {number} is there twice in class `{cim_class.name}`",
            _id_of(item),
            related=related_to(first.origin, f"item `{first.name}`"),
        )


def _id_of(item: CimProperty) -> Origin | None:
    qualifier = qualifier_named(item.qualifiers, "wmidataid")
    return item.origin if qualifier is None else at_value(qualifier)
