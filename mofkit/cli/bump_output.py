"""Where the files of a bump go: to a file, to a folder, or to where they were."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from mofkit.cli.files import SUFFIXES
from mofkit.cli.output import STDOUT, write_files

if TYPE_CHECKING:
    from mofkit.rewriter import BumpResult, FileChange

__all__ = ["Output", "data_of", "write_with_folders"]

_STDIN_NAME: Final = "<stdin>"


class Output(NamedTuple):
    """What is to be written, by path, and warnings about what is not."""

    data: dict[str, bytes]
    left_out: Sequence[str] = ()


def data_of(result: BumpResult, n_given: int, output: str | None, *, in_place: bool) -> Output:
    """Return what is to be written.

    A folder gets all of the files given and the companions, so that it has the whole set, and of
    those included what changes or stands below the folder that all these have in common.

    Raises:
        click.UsageError: the files do not fit there.
    """
    given = result.changes[:n_given]
    included = tuple(change for change in result.changes[n_given:] if change.edits)
    others = [change for change in result.changes[n_given:] if not change.edits]
    changes = (*given, *included, *result.companions)
    if in_place:
        _check_names(changes)
        return Output(_bytes({each.before.path: each for each in changes if each.edits}))
    if output is None:
        return Output({})
    if len(changes) == 1 and not Path(output).is_dir():
        is_beside = _real_folder(output) == _real_folder(changes[0].before.path)
        missed = [] if is_beside or output == STDOUT else others
        return Output(_bytes({output: changes[0]}), _left_out(output, missed))
    _check_folder(output, given, included)
    _check_names(changes)
    targets = _in_folder(output, changes, others)
    copied = {change.before.path for change in targets.values()}
    missed = [change for change in others if change.before.path not in copied]
    return Output(_bytes(targets), _left_out(output, missed))


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


def _in_folder(
    folder: str, changes: Sequence[FileChange], others: Sequence[FileChange]
) -> dict[str, FileChange]:
    """Return the changes by path in a folder, below which the files stand as they do now.

    Of the others those are among them that have a place there.
    """
    paths = list(map(_absolute, changes))
    try:
        top = os.path.commonpath([path.parent for path in paths])
    except ValueError:  # two drives
        raise click.UsageError("-o: the files have no folder in common; use --in-place") from None
    below = [change for change in others if _absolute(change).is_relative_to(top)]
    everything = (*changes, *below)
    targets = [str(Path(folder, _absolute(change).relative_to(top))) for change in everything]
    _check_apart(folder, targets, everything)
    return dict(zip(targets, everything, strict=True))


def _absolute(change: FileChange) -> Path:
    return Path(os.path.normpath(Path(change.before.path).absolute()))


def _check_apart(folder: str, targets: Sequence[str], changes: Sequence[FileChange]) -> None:
    """Refuse a folder in which the files are: whoever wants that can say so."""
    sources = {os.path.realpath(change.before.path) for change in changes}
    for target in targets:
        if os.path.realpath(target) in sources:
            raise click.UsageError(
                f"-o {folder} has the files themselves, such as {target}: use --in-place to change"
                " them"
            )


def _real_folder(path: str) -> str:
    return os.path.realpath(Path(path).parent)


def _left_out(output: str, changes: Sequence[FileChange]) -> list[str]:
    return [
        f"{change.before.path}, which is included and does not change, is not copied: {output}"
        " needs it beside it, or -I"
        for change in changes
    ]
