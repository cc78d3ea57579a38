from __future__ import annotations

from uuid import UUID

from mofkit.cim import CimClass
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, guid_of, is_wmi
from mofkit.linter.lint_rule import Findings, at_value, related_to
from mofkit.linter.unit import Unit


class DuplicateGuid(DriverRule):
    """Two classes with one GUID.

    ## What it does
    Reports a driver's class with the GUID of another class of the file. (SEM303 is about a class
    that is defined again.)

    ## Why it matters
    A GUID names one block. WMI takes one of the classes, and the data of the other cannot be
    reached. A block that changes gets a new class and a new GUID.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
    };

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Pump
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

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{99DDC7F6-1916-50E9-90C0-E2632169A834}")]
    class Fenwick_Pump
    {
        [key, read] string InstanceName;
        [read] boolean Active;
    };
    ```

    ## Source
    Windows driver documentation, "WMI class qualifiers". Windows driver documentation,
    "Implementing custom WMI blocks".
    """

    code = "WDM106"
    name = "duplicate-guid"
    severity = Severity.ERROR

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.seen: dict[UUID, CimClass] = {}

    def check_class(self, cim_class: CimClass) -> Findings:
        guid = guid_of(cim_class)
        if not is_wmi(cim_class) or guid is None:
            return
        first = self.seen.setdefault(guid, cim_class)
        if first.name.lower() == cim_class.name.lower():  # itself, or defined again (SEM303)
            return
        qualifier = qualifier_named(cim_class.qualifiers, "guid")
        assert qualifier is not None
        yield self.finding(
            f"class `{cim_class.name}` has the guid of class `{first.name}`",
            at_value(qualifier),
            related=related_to(first.origin, f"class `{first.name}`"),
        )
