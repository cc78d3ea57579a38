"""Bytes to and from disk: a file is whole or it is not there.

New contents are written beside their file and then put in its place, several files all or none:
whoever interrupts, or runs out of disk, has the old ones.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE

import click

from mofkit.cli.files import STDIN

__all__ = ["STDOUT", "protect_inputs", "read_bytes", "write_files"]

STDOUT = "-"


def read_bytes(path: str) -> bytes:
    """Return the bytes of a file; `-` is standard input.

    Raises:
        OSError: it cannot be read.
    """
    return sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()


def protect_inputs(inputs: Iterable[str], outputs: Iterable[str]) -> None:
    """Refuse to write over what is read.

    Raises:
        click.UsageError: an output is one of the inputs, by whatever path.
    """
    files = [path for path in inputs if path != STDIN]
    for output in outputs:
        if output != STDOUT and any(_is_same_file(output, path) for path in files):
            raise click.UsageError(f"{output} is an input, which would be lost")


def _is_same_file(path: str, other: str) -> bool:
    """Say whether two paths lead to the same file; devices may be read and written."""
    return Path(path).is_file() and Path(other).is_file() and Path(path).samefile(other)


def write_files(files: Mapping[str, bytes]) -> None:
    """Write each file, by its path; `-` is standard output.

    A link stays one, and what it leads to is written; permissions stay. What is no regular file (a
    device, a pipe) is written as it is.

    Raises:
        OSError: one cannot be written; then all have what they had before.
    """
    beside: dict[Path, Path] = {}  # file → its new contents, not yet in place
    direct: dict[str, bytes] = {}
    try:
        for path, data in files.items():
            if path == STDOUT or (Path(path).exists() and not Path(path).is_file()):
                direct[path] = data
            else:
                target = Path(path).resolve()
                beside[target] = _write_beside(target, data)
        for path, data in direct.items():
            _write_direct(path, data)
        _put_in_place(beside)
    finally:
        for temporary in beside.values():
            with suppress(OSError):  # those put in place are gone
                temporary.unlink()


def _write_beside(target: Path, data: bytes) -> Path:
    """Write a new file in the folder of `target`, with its permissions, and return its path."""
    temporary = target.with_name(f".{target.name[:40]}.{token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
        with suppress(FileNotFoundError):
            temporary.chmod(S_IMODE(target.stat().st_mode))
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError) and error.filename == str(temporary):
            error.filename = str(target)  # the name that means something to whoever reads it
        raise
    return temporary


def _write_direct(path: str, data: bytes) -> None:
    if path == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        try:
            Path(path).write_bytes(data)
        except OSError as error:
            error.filename = error.filename or path  # none where it is full, not missing
            raise


def _put_in_place(beside: Mapping[Path, Path]) -> None:
    """Replace each file; when one cannot be, give those before it what they had."""
    former: dict[Path, bytes | None] = {}
    try:
        for target, temporary in beside.items():
            had = target.read_bytes() if len(beside) > 1 and target.exists() else None
            temporary.replace(target)
            former[target] = had
    except BaseException:
        for target, contents in former.items():
            if contents is None:
                target.unlink()
            else:
                _write_beside(target, contents).replace(target)
        raise
