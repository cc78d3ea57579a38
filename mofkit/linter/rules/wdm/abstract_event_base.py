from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule
from mofkit.linter.lint_rule import Findings


class AbstractEventBase(DriverRule):
    """An abstract base class for a driver's events.

    ## What it does
    Reports an abstract class that derives from `WMIEvent`, where it has `WMI`, or a class that
    derives from it has.

    ## Why it matters
    A driver's own base class for events must not be abstract.

    ## Example
    ```mof
    [WMI, Abstract] class Fenwick_Event : WMIEvent {};

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{472EE01B-C172-5850-9950-42267F259EBE}")]
    class Fenwick_FanStopped : Fenwick_Event
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 Rpm;
    };
    ```

    ## Use instead
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{7CDEB407-FAB8-5A08-8E40-BEC98CCA1676}")]
    class Fenwick_Event : WMIEvent
    {
        [key, read] string InstanceName;
        [read] boolean Active;
    };
    ```

    ## Source
    Windows driver documentation, "WMI class names and base classes".
    """

    code = "WDM114"
    name = "abstract-event-base"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        if self.driver.is_abstract_base(cim_class) and self.driver.is_event(cim_class):
            message = f"class `{cim_class.name}` is a base of events and abstract"
            yield self.finding(message, cim_class.origin)
