from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule
from mofkit.linter.lint_rule import Findings
from mofkit.linter.spelling import qualifier_slips


class MissingDynamic(DriverRule):
    """A block without `Dynamic`.

    ## What it does
    Reports a class with `WMI` that has InstanceName or methods, but neither `Dynamic` nor `Static`.

    ## Why it matters
    `Dynamic` makes WMI ask the driver for the instances, `Static` says that they are in the MOF.
    Without either, nobody has them.

    ## Example
    ```mof
    [WMI, Provider("WmiProv"), guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 Rpm;
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
    };
    ```

    ## Source
    Windows driver documentation, "WMI class qualifiers".
    """

    code = "WDM102"
    name = "missing-dynamic"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        qualifiers = cim_class.qualifiers
        if not self.driver.is_block(cim_class) or self.driver.is_event_base(cim_class):
            return
        if not (has_qualifier(qualifiers, "dynamic") or has_qualifier(qualifiers, "static")):
            message = f"class `{cim_class.name}` is neither Dynamic nor Static"
            causes = qualifier_slips(qualifiers, "Dynamic")
            yield self.finding(message, cim_class.origin, causes=causes)
