"""Reading classes, their members, and the enumerations of MOF 3."""

from __future__ import annotations

from typing import Final

from mofkit.cim import (
    CimClass,
    CimEnumeration,
    CimEnumerator,
    CimFeature,
    CimMethod,
    CimParameter,
    CimProperty,
    CimQualifier,
    CimType,
    CimValue,
    ClassForm,
    Origin,
)
from mofkit.cim.origin import new_origin
from mofkit.compiler import rules
from mofkit.compiler.qualifiers import read_qualifiers
from mofkit.compiler.reader import MAX_DEPTH, WORD_KINDS, FileReader
from mofkit.compiler.types import is_type_word, meant_type, read_array_size
from mofkit.compiler.values import read_value
from mofkit.syntax.lexer import KIND

__all__ = ["read_class", "read_enumeration"]

_AS: Final = KIND["AS"]
_CLASS: Final = KIND["CLASS"]
_COLON: Final = KIND["COLON"]
_COMMA: Final = KIND["COMMA"]
_EQUAL: Final = KIND["EQUAL"]
_LBRACE: Final = KIND["LBRACE"]
_LBRACKET: Final = KIND["LBRACKET"]
_LPAREN: Final = KIND["LPAREN"]
_RBRACE: Final = KIND["RBRACE"]
_REF: Final = KIND["REF"]
_RPAREN: Final = KIND["RPAREN"]

_Qualifiers = tuple[CimQualifier, ...]
_FORMS: Final = {form.value: form for form in ClassForm}
_ENDS_ENUMERATOR: Final = {_COMMA, _EQUAL, _RBRACE}


def read_class(
    reader: FileReader, at: int, qualifiers: _Qualifiers, first: int
) -> tuple[CimClass, int]:
    """Read `class Name as $Alias : Superclass { ... }` behind the qualifiers.

    `first` is where these began. MOF 3 has other words for `class`.
    """
    kinds, texts = reader.kinds, reader.texts
    form = _FORMS.get(texts[at].lower(), ClassForm.CLASS)
    name = at + 1
    at += 2
    superclass: str | None = None
    alias: str | None = None
    while kinds[at] != _LBRACE:  # DSP0004 has the alias first, some files have it last
        if kinds[at] == _AS:
            alias = reader.note_alias(at + 1)
        else:
            superclass = texts[at + 1]
        at += 2
    features, at = _read_features(reader, at + 1)
    return CimClass(
        texts[name],
        superclass,
        features,
        qualifiers,
        alias,
        form,
        reader.unit.pragmas,
        new_origin((reader.stream, first, at, name)),
    ), at


def _read_features(reader: FileReader, at: int) -> tuple[tuple[CimFeature, ...], int]:
    kinds = reader.kinds
    features: list[CimFeature] = []
    while kinds[at] != _RBRACE:
        if kinds[at] not in WORD_KINDS and kinds[at] != _LBRACKET:  # a `;` or an error
            at += 1
            continue
        first = at
        qualifiers: _Qualifiers = ()
        if kinds[at] == _LBRACKET:
            qualifiers, at = read_qualifiers(reader, at)
        if kinds[at] == _CLASS:  # what is left of a class whose body was not closed above
            at += 2
            continue
        feature, at = _read_feature(reader, at, qualifiers, first)
        if feature is not None:
            features.append(feature)
    return tuple(features), at + 1


def _read_feature(
    reader: FileReader, at: int, qualifiers: _Qualifiers, first: int
) -> tuple[CimFeature | None, int]:
    """Read what begins with a type and a name: the token behind them tells what it is."""
    kinds = reader.kinds
    word = at
    cim_type, is_array, array_size, name = _read_type(reader, at)
    at = name + 1
    if kinds[at] == _LPAREN:
        parameters, at = _read_parameters(reader, at + 1)
        if cim_type is CimType.OBJECT:
            _check_class_word(reader, word)
        if is_array:
            _report_array_result(reader, word + 1, name)
        return CimMethod(
            reader.texts[name],
            cim_type,
            reader.texts[word],
            is_array,
            parameters,
            qualifiers,
            new_origin((reader.stream, first, at, name)),
        ), at + 1
    if kinds[at] == _COLON or kinds[at] == _LBRACE:
        return _read_nested(reader, word, qualifiers, first)
    _check_type(reader, word, cim_type, "property", name)
    if kinds[at] == _LBRACKET:
        is_array = True
        array_size, at = read_array_size(reader, at)
    default: CimValue | None = None
    if kinds[at] == _EQUAL:
        default, at = read_value(reader, at + 1)
    return CimProperty(
        reader.texts[name],
        cim_type,
        reader.texts[word],
        is_array,
        array_size,
        default,
        qualifiers,
        new_origin((reader.stream, first, at, name)),
    ), at + 1


def _read_type(reader: FileReader, at: int) -> tuple[CimType, bool, int | str | None, int]:
    """Read `Type`, `Class ref` or MOF 3's `Type [ ]`; return it and the token of the name."""
    kinds = reader.kinds
    after = at + 1
    if kinds[after] == _REF and kinds[after + 1] in WORD_KINDS:
        _check_reference(reader, at)
        return CimType.REFERENCE, False, None, after + 1
    cim_type = CimType.of_word(reader.texts[at])
    if kinds[after] == _LBRACKET:
        array_size, after = read_array_size(reader, after)
        return cim_type, True, array_size, after
    return cim_type, False, None, after


