from __future__ import annotations

from mofkit.cim import CimClass, CimMethod
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings
from mofkit.linter.spelling import qualifier_slips


class MethodNotImplemented(DriverRule):
    """A method without `Implemented`.

    ## What it does
    Reports a method of a driver's class without the qualifier `Implemented`.

    ## Why it matters
    WMI passes calls on only where the class says that the method is implemented.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiMethodId(1)] void Stop([in] boolean Now);
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
    WMI SDK, "Standard WMI qualifiers". Seen in all driver samples that Microsoft publishes.
    """

    code = "WDM403"
    name = "method-not-implemented"
    severity = Severity.WARNING

    def check_method(self, cim_class: CimClass, method: CimMethod) -> Findings:
        if is_wmi(cim_class) and not has_qualifier(method.qualifiers, "implemented"):
            message = f"method `{method.name}` of class `{cim_class.name}` is not Implemented"
            causes = qualifier_slips(method.qualifiers, "Implemented")
            yield self.finding(message, method.origin, causes=causes)
