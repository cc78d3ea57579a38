"""The files of a bump: which ones the command line means, and which are included."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import click

from mofkit.cli.files import STDIN, find_files, read_source
from mofkit.source import Loader, SourceFile

__all__ = ["GivenLoader", "expanded", "read_sources"]


def expanded(paths: Sequence[str]) -> Iterator[str]:
    """Yield the files, with those in a folder in its place; an `.mfl` amends a `.mof` before it."""
    for path in paths:
        if not Path(path).is_dir():
            yield path
            continue
        found = list(find_files([path], _fail))
        if not found:
            raise click.UsageError(f"there is no MOF file in {path}")
        yield from sorted(found, key=lambda each: each.lower().endswith(".mfl"))


def _fail(_path: str, error: OSError) -> NoReturn:
    raise error


def read_sources(paths: Sequence[str]) -> list[SourceFile]:
    """Read files, and refuse one that is named twice."""
    real = [path if path == STDIN else os.path.realpath(path) for path in paths]
    for number, path in enumerate(real):
        if path in real[:number]:
            raise click.UsageError(f"{paths[number]} is named twice")
    return [read_source(path) for path in paths]


class GivenLoader:
    """A loader that knows the files of the command line, under whatever path they are included."""

    def __init__(
        self, loader: Loader, given: Sequence[SourceFile], companions: Sequence[str]
    ) -> None:
        self._loader = loader
        self._companions = {os.path.realpath(path): path for path in companions}
        self._given = {os.path.realpath(source.path): source for source in given}

    def load(self, name: str, *, includer: str) -> SourceFile:
        """Return the file that `name` means in the file `includer`."""
        source = self._loader.load(name, includer=includer)
        real = os.path.realpath(source.path)
        if real in self._companions:
            twice = self._companions[real]
            raise click.UsageError(f"{twice} is named twice: {includer} includes it")
        return self._given.get(real, source)
