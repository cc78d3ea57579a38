"""Reading qualifiers, the flavors behind their colons, and qualifier declarations."""

from __future__ import annotations

from typing import Final

from mofkit.cim import (
    FLAVOR_WORDS,
    CimArray,
    CimFlavor,
    CimQualifier,
    CimQualifierDeclaration,
    CimType,
    CimValue,
    flavors_of,
)
from mofkit.cim.origin import new_origin
from mofkit.compiler import rules
from mofkit.compiler.reader import WORD_KINDS, FileReader
from mofkit.compiler.types import is_type_word, read_array_size
from mofkit.compiler.values import read_string, read_value
from mofkit.diagnostics.suggestions import nearest, replace_word
from mofkit.source import Span
from mofkit.syntax.lexer import KIND, STRING

__all__ = ["SCOPE_WORDS", "read_qualifier_declaration", "read_qualifiers"]

_COLON: Final = KIND["COLON"]
_COMMA: Final = KIND["COMMA"]
_EQUAL: Final = KIND["EQUAL"]
_LBRACE: Final = KIND["LBRACE"]
_LBRACKET: Final = KIND["LBRACKET"]
_LPAREN: Final = KIND["LPAREN"]
_RBRACKET: Final = KIND["RBRACKET"]
_RPAREN: Final = KIND["RPAREN"]

SCOPE_WORDS: Final = (
    *("class", "association", "indication", "property", "reference", "method", "parameter"),
    *("any", "schema"),
    # MOF 3
    *("enumeration", "enumerationvalue", "enumvalue", "structure", "qualifiertype"),
)
"""DSP0004 metaElement, and DSP0221's."""


def read_qualifiers(reader: FileReader, at: int) -> tuple[tuple[CimQualifier, ...], int]:
    """Read `[ qualifier, ... ]`. Half of the tokens of a schema are in such lists."""
    kinds, texts, stream = reader.kinds, reader.texts, reader.stream
    declared = reader.unit.flavors
    qualifiers: list[CimQualifier] = []
    at += 1
    while kinds[at] != _RBRACKET:
        first = at
        at += 1
        if kinds[first] not in WORD_KINDS:  # a comma, or an error
            continue
        name = texts[first]
        value: CimValue | None = None
        if kinds[at] == _LPAREN:
            value, at = _read_parameter(reader, at)
        elif kinds[at] == _LBRACE:
            value, at = read_value(reader, at)
        if kinds[at] == _COLON:
            flavors, at = _read_flavors(reader, at + 1, name)
            effective = reader.effective_flavors(name, flavors)
        else:
            flavors, effective = (), declared.get(name.lower(), _NO_FLAVORS)
        origin = new_origin((stream, first, at, first))
        qualifiers.append(CimQualifier(name, value, flavors, effective, origin))
    return tuple(qualifiers), at + 1


_NO_FLAVORS: Final = CimFlavor.NONE


def _read_parameter(reader: FileReader, at: int) -> tuple[CimValue, int]:
    """Read `( value )`; several values, which the syntax layer reports, were meant as an array."""
    first = at
    read = read_string if reader.kinds[at + 1] == STRING else read_value
    value, after = read(reader, at + 1)
    if reader.kinds[after] == _RPAREN:
        return value, after + 1
    values = [value]
    while reader.kinds[after] == _COMMA:
        value, after = read_value(reader, after + 1)
        values.append(value)
    after += 1
    return CimArray(tuple(values), reader.origin(first, after, first)), after


def _read_flavors(reader: FileReader, at: int, owner: str) -> tuple[tuple[str, ...], int]:
    first = at
    while reader.kinds[at] in WORD_KINDS:
        at += 1
    _check_flavors(reader, range(first, at), owner)
    return tuple(reader.texts[first:at]), at


def _check_flavors(reader: FileReader, tokens: range | list[int], owner: str) -> None:
    """Report flavors that are unknown, or at odds with one another."""
    seen: dict[str, int] = {}
    for token in tokens:
        word = reader.texts[token]
        if not flavors_of((word,)):
            _report_unknown_flavor(reader, token)
        elif word.lower() in seen:
            message = f"qualifier `{owner}` has the flavor `{word}` twice"
            reader.report(rules.REPEATED_FLAVOR, message, reader.span(token))
        seen.setdefault(word.lower(), token)
    for rule, one, other in _AT_ODDS:
        if one in seen and other in seen:
            late = max(seen[one], seen[other])
            words = " and ".join(reader.texts[token] for token in sorted((seen[one], seen[other])))
            reader.report(rule, f"qualifier `{owner}` is both {words}", reader.span(late))


_AT_ODDS: Final = (
    (rules.INCOMPATIBLE_FLAVORS, "enableoverride", "disableoverride"),
    (rules.RESTRICTED_AND_PROPAGATED, "restricted", "tosubclass"),
    (rules.RESTRICTED_AND_PROPAGATED, "restricted", "toinstance"),
)


