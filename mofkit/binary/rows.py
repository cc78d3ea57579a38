"""One `struct.Struct` for a Construct schema of fixed size, derived from it.

Interpreting a schema costs 10 to 18 µs a record; a row of `struct` costs a fraction of one. The
schema stays the only description: the row is computed from it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from construct import Aligned, Bytes, Construct, FormatField, Renamed, Struct, Subconstruct, Union

__all__ = ["Column", "Row", "row_of"]


@dataclass(frozen=True, slots=True)
class Column:
    """One value of a row: a number, or bytes."""

    name: str
    offset_bytes: int
    length_bytes: int
    code: str


@dataclass(frozen=True, slots=True)
class Row:
    """A record as `struct` packs and unpacks it: the columns' values in order."""

    struct: struct.Struct
    columns: tuple[Column, ...]

    @property
    def size(self) -> int:
        """Bytes a record, padding included."""
        return self.struct.size

    def offset_of(self, name: str) -> int:
        """Return where in the record a column starts."""
        return next(column.offset_bytes for column in self.columns if column.name == name)


def row_of(schema: Construct[Any, Any]) -> Row:
    """Return the row of a schema made of numbers, bytes, structs, unions and alignment.

    A union is one column, that of its widest member, under the union's name. What wraps a field in
    values (a GUID, an enum) is left out: the column has its number or bytes.

    Raises:
        TypeError: the schema holds something else, whose size may depend on the data.
    """
    columns: list[Column] = []
    size = 0
    for name, code in _codes(schema, ""):
        length = _size(code)
        if name is not None:
            columns.append(Column(name, size, length, code))
        size += length
    codes = "".join(code for _, code in _codes(schema, ""))
    return Row(struct.Struct(f"<{codes}"), tuple(columns))


def _codes(schema: Construct[Any, Any], name: str) -> Iterator[tuple[str | None, str]]:
    """Yield (name, struct code) in order; the name of padding is None."""
    match schema:
        case Renamed():
            yield from _codes(schema.subcon, schema.name or name)
        case FormatField():
            yield name, schema.fmtstr.lstrip("<=>@")
        case Bytes() if isinstance(schema.length, int):
            yield name, f"{schema.length}s"
        case Union():
            members = [code for member in schema.subcons for code in _codes(member, name)]
            yield name, max((code for _, code in members), key=_size)
        case Aligned() if isinstance(schema.modulus, int):
            inner = list(_codes(schema.subcon, name))
            yield from inner
            padding = -sum(_size(code) for _, code in inner) % schema.modulus
            if padding:
                yield None, f"{padding}x"
        case Struct():
            for member in schema.subcons:
                yield from _codes(member, name)
        case Subconstruct():
            yield from _codes(schema.subcon, name)
        case _:
            raise TypeError(f"{schema!r} has no fixed row")


def _size(code: str) -> int:
    return struct.calcsize(f"<{code}")
