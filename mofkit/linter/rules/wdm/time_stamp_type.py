from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import INTEGERS_OF_64_BITS, DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings


class TimeStampType(DriverRule):
    """A WmiTimeStamp that is not 64 bits wide.

    ## What it does
    Reports a `WmiTimeStamp` on an item that is no 64-bit integer.

    ## Why it matters
    A time stamp counts units of 100 ns since 1601, for which there is no room elsewhere.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read, WmiTimeStamp] uint32 StartedAt;
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
        [WmiDataId(1), read, WmiTimeStamp] uint64 StartedAt;
    };
    ```

    ## Source
    Windows driver documentation, "WMI property qualifiers".
    """

    code = "WDM312"
    name = "time-stamp-type"
    severity = Severity.ERROR

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        found = qualifier_named(cim_property.qualifiers, "wmitimestamp")
        if found and cim_property.type not in INTEGERS_OF_64_BITS and is_wmi(cim_class):
            message = f"WmiTimeStamp is on `{cim_property.name}`, which is no 64-bit integer"
            yield self.finding(message, found.origin)
