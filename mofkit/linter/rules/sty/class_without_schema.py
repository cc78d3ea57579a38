from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.translations import is_translation


class ClassWithoutSchema(LintRule):
    r"""A class name without the name of a schema.

    ## What it does
    Reports a class whose name has no underscore: no prefix that says whose class it is, as in
    `Win32_Fan`. System classes and translations are exempt.

    ## Why it matters
    All classes of a namespace share one set of names. Without a prefix of one's own two products
    can have the same name, and one overwrites the other.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Pump
    {
        [key] string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    DSP0004 §7.5.1: a class name is `schema_class`. WMI SDK, "Creating a class".
    """

    code = "STY041"
    name = "class-without-schema"
    severity = Severity.INFO

    def check_class(self, cim_class: CimClass) -> Findings:
        if "_" not in cim_class.name and not is_translation(cim_class):
            yield self.finding(
                f"the name of class `{cim_class.name}` has no prefix", cim_class.origin
            )
