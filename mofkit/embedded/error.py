"""What is wrong with a text, and where in it; and a piece of a text that says something."""

from __future__ import annotations

from dataclasses import dataclass

from mofkit.errors import MofkitError
from mofkit.source import Span

__all__ = ["EmbeddedError", "Word"]


class EmbeddedError(MofkitError):
    """A text that is not of its language.

    Attributes:
        offset: where the fault begins, in code points from the start of the text.
        length: how many code points it covers; 0 where something is missing.
        message: what was expected, and what is there.
    """

    def __init__(self, span: Span, message: str) -> None:
        self.offset = span.start
        self.length = span.length
        self.message = message
        super().__init__(message)

    @property
    def span(self) -> Span:
        """The place of the fault."""
        return Span(self.offset, self.offset + self.length)


@dataclass(frozen=True, slots=True)
class Word:
    """A name as it is spelled, and its place in the text."""

    text: str
    span: Span
