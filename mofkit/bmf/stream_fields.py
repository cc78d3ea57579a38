"""The bytes of a DS stream as fields: its header, then its blocks or every token.

Tokens are not aligned. A byte counts for the token, and the block, that its first bit belongs to;
none is so short that it has no such byte. Where exactly one starts and ends says its meaning: the
`0x1f0:3` there is bit 3 of the byte at 0x1F0, the lowest bit being 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mofkit.binary import Field
from mofkit.bmf.decompression import FIRST_BIT
from mofkit.bmf.stream_log import FARTHEST_MEDIUM, FARTHEST_SHORT, Block, StreamLog, Token

__all__ = ["block_labels", "header_fields", "stream_fields"]

_MAX_SHOWN_BYTES = 8


class _Part(NamedTuple):
    """A block or a token, in bits from the start of the stream."""

    bit: int
    end_bit: int
    path: str
    type: str
    value: str
    meaning: str


def header_fields(data: bytes, base: int) -> Iterator[Field]:
    """Yield the fields of the stream's header, at `base` of the data, as far as there are bytes."""
    if len(data) >= base + 2:
        signature = repr(data[base : base + 2]).removeprefix("b")
        yield Field(base, 2, "DS.Signature", "char[2]", signature, "signature")
    if len(data) >= base + FIRST_BIT // 8:
        version = int.from_bytes(data[base + 2 : base + 4], "big")
        meaning = "1 in every known file; the high byte comes first"
        yield Field(base + 2, 2, "DS.Version", "uint16", str(version), meaning)


def stream_fields(
    log: StreamLog, base: int, n_bytes: int, *, every_token: bool = False
) -> Iterator[Field]:
    """Yield a field for each block, or for each token that the log has kept.

    Args:
        log: what was read.
        base: where the stream begins in the data.
        n_bytes: how many bytes it has; the last token may claim more.
        every_token: tokens instead of blocks.
    """
    for part in _tokens(log, base) if every_token else _blocks(log, base):
        start = _bytes_of(part.bit)
        end = min(_bytes_of(part.end_bit), n_bytes)
        if start < end:
            yield Field(base + start, end - start, *part[2:])


def block_labels(log: StreamLog) -> dict[str, str]:
    """Return what each block says, by its path: it heads the block's tokens."""
    return {
        f"DS.Block[{index}]": f"{_n_bytes(block.end_at - block.at)} {_contents(block)}"
        for index, block in enumerate(log.blocks)
    }


def _bytes_of(bit: int) -> int:
    """Return in which byte the first whole one from there on is: bits in front count for others."""
    return -(-bit // 8)


# ------------------------------------------------------------------------------------- blocks


def _blocks(log: StreamLog, base: int) -> Iterator[_Part]:
    for index, block in enumerate(log.blocks):
        place = f"bits {_place(block.bit, base)} to {_place(block.end_bit, base)}"
        yield _Part(
            block.bit,
            block.end_bit,
            f"DS.Block[{index}]",
            "tokens",
            _n_bytes(block.end_at - block.at),
            f"{_contents(block)}; {place}",
        )


def _contents(block: Block) -> str:
    kinds = ((block.n_short, "short"), (block.n_medium, "medium"), (block.n_long, "long"))
    matches = ", ".join(f"{count} {name}" for count, name in kinds if count)
    told = [
        f"from {block.at:#x} of the payload",
        _counted(block.n_literals, "literal", "literals"),
        _counted(block.n_matches, "match", "matches") + (f" ({matches})" if matches else ""),
        "sync" if block.has_sync else "no sync",
    ]
    return ", ".join(told)


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


def _n_bytes(count: int) -> str:
    return _counted(count, "byte", "bytes")


def _place(bit: int, base: int) -> str:
    return f"{base + (bit >> 3):#x}:{bit & 7}"


# ------------------------------------------------------------------------------------- tokens


def _tokens(log: StreamLog, base: int) -> Iterator[_Part]:
    block = index = 0
    for token in log.tokens:
        path = f"DS.Block[{block}].Token[{index}]"
        end_bit = token.bit + token.n_bits
        type_, value, meaning = _token_text(token, log.data)
        place = f"bits {_place(token.bit, base)} to {_place(end_bit, base)}"
        yield _Part(token.bit, end_bit, path, type_, value, f"{meaning}; {place}")
        is_sync = token.length == 0
        block, index = (block + 1, 0) if is_sync else (block, index + 1)


def _token_text(token: Token, data: bytes | bytearray) -> tuple[str, str, str]:
    """Return the type, the value and the meaning of a token."""
    if token.length == 0:
        return "sync", "sync", f"payload {token.at:#x}"
    copied = bytes(data[token.at : token.at + min(token.length, _MAX_SHOWN_BYTES)])
    shown = copied.hex(" ") + (" …" if token.length > _MAX_SHOWN_BYTES else "")
    if token.distance == 0:
        letter = f" {chr(copied[0])!r}" if 0x20 <= copied[0] < 0x7F else ""
        return "literal", shown + letter, f"payload {token.at:#x}"
    size = "short" if token.distance <= FARTHEST_SHORT else "medium"
    size = "long" if token.distance > FARTHEST_MEDIUM else size
    meaning = f"payload {token.at:#x}, {token.distance} back: {shown}"
    return f"{size} match", _n_bytes(token.length), meaning
