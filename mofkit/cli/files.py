"""Files on disk: which ones a command line means.

A folder means its `*.mof` and `*.mfl` at any depth, less what `.gitignore` files leave out; a
pattern such as `src/*.mof` is expanded where the shell did not; `-` is standard input.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mofkit.source import SourceFile

if TYPE_CHECKING:
    from pathspec import PathSpec

STDIN = "-"
SUFFIXES = (".mof", ".mfl")

Complain = Callable[[str, OSError], None]
"""Called with a path and what the system said about it."""


def find_files(paths: Sequence[str], complain: Complain) -> Iterator[str]:
    """Yield the files that the arguments mean, each once, folders in order of name."""
    seen: set[str] = set()
    for argument in paths:
        for path in _expand(argument, complain):
            if path not in seen:
                seen.add(path)
                yield path


def read_source(path: str, stdin_name: str = "<stdin>") -> SourceFile:
    """Read one file.

    Raises:
        OSError: it cannot be read.
    """
    if path == STDIN:
        return SourceFile.from_bytes(sys.stdin.buffer.read(), path=stdin_name)
    with open(path, "rb") as file:  # twice as fast as Path, over thousands of files
        return SourceFile.from_bytes(file.read(), path=path)


def _expand(argument: str, complain: Complain) -> Iterator[str]:
    if argument == STDIN:
        yield argument
    elif os.path.isdir(argument):
        yield from _walk(argument, complain)
    elif not os.path.lexists(argument) and glob.has_magic(argument):
        matches = sorted(glob.glob(argument, recursive=True))
        if not matches:
            complain(argument, FileNotFoundError("nothing matches this pattern"))
        for match in matches:
            yield from _expand(match, complain)
    else:
        yield argument


def _walk(folder: str, complain: Complain) -> Iterator[str]:
    """Yield the MOF files below a folder; links to folders are not followed."""
    ignores: dict[str, PathSpec[Any] | None] = {}

    def note(error: OSError) -> None:
        complain(error.filename or folder, error)

    for parent, folders, files in os.walk(os.path.normpath(folder), onerror=note):
        if ".gitignore" in files:
            ignores[parent] = _read_gitignore(os.path.join(parent, ".gitignore"), complain)
        folders[:] = sorted(
            name
            for name in folders
            if name != ".git" and not (ignores and _is_ignored(ignores, parent, f"{name}/"))
        )
        for name in sorted(files):
            if name.lower().endswith(SUFFIXES) and not (
                ignores and _is_ignored(ignores, parent, name)
            ):
                # `./x.mof` and what an include calls `x.mof` are one file.
                yield os.path.join(parent, name).removeprefix(os.curdir + os.sep)


def _read_gitignore(path: str, complain: Complain) -> PathSpec[Any] | None:
    from pathspec import PathSpec

    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return PathSpec.from_lines("gitwildmatch", file)
    except OSError as error:
        complain(path, error)
        return None


def _is_ignored(ignores: dict[str, PathSpec[Any] | None], parent: str, name: str) -> bool:
    path = os.path.join(parent, name)
    for folder, spec in ignores.items():
        if spec is not None and (parent == folder or parent.startswith(folder + os.sep)):
            relative = os.path.relpath(path, folder).replace(os.sep, "/")
            if spec.match_file(relative + "/" if name.endswith("/") else relative):
                return True
    return False
