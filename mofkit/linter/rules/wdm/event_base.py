from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings


class EventBase(DriverRule):
    """A driver's event that does not derive from WMIEvent.

    ## What it does
    Reports a class with `WMI` that derives from one of WMI's event classes but not from `WMIEvent`;
    as a warning where that is `__ExtrinsicEvent`, as in two published drivers. A class called
    WMIEvent may be in the file.

    ## Why it matters
    WMI delivers the events of drivers as instances of WMIEvent: consumers that ask for those do not
    see others.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{472EE01B-C172-5850-9950-42267F259EBE}")]
    class Fenwick_FanStopped : __ExtrinsicEvent
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 Rpm;
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
    ```

    ## Source
    Windows driver documentation, "WMI class names and base classes". WMI core providers,
    "WMIEvent". The iSCSI samples derive from __ExtrinsicEvent.
    """

    code = "WDM113"
    name = "event-base"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        base = (cim_class.superclass or "").lower()
        if not is_wmi(cim_class) or cim_class.name.lower() == "wmievent":
            return
        if base.startswith("__") and base.endswith("event"):
            yield self.finding(
                f"event `{cim_class.name}` derives from `{cim_class.superclass}`, not WMIEvent",
                cim_class.origin,
                severity=Severity.WARNING if base == "__extrinsicevent" else Severity.ERROR,
            )
