"""`Occurrence`: one place that means what a rewriter looks for, and the edits that change it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mofkit.source import Edit, SourceFile, Span

__all__ = ["Kind", "Occurrence"]


class Kind(StrEnum):
    """What stands at a place."""

    GUID = "CLSID"
    DLL = "DLL"
    SYMBOL = "symbol"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place in a file.

    Attributes:
        edits: what changes it; more than one where it is in pieces, none where it is left alone.
        in_comment: whether it is in a comment.
        left: why it is left alone; None where it is changed.
    """

    source: SourceFile
    span: Span
    kind: Kind
    edits: tuple[Edit, ...] = ()
    in_comment: bool = False
    left: str | None = None

    @property
    def text(self) -> str:
        """What the file has there."""
        return self.source.text[slice(*self.span)]

    @property
    def place(self) -> str:
        """The place as people write it: `pump.mof:36:30`."""
        line, column = self.source.position(self.span.start)
        return f"{self.source.path}:{line}:{column}"
