from __future__ import annotations

from mofkit.cim import CimClass, CimType
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule
from mofkit.linter.lint_rule import Findings
from mofkit.linter.spelling import type_slips


class MissingActive(DriverRule):
    """A block without `Active`.

    ## What it does
    Reports a block that has no property `Active` of the type boolean, neither its own nor an
    inherited one. Embedded classes need none.

    ## Why it matters
    WMI fills in Active: whether the instance is there. It expects the property in each block.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
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
    Windows driver documentation, "Required items in WMI classes".

    ## Fix safety
    Unsafe: it corrects a name that is one letter away; the item may have been meant as another.
    """

    code = "WDM202"
    name = "missing-active"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        if not self.driver.is_block(cim_class) or not self.driver.is_whole(cim_class):
            return
        found = self.driver.member(cim_class, "active")
        if found is None:
            yield self.lacks(cim_class, "Active", "add `[read] boolean Active;`")
        elif found.type is not CimType.BOOLEAN or found.is_array:
            yield self.finding(
                f"Active of class `{cim_class.name}` is no boolean",
                found.origin,
                causes=() if found.is_array else type_slips(found),
            )
