"""ENC diagnostics: the facts that `source` records about bytes and characters, as findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from mofkit.diagnostics import Diagnostic, Rule
from mofkit.source import FactKind, SourceFact, SourceFile
from mofkit.syntax import rules
from mofkit.syntax.escaping import escaping_fix
from mofkit.syntax.tree import SyntaxTree

_FINDINGS: Final[dict[FactKind, tuple[Rule, str, str]]] = {
    FactKind.NON_ASCII_WITHOUT_BOM: (
        rules.NON_ASCII_WITHOUT_BOM,
        "non-ASCII text in a file without a byte order mark",
        "save the file as UTF-16 with a byte order mark, or keep to ASCII",
    ),
    FactKind.UTF8_BOM: (
        rules.UTF8_BOM,
        "the file starts with a UTF-8 byte order mark",
        "save it as UTF-8 without the mark, or as UTF-16 with one",
    ),
    FactKind.CP1252_FALLBACK: (
        rules.CP1252_TEXT,
        "the file is not UTF-8; read as Windows-1252",
        "save it as UTF-16 with a byte order mark",
    ),
    FactKind.UTF16_WITHOUT_BOM: (
        rules.UTF16_WITHOUT_BOM,
        "UTF-16 text without a byte order mark",
        "save it with the mark: mofcomp knows UTF-16 by nothing else",
    ),
    FactKind.ODD_TAIL: (
        rules.ODD_TAIL,
        "the last byte is half a character",
        "remove it",
    ),
    FactKind.NUL_OR_CTRL_Z_TAIL: (
        rules.CONTROL_TAIL,
        "NUL or Ctrl-Z characters at the end of the file",
        "remove them; `copy /b` does not add them",
    ),
    FactKind.BOM_INSIDE: (
        rules.BOM_INSIDE,
        "a byte order mark inside the file",
        "remove it; files joined with `copy /b` keep theirs",
    ),
    FactKind.SUSPICIOUS_SPACE: (
        rules.SUSPICIOUS_SPACE,
        "white space that other readers take for part of a name",
        "use plain spaces",
    ),
    FactKind.MIXED_LINE_ENDS: (
        rules.MIXED_LINE_ENDS,
        "line ends of two kinds",
        "",
    ),
    FactKind.LONE_CR: (
        rules.LONE_CR,
        "a line that ends in CR alone",
        "end lines in CR LF or LF: readers that know only those run such lines together",
    ),
    FactKind.SHIFTED_UTF16: (
        rules.SHIFTED_UTF16,
        "damaged UTF-16: a one-byte line end was put between two-byte characters",
        "restore the file from its source; something converted its line ends as if it were 8-bit",
    ),
    FactKind.UNPAIRED_SURROGATE: (
        rules.UNPAIRED_SURROGATE,
        "half of a surrogate pair",
        "the character it belonged to is lost",
    ),
    FactKind.BINARY_MOF: (
        rules.BINARY_MOF,
        "this is binary MOF, not MOF text",
        "",
    ),
    FactKind.CONTROL_INSIDE: (
        rules.CONTROL_INSIDE,
        "NUL or Ctrl-Z characters inside the text",
        "remove them; other readers stop there",
    ),
}


# White space in disguise and typographic quotes have findings of their own.
_ORDINARY_NON_ASCII: Final = re.compile(
    r"[^\x00-\x7F\x85\xA0\u2000-\u200B\u2028\u2029\u3000\uFEFF\u201C-\u201F]"
)


def encoding_diagnostics(
    source: SourceFile, facts: Iterable[SourceFact], tree: SyntaxTree | None = None
) -> Iterator[Diagnostic]:
    """Yield at most one diagnostic a fact, in order of place; with the file's tree, fixes too."""
    for fact in facts:
        if fact.kind is FactKind.NON_ASCII_WITHOUT_BOM and not _ORDINARY_NON_ASCII.search(
            source.text
        ):
            continue
        rule, message, remedy = _FINDINGS[fact.kind]
        if fact.kind is not FactKind.UTF8_BOM:
            message += f" ({fact.detail})"
        is_fixable = rule is rules.NON_ASCII_WITHOUT_BOM
        fix = escaping_fix(tree) if tree is not None and is_fixable else None
        yield Diagnostic(rule, message, source, fact.span, help=remedy, fix=fix)
