"""CIM types, and values as they are written in MOF."""

from __future__ import annotations

from hypothesis import strategies as st

from mofkit.cim import (
    CimArray,
    CimBoolean,
    CimCharacter,
    CimInteger,
    CimNull,
    CimReal,
    CimString,
    CimType,
    CimValue,
)
from mofkit.testing.strategies.names import texts

__all__ = ["INTRINSIC", "arrays_of", "cim_types", "datetimes", "literals", "values_of"]

INTRINSIC = tuple(
    kind for kind in CimType if kind not in {CimType.OBJECT, CimType.REFERENCE, CimType.VOID}
)
"""The types of DSP0004 §5.2: those that need no class."""


def cim_types() -> st.SearchStrategy[CimType]:
    """Return any type, void, object and reference included."""
    return st.sampled_from(CimType)


def values_of(kind: CimType, *, is_array: bool = False) -> st.SearchStrategy[CimValue]:
    """Return values that a property of an intrinsic type can have, each as its own literal.

    Arrays have one to four elements. Not generated: NULL, aliases, instances, and literals that
    need converting, such as an integer for a real.

    Raises:
        KeyError: objects, references and void have no literals of their own.

    >>> from hypothesis import find
    >>> find(values_of(CimType.UINT8), lambda value: value.value > 9)
    CimInteger(value=10)
    """
    return (_ARRAYS if is_array else _SCALARS)[kind]


def literals() -> st.SearchStrategy[CimValue]:
    """Return any scalar literal: what a qualifier that nobody declared may have."""
    return _literals


def arrays_of(items: st.SearchStrategy[CimValue]) -> st.SearchStrategy[CimValue]:
    """Return arrays with one to four of `items`."""
    return st.lists(items, min_size=1, max_size=4).map(lambda found: CimArray(tuple(found)))


def datetimes() -> st.SearchStrategy[str]:
    """Return the text of points in time and of intervals, some with asterisks (DSP0004 §5.2.4)."""
    return _datetimes


def _datetime(date: int, clock: int, micros: int, zone: str) -> str:
    hour, minute, second = clock // 3600, clock // 60 % 60, clock % 60
    if zone == ":000":
        day = f"{date:08}"
    else:
        day = f"{1601 + date // 372 % 800:04}{1 + date // 31 % 12:02}{1 + date % 31:02}"
    return f"{day}{hour:02}{minute:02}{second:02}.{micros:06}{zone}"


_datetimes = st.sampled_from(
    ["20261120******.******+000", "********120000.000000:000"]
) | st.builds(
    _datetime,
    st.integers(0, 99_999_999),
    st.integers(0, 86_399),
    st.integers(0, 999_999),
    st.sampled_from(["+000", "-060", "+720", ":000"]),
)


def _integers(kind: CimType) -> st.SearchStrategy[CimValue]:
    allowed = kind.integer_range
    assert allowed is not None
    ends = st.sampled_from([0, 1, allowed[0], allowed[-1]])
    return (st.integers(allowed[0], allowed[-1]) | ends).map(CimInteger)


_characters = st.characters(max_codepoint=0xFFFF, exclude_categories=()).map(CimCharacter)
_booleans: st.SearchStrategy[CimValue] = st.sampled_from(
    [CimBoolean(value=False), CimBoolean(value=True)]
)
_strings = texts().map(CimString)


def _reals(width: int) -> st.SearchStrategy[CimValue]:
    floats = st.floats(width=64 if width == 64 else 32, allow_nan=False, allow_infinity=False)
    return floats.map(CimReal)


_SCALARS: dict[CimType, st.SearchStrategy[CimValue]] = {
    CimType.BOOLEAN: _booleans,
    CimType.STRING: _strings,
    CimType.DATETIME: _datetimes.map(CimString),
    CimType.CHAR16: _characters,
    CimType.REAL32: _reals(32),
    CimType.REAL64: _reals(64),
    **{kind: _integers(kind) for kind in CimType if kind.is_integer},
}
_ARRAYS = {kind: arrays_of(items) for kind, items in _SCALARS.items()}
_literals: st.SearchStrategy[CimValue] = (
    _strings | _SCALARS[CimType.SINT32] | _booleans | _reals(64) | _characters
)

nulls: st.SearchStrategy[CimValue] = st.builds(CimNull)
