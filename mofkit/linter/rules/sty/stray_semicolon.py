from __future__ import annotations

import re
from itertools import pairwise

from mofkit.cim import CimDirective
from mofkit.diagnostics import Diagnostic, Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.source import Edit, SourceFile, Span
from mofkit.syntax import ParseResult

_SEMICOLON = re.compile(r"\s*(;)")


class StraySemicolon(LintRule):
    r"""A semicolon that ends nothing.

    ## What it does
    Reports a `;` behind another, behind a `{`, and behind a pragma.

    ## Why it matters
    DSP0004 has no empty statement, and pragmas take no semicolon; other compilers refuse them.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;;
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
    DSP0004 Annex A.

    ## Fix safety
    Safe: it says nothing.
    """

    code = "STY033"
    name = "stray-semicolon"
    severity = Severity.INFO

    def check_file(self, file: ParseResult) -> Findings:
        for token, (before, text) in enumerate(pairwise(file.tree.texts), 1):
            if text == ";" and before in (";", "{"):
                yield self._stray(file.source, file.tree.token_span(token), f"a `{before}`")

    def check_directive(self, directive: CimDirective) -> Findings:
        origin = directive.origin
        if origin is None:
            return
        found = _SEMICOLON.match(origin.source.text, origin.span.end)
        if found is not None:
            place = Span(found.start(1), found.end(1))
            yield self._stray(origin.source, place, f"`#pragma {directive.name}`")

    def _stray(self, source: SourceFile, span: Span, before: str) -> Diagnostic:
        fix = Fix("remove it", (Edit(span, ""),), Safety.SAFE)
        return self.finding_in(source, span, f"`;` behind {before} ends nothing", fix=fix)
