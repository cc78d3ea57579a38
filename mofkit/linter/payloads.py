"""What a script or a command line hides: marks of hidden commands, and the texts decoded.

Takes the text of a consumer, gives facts about it: nothing here says that a text does harm. The
marks are those of published reports on subscriptions that were misused (MITRE ATT&CK, T1546.003 and
T1059). Decoding is bounded: so many texts, so deep, so many characters.
"""

from __future__ import annotations

import re
import zlib
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mofkit.source import Span

__all__ = ["Hidden", "Mark", "hidden_in", "marks_in"]

_MAX_DEPTH: Final = 3
_MAX_TEXTS: Final = 8
_MAX_BYTES: Final = 1 << 20
_MIN_BASE64: Final = 40
_FIRST: Final = ("TV", "UEsD", "H4sI")
"""How base64 of programs, ZIP and gzip begins."""
_TEXT_SHARE: Final = 0.9
"""Of the characters of what is taken for text, so many are printable at least."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in a text that hidden commands have: what it is, and where."""

    what: str
    span: Span


@dataclass(frozen=True, slots=True)
class Hidden:
    """A part of a text, decoded.

    Attributes:
        form: how it was written: "base64".
        text: what it says; in brackets, what it is, where it is no text.
    """

    form: str
    text: str


_CARETS: Final = r"(?:[a-z]{1,3}\^){2,}[a-z]"
"""As cmd.exe leaves them out; three letters at most between two, as nobody else writes."""
_CARET: Final = re.compile(r"\^(?=\w)")
_JOINT: Final = re.compile(r"""(["'])[ \t]*[&+][ \t]*\1""")
"""Between two strings that VBScript or JScript puts together."""

_COMMAND: Final = "an encoded PowerShell command"
_IN_BASE64: Final = "text in base64"
_MARKS: Final = (
    ("a hidden window", r"[-/]w(?:indowstyle|in|i)?\s+h(?:idden)?\b"),
    ("text to be run as code", r"\b(?:iex|invoke-expression|executeglobal)\b|\beval\s*\("),
    (
        "a download",
        (
            r"\b(?:downloadstring|downloadfile|downloaddata|invoke-webrequest|urldownloadtofile"
            r"|start-bitstransfer|net\.webclient|(?:msxml2\.(?:server)?|microsoft\.)xmlhttp"
            r"|winhttp\.winhttprequest)\b"
            r"|\bbitsadmin\b[^\n]{0,80}/(?:transfer|addfile|setnotifycmdline)"
            r"|\bcertutil\b[^\n]{0,80}[-/](?:urlcache|verifyctl)"
            r"|\b(?:curl|wget)(?:\.exe)?[\"']?\s(?:[^\n]{0,200}\s)?(?:-o|--output\b|-outfile\b|https?:)"
        ),
    ),
    ("a file decoded by certutil", r"\bcertutil\b[^\n]{0,80}[-/]decode(?:hex)?\b"),
    ("a script under another name", r"\b[cw]script(?:\.exe)?[\"']?\s[^\n]{0,80}//e:"),
    ("carets within words", _CARETS),
    ("a file written as bytes", r"\badodb\.stream\b"),
    ("a program started by a script", r"\b(?:wscript\.shell|shell\.application)\b"),
    ("a program started through WMI", r"\bwin32_process\b[^\n]{0,80}\bcreate\b"),
    (
        "a program that runs other code",
        r"\b(?:mshta|regsvr32|rundll32|installutil|msbuild|cmstp)(?:\.exe)?[\"']?\s",
    ),
    (_IN_BASE64, r"\bfrombase64string\b"),
)
_MARK: Final = re.compile(
    "|".join(f"(?P<m{at}>{pattern})" for at, (_, pattern) in enumerate(_MARKS)), re.IGNORECASE
)
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]{40,}+={0,2}")
_ENCODED: Final = re.compile(r"[-/]e[a-z]*\s+[\"']?([A-Za-z0-9+/]{8,}+={0,2})", re.IGNORECASE)
_CHARACTERS: Final = re.compile(
    r"\bchrw?\s*\(\s*(?:&h)?\w{1,6}\s*\)(?:\s*[&+]\s*chrw?\s*\(\s*(?:&h)?\w{1,6}\s*\))+",
    re.IGNORECASE,
)
_CHARACTER: Final = re.compile(r"\(\s*(&h)?(\w+)\s*\)", re.IGNORECASE)


