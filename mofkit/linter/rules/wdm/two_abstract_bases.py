from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule
from mofkit.linter.lint_rule import Findings, related_to


class TwoAbstractBases(DriverRule):
    """A hierarchy with more than one abstract class.

    ## What it does
    Reports an abstract class that derives from another one, where either has `WMI`, or a class that
    derives from them has.

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
        if not self.driver.is_abstract_base(cim_class):
            return
        _itself, *above = self.unit.schema.lineage(cim_class)
        for base in above:
            if self.driver.is_abstract_base(base):
                message = (
                    f"abstract class `{cim_class.name}` derives from abstract class `{base.name}`"
                )
                yield self.finding(
                    message,
                    cim_class.origin,
                    related=related_to(base.origin, f"class `{base.name}`"),
                )
                return
