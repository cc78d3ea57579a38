r"""`escaping_fix`: non-ASCII text of strings as escapes, so that a file is plain ASCII.

What a string says stays the same for all who read the file as it is meant: `\xHHHH` is a UTF-16
code unit (DSP0004 Annex A, stringEscapeSequence), with four digits also for OMI, which wants them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mofkit.diagnostics import Fix, Safety
from mofkit.source import Edit, Span
from mofkit.syntax.tree import SyntaxTree

__all__ = ["escaping_fix"]

_NON_ASCII: Final = re.compile(r"[^\x00-\x7F]+")


def escaping_fix(tree: SyntaxTree) -> Fix | None:
    """Return the fix that leaves no non-ASCII text; None where some stands outside of literals."""
    edits = list(_edits(tree))
    n_escaped = sum(edit.span.length for edit in edits)
    if not edits or n_escaped < sum(map(len, _NON_ASCII.findall(tree.source.text))):
        return None
    return Fix("write escapes, such as `\\x00E4`", tuple(edits), Safety.UNSAFE)


def _edits(tree: SyntaxTree) -> Iterator[Edit]:
    text = tree.source.text
    for found in _NON_ASCII.finditer(text):
        token = tree.token_at(found.start())
        if token < 0:
            continue
        span = tree.token_span(token)
        literal = text[slice(*span)]
        is_inside = span.start < found.start() and found.end() < span.end
        if is_inside and literal[0] == literal[-1] and literal[0] in "\"'":
            yield Edit(Span(*found.span()), "".join(map(_escape, found[0])))


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex().upper()
    return "".join(rf"\x{units[at : at + 4]}" for at in range(0, len(units), 4))