def marks_in(text: str) -> list[Mark]:
    """Return what hidden commands have, of each kind the first, in the order of the text.

    >>> [mark.what for mark in marks_in('CreateObject("WScript.Shell").Run "x.exe"')]
    ['a program started by a script']
    """
    found: dict[str, Mark] = {}
    for match in _MARK.finditer(text):
        what = _MARKS[int((match.lastgroup or "m0")[1:])][0]
        found.setdefault(what, Mark(what, Span(*match.span())))
    command = next(_commands(text), None)
    long = next(_long_base64(text), None)
    if command is not None:
        found[_COMMAND] = Mark(_COMMAND, Span(*command[0].span()))
    elif long is not None:
        found.setdefault(_IN_BASE64, Mark(_IN_BASE64, long))
    return sorted(found.values(), key=lambda mark: mark.span)


def hidden_in(text: str) -> list[Hidden]:
    """Return the parts of a text that are encoded, decoded, and those within them.

    Read are PowerShell's encoded commands, base64 (of text, and of compressed text), strings that
    VBScript puts together of `Chr(...)`, and of other strings, and words with carets, where a mark
    shows only then.

    >>> hidden_in("powershell -enc aQBlAHgAIAAkAHgA")
    [Hidden(form='encoded command', text='iex $x')]
    """
    found: list[Hidden] = []
    todo = [text[:_MAX_BYTES]]
    for _ in range(_MAX_DEPTH):
        inner = [hidden for outer in todo for hidden in _hidden_once(outer)]
        found += inner
        todo = [hidden.text for hidden in inner][:_MAX_TEXTS]
    return found[:_MAX_TEXTS]


def _hidden_once(text: str) -> Iterator[Hidden]:
    commands = set()
    for match, command in _commands(text):
        commands.add(match[1].rstrip("="))
        yield Hidden("encoded command", command)
    for span in _long_base64(text):
        piece = text[slice(*span)]
        decoded = None if piece.rstrip("=") in commands else _of_base64(piece)
        if decoded is not None:
            yield Hidden("base64", decoded)
    for match in _CHARACTERS.finditer(text):
        yield Hidden("characters by number", _of_characters(match[0]))
    yield from _put_together(text)


def _put_together(text: str) -> Iterator[Hidden]:
    """Yield the text without what only divides its words, if that shows a mark."""
    known = {mark.what for mark in marks_in(text)}
    for form, pattern in (("without carets", _CARET), ("strings put together", _JOINT)):
        whole, n_removed = pattern.subn("", text)
        if n_removed and any(mark.what not in known for mark in marks_in(whole)):
            yield Hidden(form, whole)


def _commands(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield what stands behind a switch such as -enc and can be decoded, with what it says."""
    for match in _ENCODED.finditer(text):
        decoded = _of_base64(match[1])
        if decoded is not None:
            yield match, decoded


def _long_base64(text: str) -> Iterator[Span]:
    """Yield the runs that are long enough, and mixed enough, to be no word or path."""
    for match in _BASE64.finditer(text):
        kinds = {_kind(character) for character in match[0]}
        is_mixed = {"upper", "lower", "digit"} <= kinds or match[0].startswith(_FIRST)
        if is_mixed or len(match[0]) >= 4 * _MIN_BASE64:
            yield Span(*match.span())


def _kind(character: str) -> str:
    if character.isdigit():
        return "digit"
    return "upper" if character.isupper() else "lower"


def _of_base64(text: str) -> str | None:
    """Return what base64 says; None where it says nothing readable and is nothing known."""
    text = text.rstrip("=")
    try:
        data = b64decode(text + "=" * (-len(text) % 4))
    except (Error, ValueError):
        return None
    for prefix, name in _KNOWN.items():
        if data.startswith(prefix):
            return f"[{name}, {len(data):,} bytes]"
    return _text_of(data) or _text_of(_inflated(data))


_KNOWN: Final = {b"MZ": "a Windows program", b"PK\x03\x04": "a ZIP archive", b"FOMB": "binary MOF"}


def _inflated(data: bytes) -> bytes:
    """Return what gzip, zlib or bare deflate says, as far as it goes; nothing if it is none."""
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(window).decompress(data, _MAX_BYTES)
        except zlib.error:
            continue
    return b""


def _text_of(data: bytes) -> str | None:
    encodings = ("utf-16-le", "utf-8") if b"\x00" in data[:8] else ("utf-8", "utf-16-le")
    for encoding in encodings:
        try:
            text = data.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
        n_readable = sum(char.isascii() and (char.isprintable() or char.isspace()) for char in text)
        if text and n_readable >= _TEXT_SHARE * len(text):
            return text
    return None


def _of_characters(text: str) -> str:
    characters = []
    for is_hex, digits in _CHARACTER.findall(text):
        try:
            characters.append(chr(int(digits, 16 if is_hex else 10)))
        except (ValueError, OverflowError):
            characters.append("?")
    return "".join(characters)
