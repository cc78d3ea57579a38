from __future__ import annotations

from mofkit.cim import CimClass, CimType
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule
from mofkit.linter.lint_rule import Findings


class MissingInstanceName(DriverRule):
    """A block without `InstanceName`.

    ## What it does
    Reports a block that has no property `InstanceName` of the type string, neither its own nor an
    inherited one. Embedded classes need none.

    ## Why it matters
    WMI tells the instances of a block apart by InstanceName, and fills it in itself.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
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
    Windows driver documentation, "Required items in WMI classes".

    ## Fix safety
    Unsafe: it corrects a name that is one letter away; the item may have been meant as another.
    """

    code = "WDM201"
    name = "missing-instance-name"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        if not self.driver.is_block(cim_class) or not self.driver.is_whole(cim_class):
            return
        found = self.driver.member(cim_class, "instancename")
        if found is None:
            yield self.lacks(cim_class, "InstanceName", "add `[key, read] string InstanceName;`")
        elif found.type is not CimType.STRING or found.is_array:
            yield self.finding(
                f"InstanceName of class `{cim_class.name}` is no string", found.origin
            )
