"""The bytes in lines of sixteen, cut where a field starts or ends.

All bytes of a piece belong to the same fields, so a page needs one element for each piece, and
their number grows with the fields and the bytes, not with their product.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from mofkit.binary.dump.table import Row

__all__ = ["BYTES_A_LINE", "HexLine", "Piece", "make_lines"]

BYTES_A_LINE = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring bytes of one line; `row_idx` is the row that starts last there."""

    offset_bytes: int
    data: bytes
    row_idx: int

    @property
    def hex(self) -> str:
        """The bytes in hex, with spaces between them."""
        return self.data.hex(" ")

    @property
    def text(self) -> str:
        """The bytes as ASCII, a dot for each that is none."""
        return "".join(chr(byte) if 0x20 <= byte < 0x7F else "·" for byte in self.data)


@dataclass(frozen=True, slots=True)
class HexLine:
    """Up to sixteen bytes."""

    offset_bytes: int
    pieces: tuple[Piece, ...]


def make_lines(data: bytes, rows: Sequence[Row]) -> list[HexLine]:
    """Return the lines of the whole data; `rows` are in order and leave no byte out."""
    pieces = groupby(_pieces(data, rows), key=lambda piece: piece.offset_bytes // BYTES_A_LINE)
    return [HexLine(number * BYTES_A_LINE, tuple(found)) for number, found in pieces]


def _pieces(data: bytes, rows: Sequence[Row]) -> Iterator[Piece]:
    starts = [row.item.offset_bytes for row in rows]
    ends = [row.item.offset_bytes + row.item.length_bytes for row in rows]
    cuts = sorted({*starts, *ends, *range(0, len(data), BYTES_A_LINE), len(data)})
    open_rows: list[int] = []  # by start; those beneath the last may have ended already
    started = 0
    for start, end in pairwise(cuts):
        while started < len(rows) and starts[started] <= start:
            open_rows.append(started)
            started += 1
        while ends[open_rows[-1]] <= start:
            open_rows.pop()
        yield Piece(start, data[start:end], open_rows[-1])
