"""The data part of a WNODE as a C struct: what `planner` makes of a class, and `block` follows.

    MOF type            bytes                            alignment
    boolean, uint8 ...  1, 2, 4, 8                       the same
    string              2 + Length                       2
    datetime            50: 25 UTF-16 units              2
    embedded class      a struct, padded to its          that of its largest
                        alignment                        member
    T[n], MAX(n)        n elements                       that of T
    T[] with WmiSizeIs  as many as the named item says   that of T

Source: "Driver-Defined WMI Data Items" of the Windows driver documentation; its table has no
real, char16, reference or untyped object.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from mofkit.cim import CimType

__all__ = [
    "DATETIME_BYTES",
    "Element",
    "Item",
    "Misfit",
    "Record",
    "Scalar",
    "Sound",
    "Text",
    "alignment_of",
    "fixed_bytes",
]

DATETIME_BYTES = 50


@dataclass(frozen=True, slots=True)
class Scalar:
    """A boolean or an integer; its alignment is its size. `code` is that of `struct`."""

    type: CimType
    code: str
    size_bytes: int


class Text(StrEnum):
    """The two types that hold UTF-16."""

    STRING = "string"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why an item cannot be laid out: E-WITEM or E-WSIZEIS, and the reason."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """A struct.

    Attributes:
        name: the class, or class and method.
        items: in the order of their ids.
        alignment_bytes: that of its largest member.
    """

    name: str
    items: tuple[Item, ...]
    alignment_bytes: int


@dataclass(frozen=True, slots=True)
class Item:
    """A member of a struct.

    Attributes:
        count: None for a single value; how many elements an array has, or the name of the item
            that says it.
        is_timestamp: WmiTimeStamp: 100 ns since 1601.
    """

    name: str
    id: int
    element: Element
    count: int | str | None = None
    is_timestamp: bool = False

    @property
    def type_text(self) -> str:
        """The type as MOF has it: `uint32[4]`."""
        word = _word(self.element)
        return word if self.count is None else f"{word}[{self.count}]"


Sound: TypeAlias = Scalar | Text | Record
Element: TypeAlias = Sound | Misfit


def alignment_of(element: Element) -> int:
    """Return of what an element's offset in the block is a multiple."""
    match element:
        case Scalar():
            return element.size_bytes
        case Record():
            return element.alignment_bytes
        case Text():
            return 2
        case Misfit():
            return 1


def fixed_bytes(record: Record) -> int:
    """Return how many bytes a block takes at least: with empty strings and empty arrays."""
    return _fixed_bytes(record, {})


def _fixed_bytes(element: Element, known: dict[int, int]) -> int:
    match element:
        case Scalar():
            return element.size_bytes
        case Text():
            return DATETIME_BYTES if element is Text.DATETIME else 2
        case Misfit():
            return 0
    n_bytes = known.get(id(element), 0)
    if n_bytes:
        return n_bytes
    for item in element.items:
        if isinstance(item.count, str):
            continue
        n_bytes += -n_bytes % alignment_of(item.element)
        n_bytes += _fixed_bytes(item.element, known) * (1 if item.count is None else item.count)
    n_bytes += -n_bytes % element.alignment_bytes
    known[id(element)] = n_bytes
    return n_bytes


def _word(element: Element) -> str:
    match element:
        case Scalar(cim_type):
            return cim_type.value
        case Record(name):
            return name
        case Text():
            return element.value
        case Misfit():
            return "?"
