from __future__ import annotations

from mofkit.cim import CimClass, CimMethod, CimParameter
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings


class ParameterDirection(DriverRule):
    """A parameter that is neither in nor out.

    ## What it does
    Reports a parameter of a driver's method with neither `in` nor `out`.

    ## Why it matters
    The data of a call holds the in parameters, that of the answer the out parameters.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiMethodId(1), Implemented] void Stop(boolean Now);
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
    Windows driver documentation, "WMI method qualifiers"; storage documentation, "Designing a
    miniport driver callback routine that handles WMI classes".
    """

    code = "WDM405"
    name = "parameter-direction"
    severity = Severity.ERROR

    def check_parameter(
        self, cim_class: CimClass, method: CimMethod, parameter: CimParameter
    ) -> Findings:
        if not is_wmi(cim_class):
            return
        if not any(has_qualifier(parameter.qualifiers, way) for way in ("in", "out")):
            message = (
                f"parameter `{parameter.name}` of method `{method.name}` is neither in nor out"
            )
            yield self.finding(message, parameter.origin)
