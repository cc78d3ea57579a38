from __future__ import annotations

from mofkit.cim import (
    CimDirective,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule


class AmendmentPragma(LintRule):
    r"""A file that mofcomp splits, if it is told where to.

    ## What it does
    Reports `#pragma amendment`, as a hint: the file cannot say whether the switches -MOF and -MFL
    are given that it needs. (The catalogue of rules has an error for a build without them; mofkit
    does not read builds.)

    ## Why it matters
    Without the two switches, which name the files for what is neutral and for the texts, mofcomp
    writes nothing at all, and nothing reaches the repository.

    ## Example
    ```mof
    #pragma amendment("MS_409")
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    [Description("A pump") : Amended]
    class Fenwick_Pump
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
    WMI SDK, "pragma amendment".
    """

    code = "LOC006"
    name = "amendment-pragma"
    severity = Severity.INFO

    def check_directive(self, directive: CimDirective) -> Findings:
        if directive.name.lower() == "amendment":
            yield self.finding(
                "`#pragma amendment` writes nothing unless mofcomp gets -MOF and -MFL",
                directive.origin,
            )
