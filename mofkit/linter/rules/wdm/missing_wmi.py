from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.cim.qualifiers import has_qualifier, qualifier_named, string_of
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule
from mofkit.linter.lint_rule import Findings
from mofkit.linter.spelling import qualifier_slips


class MissingWmi(DriverRule):
    """A driver's class without the qualifier `WMI`.

    ## What it does
    Reports a class that WmiProv provides and that lacks `WMI`. (`WmiDataId` alone proves nothing:
    the classes of event tracing have it, too.)

    ## Why it matters
    WmiProv, the provider for drivers, takes no notice of a class without `WMI`: the data of the
    driver is never asked for.

    ## Example
    ```mof
    [Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
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

    code = "WDM101"
    name = "missing-wmi"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        qualifiers = cim_class.qualifiers
        if qualifier_named(qualifiers, "wmi") or has_qualifier(qualifiers, "amendment"):
            return
        if (string_of(qualifiers, "provider") or "").lower() == "wmiprov":
            message = f"class `{cim_class.name}` is WmiProv's and has no WMI qualifier"
            causes = qualifier_slips(qualifiers, "WMI")
            yield self.finding(message, cim_class.origin, causes=causes)
