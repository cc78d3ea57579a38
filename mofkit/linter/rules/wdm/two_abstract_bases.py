from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings, related_to


class TwoAbstractBases(DriverRule):
    """A hierarchy with more than one abstract class.

    ## What it does
    Reports a driver's class with two abstract classes above it, or one above an abstract class.

    ## Why it matters
    A hierarchy of drivers' classes may have one abstract base.

    ## Example
    ```mof
    [WMI, Abstract] class Fenwick_Device {};
    [WMI, Abstract] class Fenwick_Mover : Fenwick_Device {};

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan : Fenwick_Mover
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 Rpm;
    };
    ```

    ## Use instead
    ```mof
    [WMI, Abstract] class Fenwick_Device {};

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan : Fenwick_Device
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 Rpm;
    };
    ```

    ## Source
    Windows driver documentation, "WMI class names and base classes".
    """

    code = "WDM112"
    name = "two-abstract-bases"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        if not is_wmi(cim_class) or not has_qualifier(cim_class.qualifiers, "abstract"):
            return
        _itself, *above = self.unit.schema.lineage(cim_class)
        for base in above:
            if has_qualifier(base.qualifiers, "abstract") and not base.name.startswith("__"):
                message = (
                    f"abstract class `{cim_class.name}` derives from abstract class `{base.name}`"
                )
                yield self.finding(
                    message,
                    cim_class.origin,
                    related=related_to(base.origin, f"class `{base.name}`"),
                )
                return
