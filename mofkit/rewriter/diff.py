"""`unified_diff`: what edits within lines changed, in the form that `patch` and people read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from mofkit.source import SourceFile

__all__ = ["unified_diff"]

_CONTEXT: Final = 3
_NO_LINE_END: Final = "\n\\ No newline at end of file\n"


def unified_diff(before: SourceFile, after: SourceFile) -> str:
    r"""Return the unified diff of the texts; empty where nothing changed.

    Lines end as in the file, so that the diff of a CR LF file can be applied to it. The time is
    linear, since every line stays in its place.

    Raises:
        ValueError: the numbers of lines differ.

    >>> change = [SourceFile.from_text(text, path="a.mof") for text in ("x\ny\n", "x\nz\n")]
    >>> print(unified_diff(*change), end="")
    --- a.mof
    +++ a.mof
    @@ -1,2 +1,2 @@
     x
    -y
    +z
    """
    old, new = _lines(before.text), _lines(after.text)
    changed = [
        number for number, (line, other) in enumerate(zip(old, new, strict=True)) if line != other
    ]
    if not changed:
        return ""
    parts = [f"--- {before.path}\n+++ {after.path}\n"]
    for first, end in _hunks(changed, len(old)):
        size = f"{first + 1},{end - first}"
        parts.append(f"@@ -{size} +{size} @@\n")
        parts += _hunk(old, new, first, end)
    return "".join(parts)


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + lines[-1:] * (lines[-1] != "")


def _hunks(changed: Sequence[int], n_lines: int) -> Iterator[tuple[int, int]]:
    """Yield the first line, and that behind the last, of each run of changes with its context."""
    gaps = [at for at, (a, b) in enumerate(pairwise(changed), 1) if b - a > 2 * _CONTEXT]
    for start, end in pairwise([0, *gaps, len(changed)]):
        first, last = changed[start], changed[end - 1]
        yield max(first - _CONTEXT, 0), min(last + _CONTEXT + 1, n_lines)


def _hunk(old: Sequence[str], new: Sequence[str], first: int, end: int) -> Iterator[str]:
    at = first
    while at < end:
        same = at
        while at < end and old[at] != new[at]:
            at += 1
        yield from (_shown("-", line) for line in old[same:at])
        yield from (_shown("+", line) for line in new[same:at])
        while at < end and old[at] == new[at]:
            yield _shown(" ", old[at])
            at += 1


def _shown(sign: str, line: str) -> str:
    return f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}{_NO_LINE_END}"
