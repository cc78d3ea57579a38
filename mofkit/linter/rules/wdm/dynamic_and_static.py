from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings


class DynamicAndStatic(DriverRule):
    """A class that is both `Dynamic` and `Static`.

    ## What it does
    Reports a class with `WMI` and with both `Dynamic` and `Static`.

    ## Why it matters
    They are opposites: the instances come from the driver, or they are in the MOF.

    ## Example
    ```mof
    [WMI, Dynamic, Static, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
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
    };
    ```

    ## Source
    Windows driver documentation, "WMI class qualifiers".
    """

    code = "WDM103"
    name = "dynamic-and-static"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        qualifiers = cim_class.qualifiers
        if (
            is_wmi(cim_class)
            and has_qualifier(qualifiers, "dynamic")
            and has_qualifier(qualifiers, "static")
        ):
            message = f"class `{cim_class.name}` is both Dynamic and Static"
            yield self.finding(message, cim_class.origin)
