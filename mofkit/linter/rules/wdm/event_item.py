from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.cim.qualifiers import qualifier_named, string_of
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings


class EventItem(DriverRule):
    """A WmiEventTrigger or WmiEventRate that names no item of an event.

    ## What it does
    Reports a `WmiEventTrigger` or `WmiEventRate` whose value is no item of an event class of the
    files.

    ## Why it matters
    The two say which item of an event holds its trigger, and which its rate.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{472EE01B-C172-5850-9950-42267F259EBE}")]
    class Fenwick_FanStopped : WMIEvent
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 Rpm;
    };

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{1747DD94-418E-5E90-A00A-188A09CF026D}")]
    class Fenwick_FanLimits
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read, write, WmiEventTrigger("Speed")] uint32 Lowest;
    };
    ```

    ## Use instead
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{472EE01B-C172-5850-9950-42267F259EBE}")]
    class Fenwick_FanStopped : WMIEvent
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 Rpm;
    };

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{1747DD94-418E-5E90-A00A-188A09CF026D}")]
    class Fenwick_FanLimits
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read, write, WmiEventTrigger("Rpm")] uint32 Lowest;
    };
    ```

    ## Source
    Windows driver documentation, "WMI property qualifiers".
    """

    code = "WDM317"
    name = "event-item"
    severity = Severity.ERROR

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        if not is_wmi(cim_class) or not self.unit.is_complete:
            return
        for name in ("WmiEventTrigger", "WmiEventRate"):
            found = qualifier_named(cim_property.qualifiers, name.lower())
            text = string_of(cim_property.qualifiers, name.lower())
            if found is not None and (text or "").lower() not in self.driver.event_items:
                message = f"{name} names `{text}`, which is no item of an event"
                yield self.finding(message, found.origin)
