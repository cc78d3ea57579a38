from __future__ import annotations

from mofkit.cim import CimClass, CimMethod, CimType
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings


class MethodResult(DriverRule):
    """A method of a driver that returns something.

    ## What it does
    Reports a method of a driver's class whose result is not `void`.

    ## Why it matters
    The driver answers with the out parameters; nothing says what would become of a result.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiMethodId(1), Implemented] uint32 Stop([in] boolean Now);
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
    Seen in all driver samples that Microsoft publishes; mofkit's own.
    """

    code = "WDM404"
    name = "method-result"
    severity = Severity.WARNING

    def check_method(self, cim_class: CimClass, method: CimMethod) -> Findings:
        if is_wmi(cim_class) and method.type is not CimType.VOID:
            message = (
                f"method `{method.name}` of class `{cim_class.name}` returns {method.type_word}"
            )
            yield self.finding(message, method.origin)
