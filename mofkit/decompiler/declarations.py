"""Classes with their members, and the enumerations of MOF 3."""

from __future__ import annotations

from functools import partial
from typing import Final

from mofkit.cim import (
    CimClass,
    CimEnumeration,
    CimEnumerator,
    CimFeature,
    CimMethod,
    CimParameter,
    CimProperty,
    CimType,
    ClassForm,
)
from mofkit.decompiler.notes import Notes, listed
from mofkit.decompiler.spelling import alias, is_name, name
from mofkit.decompiler.values import body, qualifiers_text, value_text
from mofkit.syntax.lexer import KIND, kind_of

__all__ = ["class_text", "enumeration_text", "type_text"]

_CLASS: Final = KIND["CLASS"]


def class_text(found: CimClass, notes: Notes) -> str:
    """Return a class, without a semicolon behind it."""
    head = f"{qualifiers_text(found.qualifiers, notes)}{found.form} {name(found.name, notes)}"
    if found.alias is not None:
        head += f" as {alias(found.alias, notes)}"
    if found.superclass is not None:
        head += f" : {name(found.superclass, notes)}"
    members = [notes.say(each.name, partial(_feature, each, notes)) for each in found.features]
    return f"{head} {body(members)}"


def _feature(found: CimFeature, notes: Notes) -> str:
    match found:
        case CimProperty():
            return f"{_member(found, notes)};"
        case CimMethod():
            return _method(found, notes)
        case CimClass():
            if found.form is not ClassForm.STRUCTURE or found.alias is not None:
                notes.refuse("W-MOF-TYPE", "a class in a class that is no plain structure")
            return f"{notes.descend('structures', partial(class_text, found, notes))};"
        case CimEnumeration():
            if not found.literals:
                notes.refuse("W-MOF-TYPE", "an enumeration in a class without literals")
            return f"{enumeration_text(found, notes)};"


def _member(found: CimProperty | CimParameter, notes: Notes) -> str:
    """Return a property or a parameter; a value without a literal is left out by itself."""
    qualifiers = qualifiers_text(found.qualifiers, notes)
    declared = type_text(found.type, found.type_word, notes)
    text = f"{qualifiers}{declared} {name(found.name, notes)}{_bound(found, notes)}"
    if found.default is not None:
        default = found.default
        text += f" {notes.say('', lambda: f'= {value_text(default, notes)}')}"
    return text


def _method(found: CimMethod, notes: Notes) -> str:
    qualifiers = qualifiers_text(found.qualifiers, notes)
    result = type_text(found.type, found.type_word, notes)
    if found.is_array:
        if found.type is CimType.REFERENCE:
            notes.refuse("W-MOF-TYPE", "a result that is an array of references")
        result += "[]"
    parameters = listed([_member(parameter, notes) for parameter in found.parameters])
    return f"{qualifiers}{result} {name(found.name, notes)}({parameters});"


def type_text(cim_type: CimType, word: str, notes: Notes) -> str:
    """Return what declares a type; refuse a word that means another one.

    >>> type_text(CimType.UINT8, "UInt8", Notes()), type_text(CimType.REFERENCE, "Fan", Notes())
    ('UInt8', 'Fan ref')
    """
    text = name(word, notes)
    is_reference = cim_type is CimType.REFERENCE
    means_another = not is_reference and CimType.of_word(word) is not cim_type
    if is_name(word) and (means_another or kind_of(word) == _CLASS):
        notes.refuse("W-MOF-TYPE", f"`{word}` cannot declare the type {cim_type.value}")
    return f"{text} ref" if is_reference else text


def _bound(found: CimProperty | CimParameter, notes: Notes) -> str:
    size = found.array_size
    if isinstance(size, int) and (size <= 0 or not found.is_array):
        notes.refuse("W-MOF-TYPE", f"`{size}` is no bound of `{found.name}`")
    if not found.is_array:
        return ""
    return f"[{name(size, notes)}]" if isinstance(size, str) else f"[{size or ''}]"


def enumeration_text(found: CimEnumeration, notes: Notes) -> str:
    """Return an enumeration, without a semicolon behind it."""
    base = "" if found.base is None else f" : {name(found.base, notes)}"
    literals = listed([_enumerator(literal, notes) for literal in found.literals])
    head = f"{qualifiers_text(found.qualifiers, notes)}enumeration {name(found.name, notes)}"
    return f"{head}{base} {{{literals}}}"


def _enumerator(found: CimEnumerator, notes: Notes) -> str:
    value = "" if found.value is None else f" = {value_text(found.value, notes)}"
    return f"{name(found.name, notes)}{value}"
