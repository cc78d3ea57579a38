from __future__ import annotations

from mofkit.cim import (
    CimDirective,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule


class DeletedClass(LintRule):
    r"""A class that the file deletes.

    ## What it does
    Reports `#pragma deleteclass`.

    ## Why it matters
    With the class go its instances and all classes derived from it, those of other products too.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")
    #pragma deleteclass("Fenwick_OldPump", NOFAIL)

    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")
    #pragma deleteinstance("Fenwick_Pump.Serial=\"FP-0042\"", NOFAIL)

    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "pragma deleteclass".
    """

    code = "NSP007"
    name = "deleted-class"
    severity = Severity.WARNING

    def check_directive(self, directive: CimDirective) -> Findings:
        if directive.name.lower() == "deleteclass":
            named = f"`{directive.arguments[0]}`" if directive.arguments else "a class"
            yield self.finding(
                f"deletes {named}, with its instances and the classes derived from it",
                directive.origin,
            )
