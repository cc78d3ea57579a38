from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import REQUIRED, DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings


class RequiredItemNotRead(DriverRule):
    """A required item without `read`.

    ## What it does
    Reports an InstanceName or Active of a driver's class without the qualifier `read`.

    ## Why it matters
    The documentation asks for the two items exactly as it shows them, with `read`. Published
    classes leave it out, so this is no error.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key] string InstanceName;
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
    };
    ```

    ## Source
    Windows driver documentation, "Required items in WMI classes".
    """

    code = "WDM205"
    name = "required-item-not-read"
    severity = Severity.WARNING

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        if cim_property.name.lower() not in REQUIRED or not is_wmi(cim_class):
            return
        if not has_qualifier(cim_property.qualifiers, "read"):
            message = f"{cim_property.name} of class `{cim_class.name}` has no read qualifier"
            yield self.finding(message, cim_property.origin)
