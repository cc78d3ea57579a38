"""What a schema says that no known file has: it is written by analogy, and reported.

Each function looks at one element and notes what is unusual in it. When a file turns up that shows
one of these, its line goes away and a test comes instead.
"""

from __future__ import annotations

from typing import Final

from mofkit.bmf.enums import CIMTYPE, ID, IN, OUT, SINT32, STORED_FLAVORS
from mofkit.bmf.losses import LossKind, LossNotes
from mofkit.cim import (
    FLAVOR_WORDS,
    CimArray,
    CimBoolean,
    CimClass,
    CimInstance,
    CimInteger,
    CimMethod,
    CimParameter,
    CimProperty,
    CimQualifier,
    CimString,
    CimType,
)

__all__ = ["check_method", "check_object", "check_qualifier", "check_type"]

_LOST_FLAVORS: Final = sum(bit for bit in FLAVOR_WORDS.values() if not bit & STORED_FLAVORS)
"""A plain integer: with flags the test takes as long as the rest of the plan, and there are many
qualifiers."""


def check_object(found: CimClass | CimInstance, notes: LossNotes) -> None:
    """Report an alias on a class, flags out of range, and system properties in unknown order.

    And those of them that are not ASCII; the name of the object is not looked at.
    """
    is_class = isinstance(found, CimClass)
    if is_class and found.alias is not None:
        notes.unverified("an alias on a class", found.origin)
    for flags in found.pragmas[1:]:
        if isinstance(flags, int) and flags not in SINT32:
            notes.refuse(f"flags {flags:#x}, which are no sint32", found.origin)
    superclass = found.superclass if isinstance(found, CimClass) else None
    for name in (superclass, found.alias, found.pragmas.namespace):
        if name is not None and not name.isascii():
            notes.unverified(f"a name that is not ASCII, as `{name}`", found.origin)
    optional = (superclass, found.pragmas.instance_flags, found.alias)
    if sum(part is not None for part in optional) > 1:
        what = "two of superclass, instanceflags and alias, whose order is a guess,"
        notes.unverified(f"{what} on one object", found.origin)


def check_type(found: CimProperty | CimParameter, notes: LossNotes) -> None:
    """Report references to a certain class, and names of types that are not ASCII."""
    if not found.type_word.isascii():
        notes.unverified(f"a name that is not ASCII, as `{found.type_word}`", found.origin)
    if found.type is CimType.REFERENCE and found.type_word.lower() != "object":
        what = f"the type of `{found.name}`; CIMTYPE is `ref:{found.type_word}` by analogy"
        notes.unverified(what, found.origin)


def check_method(found: CimMethod, notes: LossNotes) -> None:
    """Report results that are arrays, and parameters of which only some have an `id`."""
    if found.is_array:
        notes.unverified("a method that returns an array", found.origin)
    n_written = sum(_has(parameter, ID) for parameter in found.parameters)
    if 0 < n_written < len(found.parameters):
        notes.unverified("`id` on some parameters of a method only", found.origin)
    for parameter in found.parameters:
        is_marked = _has(parameter, IN) or _has(parameter, OUT)
        if parameter.array_size is not None and not is_marked:
            what = f"a bound on a parameter without `in` and `out`, as on `{parameter.name}`"
            notes.unverified(what, parameter.origin)


def check_qualifier(found: CimQualifier, notes: LossNotes) -> None:
    """Report flavors that have no bit, and values that no qualifier in a known file has."""
    if int(found.effective) & _LOST_FLAVORS:
        lost = [word for word, bit in FLAVOR_WORDS.items() if found.effective & bit & _LOST_FLAVORS]
        message = f"flavor {', '.join(lost)} of qualifier `{found.name}` leaves no trace"
        notes.add(LossKind.FLAVOR, message, found.origin)
    if found.name.upper() == CIMTYPE:
        notes.unverified("a written CIMTYPE qualifier", found.origin)
    match found.value:
        case None | CimString() | CimInteger() | CimBoolean(value=True):
            return
        case CimArray(values) if all(isinstance(value, CimString | CimInteger) for value in values):
            return
    kind = type(found.value).__name__.removeprefix("Cim").lower()
    notes.unverified(f"a qualifier with such a value ({kind}), as `{found.name}`", found.origin)


def _has(parameter: CimParameter, upper_name: str) -> bool:
    return any(qualifier.name.upper() == upper_name for qualifier in parameter.qualifiers)
