"""Where included files come from: mofkit asks a `Loader` and never opens a file by itself.

The loader that reads the disk belongs to the command line. The one here holds files in memory.
"""

import posixpath
from collections.abc import Mapping
from typing import Protocol

from mofkit.errors import MofkitError
from mofkit.source.source_file import SourceFile

__all__ = ["IncludeError", "Loader", "MappingLoader"]


class IncludeError(MofkitError):
    """A file that an include names cannot be had."""

    def __init__(self, name: str, *, includer: str, reason: str) -> None:
        self.name = name
        self.includer = includer
        self.reason = reason
        super().__init__(f"cannot include `{name}` from {includer}: {reason}")


class Loader(Protocol):
    """Finds the file that `#pragma include ("name")` means."""

    def load(self, name: str, *, includer: str) -> SourceFile:
        """Return the file that `name` means in the file whose path is `includer`.

        Raises:
            IncludeError: there is no such file, or it cannot be read.
        """
        ...


class MappingLoader:
    r"""A loader of files held in memory: path to bytes or to a file already read.

    A name is looked up beside the including file, then as it stands. `\` and `/` mean the same.

    >>> loader = MappingLoader({"lib/fan.mof": b"class Fan {};"})
    >>> loader.load("fan.mof", includer="lib/all.mof").path
    'lib/fan.mof'
    """

    def __init__(self, files: Mapping[str, bytes | SourceFile]) -> None:
        self._files = {_normal(path): (path, content) for path, content in files.items()}

    def load(self, name: str, *, includer: str) -> SourceFile:
        """Return the file called `name`; see the class for how a name is looked up."""
        folder = posixpath.dirname(_normal(includer))
        for candidate in (posixpath.join(folder, _normal(name)), name):
            found = self._files.get(_normal(candidate))
            if found is not None:
                return _source(*found)
        raise IncludeError(name, includer=includer, reason="no such file")


def _normal(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/"))


def _source(path: str, content: bytes | SourceFile) -> SourceFile:
    if isinstance(content, SourceFile):
        return content
    return SourceFile.from_bytes(content, path=path)
