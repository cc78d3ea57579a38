"""`Output`: gathers the text that comes out, and where it came from."""

from __future__ import annotations

import re
from typing import Final

from mofkit.preprocessor.expansion import Piece
from mofkit.preprocessor.logical_text import LogicalText
from mofkit.preprocessor.macros import Macro
from mofkit.preprocessor.tokens import Token
from mofkit.source import SourceFile, Span

__all__ = ["Output"]

_GLUES: Final = re.compile(r"[\w$.][\w$.]|/[/*]")
"""Two characters that would become, or join, one token if nothing stood between them."""


class Output:
    """The text so far, in pieces without gaps."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._parts: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self._parts)

    def copy(self, logical: LogicalText, start: int, end: int) -> None:
        """Add a part of a file as it is, less the splices."""
        for span in logical.runs(start, end):
            text = logical.source.text[span.start : span.end]
            if self.pieces and not self.pieces[-1].is_copy and self._would_glue(text):
                gap = Piece(self._length, logical.source, Span.at(span.start), is_copy=False)
                self._add(" ", gap)
            self._add(text, Piece(self._length, logical.source, span))

    def put(self, tokens: list[Token], source: SourceFile, use: Span, macro: Macro | None) -> None:
        """Add what stands for the use of a macro."""
        parts: list[str] = []
        last = self._last_character()
        for index, token in enumerate(tokens):
            spaced = token.spaced and index > 0
            if spaced or _GLUES.match(last + token.text[0]):
                parts.append(" ")
            parts.append(token.text)
            last = token.text[-1]
        text = "".join(parts)
        if text:
            self._add(text, Piece(self._length, source, use, macro, is_copy=False))

    def _add(self, text: str, piece: Piece) -> None:
        self.pieces.append(piece)
        self._parts.append(text)
        self._length += len(text)

    def _last_character(self) -> str:
        return self._parts[-1][-1] if self._parts else ""

    def _would_glue(self, text: str) -> bool:
        return bool(_GLUES.match(self._last_character() + text[0]))
