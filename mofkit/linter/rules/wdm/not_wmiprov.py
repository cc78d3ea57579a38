from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.cim.qualifiers import has_qualifier, qualifier_named, string_of
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings, at_value


class NotWmiprov(DriverRule):
    """A dynamic class of a driver that another provider provides, or none.

    ## What it does
    Reports a class with `WMI` and `Dynamic` whose `Provider` is missing or is not `WmiProv`, in any
    letter case.

    ## Why it matters
    WmiProv is the provider that speaks to drivers. With another name, WMI asks a provider that
    knows nothing of the driver.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("FenwickProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
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
    ```

    ## Source
    Windows driver documentation, "WMI class qualifiers".
    """

    code = "WDM104"
    name = "not-wmiprov"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        if not is_wmi(cim_class) or not has_qualifier(cim_class.qualifiers, "dynamic"):
            return
        provider = qualifier_named(cim_class.qualifiers, "provider")
        if provider is None:
            message = f"class `{cim_class.name}` names no provider"
            yield self.finding(message, cim_class.origin, help='add Provider("WmiProv")')
        elif (string_of([provider], "provider") or "").lower() != "wmiprov":
            message = f"the provider of class `{cim_class.name}` is not WmiProv"
            yield self.finding(message, at_value(provider))
