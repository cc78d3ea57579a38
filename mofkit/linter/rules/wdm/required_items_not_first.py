from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import REQUIRED, DriverRule
from mofkit.linter.lint_rule import Findings

_NAMES = ("", "the required item", "InstanceName and Active")


class RequiredItemsNotFirst(DriverRule):
    """A block that does not begin with the required items.

    ## What it does
    Reports a block whose first two properties are not InstanceName and Active, in this order.

    ## Why it matters
    All published classes begin so, and so does the documentation. To WMI the order does not matter;
    to whoever reads the MOF it does.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [WmiDataId(1), read] uint32 Rpm;
        [key, read] string InstanceName;
        [read] boolean Active;
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
    """

    code = "WDM208"
    name = "required-items-not-first"
    severity = Severity.WARNING

    def check_class(self, cim_class: CimClass) -> Findings:
        if not self.driver.is_block(cim_class):
            return
        names = [
            self.driver.meant_as(found, cim_class) or found.name.lower()
            for found in cim_class.properties
        ]
        own = [name for name in REQUIRED if name in names]
        if names[: len(own)] != own:
            first = cim_class.properties[min(map(names.index, own))]
            message = f"class `{cim_class.name}` does not begin with {_NAMES[len(own)]}"
            yield self.finding(message, first.origin)
