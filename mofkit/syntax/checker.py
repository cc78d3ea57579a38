"""What is wrong with the syntax of a file, put together.

Takes a tree, gives SYN diagnostics: the faults of the parse (`messages.py`), and what the tolerant
grammar accepts and the language forbids (`token_checks.py`, `node_checks.py`). Runs only on files
that gave cause (`parsing.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from mofkit.diagnostics import Diagnostic, Severity
from mofkit.source import FactKind, SourceFact, Span
from mofkit.syntax import nodes, rules
from mofkit.syntax.lexer import KIND
from mofkit.syntax.messages import fault_diagnostics
from mofkit.syntax.node_checks import check_nodes
from mofkit.syntax.token_checks import check_comments, check_tokens
from mofkit.syntax.tree import SyntaxTree

_UNREADABLE = frozenset({FactKind.BINARY_MOF, FactKind.SHIFTED_UTF16})
_UNTERMINATED = KIND["UNTERMINATED_STRING"]
_HEADS = frozenset(KIND[word] for word in ("CLASS", "INSTANCE", "QUALIFIER"))


def check(tree: SyntaxTree, facts: Sequence[SourceFact] = ()) -> Iterator[Diagnostic]:
    """Yield the SYN diagnostics of a file, in no particular order."""
    if any(fact.kind in _UNREADABLE for fact in facts):
        return
    if not_mof := _not_mof(tree):
        yield not_mof
        return
    findings = [
        *fault_diagnostics(tree),
        *check_tokens(tree),
        *check_comments(tree),
        *check_nodes(tree),
    ]
    yield from _without_consequences(tree, findings)


def _without_consequences(tree: SyntaxTree, findings: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings less those that only follow from another.

    Where a line has a string that nothing closes, only its first error says something. Where a
    token is wrong in itself, it is no news that it does not fit.
    """
    line_of = tree.source.position
    broken = {
        line_of(tree.starts[token]).line
        for token, kind in enumerate(tree.kinds)
        if kind == _UNTERMINATED
    }
    wrong_in_itself = {
        finding.span.start
        for finding in findings
        if finding.rule is not rules.UNEXPECTED_TOKEN and finding.severity is Severity.ERROR
    }
    reported: set[int] = set()
    for finding in sorted(findings, key=lambda finding: finding.span):
        is_consequence = finding.rule is rules.UNEXPECTED_TOKEN or finding.severity < Severity.ERROR
        if is_consequence and finding.span.start in wrong_in_itself:
            continue
        line = line_of(finding.span.start).line if broken else 0
        if line in broken:
            if line in reported or finding.severity < Severity.ERROR:
                continue
            reported.add(line)
        yield finding


# ------------------------------------------------------------------------------- the whole file


def _not_mof(tree: SyntaxTree) -> Diagnostic | None:
    """Return the one finding for a file in which nothing is MOF."""
    root = tree.root
    if not tree.faults or any(not isinstance(node, nodes.Error | int) for node in root.children):
        return None
    if any(kind in _HEADS and tree.starts_line(token) for token, kind in enumerate(tree.kinds)):
        return None
    if len(tree.kinds) < _FEWEST_TOKENS or tree.source.line_count < _FEWEST_LINES:
        return None
    line = tree.source.line_span(tree.source.position(tree.starts[0]).line)
    what = next((name for start, name in _FOREIGN if re.match(start, tree.source.text)), "")
    return Diagnostic(
        rules.NOT_MOF,
        f"this file is not MOF: it looks like {what}" if what else "this file is not MOF",
        tree.source,
        Span(max(line.start, tree.starts[0]), line.end),
        help="no class, instance, qualifier declaration or pragma was found in it",
    )


_FEWEST_TOKENS = 12  # below that, a slip of the pen is likelier than another language
_FEWEST_LINES = 3
_FOREIGN: Final = (
    (r"\s*-----BEGIN ", "an encrypted or signed message"),
    (r"\s*<(?:!|\?|html|[A-Za-z])", "XML or HTML"),
    (
        r"\s*(?:#!|#[^\n]*\n|\s)*(?:Configuration|function|param|Import-Module|\$\w+\s*=)",
        "PowerShell",
    ),
    (r"\s*Executing \(", "output of wmic"),
)
