"""What an include in a MOF file means on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from mofkit.cli.files import STDIN, read_source
from mofkit.source import IncludeError, SourceFile


def folder_of(argument: str) -> str:
    """Return the folder that includes of an argument's files may come from."""
    if argument == STDIN:
        return "."
    return argument if os.path.isdir(argument) else os.path.dirname(argument) or os.curdir


class FileLoader:
    """Loads includes from disk: beside the including file, then in the `-I` folders.

    Backslashes count as slashes, and a name in other letter case is found too, since most MOF files
    were written on Windows. A file outside the folders of the command line is refused: MOF comes
    from strangers, and an include must not read what they please.

    Args:
        include_folders: the `-I` folders.
        allowed: folders that files may be in; the `-I` folders are.
        configured: further folders for the includes of a path; files may be in these, too.
        edited: path → what a file is taken to hold instead of what is on disk.
    """

    def __init__(
        self,
        include_folders: Sequence[str],
        allowed: Sequence[str],
        *,
        configured: Callable[[str], Sequence[str]] = lambda _path: (),
        edited: Mapping[str, SourceFile] | None = None,
    ) -> None:
        self._folders = include_folders
        self._configured = configured
        self._edited = {real_path(path): source for path, source in (edited or {}).items()}
        self._allowed = [os.path.realpath(folder) for folder in (*include_folders, *allowed)]
        self._loaded: set[str] = set()

    def has_loaded(self, path: str) -> bool:
        """Say whether an include has asked for this file."""
        return bool(self._loaded) and real_path(path) in self._loaded

    def note_loaded(self, paths: Iterable[str]) -> None:
        """Count files that another one has loaded as loaded by this one."""
        self._loaded.update(map(real_path, paths))

    def count_loaded_beside(self, paths: Iterable[str]) -> int:
        """Return how many files were included that are not among `paths`."""
        if not self._loaded:
            return 0
        return len(self._loaded.difference(map(real_path, paths)))

    def load(self, name: str, *, includer: str) -> SourceFile:
        """Return the file that `name` means in the file `includer`.

        Raises:
            IncludeError: there is none, it cannot be read, or it is outside the allowed folders.
        """
        relative = name.replace("\\", "/")
        configured = self._configured(includer)
        for folder in (os.path.dirname(includer), *self._folders, *configured):
            found = _find_without_case(os.path.normpath(os.path.join(folder, relative)))
            if found is None:
                continue
            real = real_path(found)
            allowed = (*self._allowed, *map(os.path.realpath, configured))
            if not any(_is_below(real, folder) for folder in allowed):
                reason = "it is outside the folders being checked; allow its folder with -I"
                raise IncludeError(name, includer=includer, reason=reason)
            try:
                source = self._read(found, real)
            except OSError as error:
                reason = error.strerror or str(error)
                raise IncludeError(name, includer=includer, reason=reason) from error
            self._loaded.add(real)
            return source
        raise IncludeError(name, includer=includer, reason="no such file")

    def _read(self, path: str, real: str) -> SourceFile:
        edited = self._edited.get(real)
        if edited is None:
            return read_source(path)
        return SourceFile(
            edited.text,
            path=path,
            encoding=edited.encoding,
            bom=edited.bom,
            tail=edited.tail,
        )


def is_inside(path: str, folder: str) -> bool:
    """Say whether a path is a folder or something below it, when links are followed."""
    real, around = os.path.realpath(path), os.path.realpath(folder)
    return real == around or _is_below(real, around)


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(folder if folder.endswith(os.sep) else folder + os.sep)


@cache
def _real_folder(folder: str) -> str:
    return os.path.realpath(folder)


def real_path(path: str) -> str:
    """Return the path without links; a folder is looked at once, however many files it has."""
    if os.path.islink(path):
        return os.path.realpath(path)
    folder, name = os.path.split(os.path.abspath(path))  # the current folder may change
    return os.path.join(_real_folder(folder), name)


def _find_without_case(path: str) -> str | None:
    """Return the path as it is on disk; letter case counts only where two names differ by it."""
    try:
        if os.path.lexists(path):
            return path
        folder, name = os.path.split(path)
        parent = folder if not folder or os.path.isdir(folder) else _find_without_case(folder)
        if parent is None or not name:
            return None
        entries = os.listdir(parent or os.curdir)
    except (OSError, ValueError, RecursionError):
        return None
    found = next((entry for entry in entries if entry.lower() == name.lower()), None)
    return None if found is None else os.path.join(parent, found)
