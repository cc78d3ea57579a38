"""`Origin`: where a record was written, worked out when somebody asks.

A record notes the numbers of its tokens, which its reader has at hand. Places in the text are for
messages, so they are computed from these on demand: most files never need one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple, Protocol

from mofkit.source import SourceFile, Span

__all__ = ["Origin", "Tokens", "new_origin"]


class Tokens(Protocol):
    """The tokens of one file."""

    @property
    def source(self) -> SourceFile:
        """The file."""
        ...

    def span(self, first: int, end: int) -> Span:
        """Return the place from token `first` up to, but not including, token `end`."""
        ...


class Origin(NamedTuple):
    """The tokens from `first` up to `end`, less a `;` behind them.

    `name` is the token to point at when the element is meant: its name, the name of its class for
    an instance, the first token for a value.
    """

    tokens: Tokens
    first: int
    end: int
    name: int

    @property
    def source(self) -> SourceFile:
        """The file."""
        return self.tokens.source

    @property
    def path(self) -> str:
        """The path of the file."""
        return self.tokens.source.path

    @property
    def span(self) -> Span:
        """The place of the whole element."""
        return self.tokens.span(self.first, self.end)

    @property
    def name_span(self) -> Span:
        """The place of the element's name."""
        return self.tokens.span(self.name, self.name + 1)


new_origin: Final[Callable[[tuple[Tokens, int, int, int]], Origin]] = partial(tuple.__new__, Origin)
"""Makes an `Origin` of a tuple, in half the time: a schema has one for each of its records."""
