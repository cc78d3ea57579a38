"""Reading instances, declared or embedded."""

from __future__ import annotations

from typing import Final

from mofkit.cim import CimInstance, CimInstanceProperty, CimQualifier, CimValue
from mofkit.compiler import rules
from mofkit.compiler.qualifiers import read_qualifiers
from mofkit.compiler.reader import WORD_KINDS, FileReader
from mofkit.compiler.values import read_value
from mofkit.syntax.lexer import KIND

__all__ = ["read_instance"]

_AS: Final = KIND["AS"]
_EQUAL: Final = KIND["EQUAL"]
_LBRACKET: Final = KIND["LBRACKET"]
_RBRACE: Final = KIND["RBRACE"]


def read_instance(
    reader: FileReader, at: int, qualifiers: tuple[CimQualifier, ...], first: int
) -> tuple[CimInstance, int]:
    """Read `instance of Class as $Alias { ... }` behind the qualifiers.

    `first` is where these began. MOF 3 has `value` for `instance`.
    """
    kinds, texts = reader.kinds, reader.texts
    word, name = at, at + 2
    at += 3
    alias: str | None = None
    if kinds[at] == _AS:
        alias = reader.note_alias(at + 1)
        if reader.depth:
            _report_alias(reader, at + 1)
        at += 2
    properties, at = _read_properties(reader, at + 1)
    return CimInstance(
        texts[name],
        properties,
        qualifiers,
        alias,
        texts[word].lower() == "value",
        reader.unit.pragmas,
        reader.origin(first, at, name),
    ), at


def _report_alias(reader: FileReader, token: int) -> None:
    reader.report(
        rules.ALIAS_IN_EMBEDDED,
        f"alias `{reader.texts[token]}` on an embedded instance",
        reader.span(token),
        help="declare the instance by itself, and use its alias as the value",
    )


def _read_properties(reader: FileReader, at: int) -> tuple[tuple[CimInstanceProperty, ...], int]:
    kinds, texts = reader.kinds, reader.texts
    properties: list[CimInstanceProperty] = []
    while kinds[at] != _RBRACE:
        if kinds[at] not in WORD_KINDS and kinds[at] != _LBRACKET:  # a `;` or an error
            at += 1
            continue
        first = at
        qualifiers: tuple[CimQualifier, ...] = ()
        if kinds[at] == _LBRACKET:
            qualifiers, at = read_qualifiers(reader, at)
        name = at
        value: CimValue | None = None
        at += 1
        if kinds[at] == _EQUAL:
            value, at = read_value(reader, at + 1)
        origin = reader.origin(first, at, name)
        properties.append(CimInstanceProperty(texts[name], value, qualifiers, origin))
    return tuple(properties), at + 1
