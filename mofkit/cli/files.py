"""Files on disk: which ones a command line means, and what an include in them means.

A folder means its `*.mof` and `*.mfl` at any depth, less what `.gitignore` files leave out; a
pattern such as `src/*.mof` is expanded where the shell did not; `-` is standard input.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mofkit.source import IncludeError, SourceFile

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

    for parent, folders, files in os.walk(folder, onerror=note):
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
                yield os.path.join(parent, name)


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


class FileLoader:
    """Loads includes from disk: beside the including file, then in the `-I` folders.

    Backslashes count as slashes, and a name in other letter case is found too, since most MOF files
    were written on Windows. A file outside the folders of the command line is refused: MOF comes
    from strangers, and an include must not read what they please.
    """

    def __init__(self, include_folders: Sequence[str], allowed: Sequence[str]) -> None:
        self._folders = [Path(folder) for folder in include_folders]
        self._allowed = [Path(folder).resolve() for folder in (*include_folders, *allowed)]
        self._loaded: set[Path] = set()

    def has_loaded(self, path: str) -> bool:
        """Say whether an include has asked for this file."""
        return bool(self._loaded) and Path(path).resolve() in self._loaded

    def load(self, name: str, *, includer: str) -> SourceFile:
        """Return the file that `name` means in the file `includer`.

        Raises:
            IncludeError: there is none, it cannot be read, or it is outside the allowed folders.
        """
        relative = name.replace("\\", "/")
        for folder in (Path(includer).parent, *self._folders):
            found = _find_without_case(folder / relative)
            if found is None:
                continue
            resolved = found.resolve()
            if not any(resolved.is_relative_to(allowed) for allowed in self._allowed):
                reason = "it is outside the folders being checked; allow its folder with -I"
                raise IncludeError(name, includer=includer, reason=reason)
            self._loaded.add(resolved)
            try:
                return read_source(str(found))
            except OSError as error:
                reason = error.strerror or str(error)
                raise IncludeError(name, includer=includer, reason=reason) from error
        raise IncludeError(name, includer=includer, reason="no such file")


def _find_without_case(path: Path) -> Path | None:
    """Return the path as it is on disk; letter case counts only where two names differ by it."""
    try:
        if path.exists():
            return path
        folder = path.parent if path.parent.is_dir() else _find_without_case(path.parent)
        if folder is None:
            return None
        wanted = path.name.lower()
        return next((entry for entry in folder.iterdir() if entry.name.lower() == wanted), None)
    except (OSError, ValueError, RecursionError):
        return None
