r"""Hex dumps: rows of an address, bytes, and perhaps the same as characters.

    acpidump         0000: 46 4F 4D 42 01 00 00 00 13 05 00 00 ...  FOMB............
    xxd          00000000: 464f 4d42 0100 0000 1305 0000 ...  FOMB............
    hexdump -C   00000000  46 4f 4d 42 01 00 00 00  13 05 00 00 ...  |FOMB............|
    hexdump      0000000 4f46 424d 0001 0000 0513 0000 ...
    WinDbg db    fffff801`0a2b3c40  46 4f 4d 42 01 00 00 00-13 05 00 00 ...  FOMB............
    certutil     0000    46 4f 4d 42 01 00 00 00  13 05 00 00 ...   FOMB............

An address that does not grow begins another dump. How many bytes a row has, the next address says,
since characters may look like bytes. Where a dump has `*`, rows like the one above it are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

from mofkit.bmf.carve.hex_block import HexBlock

__all__ = ["blocks_of_rows"]

_LINE: Final = re.compile(
    rb"^[ \t]*+(?:0[xX])?(?P<address>[0-9A-Fa-f`]{4,17}+)(?P<colon>:?)[ \t]{1,8}+"
    rb"(?P<bytes>(?:[0-9A-Fa-f]{2})++(?:[ -]{1,2}(?:[0-9A-Fa-f]{2})++(?![^\s|>-]))*+)"
    rb"|^(?P<repeated>\*)[ \t]*+\r?$",
    re.MULTILINE,
)
_WORDS: Final = {n: re.compile(rb"[0-9A-Fa-f]{%d}" % (2 * n)) for n in (1, 2, 4)}
_MAX_ROW_CHARS: Final = 4 * 64  # in front of more bytes than that, nobody writes an address
_HALF_ROW_BYTES: Final = 8  # where some dumps have two blanks


@dataclass(slots=True)
class _Row:
    """A row of a dump.

    Attributes:
        data: its bytes, and perhaps some characters that look like bytes.
        n_word_bytes: how many bytes are written as one number, the last one first.
        start: where its bytes stand in the text.
        is_repeated: the same bytes follow, up to the next address.
    """

    address: int
    data: bytes
    n_word_bytes: int
    start: int
    is_repeated: bool = False


def blocks_of_rows(text: bytes) -> Iterator[HexBlock]:
    """Yield each dump; repeated rows are filled in up to the length of the text."""
    block: HexBlock | None = None
    room_bytes = len(text)
    n_bytes = 0
    for row, following in pairwise(chain(_rows(text), [None])):
        if row is None:
            return
        if block is None:
            block = HexBlock(
                text, _WORDS[row.n_word_bytes], "hex dump", n_token_bytes=row.n_word_bytes
            )
            n_bytes = len(row.data)
        n_bytes = _length(row, following, n_bytes)
        block.add(row.data[:n_bytes], row.start)
        if following is not None and row.is_repeated and _goes_on(row, following):
            n_missing, rest = divmod(following.address - row.address - n_bytes, n_bytes)
            room_bytes -= max(n_missing, 0) * n_bytes
            if not rest and n_missing >= 0 and room_bytes >= 0 and n_bytes >= _HALF_ROW_BYTES:
                for _ in range(n_missing):
                    block.add(row.data[:n_bytes], row.start)
                continue
        if following is None or row.is_repeated or not _goes_on(row, following):
            yield block
            block = None


def _goes_on(row: _Row, following: _Row) -> bool:
    return following.address > row.address and following.n_word_bytes == row.n_word_bytes


def _length(row: _Row, following: _Row | None, n_bytes_before: int) -> int:
    """Return how many bytes a row has, of those that look like it."""
    n_bytes = len(row.data)
    if following is not None and 0 < following.address - row.address <= n_bytes:
        return following.address - row.address
    return min(n_bytes, n_bytes_before)


def _rows(text: bytes) -> Iterator[_Row]:
    row: _Row | None = None
    for line in _LINE.finditer(text):
        if line["repeated"]:
            if row is not None:
                row.is_repeated = True
        elif len(line["bytes"]) <= _MAX_ROW_CHARS:
            row = _row(line)
            yield row


def _row(line: re.Match[bytes]) -> _Row:
    first, _, second = line["bytes"].partition(b"  ")
    groups = first.replace(b"-", b" ").split()
    n_word_bytes = len(groups[0]) // 2
    if len(groups[-1]) < len(groups[0]) and not line["colon"]:
        groups.pop()  # a word that is cut off: it cannot be turned round
    if line["colon"] or n_word_bytes not in _WORDS or len(set(map(len, groups))) > 1:
        n_word_bytes = 1
    data = bytes.fromhex(b"".join(groups).decode("ascii"))
    if not line["colon"] and n_word_bytes == 1 and len(data) == _HALF_ROW_BYTES:
        second = second.partition(b"  ")[0].replace(b"-", b" ")
        data += bytes.fromhex(second.decode("ascii"))
    if n_word_bytes > 1:
        data = b"".join(
            data[at : at + n_word_bytes][::-1] for at in range(0, len(data), n_word_bytes)
        )
    address = int(line["address"].replace(b"`", b"") or b"0", 16)
    return _Row(address, data, n_word_bytes, line.start("bytes"))
