"""Binary MOF for the commands that take it: a .bmf file, or one of those inside something else."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from mofkit.cli.files import STDIN
from mofkit.cli.output import read_bytes
from mofkit.cli.terminal import write
from mofkit.diagnostics.render.glyphs import visible
from mofkit.errors import MofkitError

if TYPE_CHECKING:
    from mofkit.bmf.carve import FoundBmf

__all__ = ["bmf_in", "every_bmf_in", "index_option", "read_bmf", "read_every_bmf"]

_MAX_SHOWN: Final = 50

index_option = click.option(
    "--index",
    type=click.IntRange(min=1),
    metavar="N",
    help="Which one, where a file holds several binary MOFs; they count from 1.",
)


def read_bmf(path: str, index: int | None = None, *, or_all: bool = False) -> FoundBmf:
    """Return the binary MOF of a file (`-` is standard input); its bytes are `.data`.

    Without `index`, from 1, it is the only one, or the only sound one; the others are then told of.
    A damaged one is returned too, if it is meant: whoever decodes it meets the error. `or_all`: the
    command has --all besides, which the message about several names.

    Raises:
        OSError: the file cannot be read.
        MofkitError: there is none.
        click.UsageError: there are several, or not so many.
    """
    return bmf_in(read_bytes(path), path, index, or_all=or_all)


def bmf_in(data: bytes, path: str, index: int | None = None, *, or_all: bool = False) -> FoundBmf:
    """Return the binary MOF of a file with these bytes; the rest is as for `read_bmf`."""
    found = every_bmf_in(data, path)
    if index is not None:
        if index > len(found):
            held = f"{len(found):,} binary MOFs" if len(found) > 1 else "one binary MOF"
            raise click.BadParameter(f"{_named(path)} holds {held}", param_hint="'--index'")
        return found[index - 1]
    if len(found) == 1:
        return found[0]
    sound = [each for each in found if each.error is None]
    if len(sound) != 1:
        held = f"{len(found):,} binary MOFs"
        which = "say which with --index, or --all" if or_all else "say which with --index"
        raise click.UsageError(f"{_named(path)} holds {held}: {which}{_list(found)}")
    _note(f"{_named(path)} also holds damaged binary MOF; --index takes it{_list(found)}")
    return sound[0]


def read_every_bmf(path: str) -> list[FoundBmf]:
    """Return all that a file holds, sound and damaged, in order of place.

    Raises:
        OSError: the file cannot be read.
        MofkitError: there is none, or so many that some are not told of.
    """
    return every_bmf_in(read_bytes(path), path)


def every_bmf_in(data: bytes, path: str) -> list[FoundBmf]:
    """Return all in a file with these bytes; the rest is as for `read_every_bmf`."""
    from mofkit.bmf.carve import find, hidden_from

    if hidden := hidden_from(data):
        _note(f"{_named(path)}: {hidden}")
    found = find(data)
    if not found:
        raise MofkitError(f"{_named(path)}: there is no binary MOF in it")
    last = found[-1]
    if last.error is not None and last.error.code == "E-MANY" and not last.data:
        raise MofkitError(f"{_named(path)}: {last}")
    return found


def _list(found: Sequence[FoundBmf]) -> str:
    """Return a line for each, with its number."""
    lines = [f"\n  {number}: {visible(str(each))}" for number, each in enumerate(found, 1)]
    if len(lines) > _MAX_SHOWN:
        lines[_MAX_SHOWN:] = [f"\n  and {len(lines) - _MAX_SHOWN:,} more"]
    return "".join(lines)


def _note(text: str) -> None:
    write(f"mofkit: note: {text}\n", sys.stderr)


def _named(path: str) -> str:
    return "<stdin>" if path == STDIN else path
