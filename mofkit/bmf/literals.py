"""From the values of a schema to those that records can hold, with their types.

Literals are stored as written and not as the declared type: integers are sint32 for any property.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from mofkit.binary.utf16 import n_units
from mofkit.bmf.enums import ARRAY, MAX_ARRAY_ITEMS, SINT32, BmfType
from mofkit.bmf.losses import LossKind, LossNotes
from mofkit.bmf.records import ObjectRecord, RecordValue
from mofkit.cim import (
    CimAlias,
    CimArray,
    CimBoolean,
    CimCharacter,
    CimInstance,
    CimInteger,
    CimNull,
    CimReal,
    CimString,
    CimUnexpanded,
    CimValue,
)

__all__ = ["Planned", "plan_value"]

Planned: TypeAlias = tuple[int, RecordValue | None]
"""A type, and the value; NULL has none."""

_Literal: TypeAlias = CimString | CimInteger | CimReal | CimCharacter | CimBoolean | CimAlias

_NOTHING: Final[Planned] = (BmfType.STRING, None)

_UINT32: Final = range(2**32)
_INT64: Final = range(-(2**63), 2**64)


def plan_value(
    value: CimValue, notes: LossNotes, plan_instance: Callable[[CimInstance], ObjectRecord]
) -> Planned:
    """Return how a value is stored."""
    match value:
        case CimString(text):
            if "\0" in text:
                notes.refuse("a string with a zero inside ends there", value.origin)
            if not text.isascii():
                notes.unverified("text that is not ASCII", value.origin)
            return BmfType.STRING, value
        case CimInteger():
            return _integer(value, notes)
        case CimBoolean():
            return BmfType.BOOLEAN, value
        case CimReal():
            return BmfType.REAL64, value
        case CimCharacter(text):
            if n_units(text) != 1:
                notes.refuse(f"{text!r} is no UTF-16 unit", value.origin)
            return BmfType.SINT16, value
        case CimAlias(name):
            if "\0" in name:
                notes.refuse("an alias with a zero inside", value.origin)
            return BmfType.ALIAS, value
        case CimNull():
            return _NOTHING
        case CimInstance():
            return BmfType.OBJECT, plan_instance(value)
        case CimArray():
            return _array(value, notes, plan_instance)
        case CimUnexpanded(text):
            words = _bare_words(text)
            have = "has" if len(words) == 1 else "have"
            notes.refuse(f"`{'`, `'.join(words)}` {have} no value", value.origin, tuple(words))
            return _NOTHING


def _integer(value: CimInteger, notes: LossNotes) -> Planned:
    number = value.value
    if number in SINT32:
        return BmfType.SINT32, value
    if number in _UINT32:
        wrapped = number - 2**32
        notes.add(LossKind.NUMBER, f"{number} is stored as sint32 {wrapped}", value.origin)
        return BmfType.SINT32, CimInteger(wrapped)
    if number not in _INT64:
        notes.refuse("an integer of more than 64 bits", value.origin)
        return _NOTHING
    notes.add(LossKind.NUMBER, f"{number} is stored as a string", value.origin)
    return BmfType.STRING, _as_text(value)


def _array(
    array: CimArray, notes: LossNotes, plan_instance: Callable[[CimInstance], ObjectRecord]
) -> Planned:
    if not array.values:
        notes.unverified("an empty array", array.origin)
        return BmfType.STRING | ARRAY, array
    if any(isinstance(value, CimArray) for value in array.values):
        notes.refuse("an array of arrays", array.origin)
        return _NOTHING
    _count_items(array, notes)
    integers = [value for value in array.values if isinstance(value, CimInteger)]
    if len(integers) == len(array.values) and (large := _first_beyond_32_bits(integers)):
        return _integers_as_text(integers, large, notes)
    known = len(notes.losses)
    planned = [plan_value(value, notes, plan_instance) for value in array.values]
    if any(loss.kind is LossKind.UNWRITABLE for loss in notes.losses[known:]):
        return _NOTHING
    codes = {code for code, _ in planned}
    code = planned[0][0]
    objects = [found for _, found in planned if isinstance(found, ObjectRecord)]
    if code == BmfType.OBJECT and len(objects) == len(planned):
        return BmfType.OBJECT | ARRAY, tuple(objects)
    literals = [found for _, found in planned if isinstance(found, _Literal)]
    is_mixed = len(codes) > 1 or 0 < len(integers) < len(planned)
    if is_mixed or len(literals) < len(planned):
        notes.refuse(_why_mixed(array), array.origin)
        return _NOTHING
    if code == BmfType.ALIAS:
        notes.unverified("an array of aliases", array.origin)
    return code | ARRAY, CimArray(tuple(literals))


def _why_mixed(array: CimArray) -> str:
    kinds = {type(value) for value in array.values}
    if CimNull in kinds:
        return "an array with NULL in it"
    if kinds == {CimInteger, CimReal}:
        return "an array of integers and reals: write `0.0` for `0`"
    return "an array of values of several kinds"


def _count_items(array: CimArray, notes: LossNotes) -> None:
    """Refuse the array that has the first item too many, as the reader does."""
    if isinstance(array.values[0], CimInstance):
        return
    before = notes.n_array_items
    notes.n_array_items += len(array.values)
    if before <= MAX_ARRAY_ITEMS < notes.n_array_items:
        reason = f"more than {MAX_ARRAY_ITEMS:,} items in arrays, which mofkit does not read"
        notes.refuse(reason, array.origin)


def _first_beyond_32_bits(integers: list[CimInteger]) -> CimInteger | None:
    """Return the first that is stored as text, if all of them can be stored."""
    if any(value.value not in _INT64 for value in integers):
        return None
    beyond = (n for n in integers if n.value not in SINT32 and n.value not in _UINT32)
    return next(beyond, None)


def _integers_as_text(
    integers: list[CimInteger], large: CimInteger, notes: LossNotes
) -> tuple[int, CimArray]:
    """Return an array of strings: an array has one type, and `large` is text."""
    items = (
        f"all {len(integers)} items are stored as strings"
        if len(integers) > 1
        else ("the item is stored as a string")
    )
    message = f"{items}, since {large.value} does not fit 32 bits"
    notes.add(LossKind.NUMBER, message, large.origin)
    return BmfType.STRING | ARRAY, CimArray(tuple([_as_text(value) for value in integers]))


def _as_text(value: CimInteger) -> CimString:
    return CimString(str(value.value))


def _bare_words(text: str) -> list[str]:
    """Return the words of a value that are not in its strings, each once."""
    words = re.findall(r"[^\W\d]\w*", _STRING_OR_COMMENT.sub(" ", text))
    return list(dict.fromkeys(words)) or [text]


_STRING_OR_COMMENT: Final = re.compile(r'"(?:[^"\\]|\\[\s\S])*+"|//[^\r\n]*|/\*[\s\S]*?\*/')
