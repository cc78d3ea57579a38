from __future__ import annotations

from mofkit.cim import (
    CimDirective,
    Origin,
)
from mofkit.diagnostics import Fix, Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.namespaces import (
    NamespaceRule,
    newline_of,
)
from mofkit.source import Edit, Span


def _line_of(origin: Origin) -> Span:
    """Return the place of a pragma, with its line where nothing else stands on that."""
    text, (start, end) = origin.source.text, origin.span
    line_end = text.find("\n", end) + 1 or len(text)
    line_start = text.rfind("\n", 0, start) + 1
    is_alone = not text[line_start:start].strip() and not text[end:line_end].strip()
    return Span(line_start, line_end) if is_alone else origin.span


class LateAutorecover(NamespaceRule):
    r"""An autorecover that is not on top.

    ## What it does
    Reports `#pragma autorecover` with declarations or other pragmas above it. Comments may stand
    above it. Only the first of several counts.

    ## Why it matters
    mofcomp takes it anywhere; on top, where its page advises to put it, people see it.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\cimv2")
    #pragma autorecover

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
    WMI SDK, "mofcomp".

    ## Fix safety
    Safe: the pragma means the same anywhere in the file.
    """

    code = "NSP003"
    name = "late-autorecover"
    severity = Severity.INFO

    def check_directive(self, directive: CimDirective) -> Findings:
        origin = directive.origin
        if directive is not self.known.autorecover or origin is None or origin.first == 0:
            return
        if origin.source != self.unit.parsed[0].source:
            return  # an included file is not the one that is recovered
        yield self.finding(
            "`autorecover` is not at the top of the file",
            origin,
            fix=Fix(
                "move it into the first line",
                (
                    Edit(Span.at(0), f"#pragma autorecover{newline_of(origin.source)}"),
                    Edit(_line_of(origin), ""),
                ),
            ),
        )
