"""`Checker`: reads the files of a command line, and says what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from mofkit.cli.files import find_files, read_source
from mofkit.cli.terminal import progress
from mofkit.syntax import parse

if TYPE_CHECKING:
    from mofkit.cli.against import Against
    from mofkit.cli.config import Configs
    from mofkit.diagnostics import Diagnostic
    from mofkit.source import SourceFile
    from mofkit.syntax import ParseResult

__all__ = ["Checker"]

_INCLUDE = re.compile(r"#\s*(?:pragma\s+)?include\b", re.IGNORECASE)
_NO_EDITS: Mapping[str, SourceFile] = {}


class Checker:
    """One run over files.

    Attributes:
        n_files: how many were checked the last time, with what they include.
        n_unreadable: files and folders that could not be read; people have been told.
    """

    def __init__(
        self,
        paths: Sequence[str],
        configs: Configs,
        include_folders: Sequence[str] = (),
        stdin_name: str = "<stdin>",
        against: Against | None = None,
    ) -> None:
        self.n_files = 0
        self.n_unreadable = 0
        self._paths = paths
        self._configs = configs
        self._include_folders = include_folders
        self._stdin_name = stdin_name
        self._against = against

    def read(self) -> Iterator[SourceFile]:
        """Yield the files that can be read; the others are complained about."""
        with progress(list(find_files(self._paths, self._complain)), "Reading") as files:
            for path in files:
                try:
                    yield read_source(path, self._stdin_name)
                except OSError as error:
                    self._complain(path, error)

    def check_syntax(self) -> list[Diagnostic]:
        """Return what is wrong with the bytes and the syntax of each file, by itself."""
        findings: list[Diagnostic] = []
        marked: list[ParseResult] = []  # the others are forgotten: together they may be large
        for source in self.read():
            result = parse(source)
            self.n_files += 1
            findings += result.diagnostics
            if "mofkit:" in source.text:
                marked.append(result)
        if not findings and not marked:
            return []
        from mofkit.linter.reporting import reported

        return reported(findings, marked, self._configs, all_was_asked=False)

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
        from mofkit.linter.engine import lint_bound

        loader = FileLoader(
            self._include_folders,
            [folder_of(path) for path in self._paths],
            configured=self._configs.include_folders,
            edited=edited,
        )
        results, bound = [], []
        # Those with includes first, so that what they include is known by then.
        in_order = sorted(sources, key=lambda source: not _INCLUDE.search(source.text))
        with progress(in_order, "Checking") as units:
            for source in units:
                if not loader.has_loaded(source.path):
                    results.append(parse(source))
                    bound.append(bind(results[-1:], loader=loader))
        extra: Sequence[Diagnostic] = ()
        if self._against:
            self._against.items = [item for one in bound for item in one.schema.items]
            extra = self._against.findings()
        beside = loader.count_loaded_beside(source.path for source in sources)
        self.n_files = len(sources) + beside + (self._against is not None)
        return lint_bound(results, bound, self._configs, extra)

    def _complain(self, path: str, error: OSError) -> None:
        """Say that something cannot be read; the other files are still checked."""
        self.n_unreadable += 1
        click.echo(f"mofkit: cannot read {path}: {error.strerror or error}", err=True)
