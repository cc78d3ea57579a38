"""The DS stream inside binary MOF: the compression of Microsoft's DoubleSpace.

    offset  size  field
    0x0     2     signature, "DS"
    0x2     2     version, 1, the high byte first
    0x4     ..    tokens; the rest of the last byte is zero

Bits are taken from each byte beginning with the least significant, and so are the bits of a field.

    token    bits, the first one last     then
    literal  vvvvvvv 10                            the byte v, 0x00 to 0x7F
    literal  vvvvvvv 01                            the byte v + 0x80
    match    dddddd 00            length           distance d, 1 to 63
    match    dddddddd 0 11        length           distance d + 64, to 319
    match    dddddddddddd 1 11    length           distance d + 320, to 4414
    sync     111111111111 1 11                     after every 512 bytes of data and at the end

A length is k zeros (0 to 8), a one, and k bits v: 2**k + 1 + v bytes, 2 to 512. Source and target
of a match may overlap.

All this was measured on 213 files of Microsoft's compiler, which `compress` reproduces bit for bit.
What that compiler does after a number of bytes that 512 divides is not known: no file has one. We
write one sync, and read one or two.

`decompress` is in `decompression.py`, with the codes of what may be wrong with a stream.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal

from mofkit.bmf.decompression import SYNC, SYNC_BITS, Decompressed, decompress
from mofkit.bmf.matches import (
    BLOCK_BYTES,
    LITERAL_BITS,
    Token,
    cheapest_tokens,
    greedy_tokens,
    length_bits,
)

__all__ = ["Decompressed", "Level", "compress", "decompress"]

Level = Literal["mofcomp", "best"]
"""`mofcomp` is what Microsoft's compiler writes; `best` the fewest bits, some 6 % less."""

_HEADER = b"DS\0\x01"


def compress(data: bytes, *, level: Level = "mofcomp") -> bytes:
    """Return the stream for data of any size, in time that grows with it.

    Raises:
        ValueError: there is no such level.

    >>> compress(b"FOMB").hex(" ")
    '44 53 00 01 1a 7d da 54 f8 ff 07'
    """
    if level not in _TOKENS_OF_BLOCK:
        raise ValueError(f"there is no compression {level!r}, only {', '.join(_TOKENS_OF_BLOCK)}")
    tokens_of_block = _TOKENS_OF_BLOCK[level]
    out = bytearray(_HEADER)
    bits = n_bits = 0
    for start in range(0, len(data) or 1, BLOCK_BYTES):  # no data is an empty block
        end = min(start + BLOCK_BYTES, len(data))
        for code, n_code_bits in _codes(data, start, tokens_of_block(data, start, end)):
            bits |= code << n_bits
            n_bits += n_code_bits
        n_bytes = n_bits >> 3
        out += (bits & ~(-1 << n_bytes * 8)).to_bytes(n_bytes, "little")
        bits >>= n_bytes * 8
        n_bits -= n_bytes * 8
    return bytes(out) + bytes([bits] if n_bits else [])


_TOKENS_OF_BLOCK: dict[str, Callable[[bytes, int, int], list[Token]]] = {
    "mofcomp": greedy_tokens,
    "best": cheapest_tokens,
}


def _codes(data: bytes, at: int, tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Yield (code, number of bits) of the tokens of the block at `at`, and of the sync behind."""
    length_codes = _length_codes()
    for length, distance in tokens:
        if distance == 0:
            byte = data[at]
            yield (byte & 0x7F) << 2 | (1 if byte & 0x80 else 2), LITERAL_BITS
        else:
            code, n_bits = _distance_code(distance)
            length_code, n_length_bits = length_codes[length]
            yield code | length_code << n_bits, n_bits + n_length_bits
        at += length
    yield SYNC, SYNC_BITS


def _distance_code(distance: int) -> tuple[int, int]:
    if distance < 64:
        return distance << 2, 8
    if distance < 320:
        return (distance - 64) << 3 | 0b011, 11
    return (distance - 320) << 3 | 0b111, 15


@cache
def _length_codes() -> list[tuple[int, int]]:
    """Return (code, number of bits) for each length; there are none of 0 and 1."""
    codes = [(0, 0), (0, 0)]
    for length in range(2, BLOCK_BYTES + 1):
        k = (length - 1).bit_length() - 1
        v = length - 1 - 2**k
        codes.append(((v << 1 | 1) << k, length_bits(length)))
    return codes
