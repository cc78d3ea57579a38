"""What is fuzzed: the laws of any bytes, by format, as one function each."""

from __future__ import annotations

from collections.abc import Callable

from mofkit.testing.laws import KINDS

__all__ = ["TARGETS", "laws_of"]

TARGETS = tuple(name for name, kind in KINDS.items() if kind.any_bytes)
"""Every decoder, the front end of MOF, the formatter, the fixes, the decompiler and the bump."""


def laws_of(target: str) -> Callable[[bytes], None]:
    """Return what checks all laws for some bytes.

    The function raises `LawBroken` where one does not hold.
    """
    laws = KINDS[target].any_bytes

    def check(data: bytes) -> None:
        for law in laws:
            law.check(data)

    return check
