r"""Bytes to text and back, exactly: every file decodes, and encoding gives the same bytes again.

`decode` takes a file's bytes and tells four things: the text, the encoding it was found to have,
the byte order mark in front and the bytes behind the last character. `encode` is its inverse for
the text. The order of the guesses is the one MOF compilers need: the mark (all that mofcomp
documents: "Unicode needs a signature"), the NUL bytes of UTF-16 without one, strict UTF-8, and at
last cp1252, the usual ANSI code page, which takes any byte.

>>> decode(b"\xff\xfe;\x00")
Decoded(text=';', encoding=<Encoding.UTF16LE: 'utf-16-le'>, bom=b'\xff\xfe', tail=b'')
"""

import codecs
from enum import Enum
from typing import NamedTuple

from mofkit.errors import MofkitError
from mofkit.source.span import Position

__all__ = ["Decoded", "EncodeError", "Encoding", "decode", "encode"]


class Encoding(Enum):
    """How characters became bytes; the value is Python's name of the codec."""

    UTF8 = "utf-8"
    UTF16LE = "utf-16-le"
    UTF16BE = "utf-16-be"
    CP1252 = "cp1252"

    @property
    def label(self) -> str:
        """The name people know: `UTF-16LE`, `Windows-1252`."""
        return _LABELS[self]

    @property
    def is_utf16(self) -> bool:
        """Whether a character takes two or four bytes."""
        return self in (Encoding.UTF16LE, Encoding.UTF16BE)


class Decoded(NamedTuple):
    """What a file's bytes turned out to be: `bom + encode(text, encoding) + tail` is the file."""

    text: str
    encoding: Encoding
    bom: bytes
    tail: bytes


class EncodeError(MofkitError):
    """A text has a character that its file's encoding cannot write."""

    def __init__(
        self, character: str, encoding: Encoding, *, path: str, position: Position
    ) -> None:
        self.character = character
        self.encoding = encoding
        self.path = path
        self.position = position
        name = f"U+{ord(character):04X}"
        shown = f"`{character}` ({name})" if character.isprintable() else name
        place = f"{path}:{position.line}:{position.column}"
        super().__init__(f"{place}: {encoding.label} has no character {shown}")


def decode(data: bytes) -> Decoded:
    """Return `data` as text; there is no input that fails."""
    if data.isascii() and b"\0" not in data:  # most files, and there are thousands
        return Decoded(data.decode("ascii"), Encoding.UTF8, b"", b"")
    if data.startswith(codecs.BOM_UTF8):
        return _decode_8bit(data, bom=codecs.BOM_UTF8)
    if data.startswith(codecs.BOM_UTF16_LE):
        return _decode_utf16(data, Encoding.UTF16LE, bom=codecs.BOM_UTF16_LE)
    if data.startswith(codecs.BOM_UTF16_BE):
        return _decode_utf16(data, Encoding.UTF16BE, bom=codecs.BOM_UTF16_BE)
    utf16 = _utf16_without_bom(data[:4])
    if utf16 is not None:
        return _decode_utf16(data, utf16, bom=b"")
    return _decode_8bit(data, bom=b"")


def encode(text: str, encoding: Encoding) -> bytes:
    """Return the bytes of `text`, without a byte order mark.

    UTF-16 may hold unpaired surrogates: Windows writes them, so they are kept.

    Raises:
        UnicodeEncodeError: `encoding` lacks a character.
    """
    if encoding is Encoding.CP1252:
        return codecs.charmap_encode(text, "strict", _CP1252_ENCODING)[0]
    return text.encode(encoding.value, _ERRORS[encoding])


def _decode_8bit(data: bytes, *, bom: bytes) -> Decoded:
    body = data[len(bom) :]
    try:
        return Decoded(body.decode("utf-8"), Encoding.UTF8, bom, b"")
    except UnicodeDecodeError:
        text = codecs.charmap_decode(body, "strict", _CP1252_DECODING)[0]
        return Decoded(text, Encoding.CP1252, bom, b"")


def _decode_utf16(data: bytes, encoding: Encoding, *, bom: bytes) -> Decoded:
    end = len(data) - (len(data) - len(bom)) % 2
    text = str(memoryview(data)[len(bom) : end], encoding.value, _ERRORS[encoding])
    return Decoded(text, encoding, bom, data[end:])


def _utf16_without_bom(head: bytes) -> Encoding | None:
    r"""Return the UTF-16 that the first two units show, if they do.

    MOF starts with ASCII, so one byte of each unit is NUL. Only the second unit tells `{\0` in
    UTF-16LE from an ASCII file of one character padded with NUL; a file that starts with NUL has
    no other reading.
    """
    even, odd = head[::2], head[1::2]
    if len(head) == 4 and all(even) and not any(odd):
        return Encoding.UTF16LE
    if len(head) >= 2 and all(odd) and not any(even):
        return Encoding.UTF16BE
    return None


_LABELS = {
    Encoding.UTF8: "UTF-8",
    Encoding.UTF16LE: "UTF-16LE",
    Encoding.UTF16BE: "UTF-16BE",
    Encoding.CP1252: "Windows-1252",
}

_ERRORS = {
    Encoding.UTF8: "strict",
    Encoding.UTF16LE: "surrogatepass",
    Encoding.UTF16BE: "surrogatepass",
}

# cp1252 is Latin-1 but for these 32. Python leaves five of them undefined; Windows maps those to
# the C1 controls of the same number (unicode.org, bestfit1252.txt), so that every byte comes back.
_CP1252_80_TO_9F = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"
_LATIN1 = bytes(range(256)).decode("latin-1")
_CP1252_DECODING = _LATIN1[:0x80] + _CP1252_80_TO_9F + _LATIN1[0xA0:]
_CP1252_ENCODING = codecs.charmap_build(_CP1252_DECODING)
