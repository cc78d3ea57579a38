from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import REQUIRED, DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings


class RequiredItemInEmbedded(DriverRule):
    """An embedded class with a required item.

    ## What it does
    Reports an InstanceName or Active in a class that is the type of an item or a parameter, and no
    block.

    ## Why it matters
    Only blocks have instances that WMI names. In an embedded class the two would be part of the
    data.

    ## Example
    ```mof
    [WMI, guid("{40DBA8D6-F002-5B88-961A-7E1AC72B2B09}")]
    class Fenwick_Speed
    {
        [key, read] string InstanceName;
        [WmiDataId(1), read] uint32 Rpm;
    };

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] Fenwick_Speed Speed;
    };
    ```

    ## Use instead
    ```mof
    [WMI, guid("{40DBA8D6-F002-5B88-961A-7E1AC72B2B09}")]
    class Fenwick_Speed
    {
        [WmiDataId(1), read] uint32 Rpm;
    };

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] Fenwick_Speed Speed;
    };
    ```

    ## Source
    Windows driver documentation, "Required items in WMI classes".
    """

    code = "WDM207"
    name = "required-item-in-embedded"
    severity = Severity.ERROR

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        if cim_property.name.lower() not in REQUIRED or not is_wmi(cim_class):
            return
        if has_qualifier(cim_class.qualifiers, "abstract") or not self.driver.is_embedded(
            cim_class
        ):
            return
        message = f"embedded class `{cim_class.name}` has the item {cim_property.name} of blocks"
        yield self.finding(message, cim_property.origin)
