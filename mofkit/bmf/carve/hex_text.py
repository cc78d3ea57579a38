"""Text that spells bytes, in any of the forms that people paste into a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from mofkit.bmf.carve.hex_block import HexBlock
from mofkit.bmf.carve.hex_lists import blocks_of_digits, blocks_of_lists
from mofkit.bmf.carve.hex_rows import blocks_of_rows

__all__ = ["HexText", "text_of"]


@dataclass(frozen=True, slots=True)
class HexText:
    """A text whose digits are ASCII.

    Attributes:
        text: a byte a character, whatever the encoding; what is not ASCII means nothing.
        n_mark_bytes: the bytes in front of the text in the file,
        n_unit_bytes: and those of a character.
    """

    text: bytes
    n_mark_bytes: int = 0
    n_unit_bytes: int = 1

    def blocks(self) -> Iterator[HexBlock]:
        """Yield the bytes it spells; what can be read in several ways comes several times."""
        return chain(
            blocks_of_lists(self.text), blocks_of_rows(self.text), blocks_of_digits(self.text)
        )

    def offset_bytes(self, at: int) -> int:
        """Return where in the file the character at `at` stands."""
        return self.n_mark_bytes + at * self.n_unit_bytes

    def lines(self, offsets_bytes: Iterable[int]) -> Iterator[int]:
        """Yield the line, from 1, of each place in the file; they ascend."""
        line, last = 1, 0
        for offset_bytes in offsets_bytes:
            at = (offset_bytes - self.n_mark_bytes) // self.n_unit_bytes
            line += self.text.count(b"\n", last, at)
            last = at
            yield line


def text_of(data: bytes) -> HexText | None:
    """Return the text that a file is; None: it is none.

    UTF-16 is text with a byte order mark, as PowerShell writes it.
    """
    if data.startswith(b"\xff\xfe"):
        return HexText(data[2::2], 2, 2)
    if data.startswith(b"\xfe\xff"):
        return HexText(data[3::2], 2, 2)
    return None if b"\0" in data else HexText(data)
