from __future__ import annotations

from mofkit.cim import CimBoolean, CimQualifier, Origin
from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings, LintRule, Qualified, owner_name
from mofkit.source import Edit, Span


class FalseQualifier(LintRule):
    r"""A `Key(FALSE)` or `Static(FALSE)`.

    ## What it does
    Reports the qualifiers `key` and `static` with the value FALSE.

    ## Why it matters
    Since Windows 8 both count as TRUE wherever they are written, whatever the value. All other
    qualifiers count only when TRUE.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    class Fenwick_Pump
    {
        [key] string Serial;
        [key(FALSE)] string Label;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    class Fenwick_Pump
    {
        [key] string Serial;
        string Label;
    };
    ```

    ## Source
    WMI SDK, "mofcomp".

    ## Fix safety
    Safe for old versions of Windows, where FALSE was FALSE. If the key was meant, write `key`.
    """

    code = "GEN003"
    name = "false-qualifier"
    severity = Severity.ERROR

    def check_qualifier(self, owner: Qualified, qualifier: CimQualifier) -> Findings:
        if qualifier.name.lower() not in ("key", "static") or qualifier.origin is None:
            return
        if qualifier.value == CimBoolean(value=False):
            message = f"{qualifier.name}(FALSE) counts as TRUE"
            yield self.finding(message, qualifier.origin, fix=_removal(qualifier.origin, owner))


def _removal(origin: Origin, owner: Qualified) -> Fix | None:
    """Return the fix that takes the qualifier out, and the brackets if it is the only one."""
    text, (start, end) = origin.source.text, origin.span
    behind = end + len(text[end:]) - len(text[end:].lstrip())
    if text[behind : behind + 1] == ",":
        behind += 1
        span = Span(start, behind + len(text[behind:]) - len(text[behind:].lstrip(" \t")))
    else:
        before = len(text[:start].rstrip())
        is_alone = text[before - 1 : before] == "[" and text[behind : behind + 1] == "]"
        span = Span(before - 1, behind + 1 if is_alone else end)
        if not is_alone and text[before - 1 : before] != ",":
            return None
    return Fix(f"remove it from `{owner_name(owner)}`", (Edit(span, ""),), Safety.SAFE)
