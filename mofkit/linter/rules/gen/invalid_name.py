from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.repository.system_classes import system_classes


class InvalidName(LintRule):
    r"""A name that WMI does not take.

    ## What it does
    Reports a class or a property whose name has other characters than the letters A to Z, digits
    and underscores, or begins with an underscore; WMI's own classes and their properties are
    exempt.

    ## Why it matters
    DSP0004 allows letters of any script, WMI does not. Names with a leading underscore belong to
    WMI: it refuses to create them. (That drivers' classes must not end with one, WDM109 says.)

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    class Fenwick_Pump
    {
        [key] string _Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "Creating a class"; Windows driver documentation, "WMI class names and base classes".
    """

    code = "GEN004"
    name = "invalid-name"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        name = cim_class.name
        problem = _problem(name)
        if problem and name.lower() not in system_classes():
            yield self.finding(f"the name of class `{name}` {problem}", cim_class.origin)

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        problem = _problem(cim_property.name)
        if problem and not cim_class.name.startswith("_"):
            message = f"the name of property `{cim_property.name}` {problem}"
            yield self.finding(message, cim_property.origin)


def _problem(name: str) -> str:
    """Return what is wrong with a name, as a message says it; nothing of most names."""
    if name.startswith("_"):
        return "begins with an underscore"
    strange = next((one for one in name if not one.isascii()), None)
    return "" if strange is None else f"has `{strange}`, which is no letter from A to Z"
