r"""Facts about a file's bytes and characters that a reader of MOF may stumble over.

Takes a `SourceFile`, gives plain values; what of it deserves a diagnostic is decided above. All of
these were met in published MOF files or are named in their readers' bug lists: UTF-8 with a mark
(puppetlabs-dsc), UTF-16LE whose line ends were converted as if it were 8-bit text (`0D 00 0D 0A 00`
in puppetlabs-dsc's `DSR_*.schema.mfl`), non-breaking spaces as indentation, lone CRs, Ctrl-Z and
NUL at the end from `copy a+b`, and binary MOF under the name of a text.

On a plain ASCII file this costs a few searches that run in C.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from mofkit.source.encoding import Encoding, encode
from mofkit.source.span import Span

if TYPE_CHECKING:
    from mofkit.source.source_file import SourceFile

__all__ = ["FactKind", "SourceFact", "find_facts"]


class FactKind(Enum):
    """What can be odd about a file, apart from its MOF."""

    UTF8_BOM = "utf8-bom"
    NON_ASCII_WITHOUT_BOM = "non-ascii-without-bom"
    CP1252_FALLBACK = "cp1252-fallback"
    UTF16_WITHOUT_BOM = "utf16-without-bom"
    ODD_TAIL = "odd-tail"
    NUL_OR_CTRL_Z_TAIL = "nul-or-ctrl-z-tail"
    BOM_INSIDE = "bom-inside"
    SUSPICIOUS_SPACE = "suspicious-space"
    MIXED_LINE_ENDS = "mixed-line-ends"
    LONE_CR = "lone-cr"
    SHIFTED_UTF16 = "shifted-utf16"
    UNPAIRED_SURROGATE = "unpaired-surrogate"
    BINARY_MOF = "binary-mof"
    CONTROL_INSIDE = "control-inside"


class SourceFact(NamedTuple):
    """One oddity: its first place, and in `detail` how much of it there is.

    A run of neighbouring characters is one place: `16 places, lines 3-20`.
    """

    kind: FactKind
    span: Span
    detail: str


def find_facts(source: "SourceFile") -> list[SourceFact]:
    """Return the facts about `source`, at most one of a kind, in order of place.

    Binary MOF is the only fact about a file that is that: the rest would be noise.
    """
    if source.text.startswith("FOMB") and not (source.bom or source.encoding.is_utf16):
        detail = "the file starts with FOMB, as binary MOF does"
        return [SourceFact(FactKind.BINARY_MOF, Span(0, 4), detail)]
    if _is_plain(source):
        return []
    finders = (_in_encoding, _in_non_ascii, _in_line_ends, _in_controls, _in_tail)
    facts = (fact for find in finders for fact in find(source))
    return sorted(facts, key=lambda fact: fact.span)


def _is_plain(source: "SourceFile") -> bool:
    """Say at once of most files that there is nothing odd about them."""
    text = source.text
    return (
        text.isascii()
        and not ("\r" in text or "\0" in text or "\x1a" in text)
        and not (source.bom or source.tail or source.encoding.is_utf16)
    )


def _in_encoding(source: "SourceFile") -> Iterator[SourceFact]:
    if source.bom == b"\xef\xbb\xbf":
        detail = "the file starts with the bytes EF BB BF"
        yield SourceFact(FactKind.UTF8_BOM, Span.at(0), detail)
    if source.encoding is Encoding.CP1252:
        yield from _not_utf8(source)
    if source.encoding.is_utf16 and not source.bom:
        yield SourceFact(FactKind.UTF16_WITHOUT_BOM, Span.at(0), source.encoding.label)


def _not_utf8(source: "SourceFile") -> Iterator[SourceFact]:
    body = encode(source.text, Encoding.CP1252)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A byte is a character here, so the decoder's places are ours.
        detail = f"byte 0x{body[error.start]:02X} is not UTF-8"
        if source.bom:
            detail += ", though the file starts with the UTF-8 byte order mark"
        yield SourceFact(FactKind.CP1252_FALLBACK, Span(error.start, error.end), detail)


def _in_non_ascii(source: "SourceFile") -> Iterator[SourceFact]:
    if source.text.isascii():
        return
    if source.encoding is Encoding.UTF8 and not source.bom:
        yield from _places(source, FactKind.NON_ASCII_WITHOUT_BOM, r"[^\x00-\x7f]+")
    non_ascii = _without_ascii(source.text)
    for kind, pattern in _ODD_CHARACTERS.items():
        if re.search(pattern, non_ascii):
            yield from _places(source, kind, pattern)
    if source.encoding.is_utf16:
        yield from _places(source, FactKind.SHIFTED_UTF16, _shift(source.encoding))


_ODD_CHARACTERS = {
    FactKind.BOM_INSIDE: r"\ufeff+",
    # DSP0004 would let these into a name, where nobody can see them.
    FactKind.SUSPICIOUS_SPACE: r"[\u0085\u00a0\u2000-\u200b\u2028\u2029\u3000]+",
    FactKind.UNPAIRED_SURROGATE: r"[\ud800-\udfff]+",
}


def _without_ascii(text: str) -> str:
    """Return the few characters worth a look; on bytes this is ten times as fast as a pattern."""
    data = text.encode("utf-8", "surrogatepass").translate(None, bytes(range(0x80)))
    return data.decode("utf-8", "surrogatepass")


def _shift(encoding: Encoding) -> str:
    """Return the character that a 0D put in front of a 0A byte makes.

    From there on everything is off by one byte, up to the next such line end. Unicode assigns
    neither character, so no sound text has them.
    """
    return "\u0a0d" if encoding is Encoding.UTF16LE else "\u0a00"


def _in_line_ends(source: "SourceFile") -> Iterator[SourceFact]:
    text = source.text
    if "\r" not in text:
        return
    if source.encoding.is_utf16 and _shift(source.encoding) in text:
        return  # its line ends are part of that damage
    crlf_count = text.count("\r\n")
    lf_count = text.count("\n") - crlf_count
    if text.count("\r") > crlf_count:
        yield from _places(source, FactKind.LONE_CR, r"\r(?!\n)")
    if crlf_count and lf_count:
        rarer = re.search(r"\r\n" if crlf_count < lf_count else r"(?<!\r)\n", text)
        span = Span(*rarer.span()) if rarer else Span.at(0)
        detail = f"{crlf_count} CR LF, {lf_count} LF"
        yield SourceFact(FactKind.MIXED_LINE_ENDS, span, detail)


def _in_controls(source: "SourceFile") -> Iterator[SourceFact]:
    text = source.text
    end = len(text.rstrip("\0\x1a"))
    if end < len(text):
        counts = {"NUL": text.count("\0", end), "Ctrl-Z": text.count("\x1a", end)}
        detail = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        yield SourceFact(FactKind.NUL_OR_CTRL_Z_TAIL, Span(end, len(text)), detail)
    if text.find("\0", 0, end) >= 0 or text.find("\x1a", 0, end) >= 0:
        yield from _places(source, FactKind.CONTROL_INSIDE, r"[\0\x1a]+", end)


def _in_tail(source: "SourceFile") -> Iterator[SourceFact]:
    if source.tail:
        detail = f"byte 0x{source.tail[0]:02X} behind the last character"
        yield SourceFact(FactKind.ODD_TAIL, Span.at(len(source.text)), detail)


def _places(
    source: "SourceFile", kind: FactKind, pattern: str, end: int | None = None
) -> Iterator[SourceFact]:
    """Yield the fact that `pattern` matches before `end`, if it does.

    Patterns are compiled here, where `re` caches them, and not at import: few files need any.
    """
    text = source.text
    matches = re.compile(pattern).finditer(text, 0, len(text) if end is None else end)
    spans = [Span(*match.span()) for match in matches]
    if spans:
        yield SourceFact(kind, spans[0], _count(source, spans))


def _count(source: "SourceFile", spans: list[Span]) -> str:
    first = source.position(spans[0].start).line
    last = source.position(spans[-1].start).line
    places = "1 place" if len(spans) == 1 else f"{len(spans)} places"
    return f"{places}, line {first}" if first == last else f"{places}, lines {first}-{last}"
