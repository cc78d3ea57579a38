"""`Input`: one file, read as far as the compiler wants it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mofkit.diagnostics import Diagnostic, Severity
from mofkit.preprocessor import Expansion, needs_preprocessing, preprocess
from mofkit.source import Loader, SourceFile
from mofkit.syntax import ParseResult, parse
from mofkit.syntax.encoding import encoding_diagnostics

__all__ = ["Input", "read_input", "relocated"]


@dataclass(frozen=True, slots=True)
class Input:
    """A file after the preprocessor, if it needs one, and after the parser.

    Attributes:
        result: None where the preprocessor found errors.
        expansion: None where the file went straight to the parser.
        diagnostics: ENC, CPP and SYN findings, in the files that people wrote.
    """

    result: ParseResult | None
    expansion: Expansion | None
    diagnostics: list[Diagnostic]


def read_input(source: SourceFile, macros: Mapping[str, str], loader: Loader) -> Input:
    """Read a file; what is wrong is in `diagnostics`."""
    if not macros and not needs_preprocessing(source):
        result = parse(source)
        return Input(result, None, result.diagnostics)
    expansion = preprocess(source, macros=macros, loader=loader)
    found = [*expansion.diagnostics, *_encoding((source, *expansion.headers))]
    if any(diagnostic.severity is Severity.ERROR for diagnostic in expansion.diagnostics):
        return Input(None, expansion, found)
    result = parse(expansion.source)
    # What it finds about bytes is not about those of a file.
    about_text = (item for item in result.diagnostics if not item.code.startswith("ENC"))
    found += map(expansion.relocate, about_text)
    return Input(result, expansion, found)


def relocated(found: Iterable[Diagnostic], inputs: Iterable[Input]) -> list[Diagnostic]:
    """Return findings about what was parsed as findings in the files that people wrote."""
    expansions = {id(read.expansion.source): read.expansion for read in inputs if read.expansion}
    moved: list[Diagnostic] = []
    for finding in found:
        expansion = expansions.get(id(finding.source))
        moved.append(finding if expansion is None else expansion.relocate(finding))
    return moved


def _encoding(sources: Iterable[SourceFile]) -> Iterable[Diagnostic]:
    for source in sources:
        yield from encoding_diagnostics(source, source.facts())
