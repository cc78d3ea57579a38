"""What a terminal can show: colour, box characters, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO, TypeVar

T = TypeVar("T")

_BOX = "│─…"  # what the full form draws with
_MANY = 50  # files; fewer are done before a bar would be seen


def wants_colour(stream: TextIO) -> bool:
    """Say whether to colour: only on a terminal, and not where `NO_COLOR` is set."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def is_ascii_only(stream: TextIO) -> bool:
    """Say whether the stream's encoding lacks the characters frames are drawn with."""
    try:
        _BOX.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def write(text: str, stream: TextIO | None = None) -> None:
    """Write text, with an escape for each character that the stream cannot encode."""
    stream = stream or sys.stdout
    encoding = stream.encoding or "ascii"
    try:
        stream.write(text)
    except UnicodeEncodeError:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


@contextmanager
def progress(files: Sequence[T], doing: str) -> Iterator[Iterator[T]]:
    """Give an iterator over `files` that shows how far it is, if somebody is looking."""
    if len(files) < _MANY or not sys.stderr.isatty():
        yield iter(files)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        yield iter(bar.track(files, description=doing))
