"""Where the files of a bump go: to a file, to a folder, or to where they were."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from mofkit.cli.files import SUFFIXES
from mofkit.cli.output import STDOUT, write_files

if TYPE_CHECKING:
    from mofkit.rewriter import BumpResult, FileChange

__all__ = ["data_of", "write_with_folders"]

_STDIN_NAME: Final = "<stdin>"


def data_of(
    result: BumpResult, n_given: int, output: str | None, *, in_place: bool
) -> dict[str, bytes]:
    """Return what is to be written, by path.

    A folder gets all of the files given and the companions, so that it has the whole set, and those
    included that change.

    Raises:
        click.UsageError: the files do not fit there.
    """
    given, included = result.changes[:n_given], result.changes[n_given:]
    included = tuple(change for change in included if change.edits)
    changes = (*given, *included, *result.companions)
    if in_place:
        _check_names(changes)
        return _bytes({change.before.path: change for change in changes if change.edits})
    if output is None:
        return {}
    if len(changes) == 1 and not Path(output).is_dir():
        return _bytes({output: changes[0]})
    _check_folder(output, given, included)
    _check_names(changes)
    return _bytes(_in_folder(output, changes))


def write_with_folders(data: Mapping[str, bytes]) -> None:
    """Write files, all or none, in folders that are made where they are missing.

    Raises:
        OSError: one cannot be written; then all have what they had before.
    """
    for path in data:
        if path != STDOUT:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
    write_files(data)


def _bytes(changes: Mapping[str, FileChange]) -> dict[str, bytes]:
    return {path: change.after.to_bytes() for path, change in changes.items()}


def _check_names(changes: Sequence[FileChange]) -> None:
    if any(change.before.path == _STDIN_NAME for change in changes):
        raise click.UsageError("standard input has no name: say -o with the name of a file")


def _check_folder(output: str, given: Sequence[FileChange], included: Sequence[FileChange]) -> None:
    """Refuse a name that is to hold several files and is, or looks like, that of one."""
    path = Path(output)
    if path.is_dir():
        return
    if output == STDOUT or path.exists() or output.lower().endswith(SUFFIXES):
        why = "there is more than one file"
        if included and len(given) == 1:
            why = f"{included[0].before.path}, which is included, changes too"
        raise click.UsageError(f"-o {output} is one file, and {why}: name a folder, or --in-place")


def _in_folder(folder: str, changes: Sequence[FileChange]) -> dict[str, FileChange]:
    """Return the changes by path in a folder, below which the files stand as they do now."""
    paths = [Path(os.path.normpath(Path(change.before.path).absolute())) for change in changes]
    try:
        top = os.path.commonpath([path.parent for path in paths])
    except ValueError:  # two drives
        raise click.UsageError("-o: the files have no folder in common; use --in-place") from None
    targets = [str(Path(folder, path.relative_to(top))) for path in paths]
    return dict(zip(targets, changes, strict=True))
