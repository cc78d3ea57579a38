"""`Checker`: reads the files of a command line, and says what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from mofkit.cli.files import STDIN, SUFFIXES, find_files, read_raw
from mofkit.cli.terminal import progress
from mofkit.source import SourceFile
from mofkit.syntax import parse

if TYPE_CHECKING:
    from mofkit.cli.against import Against
    from mofkit.cli.check_binary import BinaryFile
    from mofkit.cli.config import Configs
    from mofkit.cli.includes import FileLoader
    from mofkit.compilation.inputs import CheckReader
    from mofkit.compiler import BindResult
    from mofkit.diagnostics import Diagnostic
    from mofkit.linter.config import ConfigOf
    from mofkit.preprocessor import Expansion
    from mofkit.syntax import ParseResult

__all__ = ["Checker"]

_SIGNATURE = b"FOMB"
_TEXT_NAMES = (*SUFFIXES, "<stdin>")
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")  # no binary file begins so
_INCLUDE = re.compile(r"#\s*(?:pragma\s+)?include\b", re.IGNORECASE)
_NO_EDITS: Mapping[str, SourceFile] = {}
_NO_MACROS: Mapping[str, str] = {}
_C_LINE = re.compile(r"#[ \t]*(?!pragma\b)\w", re.IGNORECASE)
"""Without one of these, a file has nothing for the C preprocessor, which is not loaded then."""


class Checker:
    """One run over files.

    Attributes:
        n_files: how many were checked the last time, with what they include.
        n_unreadable: files and folders that could not be read; people have been told.
        bound: what the files mean that were checked the last time.
        expansions: those of them that went through the C preprocessor.
        unexpanded: of files for the C preprocessor, why it could not read them, in words.
        suppressed: what comments kept from being reported the last time.
    """

    def __init__(
        self,
        paths: Sequence[str],
        configs: Configs,
        include_folders: Sequence[str] = (),
        stdin_name: str = "<stdin>",
        against: Against | None = None,
        macros: Mapping[str, str] = _NO_MACROS,
        *,
        obeys_comments: bool = True,
    ) -> None:
        self.n_files = 0
        self.n_unreadable = 0
        self.bound: Sequence[BindResult] = ()
        self.expansions: list[Expansion] = []
        self.unexpanded: list[str] = []
        self.suppressed: list[Diagnostic] = []
        self._paths = paths
        self._configs = configs
        self._include_folders = include_folders
        self._stdin_name = stdin_name
        self._against = against
        self._macros = macros
        self._obeys_comments = obeys_comments
        self._binaries: dict[str, BinaryFile] = {}

    def read(self) -> Iterator[SourceFile]:
        """Yield the texts that can be read; the other files are complained about.

        Binary MOF is kept for the checks, which take it with the texts.
        """
        with progress(list(find_files(self._paths, self._complain)), "Reading") as files:
            for path in files:
                try:
                    data = read_raw(path)
                except OSError as error:
                    self._complain(path, error)
                    continue
                name = self._stdin_name if path == STDIN else path
                if self._is_text(data, name):
                    yield SourceFile.from_bytes(data, path=name)

    def _is_text(self, data: bytes, path: str) -> bool:
        """Keep what has binary MOF; say whether the file is to be checked as text."""
        is_called_text = path.lower().endswith(_TEXT_NAMES)
        if is_called_text and b"\0" not in data and not data.startswith(_SIGNATURE):
            return True
        if data.startswith(_MARKS):
            return True
        from mofkit.cli.check_binary import read_binary  # which loads Construct

        found = read_binary(data, path)
        if found is None:
            return True
        self._binaries[path] = found
        return found.is_text_too

    def check_syntax(self) -> list[Diagnostic]:
        """Return what is wrong with the bytes and the syntax of each file, by itself."""
        findings: list[Diagnostic] = []
        config_of: ConfigOf = self._configs
        marked: list[ParseResult] = []  # the others are forgotten: together they may be large
        for source in self.read():
            result = parse(source)
            self.n_files += 1
            findings += result.diagnostics
            if "mofkit:" in source.text.lower():
                marked.append(result)
        if self._binaries:
            from mofkit.cli.check_binary import config_with

            files = list(self._binaries.values())
            findings += [found for file in files for mof in file.mofs for found in mof.findings]
            config_of = config_with(files, config_of)
            self.n_files += sum(not file.is_text_too for file in files)
        if not findings and not marked:
            return []
        from mofkit.linter.reporting import reported

        marked = marked if self._obeys_comments else []
        return reported(findings, marked, config_of, all_was_asked=False)

    def check(
        self, sources: Sequence[SourceFile], edited: Mapping[str, SourceFile] = _NO_EDITS
    ) -> list[Diagnostic]:
        """Return what is wrong with files, each with what it includes, and with all together.

        A file that another one includes is checked as a part of that one, not again by itself.

        Args:
            sources: what `read` gave, or what was made of that.
            edited: path → a file that is no longer as it is on disk, where others include it.
        """
        from mofkit.cli.includes import FileLoader, folder_of
        from mofkit.compiler import bind

        def new_loader() -> FileLoader:
            return FileLoader(
                self._include_folders,
                [folder_of(path) for path in self._paths],
                configured=self._configs.include_folders,
                edited=edited,
            )

        reader = _Reader(self._macros, new_loader(), new_loader())
        loader = reader.loader
        results, bound = [], []
        # Those with includes first, so that what they include is known by then.
        in_order = sorted(sources, key=lambda source: not _INCLUDE.search(source.text))
        with progress(in_order, "Checking") as units:
            for source in units:
                if loader.has_loaded(source.path):
                    continue
                result = reader.read(source)
                bound.append(bind([result], loader=loader, read=reader.read))
                if result.source is source:
                    results.append(result)
        self.expansions, self.unexpanded, self.suppressed = reader.expansions, reader.unexpanded, []
        extra = list(reader.findings)
        files = list(self._binaries.values())
        mofs = [mof for file in files for mof in file.mofs]
        of_binary = [mof.bound for mof in mofs if mof.bound is not None]
        bound += of_binary
        self.bound = bound
        extra += [found for mof in mofs for found in mof.findings]
        if self._against:
            self._against.items = [item for one in bound for item in one.schema.items]
            extra += self._against.findings()
        beside = loader.count_loaded_beside(source.path for source in sources)
        n_binaries = sum(not file.is_text_too for file in files)
        self.n_files = len(sources) + n_binaries + beside + (self._against is not None)
        if not files:
            return self._lint(results, extra, self._configs)
        from mofkit.cli.check_binary import config_with, with_places

        made = {one.files[0].source for one in of_binary}
        config_of = config_with(files, self._configs)
        return with_places(self._lint(results, extra, config_of, made), files)

    def _lint(
        self,
        results: Sequence[ParseResult],
        extra: Sequence[Diagnostic],
        config_of: ConfigOf,
        made: Collection[SourceFile] = (),
    ) -> list[Diagnostic]:
        from mofkit.linter.engine import lint_bound

        return lint_bound(
            results,
            self.bound,
            config_of,
            extra,
            made=made,
            expansions=self.expansions,
            obeys_comments=self._obeys_comments,
            suppressed=self.suppressed,
        )

    def _complain(self, path: str, error: OSError) -> None:
        """Say that something cannot be read; the other files are still checked."""
        self.n_unreadable += 1
        click.echo(f"mofkit: cannot read {path}: {error.strerror or error}", err=True)


class _Reader:
    """Reads files for the binder, through the C preprocessor where they are for it.

    Where it stops, they are read as they stand: most often a header is not here, as with the files
    of drivers, and what it says decides on the rest.

    Attributes:
        loader: of the files that includes of MOF name.
        expansions: of the files that went through the preprocessor.
        findings: what reading those found.
        unexpanded: why others could not, in words.
    """

    def __init__(self, macros: Mapping[str, str], loader: FileLoader, headers: FileLoader) -> None:
        self.loader = loader
        self.expansions: list[Expansion] = []
        self.findings: list[Diagnostic] = []
        self._macros = macros
        self._headers = headers
        self._reader: CheckReader | None = None

    def read(self, source: SourceFile) -> ParseResult:
        if not self._macros and not _C_LINE.search(source.text):
            return parse(source)
        reader = self._reader
        if reader is None:
            from mofkit.compilation.inputs import CheckReader

            reader = self._reader = CheckReader(self._macros, self._headers)
            self.expansions, self.findings = reader.expansions, reader.findings
        result = reader.read(source)
        if result.source is not source:
            self.loader.note_loaded(header.path for header in reader.expansions[-1].headers)
        return result

    @property
    def unexpanded(self) -> list[str]:
        return [
            f"{why.path} is for the C preprocessor, which stops: {why.message}"
            for why in (self._reader.stopped if self._reader else ())
        ]
