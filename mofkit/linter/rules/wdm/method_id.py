from __future__ import annotations

from mofkit.cim import CimClass, CimMethod
from mofkit.cim.qualifiers import integer_of, qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings, at_value, related_to
from mofkit.linter.spelling import qualifier_slips


class MethodId(DriverRule):
    """A method without an id of its own.

    ## What it does
    Reports a method of a driver's class without `WmiMethodId`, with one below 1, or with that of
    another method of the class. Ids need not follow one another.

    ## Why it matters
    The driver is told the id, not the name.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [Implemented] void Stop([in] boolean Now);
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
        [WmiMethodId(1), Implemented] void Stop([in] boolean Now);
    };
    ```

    ## Source
    Windows driver documentation, "WMI property qualifiers".
    """

    code = "WDM401"
    name = "method-id"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        if not is_wmi(cim_class):
            return
        at: dict[int, CimMethod] = {}
        for method in cim_class.methods:
            found = qualifier_named(method.qualifiers, "wmimethodid")
            number = integer_of(method.qualifiers, "wmimethodid")
            if found is None or number is None:
                message = f"method `{method.name}` of class `{cim_class.name}` has no WmiMethodId"
                causes = qualifier_slips(method.qualifiers, "WmiMethodId")
                yield self.finding(message, method.origin, causes=causes)
            elif number < 1:
                yield self.finding(f"WmiMethodId {number} is below 1", at_value(found))
            elif number in at:
                message = f"WmiMethodId {number} is that of method `{at[number].name}`, too"
                yield self.finding(
                    message,
                    at_value(found),
                    related=related_to(at[number].origin, "the other method"),
                )
            else:
                at[number] = method
