from __future__ import annotations

import re
from collections.abc import Iterator

from mofkit.diagnostics import Related, Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.source import Span
from mofkit.syntax import ParseResult

_COMMENT = re.compile(r"//[^\r\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)  # SYN says which is not closed
_INNER = re.compile(r"(?<=\s)/\*")


class CommentInComment(LintRule):
    r"""A comment that begins inside a comment.

    ## What it does
    Reports `/*` inside a comment that began with `/*`.

    ## Why it matters
    Comments do not nest. Either the first one was not closed where it should have been, and the
    declarations up to the next `*/` are part of it; or the inner `*/` ends both, and the rest is
    read as MOF.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        uint8 Speed;        /* in turns a second
        boolean Running;    /* since the last start */
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        uint8 Speed;        /* in turns a second */
        boolean Running;    /* since the last start */
    };
    ```

    ## Source
    DSP0004 §7.3.
    """

    code = "STY032"
    name = "comment-in-comment"
    severity = Severity.WARNING

    def check_file(self, file: ParseResult) -> Findings:
        text = file.source.text
        for start, end in _gaps_with_comments(file):
            for found in _COMMENT.finditer(text, start, end):
                if not (text.startswith("/*", found.start()) and found[0].endswith("*/")):
                    continue
                inner = _INNER.search(text, found.start() + 2, found.end())
                if inner is None:
                    continue
                outer = Span(found.start(), found.start() + 2)
                yield self.finding_in(
                    file.source,
                    Span(inner.start(), inner.end()),
                    "this comment begins inside another",
                    related=(Related(file.source, outer, "which begins here"),),
                )


def _gaps_with_comments(file: ParseResult) -> Iterator[Span]:
    """Yield the places between tokens that have `/*`; one in a string is in a token."""
    tree, text = file.tree, file.source.text
    at = text.find("/*")
    while at >= 0:
        token = tree.token_at(at)
        end = tree.token_end(token) if token >= 0 else 0
        if at >= end:
            start, end = end, tree.starts[token + 1]
            yield Span(start, end)
        at = text.find("/*", end)
