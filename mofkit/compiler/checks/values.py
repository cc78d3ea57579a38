"""Values against the types they are for: kinds, ranges, arrays, datetimes.

DSP0004 §5.2 has the types and their ranges. mofcomp converts a little (a real for an integer
property is rounded, an integer can be a char16: Microsoft's "Data types" pages), and binary MOF
keeps each literal as written, so a literal that only needs converting is a warning. Integers of 64
bits may be strings: Automation has no such type ("Numbers (WMI)").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Unpack

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
    CimType,
    CimUnexpanded,
    CimValue,
)
from mofkit.cim.record import record, replace
from mofkit.compiler import rules
from mofkit.compiler.findings import Details
from mofkit.compiler.literals import number, utf16_length
from mofkit.compiler.scope import Scope, origin_of
from mofkit.compiler.types import is_type_word
from mofkit.diagnostics import Rule, Severity

__all__ = ["Target", "check_untyped", "check_value"]

_LONGEST: Final = range(-(1 << 63), 1 << 64)
"""What some integer type holds."""


@record
class Target:
    """What a value is for.

    Attributes:
        what: how a message calls it: "property `Speed`".
        is_embedded: whether a string stands for an instance (EmbeddedInstance, EmbeddedObject).
        array_size: how many elements there can be, as it was written; None without a bound.
        is_of_instance: whether an instance sets it; else it is a default, or a qualifier's value.
    """

    scope: Scope
    what: str
    type: CimType
    type_word: str
    is_array: bool
    is_embedded: bool = False
    array_size: int | str | None = None
    is_of_instance: bool = False

    def report(self, rule: Rule, message: str, value: CimValue, **details: Unpack[Details]) -> None:
        """Record a finding about a value."""
        origin = origin_of(value.origin)
        self.scope.report(rule, message, origin, origin.span, **details)


def check_value(target: Target, value: CimValue) -> None:
    """Report what a value of a declared type cannot be."""
    if isinstance(value, CimArray):
        if not target.is_array:
            target.report(
                rules.ARRAY_FOR_SCALAR,
                f"{target.what} is no array, but its value is one",
                value,
            )
        _check_length(target, value)
        for element in value.values:
            _check_null(target, element)
            _check_scalar(target, element)
        return
    if target.is_array and not isinstance(value, CimNull | CimUnexpanded):
        target.report(
            rules.SCALAR_FOR_ARRAY,
            f"{target.what} is an array, but its value is a single {kind_name(value)}",
            value,
            help="write the value between braces",
        )
    _check_scalar(target, value)


def check_untyped(target: Target, value: CimValue) -> None:
    """Report what no type can make right: elements of several kinds, an integer too large."""
    values: Sequence[CimValue] = (value,)
    if isinstance(value, CimArray):
        values = value.values
        kinds: dict[str, CimValue] = {}
        for element in values:
            _check_null(target, element)
            if not isinstance(element, CimNull | CimUnexpanded):
                kinds.setdefault(_KIN.get(kind_name(element), kind_name(element)), element)
        if len(kinds) > 1:
            (first, _), (other, culprit) = list(kinds.items())[:2]
            message = f"{target.what} has elements of several kinds, {first} and {other}"
            target.report(rules.MIXED_ARRAY, message, culprit)
    for element in values:
        if isinstance(element, CimInteger) and element.value not in _LONGEST:
            message = f"{element.spelling} is out of range for every integer type"
            target.report(rules.OUT_OF_RANGE, message, element)


def kind_name(value: CimValue) -> str:
    """Return what a message calls a kind of literal."""
    return _KIND_NAMES[type(value)]


_KIND_NAMES: Final[dict[type, str]] = {
    CimString: "string",
    CimInteger: "integer",
    CimReal: "real",
    CimCharacter: "character",
    CimBoolean: "boolean",
    CimNull: "NULL",
    CimAlias: "alias",
    CimUnexpanded: "name",
    CimArray: "array",
    CimInstance: "instance",
}
_KIN: Final = {"real": "number", "integer": "number", "alias": "instance"}
"""Kinds that one array can have together."""


def _check_length(target: Target, array: CimArray) -> None:
    bound = target.array_size
    if isinstance(bound, int) and 0 < bound < len(array.values):
        held = "one element" if bound == 1 else f"{bound} elements"
        message = f"{target.what} is for {held} at most, but its value has {len(array.values)}"
        target.report(rules.BEYOND_ARRAY_SIZE, message, array)


def _check_null(target: Target, element: CimValue) -> None:
    if isinstance(element, CimNull):
        target.report(rules.NULL_IN_ARRAY, f"{target.what} has NULL among its elements", element)


def _check_scalar(target: Target, value: CimValue) -> None:
    match value:
        case CimNull() | CimUnexpanded() | CimArray():
            return
        case CimAlias():
            _check_alias(target, value)
        case CimInteger():
            _check_integer(target, value)
        case CimReal():
            _check_real(target, value)
        case CimString():
            _check_string(target, value)
        case CimCharacter():
            if target.type is not CimType.CHAR16:
                _mismatch(target, value)
        case CimBoolean():
            if target.type is not CimType.BOOLEAN:
                _mismatch(target, value)
        case CimInstance():
            if target.type is not CimType.OBJECT and not target.is_embedded:
                _mismatch(target, value)


def _mismatch(target: Target, value: CimValue, severity: Severity | None = None) -> None:
    if _is_unknown_type(target):
        return
    kind = kind_name(value)
    article = "an" if kind[0] in "aeiou" else "a"
    message = f"{target.what} is {_type_name(target)}, but its value is {article} {kind}"
    if severity is None:
        severity = Severity.WARNING if _may_be_converted(target, value) else Severity.ERROR
    target.report(rules.TYPE_MISMATCH, message, value, severity=severity)


def _may_be_converted(target: Target, value: CimValue) -> bool:
    """Say whether WMI might store a literal of the wrong kind.

    mofcomp keeps the literals of instances as they are and leaves the rest to the repository;
    Microsoft's own pages set a string to 23.
    """
    if isinstance(value, CimString):
        return _reads_as(target.type, value.value)
    is_plain = isinstance(value, CimInteger | CimReal | CimBoolean | CimCharacter)
    return is_plain and target.is_of_instance and target.type not in _NOT_PLAIN


_NOT_PLAIN: Final = {CimType.REFERENCE, CimType.OBJECT, CimType.DATETIME}


def _reads_as(cim_type: CimType, text: str) -> bool:
    """Say whether a string holds what would be right without its quotes."""
    if cim_type is CimType.BOOLEAN:
        return text.lower() in {"true", "false"}
    if cim_type is CimType.CHAR16:
        return utf16_length(text) == 1
    return (cim_type.is_integer or cim_type.is_real) and number(text) is not None


def _is_unknown_type(target: Target) -> bool:
    """Say whether the type word may be anything: a macro, or an enumeration of MOF 3.

    A reference to a basic type has been reported as such.
    """
    word = target.type_word.lower()
    if word == "object":
        return False
    if target.type is CimType.REFERENCE:
        return is_type_word(word)
    return target.type is CimType.OBJECT and word not in target.scope.class_names


def _type_name(target: Target) -> str:
    if target.type is CimType.REFERENCE:
        return "a reference"
    if target.type is CimType.OBJECT:
        return "an embedded object"
    return str(target.type.value)


def _check_alias(target: Target, value: CimAlias) -> None:
    if target.type in {CimType.REFERENCE, CimType.OBJECT} or target.is_embedded:
        return
    message = f"{target.what} is {_type_name(target)}, but its value is the alias `${value.name}`"
    target.report(rules.UNEXPECTED_ALIAS, message, value)


def _check_integer(target: Target, value: CimInteger) -> None:
    allowed = target.type.integer_range
    if allowed is None:
        if not target.type.is_real:
            _mismatch(target, value)
    elif value.value not in allowed:
        target.report(
            rules.OUT_OF_RANGE,
            f"{value.spelling} is out of range for {target.what}, which is {target.type.value}"
            f" ({allowed[0]}..{allowed[-1]})",
            value,
        )


def _check_real(target: Target, value: CimReal) -> None:
    if target.type.is_integer:
        target.report(
            rules.REAL_FOR_INTEGER,
            f"{target.what} is {target.type.value}, so {value.spelling} gets rounded",
            value,
        )
    elif not target.type.is_real:
        _mismatch(target, value)
    elif abs(value.value) > _LARGEST[target.type]:
        message = f"{value.spelling} is out of range for {target.what}, which is "
        target.report(rules.OUT_OF_RANGE, message + target.type.value, value)


_LARGEST: Final = {CimType.REAL32: 3.4028234663852886e38, CimType.REAL64: 1.7976931348623157e308}
"""IEEE 754."""


def _check_string(target: Target, value: CimString) -> None:
    if target.type is CimType.STRING or target.type is CimType.REFERENCE:
        return
    if target.type is CimType.DATETIME:
        problem = datetime_problem(value.value)
        if problem is not None:
            target.report(rules.DATETIME, f"{target.what}: {problem}", value)
        return
    spelled = number(value.value) if target.type in _IN_STRINGS else None
    if not isinstance(spelled, CimInteger):
        _mismatch(target, value)
    elif spelled.value in (target.type.integer_range or ()):
        _mismatch(target, value, Severity.INFO)
    else:
        _check_integer(target, replace(spelled, origin=value.origin))


_IN_STRINGS: Final = (CimType.SINT64, CimType.UINT64)
"""WMI SDK, "Numbers (WMI)": "You must encode 64-bit integers as strings"."""


_DATETIME: Final = re.compile(
    r"(?P<date>[0-9*]{8})(?P<hour>[0-9*]{2})(?P<minute>[0-9*]{2})(?P<second>[0-9*]{2})"
    r"\.(?P<micros>[0-9*]{6})(?P<sign>[-+:])(?P<offset>[0-9*]{3})"
)
_BOUNDS: Final = {"hour": 23, "minute": 59, "second": 59}


def datetime_problem(text: str) -> str | None:
    """Return what is wrong with a datetime, None where nothing is.

    DSP0004 §5.2.4: `yyyymmddhhmmss.mmmmmmsutc`, or `ddddddddhhmmss.mmmmmm:000` for an interval;
    asterisks stand for fields that are not known.

    >>> datetime_problem("20261120******.******+000") is None
    True
    >>> datetime_problem("20261320120000.000000+000")
    'there is no month 13'
    """
    if len(text) != 25:
        return f"a datetime has 25 characters, this one has {len(text)}"
    found = _DATETIME.fullmatch(text)
    if found is None:
        return f"`{text}` has not the form yyyymmddhhmmss.mmmmmmsutc or ddddddddhhmmss.mmmmmm:000"
    for name, bound in _BOUNDS.items():
        digits = found[name]
        if digits.isdigit() and int(digits) > bound:
            return f"there is no {name} {digits}"
    if found["sign"] == ":":
        return None if found["offset"] == "000" else "an interval ends in :000"
    month, day = found["date"][4:6], found["date"][6:8]
    if month.isdigit() and not 1 <= int(month) <= 12:
        return f"there is no month {month}"
    if day.isdigit() and not 1 <= int(day) <= 31:
        return f"there is no day {day}"
    return None
