"""`Input`: one file, read as far as the compiler wants it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mofkit.diagnostics import Diagnostic, Severity
from mofkit.preprocessor import Expansion, needs_preprocessing, preprocess
from mofkit.preprocessor.rules import HEADER
from mofkit.source import Loader, SourceFile
from mofkit.syntax import ParseResult, parse
from mofkit.syntax.encoding import encoding_diagnostics

__all__ = ["CheckReader", "CompileReader"]


@dataclass(frozen=True, slots=True)
class Input:
    """A file after the preprocessor, if it needs one, and after the parser.

    Attributes:
        result: None where the preprocessor found errors. Of what the preprocessor wrote, there are
            no ENC findings: they would not be about bytes of a file.
        expansion: None where the file went straight to the parser.
        diagnostics: ENC, CPP and SYN findings, in the files that people wrote.
    """

    result: ParseResult | None
    expansion: Expansion | None
    diagnostics: list[Diagnostic]


class CompileReader:
    """Reads the files of one compilation, those that others include too.

    Each goes through the preprocessor by itself, if it has lines for it; with macros, any does.

    Attributes:
        inputs: what was read, in order.
    """

    def __init__(self, macros: Mapping[str, str], loader: Loader | None) -> None:
        self.inputs: list[Input] = []
        self._macros = macros
        self._loader = loader

    def read(self, source: SourceFile) -> ParseResult | None:
        """Return the file for the binder; None where the preprocessor found errors."""
        self.inputs.append(_read_input(source, self._macros, self._loader))
        return self.inputs[-1].result


class CheckReader:
    """Reads the files of one check, those that others include too.

    As `CompileReader`, but a file that the preprocessor finds errors in is read as it stands. Where
    it only lacks headers, that is a warning: they may be where the driver is built.

    Attributes:
        expansions: of files that went through the preprocessor.
        findings: those of `Input.diagnostics` about such files, and why others did not.
        stopped: for each file that is for the preprocessor and could not go through it, an error.
    """

    def __init__(self, macros: Mapping[str, str], loader: Loader | None) -> None:
        self.expansions: list[Expansion] = []
        self.findings: list[Diagnostic] = []
        self.stopped: list[Diagnostic] = []
        self._macros = macros
        self._loader = loader

    def reread(self, result: ParseResult) -> ParseResult:
        """Return a file for the binder that was read without regard to the preprocessor."""
        is_for_it = self._macros or needs_preprocessing(result.source)
        return self.read(result.source) if is_for_it else result

    def read(self, source: SourceFile) -> ParseResult:
        """Return a file for the binder."""
        made = _read_input(source, self._macros, self._loader)
        if made.result is None:
            errors = list(filter(_is_error, made.diagnostics))
            missing = [found for found in errors if found.rule is HEADER]
            self.stopped.append((missing or errors)[0])
            # Without a header, any other error may be due to that. Nothing loads headers where
            # there is no loader: then includes are not followed.
            if self._loader is not None:
                self.findings += map(_as_checked, missing)
            self.findings += () if missing else errors
            return parse(source)
        if made.expansion is not None:
            self.expansions.append(made.expansion)
            self.findings += made.diagnostics
        return made.result


def _read_input(source: SourceFile, macros: Mapping[str, str], loader: Loader | None) -> Input:
    if not macros and not needs_preprocessing(source):
        result = parse(source)
        return Input(result, None, result.diagnostics)
    expansion = preprocess(source, macros=macros, loader=loader)
    found = [*expansion.diagnostics, *_encoding((source, *expansion.headers))]
    if any(map(_is_error, expansion.diagnostics)):
        return Input(None, expansion, found)
    result = parse(expansion.source)
    about_text = [item for item in result.diagnostics if not item.code.startswith("ENC")]
    found += map(expansion.relocate, about_text)
    return Input(replace(result, diagnostics=about_text), expansion, found)


def _as_checked(missing: Diagnostic) -> Diagnostic:
    remedy = "without it only bytes and syntax are checked; -I names folders of headers"
    return replace(missing, severity=Severity.WARNING, help=remedy)


def _is_error(found: Diagnostic) -> bool:
    return found.severity is Severity.ERROR


def _encoding(sources: Iterable[SourceFile]) -> Iterable[Diagnostic]:
    for source in sources:
        yield from encoding_diagnostics(source, source.facts())
