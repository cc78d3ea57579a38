"""What binary MOF will not say of a schema, as diagnostics in the files that say it."""

from __future__ import annotations

import re
from typing import Final

from mofkit.bmf import Loss, LossKind
from mofkit.cim import Origin
from mofkit.compilation import rules
from mofkit.diagnostics import Diagnostic, Rule, Severity
from mofkit.source import SourceFile, Span

__all__ = ["loss_diagnostic"]

_RULES: Final[dict[LossKind, Rule]] = {
    LossKind.FLAVOR: rules.FLAVOR,
    LossKind.DIRECTIVE: rules.DIRECTIVE,
    LossKind.QUALIFIER_DECLARATION: rules.QUALIFIER_DECLARATION,
    LossKind.PARAMETER_DEFAULT: rules.PARAMETER_DEFAULT,
    LossKind.NULL: rules.NULL,
    LossKind.NUMBER: rules.NUMBER,
    LossKind.UNVERIFIED: rules.UNVERIFIED,
    LossKind.UNWRITABLE: rules.UNWRITABLE,
}

_EFFECTIVE: Final = frozenset({"amendment", "deleteclass", "deleteinstance"})
"""Pragmas that do something when the text is compiled, and nothing in a binary file."""


def loss_diagnostic(loss: Loss) -> Diagnostic:
    """Return the finding for a loss."""
    rule = _RULES[loss.kind]
    message = loss.message
    if loss.kind is LossKind.UNWRITABLE:
        message = f"cannot be written: {loss.message}"
    if loss.origin is None:
        where = f"{loss.path}: {message}" if loss.path else message
        return Diagnostic(rule, where, SourceFile("", path="<schema>"), Span.at(0))
    source, span = loss.origin.source, _place(loss.origin)
    word = source.text[slice(*span)].lower()
    if loss.kind is LossKind.DIRECTIVE and word in _EFFECTIVE:
        return Diagnostic(rule, message, source, span, Severity.WARNING)
    return Diagnostic(rule, message, source, span, help=_help(loss.words))


def _help(words: tuple[str, ...]) -> str:
    if not words:
        return ""
    them = "it" if len(words) == 1 else "them"
    return f"define {them}, as `-D {words[0]}=...`, or include the header that does, by `-I`"


def _place(origin: Origin) -> Span:
    """Return what to point at: the name of an element; in a value, a word outside of strings."""
    if origin.name == origin.first:
        start, end = origin.span
        for found in _STRING_OR_WORD.finditer(origin.source.text, start, end):
            if found[1] is not None:
                return Span(*found.span(1))
    return origin.name_span


_STRING_OR_WORD: Final = re.compile(
    r'"(?:[^"\\]|\\[\s\S])*+"|//[^\r\n]*|/\*[\s\S]*?\*/|((?<!\w)[^\W\d]\w*)'
)
