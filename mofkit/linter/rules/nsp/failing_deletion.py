from __future__ import annotations

from mofkit.cim import (
    CimDirective,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, related_to
from mofkit.linter.namespaces import (
    NamespaceRule,
)


class FailingDeletion(NamespaceRule):
    r"""A deletion that stops the recovery of its file.

    ## What it does
    Reports `#pragma deleteclass` and `deleteinstance` with FAIL in a file with `#pragma
    autorecover`.

    ## Why it matters
    In a repository that is being rebuilt, what is to be deleted is not there. With FAIL that is an
    error, and the rest of the file is not compiled.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")
    #pragma deleteclass("Fenwick_OldPump", FAIL) // mofkit: noqa[NSP007]

    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")
    #pragma deleteclass("Fenwick_OldPump", NOFAIL) // mofkit: noqa[NSP007]

    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "pragma deleteclass" and "pragma deleteinstance".
    """

    code = "NSP006"
    name = "failing-deletion"
    severity = Severity.ERROR

    def check_directive(self, directive: CimDirective) -> Findings:
        if self.known.autorecover is None:
            return
        if directive.name.lower() not in ("deleteclass", "deleteinstance"):
            return
        if str(directive.arguments[-1:]).lower() == "('fail',)":
            yield self.finding(
                f"`{directive.name}` with FAIL stops the recovery of this file, "
                f"where `{directive.arguments[0]}` is not there",
                directive.origin,
                related=related_to(self.known.autorecover.origin, "recovered because of this"),
                help="write NOFAIL",
            )
