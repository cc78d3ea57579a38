from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings


class ClassNameEnd(DriverRule):
    """A driver's class whose name ends with an underscore, or does not start with a letter.

    ## What it does
    Reports the name of a class with `WMI` that does not start with a letter, or ends with an
    underscore.

    ## Why it matters
    Such names are refused for drivers' classes.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{D71B52A9-84BF-520D-A6F6-028FD5C85EE1}")]
    class Fenwick_Fan_
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
    Windows driver documentation, "WMI class names and base classes".
    """

    code = "WDM109"
    name = "class-name-end"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        name = cim_class.name
        if not is_wmi(cim_class):
            return
        if name.endswith("_"):
            message = f"the name of class `{name}` ends with an underscore"
            yield self.finding(message, cim_class.origin)
        if not name[:1].isalpha():
            message = f"the name of class `{name}` starts with no letter"
            yield self.finding(message, cim_class.origin)
