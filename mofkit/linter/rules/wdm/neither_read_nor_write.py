from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import REQUIRED, DriverRule
from mofkit.linter.lint_rule import Findings


class NeitherReadNorWrite(DriverRule):
    """An item that is neither readable nor writable.

    ## What it does
    Reports a data item with neither `read` nor `write`.

    ## Why it matters
    The two tell consumers what they may do with the item. Published classes leave them out here and
    there.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1)] uint32 Rpm;
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
    Windows driver documentation, "WMI property qualifiers". 27 items of published drivers have
    neither.
    """

    code = "WDM318"
    name = "neither-read-nor-write"
    severity = Severity.INFO

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        if cim_property.name.lower() in REQUIRED or not self.driver.is_block(cim_class):
            return
        if not any(found.name.lower() in ("read", "write") for found in cim_property.qualifiers):
            message = f"item `{cim_property.name}` has neither read nor write"
            yield self.finding(message, cim_property.origin)
