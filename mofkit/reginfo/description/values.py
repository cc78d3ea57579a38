"""The kinds of values in a description: each read on demand, what is wrong with it noted.

Nothing raises, so that one reading finds everything. What a method returns for a value that it
complains about is of the right type and means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches
from typing import Any, Final, TypeAlias

from mofkit.binary.utf16 import n_units
from mofkit.reginfo.description.errors import Key, shown
from mofkit.reginfo.enums import Arch

__all__ = ["ABSENT", "Table", "ValueReader"]

ABSENT: Final = object()
"""Stands for a key that is not there; None is a null."""

Table: TypeAlias = dict[str, Any]
"""A JSON object, a TOML table."""

_MAX_NAME_UNITS: Final = 32767
"""A counted string's Length is a USHORT of bytes."""

_MAX_ULONG: Final = 0xFFFFFFFF
_MAX_HINTS: Final = 100
"""Looking for the word that was meant takes a while, and everything may be wrong."""

_HEX = re.compile(r"0[xX][0-9A-Fa-f]+")


class ValueReader:
    """Takes values out of tables; `key` is always the way to the table.

    Attributes:
        problems: what is wrong, in the order of reading.
        arch: for which a value is wanted that depends on it, if that is known.
        table_word: what the format calls a table.
    """

    def __init__(self, arch: Arch | None, table_word: str) -> None:
        self.problems: list[tuple[Key, str]] = []
        self.arch = arch
        self.table_word = table_word

    def text(self, table: Table, key: Key, name: str) -> str | None:
        """Return a string; None where there is none, or null."""
        text = table.get(name)
        if text is None:
            return None
        return self.as_text(text, (*key, name))

    def as_text(self, text: Any, key: Key) -> str | None:
        """Return a value that must be a string, and short enough to be counted."""
        if not isinstance(text, str):
            self.complain(key, f"must be a string, is {self.what(text)}")
        elif len(text) > _MAX_NAME_UNITS // 2 and n_units(text) > _MAX_NAME_UNITS:
            self.complain(
                key, f"has {n_units(text)} UTF-16 units, at most {_MAX_NAME_UNITS} can be counted"
            )
        else:
            return text
        return None

    def ulong(self, table: Table, key: Key, name: str) -> int | None:
        """Return an integer; None where there is none."""
        value = table.get(name, ABSENT)
        if value is ABSENT:
            return None
        if type(value) is int and 0 <= value <= _MAX_ULONG:
            return value
        return self.as_ulong(value, (*key, name))

    def as_ulong(self, value: Any, key: Key) -> int | None:
        """Return a value that must be an integer of 32 bits; `True` is none."""
        if type(value) is not int:
            self.complain(key, f"must be an integer, is {self.what(value)}")
        elif not 0 <= value <= _MAX_ULONG:
            self.complain(key, f"must be from 0 to {_MAX_ULONG} (a ULONG), is {_number(value)}")
        else:
            return value
        return None

    def pointer(self, value: Any, key: Key) -> int:
        """Return a value that must be a pointer: of 64 bits where no architecture is known."""
        if isinstance(value, str) and _HEX.fullmatch(value):
            pointer = int(value, 16)
        elif type(value) is int:
            pointer = value
        else:
            what = shown(value) if isinstance(value, str) else self.what(value)
            self.complain(key, f'must be a string such as "0x85A1B060", is {what}')
            return 0
        n_bits = 8 * self.arch.pointer_bytes if self.arch else 64
        if not 0 <= pointer < 1 << n_bits:
            what = f"a pointer of {self.arch}" if self.arch else "a pointer"
            self.complain(key, f"{_number(pointer)} is not {what}, which has {n_bits} bits")
        return pointer

    def for_arch(self, table: Table, key: Key, name: str) -> tuple[Any, Key]:
        """Return a value and the way to it, of those by architecture the one meant.

        The value is `ABSENT` where there is none, and 0 where none of those can be chosen.
        """
        value, inner = table.get(name, ABSENT), (*key, name)
        if not isinstance(value, dict):
            return value, inner
        self.check_keys(value, inner, [*Arch])
        if self.arch is None:
            self.complain(inner, "depends on the architecture, and none is given (--arch)")
        elif self.arch not in value:
            self.complain((*inner, self.arch.value), "is missing")
        else:
            return value[self.arch], (*inner, self.arch.value)
        return 0, inner

    def word(
        self,
        table: Table,
        key: Key,
        name: str,
        words: Collection[str],
        default: str | None = None,
    ) -> str | None:
        """Return one of some words; None where it is none of them."""
        word = table.get(name, default)
        if word is None and name not in table:
            self.complain((*key, name), "is missing")
        elif not isinstance(word, str):
            self.complain((*key, name), f"must be a string, is {self.what(word)}")
        elif word not in words:
            hint = self.did_you_mean(word, words) or f"; it can be {' or '.join(words)}"
            self.complain((*key, name), f"is {shown(word)}{hint}")
        else:
            return word
        return None

    def array(
        self, table: Table, key: Key, name: str, *, optional: bool = False
    ) -> list[Any] | None:
        """Return an array; None where there is none."""
        value = table.get(name, ABSENT)
        if isinstance(value, list):
            return value
        if value is not ABSENT:
            self.complain((*key, name), f"must be an array, is {self.what(value)}")
        elif not optional:
            self.complain((*key, name), "is missing")
        return None

    def is_table(self, value: Any, key: Key) -> bool:
        """Say whether a value that must be a table is one."""
        if isinstance(value, dict):
            return True
        self.complain(key, f"must be {self.table_word}, is {self.what(value)}")
        return False

    def check_keys(self, table: Table, key: Key, known: Collection[str]) -> None:
        """Complain about keys that nobody would look at."""
        for name in table:
            if name not in known:
                hint = self.did_you_mean(name, known)
                self.complain((*key, name), f"there is no such key here{hint}")

    def did_you_mean(self, word: str, known: Collection[str]) -> str:
        """Return the end of a message: which of the known words may have been meant."""
        if len(self.problems) > _MAX_HINTS:
            return ""
        near = get_close_matches(word[:80], known, n=1)
        return f"; did you mean {near[0]}?" if near else ""

    def complain(self, key: Key, reason: str) -> None:
        """Note a problem."""
        self.problems.append((key, reason))

    def what(self, value: Any) -> str:
        """Return what a value is; itself only where that is short."""
        match value:
            case None:
                return "null"
            case bool():
                return str(value).lower()
            case int():
                return _number(value)
            case float():
                return str(value)
            case str():
                return shown(value)
            case list():
                return "an array"
            case dict():
                return self.table_word
            case _:
                return "a date or time"


def _number(value: int) -> str:
    """Return a number for a message: Python refuses to print very long ones."""
    if value.bit_length() > 128:
        return "far too large" if value > 0 else "far too small"
    return str(value) if value < 1 << 32 else f"{value:#X}".replace("X", "x", 1)
