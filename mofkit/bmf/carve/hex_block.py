"""Bytes that a text spells, and where in the text each of them stands."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from itertools import islice

__all__ = ["HexBlock"]


class HexBlock:
    """Bytes that follow each other, collected row by row.

    Attributes:
        label: what they stand in, such as ``C array FanMof``.
        name: what they are called there; may be empty.
        data: the bytes.
    """

    def __init__(
        self,
        text: bytes,
        token: re.Pattern[bytes],
        label: str,
        name: str = "",
        n_token_bytes: int = 1,
    ) -> None:
        self.label = label
        self.name = name
        self.data = bytearray()
        self._text = text
        self._token = token
        self._n_token_bytes = n_token_bytes
        self._firsts = array("Q")  # of each row: its first byte,
        self._starts = array("Q")  # and where in the text it stands

    def add(self, row: bytes, text_start: int) -> None:
        """Add a row whose first byte stands at `text_start`; `token` matches its bytes."""
        self._firsts.append(len(self.data))
        self._starts.append(text_start)
        self.data += row

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the text the bytes from `start` to `end` begin and end."""
        if start >= len(self.data):  # what points behind the end takes nothing there
            last = self._token_of(len(self.data) - 1).end()
            return last, last
        first = self._token_of(start)
        return first.start(), (self._token_of(end - 1) if end > start else first).end()

    def _token_of(self, byte: int) -> re.Match[bytes]:
        row = bisect_right(self._firsts, byte) - 1
        tokens = self._token.finditer(self._text, self._starts[row])
        return next(islice(tokens, (byte - self._firsts[row]) // self._n_token_bytes, None))
