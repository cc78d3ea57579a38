"""How names and literals are spelled (DSP0004 §A.3), the opposite of `compiler.literals`."""

from __future__ import annotations

import re
from math import isfinite
from typing import Final

from mofkit.cim import CimInteger, CimReal
from mofkit.compiler.literals import number, utf16_length
from mofkit.compiler.reader import WORD_KINDS
from mofkit.decompiler.notes import Notes
from mofkit.diagnostics.render.glyphs import visible
from mofkit.syntax.lexer import ALIAS_IDENTIFIER, kind_of

__all__ = ["alias", "character", "integer", "is_name", "long_string", "name", "real", "string"]

_ESCAPED: Final = dict(zip("\b\t\n\f\r\"'\\", "btnfr\"'\\", strict=True))
"""Characters with an escape of their own, and the letter of it."""
_SPECIAL_IN_STRING: Final = re.compile(r"[^ !#-\[\]-~]")
_SPECIAL_IN_CHARACTER: Final = re.compile(r"[^ -&(-\[\]-~]")
_MAX_LINE_CHARS: Final = 80
_LINE: Final = re.compile(r"[^\n]{0,80}\n|[^\n]{1,80}(?:(?<= )|\Z)|[^ \n]+ ?")
_MAX_INTEGER_BITS: Final = 1300  # beyond, `compiler.literals` does not read it


def name(text: str, notes: Notes) -> str:
    """Return a name as it is spelled; refuse what is none."""
    if is_name(text):
        return text
    notes.refuse("W-MOF-NAME", f"`{text}` is no name")
    return visible(text, ascii_only=True)


def is_name(text: str) -> bool:
    """Say whether a text is an identifier of MOF; no word is reserved.

    >>> is_name("Class"), is_name("Größe"), is_name("2nd"), is_name("")
    (True, True, False, False)
    """
    return text != "" and kind_of(text) in WORD_KINDS


def alias(text: str, notes: Notes) -> str:
    """Return an alias with its `$`; refuse what is none."""
    if kind_of(f"${text}") == ALIAS_IDENTIFIER:
        return f"${text}"
    notes.refuse("W-MOF-NAME", f"`{text}` is no name of an alias")
    return visible(f"${text}", ascii_only=True)


def string(text: str) -> str:
    r"""Return a string in quotes; an escape has four digits, for readers that want just these.

    >>> print(string('"C:\\Größe"'))
    "\"C:\\Gr\x00F6\x00DFe\""
    """
    return f'"{_SPECIAL_IN_STRING.sub(_escape, text)}"'


def long_string(text: str) -> str:
    r"""Return a string as several, which MOF joins, where it is longer than a line should be.

    It is parted behind spaces and line ends.

    >>> [len(part) for part in long_string("word " * 20).split('" "')]
    [81, 21]
    """
    if len(text) <= _MAX_LINE_CHARS:
        return string(text)
    return " ".join(map(string, _LINE.findall(text)))


def character(text: str, notes: Notes) -> str:
    r"""Return a character literal; refuse what is no UTF-16 unit.

    >>> print(character("'", Notes()), character('"', Notes()), character("\0", Notes()))
    '\'' '"' '\x0000'
    """
    if utf16_length(text) != 1:
        notes.refuse("W-MOF-VALUE", f"{text!r} is no UTF-16 unit")
    return f"'{_SPECIAL_IN_CHARACTER.sub(_escape, text)}'"


def integer(value: CimInteger, notes: Notes) -> str:
    """Return an integer, in its own form where it has one."""
    if value.value.bit_length() > _MAX_INTEGER_BITS:
        notes.refuse("W-MOF-VALUE", f"an integer of {value.value.bit_length()} bits")
        return ""
    return value.spelling if number(value.spelling) == value else str(value.value)


def real(value: CimReal, notes: Notes) -> str:
    """Return the shortest real that is read as the same double; refuse what is not finite.

    >>> [real(CimReal(value), Notes()) for value in (0.1, -0.0, 1e16, 5e-324)]
    ['0.1', '-0.0', '1.0e16', '5.0e-324']
    """
    if not isfinite(value.value):
        notes.refuse("W-MOF-VALUE", f"{value.value} is no number of MOF")
        return str(value.value)
    if number(value.spelling) == value:
        return value.spelling
    mantissa, _, exponent = repr(value.value).partition("e")
    if "." not in mantissa:
        mantissa += ".0"
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def _escape(found: re.Match[str]) -> str:
    escaped = _ESCAPED.get(found[0])
    if escaped is not None:
        return f"\\{escaped}"
    digits = found[0].encode("utf-16-be", "surrogatepass").hex().upper()
    return "".join(rf"\x{digits[at : at + 4]}" for at in range(0, len(digits), 4))
