"""Values, qualifiers and instances: they stand in one another."""

from __future__ import annotations

from functools import partial
from typing import Final

from mofkit.cim import (
    DEFAULT_NAMESPACE,
    FLAVOR_WORDS,
    CimAlias,
    CimArray,
    CimBoolean,
    CimCharacter,
    CimFlavor,
    CimInstance,
    CimInstanceProperty,
    CimInteger,
    CimNull,
    CimQualifier,
    CimReal,
    CimString,
    CimUnexpanded,
    CimValue,
    PragmaState,
    flavors_of,
    merge_flavors,
)
from mofkit.decompiler.notes import Notes, is_comment, listed
from mofkit.decompiler.spelling import (
    alias,
    character,
    integer,
    is_name,
    long_string,
    name,
    real,
    string,
)
from mofkit.diagnostics.render.glyphs import visible

__all__ = ["body", "instance_text", "qualifiers_text", "value_text"]

_MACRO_OR_LITERAL: Final = 2  # names: `MAX_SPEED`, `Speed.Slow`


def value_text(value: CimValue, notes: Notes) -> str:
    """Return a value: a literal, an array in braces, `$Alias`, or an embedded instance."""
    match value:
        case CimString(text):
            return long_string(text)
        case CimInteger():
            return integer(value, notes)
        case CimReal():
            return real(value, notes)
        case CimCharacter(text):
            return character(text, notes)
        case CimBoolean(is_true):
            return "TRUE" if is_true else "FALSE"
        case CimNull():
            return "NULL"
        case CimAlias(text):
            return alias(text, notes)
        case CimUnexpanded(text):
            return _unexpanded(text, notes)
        case CimArray(values):
            if any(isinstance(item, CimArray) for item in values):
                notes.refuse("W-MOF-VALUE", "an array in an array")
                return "{}"
            return f"{{{', '.join([_element(item, notes) for item in values])}}}"
        case CimInstance():
            return _embedded(value, notes)


def _element(value: CimValue, notes: Notes) -> str:
    """Return a value in an array, where strings side by side look like a forgotten comma."""
    return string(value.value) if isinstance(value, CimString) else value_text(value, notes)


def _unexpanded(text: str, notes: Notes) -> str:
    words = text.split(".")
    if len(words) <= _MACRO_OR_LITERAL and all(is_name(word) for word in words):
        return text
    notes.refuse("W-MOF-VALUE", f"`{text}` is no value")
    return visible(text, ascii_only=True)


# -------------------------------------------------------------------------------- qualifiers


def qualifiers_text(qualifiers: tuple[CimQualifier, ...], notes: Notes) -> str:
    """Return a list in brackets with a space behind it; nothing for no qualifiers."""
    parts = [notes.say(found.name, partial(_qualifier, found, notes)) for found in qualifiers]
    if not parts:
        return ""
    text = listed(parts)
    return f"{text} " if all(map(is_comment, parts)) else f"[{text}] "


def _qualifier(found: CimQualifier, notes: Notes) -> str:
    text = name(found.name, notes)
    if isinstance(found.value, CimArray):
        text += value_text(found.value, notes)
    elif found.value is not None:
        text += f"({value_text(found.value, notes)})"
    return text + _flavors(found, notes)


def _flavors(found: CimQualifier, notes: Notes) -> str:
    """Return the words that bring about the flavors: the written ones, where they do."""
    declared = notes.flavors.get(found.name.lower(), CimFlavor.NONE)
    words = found.flavors
    if _effective(declared, words) != found.effective:
        words = tuple([word for word, bit in FLAVOR_WORDS.items() if found.effective & bit])
    if not words and declared == found.effective:
        return ""
    text = f" : {' '.join([name(word, notes) for word in words])}"
    if _effective(declared, words) != found.effective:
        message = f"no words bring about the flavor {found.effective:#x} of `{found.name}`"
        text = f"{text if words else ''} {notes.remark('W-MOF-FLAVOR', message)}"
    return text


def _effective(declared: CimFlavor, words: tuple[str, ...]) -> CimFlavor:
    return merge_flavors(declared, flavors_of(words)) if words else declared


# --------------------------------------------------------------------------------- instances


def instance_text(found: CimInstance, notes: Notes) -> str:
    """Return an instance, without a semicolon behind it."""
    qualifiers = qualifiers_text(found.qualifiers, notes)
    word = "value" if found.is_structure else "instance"
    head = f"{qualifiers}{word} of {name(found.class_name, notes)}"
    if found.alias is not None:
        head += f" as {alias(found.alias, notes)}"
    assignments = [
        notes.say(each.name, partial(_assignment, each, notes)) for each in found.properties
    ]
    return f"{head} {body(assignments)}"


def body(members: list[str]) -> str:
    r"""Return members in braces, each on a line of its own.

    >>> body(["uint8 Speed;"]), body([])
    ('{\nuint8 Speed;\n}', '{}')
    """
    return "\n".join(["{", *members, "}"]) if members else "{}"


def _assignment(found: CimInstanceProperty, notes: Notes) -> str:
    text = f"{qualifiers_text(found.qualifiers, notes)}{name(found.name, notes)}"
    if found.value is not None:
        text += f" = {value_text(found.value, notes)}"
    return f"{text};"


def _embedded(found: CimInstance, notes: Notes) -> str:
    remark = ""
    if _in_force(found.pragmas) != _in_force(notes.pragmas):
        namespace, *flags = _in_force(found.pragmas)
        message = f"the namespace and flags of an embedded instance are {namespace}, {flags}"
        remark = f" {notes.remark('W-MOF-PRAGMA', message)}"
    return notes.descend("instances", partial(instance_text, found, notes)) + remark


def _in_force(pragmas: PragmaState) -> PragmaState:
    namespace = DEFAULT_NAMESPACE if pragmas.namespace is None else pragmas.namespace
    return pragmas._replace(namespace=namespace)
