"""Reading values: tokens in, `CimValue` records out, each literal as what it is.

Arrays have one dimension (DSP0004 §5.2 and arrayInitializer in Annex A), so an array within an
array is kept as text. Instances within instances are legal for mofcomp and MOF 3; they are read to
a depth that no real file comes near.
"""

from __future__ import annotations

from typing import Final

from mofkit.cim import (
    CimAlias,
    CimArray,
    CimBoolean,
    CimCharacter,
    CimInteger,
    CimNull,
    CimQualifier,
    CimReal,
    CimString,
    CimUnexpanded,
    CimValue,
    Origin,
)
from mofkit.cim.origin import new_origin
from mofkit.compiler import rules
from mofkit.compiler.literals import MAX_NUMBER_CHARS, character, number, odd_string, string
from mofkit.compiler.reader import MAX_DEPTH, WORD_KINDS, FileReader
from mofkit.compiler.unquoted import check_unquoted
from mofkit.syntax.lexer import KIND, NUMBER, STRING, STRING_KINDS

__all__ = ["read_argument", "read_string", "read_value"]

_ALIAS: Final = KIND["ALIAS_IDENTIFIER"]
_AS: Final = KIND["AS"]
_CHARACTER: Final = KIND["CHARACTER"]
_COMMA: Final = KIND["COMMA"]
_DOT: Final = KIND["DOT"]
_LBRACE: Final = KIND["LBRACE"]
_LBRACKET: Final = KIND["LBRACKET"]
_NULL: Final = KIND["NULL"]
_OF: Final = KIND["OF"]
_RBRACE: Final = KIND["RBRACE"]
_BOOLEANS: Final = {KIND["TRUE"]: True, KIND["FALSE"]: False}
_INSTANCE_WORDS: Final = {KIND["INSTANCE"], KIND["VALUE"]}
_STRING_PARTS: Final = STRING_KINDS | WORD_KINDS


def read_value(reader: FileReader, at: int) -> tuple[CimValue, int]:
    """Return the value that begins at a token, and the token behind it."""
    kind = reader.kinds[at]
    if kind == STRING:
        return read_string(reader, at)
    if kind == _LBRACE:
        return _read_array(reader, at)
    after = at + 1
    origin = Origin(reader.stream, at, after, at)
    if kind == NUMBER:
        return _number(reader, at, origin), after
    if kind in _BOOLEANS:
        return CimBoolean(_BOOLEANS[kind], origin), after
    if kind == _NULL:
        return CimNull(origin), after
    if kind == _ALIAS:
        return CimAlias(reader.note_alias_use(at), origin), after
    if kind == _CHARACTER:
        value = character(reader.texts[at])
        return (
            CimUnexpanded(reader.texts[at], origin)
            if value is None
            else CimCharacter(value, origin)
        ), after
    if kind == _LBRACKET or (kind in _INSTANCE_WORDS and _begins_instance(reader, at)):
        return _read_instance(reader, at)
    return _read_mixed(reader, at)


def read_string(reader: FileReader, at: int) -> tuple[CimValue, int]:
    """Return the string that begins at a STRING token, of one literal or several.

    With the name of a macro among the literals it is no string yet.
    """
    kinds = reader.kinds
    literal = reader.texts[at]
    after = at + 1
    if kinds[after] in _STRING_PARTS:
        while kinds[after] == STRING:
            after += 1
        if kinds[after] in _STRING_PARTS:
            return _read_mixed(reader, at)
        value = string(reader.texts[at:after])
    else:
        value = string((literal,)) if "\\" in literal else literal[1:-1]
    return CimString(value, new_origin((reader.stream, at, after, at))), after


def read_argument(reader: FileReader, at: int) -> tuple[CimValue, int]:
    """Return the parameter of a pragma that begins at a token: words may stand bare there."""
    if reader.kinds[at] == NUMBER:
        return read_value(reader, at)
    return _read_mixed(reader, at, words_allowed=True)


def _read_mixed(
    reader: FileReader, at: int, *, words_allowed: bool = False
) -> tuple[CimValue, int]:
    """Read names, macros among strings, and string literals that are not quite right."""
    kinds = reader.kinds
    after = at + 1
    while kinds[after] in _STRING_PARTS:
        after += 1
    is_literal = kinds[after] == _DOT  # MOF 3: Enumeration.Literal
    if is_literal:
        after += 2
    origin = Origin(reader.stream, at, after, at)
    if all(kind in STRING_KINDS for kind in kinds[at:after]):
        return CimString(odd_string(reader.texts[at:after]), origin), after
    if not words_allowed and not is_literal:
        check_unquoted(reader, at, after)
    words = reader.spelled(at, after - 2 if is_literal else after)
    text = f"{words}.{reader.texts[after - 1]}" if is_literal else words
    return CimUnexpanded(text, origin), after


def _number(reader: FileReader, at: int, origin: Origin) -> CimValue:
    text = reader.texts[at]
    found = number(text)
    match found:
        case CimInteger():
            return CimInteger(found.value, text, origin)
        case CimReal():
            return CimReal(found.value, text, origin)
    if len(text) > MAX_NUMBER_CHARS:
        message = f"a number of {len(text)} characters is out of range for every type"
        reader.report(rules.OUT_OF_RANGE, message, reader.span(at))
    return CimUnexpanded(text, origin)


def _read_array(reader: FileReader, at: int) -> tuple[CimValue, int]:
    kinds = reader.kinds
    values: list[CimValue] = []
    after = at + 1
    while kinds[after] != _RBRACE:
        if kinds[after] == STRING:
            value, after = read_string(reader, after)
        elif kinds[after] == _LBRACE:
            value, after = _skip_array(reader, after)
        else:
            value, after = read_value(reader, after)
        values.append(value)
        if kinds[after] == _COMMA:
            after += 1
    after += 1
    return CimArray(tuple(values), new_origin((reader.stream, at, after, at))), after


def _skip_array(reader: FileReader, at: int) -> tuple[CimValue, int]:
    after = reader.behind_braces(at)
    reader.report(rules.NESTED_ARRAY, "an array within an array", reader.span(at, after))
    return CimUnexpanded(reader.spelled(at, after), Origin(reader.stream, at, after, at)), after


def _begins_instance(reader: FileReader, at: int) -> bool:
    """Tell `instance of Fan {` from names that happen to be these words."""
    kinds = reader.kinds
    return (
        kinds[at + 1] == _OF
        and kinds[at + 2] in WORD_KINDS
        and (kinds[at + 3] == _LBRACE or kinds[at + 3] == _AS)
    )


def _read_instance(reader: FileReader, at: int) -> tuple[CimValue, int]:
    from mofkit.compiler.instances import read_instance  # which reads values
    from mofkit.compiler.qualifiers import read_qualifiers  # and so does this

    if reader.depth >= MAX_DEPTH:
        after = reader.behind_braces(reader.kinds.index(_LBRACE, at))
        message = f"instances are nested deeper than {MAX_DEPTH} levels"
        reader.report(rules.NESTED_TOO_DEEP, message, reader.span(at))
        return CimUnexpanded(reader.spelled(at, after), Origin(reader.stream, at, after, at)), after
    first = at
    qualifiers: tuple[CimQualifier, ...] = ()
    if reader.kinds[at] == _LBRACKET:
        qualifiers, at = read_qualifiers(reader, at)
    reader.depth += 1
    instance, after = read_instance(reader, at, qualifiers, first)
    reader.depth -= 1
    return instance, after