def _check_reference(reader: FileReader, word: int) -> None:
    text = reader.texts[word]
    if is_type_word(text) and text.lower() != "object":
        message = f"`{text} ref` refers to instances of a class called `{text}`"
        reader.report(rules.REFERENCE_TO_TYPE, message, reader.span(word))


def _check_type(reader: FileReader, word: int, cim_type: CimType, owner: str, name: int) -> None:
    """Report what no property or parameter can be."""
    if cim_type is CimType.VOID:
        message = f"{owner} `{reader.texts[name]}` is void"
        reader.report(rules.VOID_MEMBER, message, reader.span(word))
    elif cim_type is CimType.OBJECT:
        _check_class_word(reader, word)


def _check_class_word(reader: FileReader, word: int) -> None:
    if meant_type(reader.texts[word]) is not None:
        reader.note_foreign_type(word)
    elif reader.texts[word].lower() in _NOT_IN_MOF:
        _report_typedef(reader, word)


_NOT_IN_MOF: Final = frozenset({"enum", "typedef"})


def _report_typedef(reader: FileReader, word: int) -> None:
    message = f"MOF has no `{reader.texts[word]}`"
    reader.report(rules.TYPEDEF, message, reader.span(word))


def _report_array_result(reader: FileReader, bracket: int, name: int) -> None:
    reader.report(
        rules.ARRAY_RESULT,
        f"method `{reader.texts[name]}` returns an array",
        reader.span(bracket, name),
        help="give the array back in an [out] parameter",
    )


def _read_parameters(reader: FileReader, at: int) -> tuple[tuple[CimParameter, ...], int]:
    kinds, texts = reader.kinds, reader.texts
    parameters: list[CimParameter] = []
    while kinds[at] != _RPAREN:
        if kinds[at] not in WORD_KINDS and kinds[at] != _LBRACKET:  # a comma or an error
            at += 1
            continue
        first = at
        qualifiers: _Qualifiers = ()
        if kinds[at] == _LBRACKET:
            qualifiers, at = read_qualifiers(reader, at)
        word = at
        cim_type, is_array, array_size, name = _read_type(reader, at)
        at = name + 1
        _check_type(reader, word, cim_type, "parameter", name)
        if kinds[at] == _LBRACKET:
            is_array = True
            array_size, at = read_array_size(reader, at)
        default: CimValue | None = None
        if kinds[at] == _EQUAL:
            default, at = read_value(reader, at + 1)
        parameters.append(
            CimParameter(
                texts[name],
                cim_type,
                texts[word],
                is_array,
                array_size,
                default,
                qualifiers,
                new_origin((reader.stream, first, at, name)),
            )
        )
    return tuple(parameters), at + 1


# --------------------------------------------------------------------------------------- MOF 3


def _read_nested(
    reader: FileReader, at: int, qualifiers: _Qualifiers, first: int
) -> tuple[CimFeature | None, int]:
    """Read a structure or an enumeration inside a class; what is in the braces tells which."""
    kinds = reader.kinds
    brace = at + 2 if kinds[at + 2] == _LBRACE else at + 4
    if kinds[brace + 1] in WORD_KINDS and kinds[brace + 2] in _ENDS_ENUMERATOR:
        return read_enumeration(reader, at, qualifiers, first)
    if reader.depth >= MAX_DEPTH:
        message = f"structures are nested deeper than {MAX_DEPTH} levels"
        reader.report(rules.NESTED_TOO_DEEP, message, reader.span(at))
        return None, reader.behind_braces(brace)
    reader.depth += 1
    structure = read_class(reader, at, qualifiers, first)
    reader.depth -= 1
    return structure


def read_enumeration(
    reader: FileReader, at: int, qualifiers: _Qualifiers, first: int
) -> tuple[CimEnumeration, int]:
    """Read `enumeration Name : Base { A = 1, B }` behind the qualifiers."""
    kinds, texts = reader.kinds, reader.texts
    if texts[at].lower() in _NOT_IN_MOF:
        _report_typedef(reader, at)
    name = at + 1
    at += 2
    base: str | None = None
    if kinds[at] == _COLON:
        base = texts[at + 1]
        at += 2
    literals: list[CimEnumerator] = []
    at += 1
    while kinds[at] != _RBRACE:
        literal = at
        at += 1
        if kinds[literal] not in WORD_KINDS:
            continue
        value: CimValue | None = None
        if kinds[at] == _EQUAL:
            value, at = read_value(reader, at + 1)
        origin = Origin(reader.stream, literal, at, literal)
        literals.append(CimEnumerator(texts[literal], value, origin))
    at += 1
    return CimEnumeration(
        texts[name],
        base,
        tuple(literals),
        qualifiers,
        reader.unit.pragmas,
        new_origin((reader.stream, first, at, name)),
    ), at
