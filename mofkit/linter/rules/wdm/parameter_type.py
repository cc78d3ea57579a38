from __future__ import annotations

from mofkit.cim import CimClass, CimMethod
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, Member, is_wmi, sized_by, unfit_type
from mofkit.linter.lint_rule import Findings


class ParameterType(DriverRule):
    """A parameter of a type that drivers' data cannot have.

    ## What it does
    Reports a parameter of a driver's method of a type that is none for data items (real32, real64,
    char16, a reference, `object`), and a `WmiSizeIs` that names a parameter of the other direction.

    ## Why it matters
    The parameters of a call stand in a buffer as the items of a block do, those of each direction
    in one of their own.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiMethodId(1), Implemented] void Turn([in] real32 Load);
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
        [WmiMethodId(1), Implemented] void Turn([in] uint32 LoadPerMille);
    };
    ```

    ## Source
    Windows driver documentation, "Driver-defined WMI data items". Storage documentation,
    "GetEventBuffer". That sizes are of the same direction follows.
    """

    code = "WDM407"
    name = "parameter-type"
    severity = Severity.ERROR

    def check_method(self, cim_class: CimClass, method: CimMethod) -> Findings:
        if not is_wmi(cim_class):
            return
        for parameter in method.parameters:
            if word := unfit_type(parameter):
                message = f"parameter `{parameter.name}` of method `{method.name}` is {word}"
                yield self.finding(message, parameter.origin)
        for array, by, count in sized_by(method.parameters):
            if _ways(array).isdisjoint(_ways(count)):
                message = f"`{count.name}`, the size of `{array.name}`, goes the other way"
                yield self.finding(message, by.origin)


def _ways(member: Member) -> set[str]:
    return {way for way in ("in", "out") if has_qualifier(member.qualifiers, way)}
