r"""`LogicalText`: a file's text without the `\` that continue lines, and the places in the file.

C takes them out before anything else, also inside words, strings and comments (C11 §5.1.1.2).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from mofkit.source import SourceFile, Span

__all__ = ["LogicalText"]

_SPLICE: Final = re.compile(r"\\[ \t]*+(?:\r\n|\r|\n|\Z)")


class LogicalText:
    r"""The text that is preprocessed; offsets into it are not those of the file.

    >>> logical = LogicalText(SourceFile.from_text("ab\\\ncd"))
    >>> logical.text, logical.span(1, 3), list(logical.runs(0, 4))
    ('abcd', Span(start=1, end=5), [Span(start=0, end=2), Span(start=4, end=6)])
    """

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.text = source.text
        self._cuts: list[int] = []  # offsets in the logical text where something was taken out
        self._removed: list[int] = [0]  # code points taken out up to there
        if "\\" in source.text:
            self._take_out_splices()

    def _take_out_splices(self) -> None:
        parts: list[str] = []
        start = removed = 0
        for splice in _SPLICE.finditer(self.source.text):
            parts.append(self.source.text[start : splice.start()])
            self._cuts.append(splice.start() - removed)
            start = splice.end()
            removed += start - splice.start()
            self._removed.append(removed)
        parts.append(self.source.text[start:])
        self.text = "".join(parts)

    def span(self, start: int, end: int) -> Span:
        """Return the place in the file of a range of the logical text."""
        first = self._offset(start)
        return Span(first, max(first, self._offset(end - 1) + 1)) if end > start else Span.at(first)

    def runs(self, start: int, end: int) -> Iterator[Span]:
        """Yield the parts of the file that make up a range, each without a splice inside."""
        first, last = bisect_right(self._cuts, start), bisect_left(self._cuts, end)
        bounds = [start, *self._cuts[first:last], end]
        for part_start, part_end in pairwise(bounds):
            if part_end > part_start:
                offset = self._offset(part_start)
                yield Span(offset, offset + part_end - part_start)

    def line(self, offset: int) -> int:
        """Return the number of the line in the file, from 1."""
        return self.source.position(self._offset(offset)).line

    def _offset(self, offset: int) -> int:
        return offset + self._removed[bisect_right(self._cuts, offset)]
