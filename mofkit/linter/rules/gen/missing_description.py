from __future__ import annotations

from mofkit.cim import CimClass, CimMethod, CimProperty
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import REQUIRED
from mofkit.linter.lint_rule import Findings, LintRule


class MissingDescription(LintRule):
    r"""Something public without a Description.

    ## What it does
    Reports a class, a property or a method without the qualifier `Description`; those of a
    translation, the required items of drivers, and what overrides something described are exempt.

    ## Why it matters
    Tools such as wbemtest and PowerShell show the text to whoever wonders what the class is for.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    class Fenwick_Pump
    {
        [key, Description("As on the type plate")] string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    [Description("A pump")]
    class Fenwick_Pump
    {
        [key, Description("As on the type plate")] string Serial;
    };
    ```

    ## Source
    mofkit's own, as in PSScriptAnalyzer and xDscResourceDesigner.
    """

    code = "GEN007"
    name = "missing-description"
    severity = Severity.INFO

    def check_class(self, cim_class: CimClass) -> Findings:
        if _is_bare(cim_class) and not has_qualifier(cim_class.qualifiers, "amendment"):
            yield self.finding(f"class `{cim_class.name}` has no Description", cim_class.origin)

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        if _is_bare(cim_property) and cim_property.name.lower() not in REQUIRED:
            message = (
                f"property `{cim_property.name}` of class `{cim_class.name}` has no Description"
            )
            yield self.finding(message, cim_property.origin)

    def check_method(self, cim_class: CimClass, method: CimMethod) -> Findings:
        if _is_bare(method):
            message = f"method `{method.name}` of class `{cim_class.name}` has no Description"
            yield self.finding(message, method.origin)


def _is_bare(element: CimClass | CimProperty | CimMethod) -> bool:
    names = {qualifier.name.lower() for qualifier in element.qualifiers}
    return names.isdisjoint(("description", "override"))
