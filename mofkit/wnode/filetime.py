"""FILETIME: units of 100 ns since 1601-01-01 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

__all__ = ["filetime_text"]

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_UNITS_PER_SECOND = 10_000_000


def filetime_text(value: int) -> str:
    """Return a time for people; empty for 0, which says none, and for what no calendar has.

    >>> filetime_text(133000000000000000)
    '2022-06-18 04:26:40.0000000 UTC'
    """
    seconds, units = divmod(value, _UNITS_PER_SECOND)
    if not value:
        return ""
    try:
        return f"{_EPOCH + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S}.{units:07} UTC"
    except OverflowError:
        return ""
