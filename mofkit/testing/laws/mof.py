"""Laws of MOF text: of the tree, the schema, the formatter and the fixes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import mofkit
from mofkit.cim.plain import to_plain
from mofkit.compiler.rules import NAMESPACE_SYNTAX
from mofkit.decompiler import decompile_schema
from mofkit.diagnostics import Severity
from mofkit.formatter import format_file
from mofkit.linter import LintConfig
from mofkit.linter.fixer import fix_file
from mofkit.source import SourceFile
from mofkit.syntax import ParseResult, SyntaxTree, parse
from mofkit.testing.codes import mof_codes
from mofkit.testing.laws.law import PROMISE, Kind, Law, from_
from mofkit.testing.mutations import mof_mutations

if TYPE_CHECKING:
    from mofkit.testing.strategies import MofText

__all__ = ["FIX", "FORMAT", "MOF"]

_MAX_ROUNDS: Final = 10
"""As many as `mofkit check --fix` makes: a mistake may show when another is gone."""


def _has_errors(result: ParseResult) -> bool:
    return any(found.severity >= Severity.ERROR for found in result.diagnostics)


# --------------------------------------------------------------------------------- parse, bind


def _keeps_bytes(data: bytes) -> str:
    return "" if mofkit.parse_bytes(data).to_bytes() == data else "the tree has other bytes"


def _is_bound(data: bytes) -> str:
    result = mofkit.parse_bytes(data)
    first, second = mofkit.bind([result]), mofkit.bind([result])
    return "" if first == second else "a second time it means something else"


def _means_schema(found: MofText) -> str:
    result = mofkit.parse_source(found.text)
    bound = mofkit.bind([result])
    if findings := [*result.diagnostics, *bound.diagnostics]:
        return f"{findings[0].code} {findings[0].message}"
    return "" if bound.schema == found.schema else f"it means {bound.schema}"


def _is_printed(data: bytes) -> str:
    """Print what a file declares, and read that; what MOF cannot say is left out."""
    result = mofkit.parse_bytes(data)
    bound = mofkit.bind([result])
    printed = decompile_schema(bound.schema)
    if _has_errors(printed.result):
        return f"printed, it is no MOF: {printed.result.diagnostics[0].message}"
    # What a path without doubled backslashes is taken for depends on how it is spelled.
    is_guess = any(found.rule is NAMESPACE_SYNTAX for found in bound.diagnostics)
    if _has_errors(result) or printed.unsayable or is_guess:
        return ""
    again = mofkit.bind([printed.result]).schema
    return "" if again == bound.schema else f"printed, it means {again}"


# -------------------------------------------------------------------------------------- format


def _settles(data: bytes) -> str:
    once = format_file(SourceFile.from_bytes(data))
    if format_file(once).to_bytes() == once.to_bytes():
        return ""
    return f"formatting twice is not formatting once: {once.text}"


def _keeps_meaning(data: bytes) -> str:
    before = mofkit.parse_bytes(data)
    after = parse(format_file(before.source))
    # What has errors of syntax means what the parser guesses.
    if not _has_errors(before) and mofkit.bind([after]).schema != mofkit.bind([before]).schema:
        return f"formatted, it means something else: {after.source.text}"
    if not _same_words(before.tree.texts, after.tree.texts):
        return f"formatted, it has other tokens: {after.source.text}"
    if [*_comments(before.tree)] != [*_comments(after.tree)]:
        return f"formatted, it has other comments: {after.source.text}"
    return ""


def _same_words(before: list[str], after: list[str]) -> bool:
    """Compare tokens; words of the language may change their case."""
    return len(before) == len(after) and all(
        one == other or (one.isalpha() and one.lower() == other.lower())
        for one, other in zip(before, after, strict=True)
    )


def _comments(tree: SyntaxTree) -> Iterator[str]:
    """Yield the words of each comment: how its lines are indented is up to the formatter."""
    text = tree.source.text
    for token in range(len(tree.kinds)):
        for found in _COMMENT.finditer(text, *tree.trivia_before(token)):
            yield " ".join(found[0].split())


_COMMENT: Final = re.compile(r"/\*.*?\*/|//[^\r\n]*", re.DOTALL)


# ----------------------------------------------------------------------------------------- fix


def _is_fixed_once(data: bytes) -> str:
    source = SourceFile.from_bytes(data, path="a.mof")
    for unsafe in (False, True):
        once = _fixed(source, unsafe=unsafe)
        if once is None:
            return "fixes undo one another"
        twice = _fixed(once, unsafe=unsafe)
        if twice is None or twice.to_bytes() != once.to_bytes():
            return "fixing twice is not fixing once"
        if _n_errors(once) > _n_errors(source):
            return f"fixed, it has errors of syntax that it had not: {once.text}"
    return ""


def _fixed(source: SourceFile, *, unsafe: bool) -> SourceFile | None:
    """Return a file with its fixes made; None where there are always more to make."""
    config = LintConfig(level=Severity.INFO)
    for _ in range(_MAX_ROUNDS):
        round_ = fix_file(source, mofkit.lint([parse(source)], config), unsafe=unsafe)
        if not round_.n_fixes:
            return source
        source = round_.source
    return None


def _n_errors(source: SourceFile) -> int:
    return sum(found.severity is Severity.ERROR for found in parse(source).diagnostics)


# --------------------------------------------------------------------------------------- kinds


def _text_bytes(found: MofText) -> bytes:
    return found.text.encode()


MOF: Final = Kind(
    from_("mof_texts"),
    (Law("text means the schema that it spells", "DSP0004 Annex A", _means_schema),),
    (
        Law("the bytes of the tree are the input", PROMISE, _keeps_bytes),
        Law("anything can be bound", PROMISE, _is_bound),
        Law("what is printed means what was read", PROMISE, _is_printed),
    ),
    _text_bytes,
    lambda found: mof_mutations(_text_bytes(found)),
    lambda _found, data: mof_codes(data),
    suffix=".mof",
    is_text=True,
    means=lambda found: to_plain(found.schema),
)
FORMAT: Final = Kind(
    from_("mof_texts"),
    (),
    (
        Law("formatting twice is formatting once", PROMISE, _settles),
        Law("formatting keeps meaning, tokens and comments", PROMISE, _keeps_meaning),
    ),
    _text_bytes,
    suffix=".mof",
    is_text=True,
)
FIX: Final = Kind(
    from_("tidy_files"),
    (),
    (Law("fixing twice is fixing once", PROMISE, _is_fixed_once),),
    str.encode,
    suffix=".mof",
    is_text=True,
)
