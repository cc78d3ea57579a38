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
    Unsafe: without the qualifier, Windows 8 and later no longer count the property as a key. If the
    key was meant, write `key`.
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
    before, behind = start, _next(text, end)
    while before > 0 and text[before - 1].isspace():
        before -= 1
    sign, next_sign = text[before - 1 : before], text[behind : behind + 1]
    if next_sign == ",":
        span = Span(start, _next(text, behind + 1))
    elif (sign, next_sign) == ("[", "]"):
        span = Span(before - 1, _next(text, behind + 1))
    elif sign == ",":
        span = Span(before - 1, end)
    else:
        return None
    return Fix(f"remove it from `{owner_name(owner)}`", (Edit(span, ""),), Safety.UNSAFE)


def _next(text: str, at: int) -> int:
    """Return where the next character stands that is no blank and no line end."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at
