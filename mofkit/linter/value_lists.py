"""What rules know about ValueMap, Values, BitMap and BitValues.

`Values` has a name for each entry of `ValueMap`. An entry is a value, or for integers a range:
`"8..15"`, `"0x8000.."`, or `".."` for all that no other entry says (DSP0004 §5.6.3, ValueMap).
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from mofkit.cim import (
    CimArray,
    CimClass,
    CimInteger,
    CimMethod,
    CimParameter,
    CimProperty,
    CimQualifier,
    CimString,
    CimType,
    CimValue,
)
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.source import Span

__all__ = [
    "LISTS",
    "OTHERS",
    "PAIRS",
    "AllowedValues",
    "ValueListRule",
    "Valued",
    "entry_span",
    "n_entries",
    "range_of",
    "strings_in",
    "texts_in",
]

PAIRS: Final = (("ValueMap", "Values"), ("BitMap", "BitValues"))
"""Each list of values, and the list of their names."""

LISTS: Final = frozenset(name.lower() for pair in PAIRS for name in pair)
"""The names of all of them, in lower case."""

OTHERS: Final = ".."
"""The entry for all values that no other entry has."""

Valued = CimProperty | CimMethod | CimParameter
"""What can have such lists; of a method they are about the result."""

_NUMBER: Final = r"[+-]?(?:0[xX][0-9A-Fa-f]+|[0-9]+)"
_RANGE: Final = re.compile(rf"\s*({_NUMBER})?\s*(\.\.)?\s*({_NUMBER})?\s*", re.ASCII)
_FAR: Final = 1 << 65
"""Beyond every integer of CIM, on both sides."""


class ValueListRule(LintRule, ABC):
    """A rule about the lists of properties, methods and parameters alike."""

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        """Look at a property."""
        return self.check_values(cim_class, cim_property)

    def check_method(self, cim_class: CimClass, method: CimMethod) -> Findings:
        """Look at the result of a method."""
        return self.check_values(cim_class, method)

    def check_parameter(
        self,
        cim_class: CimClass,
        method: CimMethod,  # noqa: ARG002  # what it belongs to makes no difference
        parameter: CimParameter,
    ) -> Findings:
        """Look at a parameter."""
        return self.check_values(cim_class, parameter)

    @abstractmethod
    def check_values(self, cim_class: CimClass, member: Valued) -> Findings:
        """Look at one of these members of a class."""


def n_entries(qualifier: CimQualifier) -> int:
    """Return the length of a list, whatever its entries are."""
    return len(_values(qualifier))


def strings_in(qualifier: CimQualifier) -> list[CimString]:
    """Return the strings of a list."""
    return [value for value in _values(qualifier) if isinstance(value, CimString)]


def texts_in(qualifier: CimQualifier) -> list[str]:
    """Return the entries of a list as texts; what is neither string nor integer is left out."""
    return [str(value.value) for value in _entries(qualifier)]


def entry_span(qualifier: CimQualifier, at: int) -> Span | None:
    """Return the place of one of `texts_in`."""
    origin = _entries(qualifier)[at].origin
    return None if origin is None else origin.span


def _entries(qualifier: CimQualifier) -> list[CimString | CimInteger]:
    values = _values(qualifier)
    return [value for value in values if isinstance(value, CimString | CimInteger)]


def _values(qualifier: CimQualifier) -> Sequence[object]:
    value = qualifier.value
    return value.values if isinstance(value, CimArray) else (value,)


@lru_cache(maxsize=4096)  # a few hundred entries are in all schemas
def range_of(entry: str, cim_type: CimType) -> range | None:
    """Return the integers of a type that an entry of its ValueMap means; None where it means none.

    >>> range_of("8..15", CimType.UINT8), range_of("0x80..", CimType.UINT8)
    (range(8, 16), range(128, 256))
    >>> range_of("300", CimType.UINT8), range_of("many", CimType.UINT8)
    (None, None)
    """
    found, bounds = _RANGE.fullmatch(entry), cim_type.integer_range
    if found is None or bounds is None or not (found[1] or found[2]):
        return None
    if found[3] and not found[2]:
        return None
    first = _integer(found[1]) if found[1] else bounds.start
    last = _integer(found[3]) if found[3] else (bounds.stop - 1 if found[2] else first)
    fits = bounds.start <= first <= last < bounds.stop
    return range(first, last + 1) if fits else None


def _integer(text: str) -> int:
    if len(text) > 24:  # no integer of CIM is as long
        return _FAR
    return int(text, 16) if "x" in text.lower() else int(text)


class AllowedValues:
    """What a ValueMap allows a property of a type.

    >>> allowed = AllowedValues(["0", "8.."], CimType.UINT8)
    >>> allowed.has(CimInteger(9)), allowed.has(CimInteger(1))
    (True, False)
    """

    def __init__(self, entries: Sequence[str], cim_type: CimType) -> None:
        self._type = cim_type
        self._texts = {entry.lower() for entry in entries}
        found = [range_of(entry, cim_type) for entry in entries] if cim_type.is_integer else []
        ranges = [one for one in found if one is not None]
        self._is_open = OTHERS in self._texts or len(ranges) < len(found)
        self._ranges = _merged(ranges)

    def has(self, value: CimValue) -> bool:
        """Say whether a value is allowed; one of another kind than the type's always is."""
        if self._is_open:
            return True
        if isinstance(value, CimInteger) and self._type.is_integer:
            at = bisect_right(self._ranges, value.value, key=lambda one: one.start)
            return at > 0 and value.value in self._ranges[at - 1]
        if isinstance(value, CimString) and self._type is CimType.STRING:
            return value.value.lower() in self._texts
        return True


def _merged(ranges: Sequence[range]) -> list[range]:
    """Return the same integers in ranges that do not overlap, in order."""
    merged: list[range] = []
    for one in sorted(ranges, key=lambda found: found.start):
        if merged and one.start <= merged[-1].stop:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, one.stop))
        else:
            merged.append(one)
    return merged
