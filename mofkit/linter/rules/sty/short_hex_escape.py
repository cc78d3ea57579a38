from __future__ import annotations

import re

from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.source import Edit, Span
from mofkit.syntax import ParseResult

_ESCAPE = re.compile(r"\\(?:[^xX]|[xX]([0-9A-Fa-f]{0,4}))")
_N_DIGITS = 4


class ShortHexEscape(LintRule):
    r"""A `\x` with fewer than four digits.

    ## What it does
    Reports an escape `\x` in a string that has one to three hexadecimal digits.

    ## Why it matters
    MOF takes as many digits as there are, up to four: the letters a to f of the next word belong to
    it, so that a change of the text changes the character. OMI takes no fewer than four at all.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [Units("\xB0 C")] sint16 Temperature;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [Units("\x00B0 C")] sint16 Temperature;
    };
    ```

    ## Source
    DSP0004 Annex A, stringValue. OMI's parser wants exactly four digits.

    ## Fix safety
    Safe: it is the same character.
    """

    code = "STY012"
    name = "short-hex-escape"
    severity = Severity.WARNING

    def check_file(self, file: ParseResult) -> Findings:
        if "\\x" not in file.source.text.lower():
            return
        for token, text in enumerate(file.tree.texts):
            if text[:1] != '"' or "\\" not in text:
                continue
            for found in _ESCAPE.finditer(text):
                digits = found[1]
                if not digits or len(digits) == _N_DIGITS:
                    continue
                start = file.tree.starts[token]
                edit = Edit(Span.at(start + found.start(1)), "0" * (_N_DIGITS - len(digits)))
                yield self.finding_in(
                    file.source,
                    Span(start + found.start(), start + found.end()),
                    f"`{found[0]}` has fewer than four digits",
                    fix=Fix("fill it up with zeros", (edit,), Safety.SAFE),
                )
