from __future__ import annotations

from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.source import Edit
from mofkit.syntax import ParseResult


class LetterCase(LintRule):
    r"""A name in other letters than its declaration.

    ## What it does
    Reports the name of a class, as a superclass, in a reference or behind `instance of`, and an
    alias, that differ from its only declaration in the case of letters.

    ## Why it matters
    It is the same name to every compiler. But a reader searches for it, and tools show it as one or
    the other.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump { [key] string Id; };
    instance of fenwick_pump { Id = "north"; };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump { [key] string Id; };
    instance of Fenwick_Pump { Id = "north"; };
    ```

    ## Source
    mofkit's own.

    ## Fix safety
    Safe: letter case makes no difference.
    """

    code = "STY040"
    name = "letter-case"
    severity = Severity.INFO

    def check_file(self, file: ParseResult) -> Findings:
        declared = self._declared()
        texts = file.tree.texts
        odd = {text for text in set(texts) if declared.get(text.lower(), text) != text}
        for token, text in enumerate(texts if odd else ()):
            if text not in odd or not _is_use(texts, token):
                continue
            meant = declared[text.lower()]
            span = file.tree.token_span(token)
            yield self.finding_in(
                file.source,
                span,
                f"`{text}` is declared as `{meant}`",
                fix=Fix(f"write `{meant}`", (Edit(span, meant),), Safety.SAFE),
            )

    def _declared(self) -> dict[str, str]:
        """Return the classes and aliases of the unit, lower case → as declared, if in one way."""
        schema = self.unit.schema
        names = [one.name for one in schema.classes]
        names += [f"${one.alias}" for one in schema.classes if one.alias]
        names += [f"${one.alias}" for one in schema.instances if one.alias]
        spelled: dict[str, set[str]] = {}
        for name in names:
            spelled.setdefault(name.lower(), set()).add(name)
        return {lower: next(iter(found)) for lower, found in spelled.items() if len(found) == 1}


def _is_use(texts: list[str], token: int) -> bool:
    before = texts[token - 1].lower() if token else ""
    is_reference = texts[token + 1].lower() == "ref"
    return texts[token][0] == "$" or before in (":", "of") or is_reference
