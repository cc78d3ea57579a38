from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.cim.qualifiers import has_qualifier, qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, guid_of, is_wmi
from mofkit.linter.lint_rule import Findings, at_value
from mofkit.linter.spelling import qualifier_slips


class InvalidGuid(DriverRule):
    """A driver's class without a GUID.

    ## What it does
    Reports a class with `WMI` and without a `guid`, or with one that is no GUID or all zeros.
    Braces may be left out, hyphens may not.

    ## Why it matters
    The GUID is how a driver and WMI name a block to each other: without one, the class cannot be
    tied to a registration, and its data can never be asked for.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv")]
    class Fenwick_Fan
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
    Windows driver documentation, "WMI class qualifiers".
    """

    code = "WDM105"
    name = "invalid-guid"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        if not is_wmi(cim_class) or has_qualifier(cim_class.qualifiers, "abstract"):
            return
        name, guid = cim_class.name, guid_of(cim_class)
        qualifier = qualifier_named(cim_class.qualifiers, "guid")
        if qualifier is None:
            if not self.driver.is_event_base(cim_class):
                yield self.finding(
                    f"class `{name}` has no guid qualifier",
                    cim_class.origin,
                    causes=qualifier_slips(cim_class.qualifiers, "guid"),
                )
        elif guid is None:
            yield self.finding(
                f"the guid of class `{name}` is no GUID",
                at_value(qualifier),
                help="its form is {xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}, in hexadecimal digits",
            )
        elif guid.int == 0:
            yield self.finding(f"the guid of class `{name}` is all zeros", at_value(qualifier))
