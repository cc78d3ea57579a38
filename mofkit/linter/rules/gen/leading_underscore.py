from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.repository.system_classes import system_classes


class LeadingUnderscore(LintRule):
    r"""A name of one's own that begins with an underscore.

    ## What it does
    Reports a class or a property whose name begins with an underscore; WMI's own classes, and what
    derives from a system class' property, are exempt.

    ## Why it matters
    Names with a leading underscore belong to WMI: it refuses to create them.

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
    name = "leading-underscore"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        name = cim_class.name
        if name.startswith("_") and name.lower() not in system_classes():
            yield self.finding(
                f"the name of class `{name}` begins with an underscore", cim_class.origin
            )

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        if cim_property.name.startswith("_") and not cim_class.name.startswith("_"):
            message = f"the name of property `{cim_property.name}` begins with an underscore"
            yield self.finding(message, cim_property.origin)
