"""What an include in a MOF file means on disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from mofkit.cli.files import STDIN, read_source
from mofkit.source import IncludeError, SourceFile


def folder_of(argument: str) -> str:
    """Return the folder that includes of an argument's files may come from."""
    if argument == STDIN:
        return "."
    path = Path(argument)
    return str(path if path.is_dir() else path.parent)


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

    def count_loaded_beside(self, paths: Iterable[str]) -> int:
        """Return how many files were included that are not among `paths`."""
        if not self._loaded:
            return 0
        return len(self._loaded.difference(Path(path).resolve() for path in paths))

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
