from __future__ import annotations

from mofkit.cim import CimClass, CimMethod, CimProperty, CimType
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, Member, is_wmi
from mofkit.linter.lint_rule import Findings
from mofkit.linter.spelling import type_slips


class EmbeddedClass(DriverRule):
    """An item whose class cannot be embedded.

    ## What it does
    Reports an item or a parameter of a driver's class whose type is a class that is not in the
    files, has no `WMI` or no `guid`, or contains itself.

    ## Why it matters
    The data of the class stands in the block, so WMI has to know its layout.

    ## Example
    ```mof
    class Fenwick_Speed
    {
        [WmiDataId(1), read] uint32 Rpm;
    };

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] Fenwick_Speed Speed;
    };
    ```

    ## Use instead
    ```mof
    [WMI, guid("{40DBA8D6-F002-5B88-961A-7E1AC72B2B09}")]
    class Fenwick_Speed
    {
        [WmiDataId(1), read] uint32 Rpm;
    };

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] Fenwick_Speed Speed;
    };
    ```

    ## Source
    Windows driver documentation, "WMI class qualifiers". The rest follows from it.
    """

    code = "WDM320"
    name = "embedded-class"
    severity = Severity.ERROR

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        yield from self._check(cim_class, cim_property)

    def check_method(self, cim_class: CimClass, method: CimMethod) -> Findings:
        for parameter in method.parameters:
            yield from self._check(cim_class, parameter)

    def _check(self, cim_class: CimClass, member: Member) -> Findings:
        if member.type is not CimType.OBJECT or member.type_word.lower() == "object":
            return
        if is_wmi(cim_class) and (problem := self._problem(cim_class, member)):
            yield self.finding(
                f"`{member.name}`: class `{member.type_word}` {problem}",
                member.origin,
                causes=type_slips(member),
            )

    def _problem(self, cim_class: CimClass, member: Member) -> str:
        found = self.driver.embedded_class(member, cim_class)
        if found is None:
            elsewhere = self.unit.files.classes_called(member.type_word)
            return "" if elsewhere or not self.unit.is_complete else "is not in the files"
        if not is_wmi(found):
            return "has no WMI qualifier"
        if qualifier_named(found.qualifiers, "guid") is None:
            return "has no guid"
        return "contains itself" if self.driver.contains_itself(found) else ""
