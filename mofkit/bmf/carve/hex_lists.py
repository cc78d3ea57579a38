r"""Bytes as numbers: the arrays of C and the buffers of ASL, and hex digits in a row.

The first two are lists; the digits may have all sorts of things between them:

    UCHAR FanMof[] = { 0x46, 0x4F, 0x4D, 0x42, ...          { (UCHAR)0x46, 0x4Fu, ...
    Name (WQBA, Buffer (0x0513) { /* 0000 */  0x46, 0x4F, 0x4D, 0x42, ...  // FOMB
    hex:46,4f,4d,42,...     46 4F 4D 42 ...     464f4d42...     \x46\x4f\x4d\x42...
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mofkit.bmf.carve.hex_block import HexBlock

__all__ = ["blocks_of_digits", "blocks_of_lists"]

_COMMENT_START: Final = re.compile(rb"//|/\*")
_LIST_START: Final = re.compile(rb"\{(?=\s*+[0-9])")
_CAST: Final = re.compile(rb"\([ \t]*+[A-Za-z_][\w \t]{0,40}+\)(?=\s*+[0-9])")
_BYTE: Final = rb"(?:0[xX][0-9A-Fa-f]{1,2}|[0-9]{1,3})[uU]?+(?![0-9A-Za-z_])"
_NUMBER: Final = re.compile(_BYTE)
_NUMBERS: Final = re.compile(rb"\s*+(?:%s[\s,]*+){1,1024}+" % _BYTE)
_LEAST_CHARS: Final = 40  # of numbers; less cannot be a header and the start of a stream
_C_NAME: Final = re.compile(rb"([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)?=\s*\Z")
_ASL_NAME: Final = re.compile(
    rb"Name\s*\(\s*[\\^]*(?:\w+\.)*(\w+)\s*,\s*Buffer\s*(?:\([^)]*\)\s*)?\Z", re.IGNORECASE
)
_LOOK_BEHIND_CHARS: Final = 300

_PAIR: Final = re.compile(rb"(?:0[xX]|\\x)?+([0-9A-Fa-f]{2})")
_SEPARATORS: Final = rb'(?:[\s,:;"-]|\\(?=\s))*+'
_PAIRS: Final = re.compile(rb"(?:(?:0[xX]|\\x)?+[0-9A-Fa-f]{2}" + _SEPARATORS + rb"){1,1024}+")
_LEAST_PAIRS: Final = 24  # a header and the start of a stream
_DIGITS_START: Final = re.compile(
    rb"(?<![0-9A-Za-z])(?=(?:(?:0[xX]|\\x)?+[0-9A-Fa-f]{2}%s){%d})" % (_SEPARATORS, _LEAST_PAIRS)
)


def blocks_of_lists(text: bytes) -> Iterator[HexBlock]:
    """Yield each list of numbers below 256 in braces; comments and casts are left out."""
    text = _CAST.sub(lambda cast: b" " * len(cast[0]), _without_comments(text))
    at = 0
    while start := _LIST_START.search(text, at):
        at = start.end()
        block = None
        while (numbers := _NUMBERS.match(text, at)) and (block or len(numbers[0]) >= _LEAST_CHARS):
            at = numbers.end()
            row = [int(_plain(number), 0) for number in _NUMBER.findall(numbers[0])]
            if max(row) > 0xFF:
                break
            block = block or HexBlock(text, _NUMBER, *_named(text, start.start()))
            block.add(bytes(row), numbers.start())
        if block:
            yield block


def blocks_of_digits(text: bytes) -> Iterator[HexBlock]:
    """Yield each run of two hex digits after the other, whatever stands between them."""
    at = 0
    while start := _DIGITS_START.search(text, at):
        at = start.end()
        block = HexBlock(text, _PAIR, "hex digits")
        while pairs := _PAIRS.match(text, at):
            at = pairs.end()
            digits = b"".join(_PAIR.findall(pairs[0]))
            block.add(bytes.fromhex(digits.decode("ascii")), pairs.start())
        yield block


def _without_comments(text: bytes) -> bytes:
    """Return the text with blanks for comments, in the same places."""
    kept = bytearray(text)
    at = 0
    while start := _COMMENT_START.search(text, at):
        is_line = start[0] == b"//"
        end = text.find(b"\n" if is_line else b"*/", start.end())
        at = len(text) if end < 0 else end if is_line else end + 2
        kept[start.start() : at] = b" " * (at - start.start())
    return bytes(kept)


def _plain(number: bytes) -> bytes:
    """Return a number without its suffix, and without zeros in front, which Python refuses."""
    number = number.rstrip(b"uU")
    return number if number[1:2] in b"xX" else number.lstrip(b"0") or b"0"


def _named(text: bytes, brace: int) -> tuple[str, str]:
    """Return what the list is that begins at a brace, and its name."""
    before = text[max(brace - _LOOK_BEHIND_CHARS, 0) : brace]
    for words, pattern in (("C array", _C_NAME), ("ASL buffer", _ASL_NAME)):
        if found := pattern.search(before):
            name = found[1].decode("ascii")
            return f"{words} {name}", name
    return "list of bytes", ""
