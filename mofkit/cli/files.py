"""Files on disk: which ones a command line means.

A folder means its `*.mof` and `*.mfl` at any depth, less what `.gitignore` files leave out; a
pattern such as `src/*.mof` is expanded where the shell did not; `-` is standard input.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from mofkit.source import SourceFile

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

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
    return SourceFile.from_bytes(read_raw(path), path=stdin_name if path == STDIN else path)


def read_raw(path: str) -> bytes:
    """Return the bytes of one file.

    Raises:
        OSError: it cannot be read.
    """
    if path == STDIN:
        return sys.stdin.buffer.read()
    with open(path, "rb", buffering=0) as file:  # twice as fast as Path, over thousands of files
        return file.read()


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
    folder = os.path.normpath(folder)
    ignores = _ignores_above(folder, complain)

    def note(error: OSError) -> None:
        complain(error.filename or folder, error)

    for parent, folders, files in os.walk(folder, onerror=note):
        if ".gitignore" in files:
            ignores[parent] = _read_gitignore(parent, complain)
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


_Ignores = dict[str, "GitIgnoreSpec | None"]
"""Folder → what its `.gitignore` says, those further up first."""


def _ignores_above(folder: str, complain: Complain) -> _Ignores:
    """Return the `.gitignore` files above a folder, up to the top of its git repository.

    Outside of one there are none; nor are there where they leave out the folder itself, since
    whoever names it means it.
    """
    folder = os.path.abspath(folder)
    above, top = [], folder
    while not os.path.exists(os.path.join(top, ".git")):
        if top == os.path.dirname(top):
            return {}
        top = os.path.dirname(top)
        above.append(top)
    ignores = {
        parent: _read_gitignore(parent, complain)
        for parent in reversed(above)
        if os.path.exists(os.path.join(parent, ".gitignore"))
    }
    parent, name = os.path.split(folder)
    return {} if _is_ignored(ignores, parent, f"{name}/") else ignores


def _read_gitignore(folder: str, complain: Complain) -> GitIgnoreSpec | None:
    from pathspec import GitIgnoreSpec

    path = os.path.join(folder, ".gitignore")
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return GitIgnoreSpec.from_lines(file)
    except OSError as error:
        complain(path, error)
        return None


def _is_ignored(ignores: _Ignores, parent: str, name: str) -> bool:
    """Say whether a file, or a folder with a slash behind its name, is left out.

    As in git, the `.gitignore` nearest to it that says something about it decides.
    """
    path = os.path.join(parent, name)
    for folder, spec in reversed(ignores.items()):
        relative = os.path.relpath(path, folder).replace(os.sep, "/")
        if spec is None or relative.startswith("../"):
            continue
        decision = spec.check_file(f"{relative}/" if name.endswith("/") else relative).include
        if decision is not None:
            return decision
    return False
