"""Datetimes and intervals, as strings of 25 characters.

    yyyymmddHHMMSS.mmmmmmsUUU    a point in time; s is + or -, UUU minutes from UTC
    ddddddddHHMMSS.mmmmmm:000    an interval

Sources: DSP0004 §5.2.4; WmiSdk/cim-datetime: a field that is left open is asterisks throughout, but
DSP0004 lets microseconds end in them; WmiSdk/interval-format: none in an interval.
"""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import dataclass
from typing import Final

from mofkit.embedded.error import EmbeddedError
from mofkit.source import Span

__all__ = ["Datetime", "Interval", "parse"]


@dataclass(frozen=True, slots=True)
class Datetime:
    """A point in time, or any number of them where a field is None: left open.

    Attributes:
        microsecond: of a field that ends in asterisks, the least it can be.
        utc_offset_minutes: minutes ahead of UTC.
    """

    year: int | None
    month: int | None
    day: int | None
    hour: int | None
    minute: int | None
    second: int | None
    microsecond: int | None
    utc_offset_minutes: int | None


@dataclass(frozen=True, slots=True)
class Interval:
    """A length of time."""

    days: int
    hours: int
    minutes: int
    seconds: int
    microseconds: int


_LENGTH: Final = 25
_SEPARATOR: Final = 14
_SIGN: Final = 21

# start, end, name, least, most
_TIME_FIELDS: Final = (
    (8, 10, "hour", 0, 23),
    (10, 12, "minute", 0, 59),
    (12, 14, "second", 0, 59),
    (15, 21, "microsecond", 0, 999_999),
)
_DATE_FIELDS: Final = (
    (0, 4, "year", 0, 9999),
    (4, 6, "month", 1, 12),
    (6, 8, "day", 1, 31),
    *_TIME_FIELDS,
    (22, 25, "offset from UTC", 0, 999),
)
_INTERVAL_FIELDS: Final = (
    (0, 8, "number of days", 0, 99_999_999),
    *_TIME_FIELDS,
)


def parse(text: str) -> Datetime | Interval:
    """Return the time or the interval that a text spells.

    Raises:
        EmbeddedError: it spells none.

    >>> parse("00000001120032.000000:000")
    Interval(days=1, hours=12, minutes=0, seconds=32, microseconds=0)
    >>> parse("20260431090000.000000+060")
    Traceback (most recent call last):
    mofkit.embedded.error.EmbeddedError: month 04 of 2026 has no day 31
    """
    if len(text) != _LENGTH:
        raise EmbeddedError(
            Span(0, len(text)),
            f"expected {_LENGTH} characters such as `20261120093000.000000+060`, found {len(text)}",
        )
    if text[_SEPARATOR] != ".":
        raise EmbeddedError(Span(_SEPARATOR, _SEPARATOR + 1), f"expected `.`, found `{text[14]}`")
    if text[_SIGN] not in "+-:":
        raise EmbeddedError(
            Span(_SIGN, _SIGN + 1),
            f"expected `+` or `-` for a time, `:` for an interval, found `{text[_SIGN]}`",
        )
    return _interval(text) if text[_SIGN] == ":" else _datetime(text)


def _interval(text: str) -> Interval:
    if "*" in text:
        at = text.index("*")
        raise EmbeddedError(Span(at, at + 1), "an interval has no asterisks")
    if text[_SIGN:] != ":000":
        raise EmbeddedError(Span(_SIGN, _LENGTH), "an interval ends in `:000`")
    days, hours, minutes, seconds, microseconds = [
        _number(text, *field) for field in _INTERVAL_FIELDS
    ]
    return Interval(days, hours, minutes, seconds, microseconds)


def _datetime(text: str) -> Datetime:
    values = [_number_or_open(text, *field) for field in _DATE_FIELDS]
    year, month, day, hour, minute, second, microsecond, offset = values
    if month is not None and day is not None and day > _days(year, month):
        raise EmbeddedError(Span(6, 8), f"month {text[4:6]} of {text[:4]} has no day {text[6:8]}")
    if offset is not None and text[_SIGN] == "-":
        offset = -offset
    return Datetime(year, month, day, hour, minute, second, microsecond, offset)


def _number_or_open(
    text: str, start: int, end: int, name: str, least: int, most: int
) -> int | None:
    field = text[start:end]
    if not field.strip("*"):
        return None
    if name == "microsecond" and re.fullmatch(r"[0-9]+\*+", field):
        return int(field.replace("*", "0"))
    return _number(text, start, end, name, least, most)


def _number(text: str, start: int, end: int, name: str, least: int, most: int) -> int:
    field = text[start:end]
    if re.fullmatch("[0-9]+", field) is None:
        what = "digits, or asterisks throughout" if "*" in field else "digits"
        raise EmbeddedError(Span(start, end), f"the {name} has to be {what}, found `{field}`")
    value = int(field)
    if not least <= value <= most:
        width = end - start
        raise EmbeddedError(
            Span(start, end),
            f"the {name} is from {least:0{width}} to {most:0{width}}, found `{field}`",
        )
    return value


def _days(year: int | None, month: int) -> int:
    """Return the most days that a month can have."""
    if month == 2:
        return 28 if year is not None and not isleap(year) else 29
    return 30 if month in {4, 6, 9, 11} else 31
