from __future__ import annotations

from mofkit.cim import CimClass, CimProperty, CimType
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings


class MaxLenOfNoString(DriverRule):
    """A MaxLen on something other than strings.

    ## What it does
    Reports a `MaxLen` on an item that is neither a string nor an array of strings.

    ## Why it matters
    `MaxLen` gives a string room for so many characters. Elsewhere it says nothing, and something
    else was meant: the size of an array is its bound.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read, MaxLen(16)] uint8 Serial[16];
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
        [WmiDataId(1), read, MaxLen(16)] string Serial;
    };
    ```

    ## Source
    Windows driver documentation, "WMI property qualifiers". One published sample has it on an array
    of an embedded class.
    """

    code = "WDM310"
    name = "max-len-of-no-string"
    severity = Severity.WARNING

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        found = qualifier_named(cim_property.qualifiers, "maxlen")
        if found and cim_property.type is not CimType.STRING and is_wmi(cim_class):
            message = f"MaxLen is on `{cim_property.name}`, which is no string"
            yield self.finding(message, found.origin)
