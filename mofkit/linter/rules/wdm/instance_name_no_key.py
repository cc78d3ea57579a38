from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings
from mofkit.linter.spelling import qualifier_slips


class InstanceNameNoKey(DriverRule):
    """An InstanceName that is no key.

    ## What it does
    Reports a property InstanceName of a driver's class without the qualifier `key`.

    ## Why it matters
    InstanceName is what tells the instances of a block apart. Without a key, the class can have no
    instances.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [read] string InstanceName;
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

    code = "WDM203"
    name = "instance-name-no-key"
    severity = Severity.ERROR

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        if cim_property.name.lower() != "instancename" or not is_wmi(cim_class):
            return
        if not has_qualifier(cim_property.qualifiers, "key"):
            message = f"InstanceName of class `{cim_class.name}` is no key"
            causes = qualifier_slips(cim_property.qualifiers, "key")
            yield self.finding(message, cim_property.origin, causes=causes)
