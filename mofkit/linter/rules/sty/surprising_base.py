from __future__ import annotations

import re

from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.syntax import ParseResult

_OCTAL = re.compile(r"[+-]?0[0-7]{1,40}", re.ASCII)
_ENDS = frozenset("01234567bB")
_BINARY = re.compile(r"[+-]?[01][bB]", re.ASCII)


class SurprisingBase(LintRule):
    r"""A number that is another one than it seems.

    ## What it does
    Reports a number with a leading zero, which is octal, where decimal would be another number; and
    `0b` and `1b`, which are binary and not hexadecimal.

    ## Why it matters
    `010` is eight. Who wrote it to line up a column of numbers meant ten. `0b` is zero, `0x0b` is
    eleven.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        uint8 Speed = 010;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        uint8 Speed = 10;
    };
    ```

    ## Source
    DSP0004 Annex A, octalValue and binaryValue. WMI SDK, "Numbers".
    """

    code = "STY010"
    name = "surprising-base"
    severity = Severity.WARNING

    def check_file(self, file: ParseResult) -> Findings:
        helps = {text: _help_for(text) for text in file.tree.words if text[-1:] in _ENDS}
        wanted = {text: said for text, said in helps.items() if said}
        for token, text in enumerate(file.tree.texts if wanted else ()):
            if text in wanted:
                base = "binary" if text[-1] in "bB" else "octal"
                span = file.tree.token_span(token)
                message = (
                    f"`{text}` is {base}: {int(text.rstrip('bB'), 2 if base == 'binary' else 8)}"
                )
                yield self.finding_in(file.source, span, message, help=wanted[text])


def _help_for(text: str) -> str:
    """Return what else could have been meant; nothing, where the number is what it seems."""
    if _OCTAL.fullmatch(text) and int(text, 8) != int(text):
        return f"write `{int(text)}` if that was meant, else `{int(text, 8)}`"
    if _BINARY.fullmatch(text):
        return f"write `0x0{text[-2:]}` if that was meant, else `{text[:-1]}`"
    return ""