def _report_unknown_flavor(reader: FileReader, token: int) -> None:
    word, span = reader.texts[token], reader.span(token)
    reader.report_surely(
        rules.UNKNOWN_FLAVOR,
        f"there is no flavor `{word}`",
        span,
        help=f"the flavors are {', '.join(FLAVOR_WORDS)}",
        fix=replace_word(span, nearest(word, FLAVOR_WORDS)),
    )


def read_qualifier_declaration(reader: FileReader, at: int) -> tuple[CimQualifierDeclaration, int]:
    """Read `qualifier Name : ...` in either form.

    DMTF's has a type behind the colon, WMI's has flavors. Both begin with words, so what the
    words are decides; brackets, a default or clauses make it DMTF's whatever the words are.
    """
    kinds, texts = reader.kinds, reader.texts
    first, name = at, at + 1
    at += 3
    words = []
    while kinds[at] in WORD_KINDS:
        words.append(at)
        at += 1
    is_array = kinds[at] == _LBRACKET
    array_size, at = read_array_size(reader, at) if is_array else (None, at)
    default: CimValue | None = None
    if kinds[at] == _EQUAL:
        default, at = read_value(reader, at + 1)
    type_word = texts[words[0]]
    pragmas = reader.unit.pragmas
    if not (is_array or default or kinds[at] == _COMMA or is_type_word(type_word)):
        _check_flavors(reader, words, texts[name])
        flavors = tuple([texts[word] for word in words])
        origin = reader.origin(first, at, name)
        return CimQualifierDeclaration(
            texts[name], flavors=flavors, pragmas=pragmas, origin=origin
        ), at + 1
    _check_declared_type(reader, words)
    (scopes, flavors), at = _read_clauses(reader, at, name)
    return CimQualifierDeclaration(
        texts[name],
        CimType.of_word(type_word),
        type_word,
        is_array,
        array_size,
        default,
        scopes,
        flavors,
        pragmas,
        reader.origin(first, at, name),
    ), at + 1


def _check_declared_type(reader: FileReader, words: list[int]) -> None:
    word, span = reader.texts[words[0]], reader.span(words[0])
    if not is_type_word(word):
        reader.report(
            rules.QUALIFIER_DECLARATION,
            f"`{word}` is no type that a qualifier can have",
            span,
            fix=replace_word(span, nearest(word, [basic.value for basic in CimType])),
        )
    for extra in words[1:]:
        found = reader.texts[extra]
        _report_clause(reader, f"expected `,` after the type, found `{found}`", reader.span(extra))


_Words = tuple[str, ...]


def _read_clauses(reader: FileReader, at: int, name: int) -> tuple[tuple[_Words, _Words], int]:
    """Read `, scope(...), flavor(...)` and report what is wrong there."""
    kinds, texts = reader.kinds, reader.texts
    found: dict[str, _Words] = {}
    while kinds[at] == _COMMA:
        word_token = at + 1
        at += 3
        words = []
        while kinds[at] != _RPAREN:
            if kinds[at] in WORD_KINDS:
                words.append(at)
            at += 1
        at += 1
        word = texts[word_token].lower()
        kind = "flavor" if word == "policy" else word  # MOF 3
        _check_clause(reader, kind, word_token, at, found)
        if kind == "scope":
            _check_scopes(reader, words)
        elif word == "flavor":
            _check_flavors(reader, words, texts[name])
        found.setdefault(kind, tuple([texts[token] for token in words]))
    if "scope" not in found:
        message = f"qualifier `{texts[name]}` has no scope"
        _report_clause(reader, message, reader.span(name))
    return (found.get("scope", ()), found.get("flavor", ())), at


def _check_clause(
    reader: FileReader, kind: str, word: int, end: int, found: dict[str, _Words]
) -> None:
    if kind not in {"scope", "flavor"}:
        message = f"there is no clause `{reader.texts[word]}`"
    elif kind in found:
        message = f"a second `{kind}` clause"
    elif kind == "scope" and "flavor" in found:
        message = "the scope belongs in front of the flavor"
    elif end == word + 3:
        message = f"the {kind} is empty"
    else:
        return
    _report_clause(reader, message, reader.span(word))


def _report_clause(reader: FileReader, message: str, span: Span) -> None:
    form = "qualifier NAME : TYPE = DEFAULT, scope(...), flavor(...);"
    reader.report(rules.QUALIFIER_DECLARATION, message, span, help=form)


def _check_scopes(reader: FileReader, tokens: list[int]) -> None:
    for token in tokens:
        word, span = reader.texts[token], reader.span(token)
        if word.lower() not in SCOPE_WORDS:
            reader.report(
                rules.QUALIFIER_DECLARATION,
                f"there is no scope `{word}`",
                span,
                help=f"the scopes are {', '.join(SCOPE_WORDS[:9])}",
                fix=replace_word(span, nearest(word, SCOPE_WORDS)),
            )
