"""Unified diffs of whatever became of files."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from difflib import SequenceMatcher

    from mofkit.source import SourceFile

__all__ = ["text_diff"]

_MAX_COMPARED: Final = 2000
"""Lines between two that are known to be the same; so many more are called different."""


def text_diff(before: SourceFile, after: SourceFile) -> str:
    r"""Return the unified diff of two texts; empty where nothing changed.

    Lines end as in the files, so that the diff of a CR LF file can be applied to it.

    >>> from mofkit.source import SourceFile
    >>> texts = [SourceFile.from_text(text, path="a.mof") for text in ("x\ny\nz\n", "x\nz\n")]
    >>> print(text_diff(*texts), end="")
    --- a.mof
    +++ a.mof
    @@ -1,3 +1,2 @@
     x
    -y
     z
    """
    if before.text.count("\n") == after.text.count("\n"):
        from mofkit.rewriter.diff import unified_diff  # linear, as every line stays in its place

        if before.text.endswith("\n") == after.text.endswith("\n"):
            return unified_diff(before, after)
    old, new = _lines(before.text), _lines(after.text)
    parts = [f"--- {before.path}\n+++ {after.path}\n"]
    for group in _matcher(old, new).get_grouped_opcodes():
        first, last = group[0], group[-1]
        was, is_ = _range(first[1], last[2]), _range(first[3], last[4])
        parts.append(f"@@ -{was} +{is_} @@\n")
        for tag, *bounds in group:
            parts += _block(tag, old[slice(*bounds[:2])], new[slice(*bounds[2:])])
    return "".join(parts)


_NO_LINE_END = "\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Return the lines as `patch` counts them: a lone CR ends none."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _block(tag: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    if tag == "equal":
        signed = [(" ", line) for line in old]
    else:
        signed = [("-", line) for line in old] + [("+", line) for line in new]
    for sign, line in signed:
        yield f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}{_NO_LINE_END}"


def _range(start: int, end: int) -> str:
    """Return lines as the head of a hunk has them; of none, the line before is named."""
    if end - start == 1:
        return f"{end}"
    return f"{start + (end > start)},{end - start}"


def _matcher(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str]:
    """Return a matcher that knows the lines that stayed.

    It would compare every line with every other. Lines that are in each text once cut them into
    pieces that are compared by themselves, which takes the time of the longest ones.
    """
    from difflib import Match, SequenceMatcher

    anchors = [(-1, -1), *_anchors(old, new), (len(old), len(new))]
    blocks: list[tuple[int, int, int]] = []
    for (i, j), (next_i, next_j) in pairwise(anchors):
        if i >= 0:
            blocks.append((i, j, 1))
        piece, other = old[i + 1 : next_i], new[j + 1 : next_j]
        if piece and other and len(piece) + len(other) <= _MAX_COMPARED:
            found = SequenceMatcher(None, piece, other, autojunk=False).get_matching_blocks()
            blocks += [(i + 1 + a, j + 1 + b, size) for a, b, size in found if size]
    known = [Match(*block) for block in (*_joined(blocks), (len(old), len(new), 0))]

    class KnownMatcher(SequenceMatcher[str]):
        def get_matching_blocks(self) -> list[Match]:
            return known

    return KnownMatcher()


def _joined(blocks: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the blocks with those that touch made one."""
    joined: list[tuple[int, int, int]] = []
    for block in blocks:
        if joined:
            i, j, size = joined[-1]
            if block[:2] == (i + size, j + size):
                joined[-1] = (i, j, size + block[2])
                continue
        joined.append(block)
    return joined


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest rising chain of places of lines that are in each text once."""
    counts, new_counts = Counter(old), Counter(new)
    places = {line: place for place, line in enumerate(new) if new_counts[line] == 1}
    pairs = [
        (i, places[line]) for i, line in enumerate(old) if counts[line] == 1 and line in places
    ]
    ends: list[int] = []  # the lowest place at which a chain of each length can end
    before: list[int] = []  # the number of the pair before each in its chain
    tops: list[int] = []  # the numbers of the pairs that end so
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(tops[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        tops[length : length + 1] = [number]
    found = []
    number = tops[-1] if tops else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]
