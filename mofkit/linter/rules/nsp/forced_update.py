from __future__ import annotations

from mofkit.cim import (
    CLASS_FLAGS,
    CimDirective,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule


def _forces(argument: str | int) -> bool:
    if isinstance(argument, int):
        return bool(argument & CLASS_FLAGS["forceupdate"])
    return "forceupdate" in argument.lower().replace(",", " ").split()


class ForcedUpdate(LintRule):
    r"""Classes that are updated by force.

    ## What it does
    Reports `#pragma classflags` with forceupdate.

    ## Why it matters
    Where a derived class has a qualifier that conflicts with the new class, forceupdate takes it
    away there: somebody else's class is changed.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")
    #pragma classflags("forceupdate")

    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")
    #pragma classflags("safeupdate")

    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "pragma classflags".
    """

    code = "NSP009"
    name = "forced-update"
    severity = Severity.WARNING

    def check_directive(self, directive: CimDirective) -> Findings:
        if directive.name.lower() != "classflags":
            return
        if any(_forces(argument) for argument in directive.arguments):
            yield self.finding(
                "forceupdate removes qualifiers of derived classes where they conflict",
                directive.origin,
                help="safeupdate refuses the update there, and changes nothing",
            )
