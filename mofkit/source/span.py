"""Places in a text: `Span` for programs, `Position` for people."""

from typing import NamedTuple

__all__ = ["Position", "Span"]


class Span(NamedTuple):
    """A half-open range of code points; an empty one stands between two of them."""

    start: int
    end: int

    @classmethod
    def at(cls, offset: int) -> "Span":
        """Return the empty span in front of the code point at `offset`."""
        return cls(offset, offset)

    @property
    def length(self) -> int:
        """How many code points the span holds."""
        return self.end - self.start


class Position(NamedTuple):
    """A line and a column, both counted from 1; columns are code points, a tab being one."""

    line: int
    column: int
