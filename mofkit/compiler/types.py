"""Reading the types of members: type words, and the bounds between brackets."""

from __future__ import annotations

from typing import Final

from mofkit.cim import CimInteger, CimType
from mofkit.compiler import rules
from mofkit.compiler.literals import number
from mofkit.compiler.reader import FileReader
from mofkit.syntax.lexer import KIND, NUMBER

__all__ = ["is_type_word", "meant_type", "read_array_size"]

_RBRACKET: Final = KIND["RBRACKET"]

_MEANT: Final = {
    **dict.fromkeys(("bool", "bit", "logical"), "boolean"),
    **dict.fromkeys(("str", "text", "bstr", "wstring", "lpwstr", "char8"), "string"),
    **dict.fromkeys(("date", "time", "timestamp"), "datetime"),
    **dict.fromkeys(("char", "wchar", "wchar_t"), "char16"),
    **dict.fromkeys(("int8", "int8_t"), "sint8"),
    **dict.fromkeys(("byte", "uchar", "uint8_t"), "uint8"),
    **dict.fromkeys(("short", "int16", "int16_t"), "sint16"),
    **dict.fromkeys(("word", "ushort", "uint16_t"), "uint16"),
    **dict.fromkeys(("int", "long", "int32", "int32_t", "integer"), "sint32"),
    **dict.fromkeys(("uint", "dword", "ulong", "unsigned", "uint32_t"), "uint32"),
    **dict.fromkeys(("int64", "int64_t", "longlong"), "sint64"),
    **dict.fromkeys(("qword", "ulonglong", "uint64_t"), "uint64"),
    **dict.fromkeys(("float", "float32", "single"), "real32"),
    **dict.fromkeys(("double", "float64", "real"), "real64"),
}
"""Types of other languages, and what CIM calls them."""


def is_type_word(word: str) -> bool:
    """Say whether a word, in any letter case, is a basic type."""
    return CimType.of_word(word) is not CimType.OBJECT or word.lower() == "object"


def meant_type(word: str) -> str | None:
    """Return the basic type that a word of another language means; None for other words.

    >>> meant_type("Int32"), meant_type("Win32_Fan")
    ('sint32', None)
    """
    return _MEANT.get(word.lower())


def read_array_size(reader: FileReader, at: int) -> tuple[int | str | None, int]:
    """Read `[ ]` or `[ size ]`; the size is a number or the name of a C macro."""
    after = at + 1
    kind = reader.kinds[after]
    if kind == _RBRACKET:
        return None, after + 1
    if kind != NUMBER:
        return reader.texts[after], after + 2
    text = reader.texts[after]
    found = number(text)
    if isinstance(found, CimInteger) and found.value > 0:
        return found.value, after + 2
    if found is not None:
        reader.report(rules.ARRAY_SIZE, f"an array cannot hold {text} elements", reader.span(after))
    return None, after + 2
