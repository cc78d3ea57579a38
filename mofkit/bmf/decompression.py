"""Reading a DS stream, whose form `compression.py` describes.

What is refused, as `BinaryFormatError`; offsets count from the start of the stream:

- E-DS-HEADER: there is no DS stream
- E-DS-SIZE: the size asked for is more than so many bytes can hold, or less than they do
- E-DS-TRUNCATED: the stream ends before the data does
- E-DS-DISTANCE: a match begins at distance 0, or before the start of the data
- E-DS-LENGTH: the length of a match begins with nine zeros
- E-DS-SYNC: a sync stands where no 512 bytes are complete, or the data is not

What is read all the same, as `BinaryWarning`; strict reading refuses it, with E- instead of W-:

- W-DS-VERSION: the version is not 1
- W-DS-SYNC: syncs are missing, or stand there twice
- W-DS-FILL: the rest of the last byte is not zero
- W-DS-TRAILING: bytes follow
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass
from functools import cache
from typing import NoReturn

from mofkit.binary.errors import BinaryFormatError, BinaryWarning
from mofkit.bmf.matches import BLOCK_BYTES, LITERAL_BITS
from mofkit.bmf.stream_log import StreamLog

__all__ = ["FIRST_BIT", "SYNC", "SYNC_BITS", "Decompressed", "decompress"]

_HEADER_BYTES = 4
FIRST_BIT = _HEADER_BYTES * 8
"""Where the first token starts."""

SYNC, SYNC_BITS = 0x7FFF, 15
_BLOCK_LEAST_BITS = 8 + 17
"""A near match of 512 bytes; no other token says more in a bit."""


@dataclass(frozen=True, slots=True)
class Decompressed:
    """The data of a stream, and what is odd about the stream."""

    data: bytes
    warnings: tuple[BinaryWarning, ...] = ()


def decompress(
    stream: bytes, size: int, *, strict: bool = False, log: StreamLog | None = None
) -> Decompressed:
    """Return the `size` bytes of data that a stream holds.

    Nothing is allocated for a size that the stream cannot hold, at most 164 bytes a byte; the time
    is bounded by the stream's length.

    Args:
        stream: from "DS" to its end.
        size: the bytes of data; the stream does not say how many.
        strict: refuse what is odd too.
        log: what to tell of each token, also of those in front of what is refused.

    Raises:
        BinaryFormatError: with a code of this module.

    >>> decompress(bytes.fromhex("44 53 00 01 1a 7d da 54 f8 ff 07"), 4)
    Decompressed(data=b'FOMB', warnings=())
    """
    reader = _Reader(stream, size, strict=strict, log=log)
    reader.check_header()
    data, end_bit = _expand(reader)
    reader.check_end(end_bit)
    return Decompressed(data, tuple(reader.warnings))


_NO_DISTANCE = 1 << 40  # before the start of any data
_NO_LENGTH = 1 << 40, 9  # beyond the end of any data


def _expand(reader: _Reader) -> tuple[bytes, int]:
    """Return the data, and the number of the bit where the last token ends.

    Two lookups a match: by the first 15 bits, then by the 17 behind its distance. `limit` is where
    the next sync or the end is due. A sync and what is wrong look like a match that begins before
    the start or goes beyond `limit`, so a sound match takes only these two comparisons.
    """
    words = _words(reader.stream)
    heads = _heads()
    lengths = _lengths()
    size, log = reader.size, reader.log
    out = bytearray()
    if log is not None:
        log.data = out
    at = 0  # len(out)
    limit = min(size, BLOCK_BYTES)
    bit = FIRST_BIT
    while True:
        word = words[bit >> 5] >> (bit & 31)
        distance, value = heads[word & 0x7FFF]
        if distance == 0:
            if at == limit:
                if at == size:
                    break
                limit = reader.next_limit(bit, at, limit, 1, LITERAL_BITS)
            if log is not None:
                log.token(bit, LITERAL_BITS, at, 1)
            out.append(value)
            at += 1
            bit += LITERAL_BITS
            continue
        length, n_length_bits = lengths[word >> value & 0x1FFFF]
        source = at - distance
        if source < 0 or at + length > limit:
            if at == size:
                break
            if word & SYNC == SYNC:
                limit = reader.limit_after_sync(bit, at, limit)
                bit += SYNC_BITS
                continue
            if source < 0:
                reader.refuse_distance(bit, at, distance, value)
            limit = reader.next_limit(bit, at, limit, length, value + n_length_bits)
        if log is not None:
            log.token(bit, value + n_length_bits, at, length, distance)
        at += length
        bit += value + n_length_bits
        if length <= distance:
            out += out[source : source + length]
        else:  # it repeats what it writes
            out += (out[source:] * (length // distance + 1))[:length]
    return bytes(out), reader.bit_after_final_sync(bit, word)


def _words(stream: bytes) -> array[int]:
    """Return the 64 bits from every fourth byte on: from any bit on, 33 of them are in one word.

    Zeros follow the stream. They read as distance 0, so no loop goes on in them.
    """
    padded = stream + bytes(-len(stream) % 8 + 8)
    words = array("Q", bytes(2 * len(padded) - 8))
    words[0::2] = array("Q", padded)
    words[1::2] = array("Q", padded[4:-4])
    if sys.byteorder == "big":
        words.byteswap()
    return words


@cache
def _heads() -> list[tuple[int, int]]:
    """Return for the next 15 bits (distance, bits so far) of a match, or (0, byte) of a literal.

    Distance 0 and a sync are there as matches of `_NO_DISTANCE`.
    """
    heads = [(0, 0)] * (1 << 15)
    _fill(heads, 2, 0b10, [(0, byte) for byte in range(0x80)])
    _fill(heads, 2, 0b01, [(0, byte + 0x80) for byte in range(0x80)])
    _fill(heads, 2, 0b00, [(_NO_DISTANCE, 8), *((distance, 8) for distance in range(1, 64))])
    _fill(heads, 3, 0b011, [(distance, 11) for distance in range(64, 320)])
    _fill(heads, 3, 0b111, [*((distance, 15) for distance in range(320, 4415)), (_NO_DISTANCE, 15)])
    return heads


@cache
def _lengths() -> list[tuple[int, int]]:
    """Return for the next 17 bits (length of the match, bits it takes)."""
    lengths = [_NO_LENGTH] * (1 << 17)
    for k in range(9):
        _fill(lengths, k + 1, 1 << k, [(2**k + 1 + v, 2 * k + 1) for v in range(2**k)])
    return lengths


def _fill(
    table: list[tuple[int, int]], n_bits: int, low_bits: int, values: list[tuple[int, int]]
) -> None:
    """Set each entry whose number ends with `low_bits` to the value that the bits above name."""
    step = 1 << n_bits
    table[low_bits::step] = values * (len(table) // step // len(values))


class _Reader:
    """What is rare in a stream: all but literals and matches. Collects what is odd about it."""

    def __init__(
        self, stream: bytes, size: int, *, strict: bool, log: StreamLog | None = None
    ) -> None:
        self.stream = stream
        self.size = size
        self.strict = strict
        self.log = log
        self.end_bit = len(stream) * 8
        self.warnings: list[BinaryWarning] = []
        self.first_odd_sync: tuple[int, str] | None = None
        self.n_odd_syncs = 0

    def check_header(self) -> None:
        """Check signature, version, and whether `size` can be."""
        n_bytes = len(self.stream)
        if n_bytes < _HEADER_BYTES:
            reason = f"the header takes {_HEADER_BYTES} bytes, {n_bytes} remain"
            raise BinaryFormatError("E-DS-HEADER", 0, "DS", reason)
        if self.stream[:2] != b"DS":
            reason = f"expected 'DS', found the bytes {self.stream[:2].hex(' ')}"
            raise BinaryFormatError("E-DS-HEADER", 0, "DS.Signature", reason)
        version = int.from_bytes(self.stream[2:4], "big")
        if version != 1:
            self._odd("DS-VERSION", 2, "DS.Version", f"is {version}, known is 1")
        n_bits = (n_bytes - _HEADER_BYTES) * 8
        if self.size * _BLOCK_LEAST_BITS > n_bits * BLOCK_BYTES:
            most = n_bits * BLOCK_BYTES // _BLOCK_LEAST_BITS
            reason = f"{n_bytes} bytes hold {most} bytes of data at most, not {self.size}"
            raise BinaryFormatError("E-DS-SIZE", 0, "DS", reason)

    def next_limit(self, bit: int, at: int, limit: int, length: int, n_bits: int) -> int:
        """Return the limit for a token that passes the one there is, or refuse the token.

        `n_bits` is what the token takes, as far as it could be read.
        """
        end = at + length
        if bit + n_bits > self.end_bit:
            self._refuse_end()
        if length == _NO_LENGTH[0]:
            self._refuse("E-DS-LENGTH", bit, "DS.Match.Length", f"nine zeros, at {_place(at)}")
        if end > self.size:
            reason = f"{length} bytes at {_place(at)} go beyond the size, {self.size}"
            self._refuse("E-DS-SIZE", bit, "DS", reason)
        for place in range(limit, end, BLOCK_BYTES):
            self._odd_sync(bit, f"none at {_place(place)}")
        return min(self.size, -(-end // BLOCK_BYTES) * BLOCK_BYTES)

    def limit_after_sync(self, bit: int, at: int, limit: int) -> int:
        """Return the limit behind a sync that is not the last one, or refuse the sync."""
        if at == limit:
            self._log_sync(bit, at)
            return min(self.size, limit + BLOCK_BYTES)
        if at % BLOCK_BYTES:
            reason = f"stands at {_place(at)}; due at {_place(limit)}"
            self._refuse("E-DS-SYNC", bit, "DS.Sync", reason)
        self._odd_sync(bit, f"one too many at {_place(at)}")
        self._log_sync(bit, at)
        return limit

    def refuse_distance(self, bit: int, at: int, distance: int, n_bits: int) -> NoReturn:
        """Refuse a match that begins nowhere; `n_bits` is what it takes without its length."""
        if bit + n_bits > self.end_bit:
            self._refuse_end()
        says = "0" if distance == _NO_DISTANCE else f"{distance}, before the start,"
        self._refuse("E-DS-DISTANCE", bit, "DS.Match.Distance", f"is {says} at {_place(at)}")

    def bit_after_final_sync(self, bit: int, word: int) -> int:
        """Return where the sync ends that follows the data, or the stream when it stops before."""
        if word & SYNC == SYNC:
            self._log_sync(bit, self.size)
            return bit + SYNC_BITS
        n_left = self.end_bit - bit
        if n_left < 0:  # the last token took bits that are not there
            self._refuse_end()
        left = word & ~(-1 << n_left)
        if n_left >= SYNC_BITS or (left and left != ~(-1 << n_left)):
            self._refuse("E-DS-SIZE", bit, "DS", f"tokens follow the data, {self.size} bytes")
        self._odd_sync(bit, "none behind the data")
        return self.end_bit

    def check_end(self, bit: int) -> None:
        """Check what follows the final sync; two of them are fine where 512 divides the size."""
        if self.size % BLOCK_BYTES == 0 and self._bits_at(bit) & SYNC == SYNC:
            self._log_sync(bit, self.size)
            bit += SYNC_BITS
        if bit % 8 and self._bits_at(bit) & ~(-1 << -bit % 8):
            self._odd("DS-FILL", bit >> 3, "DS.Fill", "the rest of the last byte is not zero")
        n_trailing = (self.end_bit - bit) >> 3
        if n_trailing:
            offset = len(self.stream) - n_trailing
            self._odd("DS-TRAILING", offset, "DS.Trailing", f"{n_trailing} bytes after the end")
        self._report_odd_syncs()

    def _bits_at(self, bit: int) -> int:
        """Return the 17 bits or more from there on, zeros after the end."""
        return int.from_bytes(self.stream[bit >> 3 : (bit >> 3) + 3], "little") >> (bit & 7)

    def _log_sync(self, bit: int, at: int) -> None:
        if self.log is not None:
            self.log.sync(bit, SYNC_BITS, at)

    def _odd(self, name: str, offset_bytes: int, path: str, reason: str) -> None:
        if self.strict:
            raise BinaryFormatError(f"E-{name}", offset_bytes, path, reason)
        self.warnings.append(BinaryWarning(f"W-{name}", offset_bytes, path, reason))

    def _odd_sync(self, bit: int, reason: str) -> None:
        """Note one of perhaps many: they make a single warning."""
        if self.strict:
            self._refuse("E-DS-SYNC", bit, "DS.Sync", reason)
        self.first_odd_sync = self.first_odd_sync or (bit, reason)
        self.n_odd_syncs += 1

    def _report_odd_syncs(self) -> None:
        if self.first_odd_sync is not None:
            bit, reason = self.first_odd_sync
            more = f", and {self.n_odd_syncs - 1} more" if self.n_odd_syncs > 1 else ""
            self._odd("DS-SYNC", bit >> 3, "DS.Sync", reason + more)

    def _refuse(self, code: str, bit: int, path: str, reason: str) -> NoReturn:
        raise BinaryFormatError(code, bit >> 3, path, reason)

    def _refuse_end(self) -> NoReturn:
        reason = f"the stream ends within a token, before it has {self.size} bytes of data"
        raise BinaryFormatError("E-DS-TRUNCATED", len(self.stream), "DS", reason)


def _place(at: int) -> str:
    return f"byte {at:#x} of the data"
