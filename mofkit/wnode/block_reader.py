"""The items of a data block, read by a layout."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from mofkit.binary import BinaryFormatError
from mofkit.binary.utf16 import decode_units, strip_nul
from mofkit.wnode.filetime import filetime_text
from mofkit.wnode.layout import (
    DATETIME_BYTES,
    Item,
    Misfit,
    Record,
    Scalar,
    Sound,
    Text,
    alignment_of,
)
from mofkit.wnode.trace import Seen

if TYPE_CHECKING:
    from mofkit.wnode.block import BlockValue

__all__ = ["BlockReader"]

_USHORT = struct.Struct("<H")


_Found: TypeAlias = "tuple[str, BlockValue, int, int]"  # name, value, offset, length


class BlockReader:
    """One block, read as far as it goes.

    Args:
        layout: what the items are.
        data: the block, from its start; alignments count from there.
        offset_bytes: where that is; offsets of what is found count from there.
        path: what paths start with.
        pads_empty: whether an array without elements is aligned all the same, as in C.

    Attributes:
        items: name, value, offset and length of each.
        error: why reading stopped, if it did: E-WITEM or E-WSIZEIS.
        seen: each value on its own.
        end: how many bytes were read. In front of an empty array, padding counts that may not be
            there.
        is_ambiguous: whether an array without elements was met where its alignment matters.
    """

    def __init__(
        self,
        layout: Record,
        data: bytes,
        offset_bytes: int,
        path: str,
        *,
        pads_empty: bool = True,
    ) -> None:
        self._data = data
        self._base = offset_bytes
        self._pads_empty = pads_empty
        self.items: list[_Found] = []
        self.error: BinaryFormatError | None = None
        self.seen: list[Seen] = []
        self.end = 0
        self.is_ambiguous = False
        try:
            for found in self._members(layout, path):
                self.items.append(found)
        except BinaryFormatError as error:
            self.error = error

    def _members(self, record: Record, path: str) -> Iterator[_Found]:
        known: dict[str, BlockValue] = {}
        for item in record.items:
            item_path, element = f"{path}.{item.name}", item.element
            if isinstance(element, Misfit):
                self._fail(element.code, item_path, element.reason)
            count = self._count(item, known, item_path)
            if count == 0 and self.end % alignment_of(element):
                self.is_ambiguous = True
            if count != 0 or self._pads_empty:
                self._align(element)
            start = self.end
            if count is None:
                value = self._value(item, element, item_path)
            else:
                value = self._array(item, element, count, item_path)
            known[item.name.lower()] = value
            yield item.name, value, self._base + start, self.end - start

    def _count(self, item: Item, known: Mapping[str, BlockValue], path: str) -> int | None:
        """Return how many elements an array has; None for what is no array."""
        if not isinstance(item.count, str):
            return item.count
        count = known[item.count.lower()]
        assert isinstance(count, int)  # the planner has seen to it
        if count < 0:
            self._fail("E-WSIZEIS", path, f"{item.count} is {count}")
        return count

    def _array(self, item: Item, element: Sound, count: int, path: str) -> list[BlockValue]:
        n_left = max(len(self._data) - self.end, 0)
        if count > n_left:  # every element has a byte at least
            self._fail("E-WITEM", path, f"{count} elements, but {n_left} bytes remain")
        if not isinstance(element, Scalar):
            return [self._value(item, element, f"{path}[{i}]") for i in range(count)]
        if not count:
            return []
        at = self._take(count * element.size_bytes, path)
        values = [*struct.unpack_from(f"<{count}{element.code}", self._data, at)]
        self._note(at, path, item.type_text, values)
        return values

    def _value(self, item: Item, element: Sound, path: str) -> BlockValue:
        match element:
            case Scalar(cim_type, code, size):
                at = self._take(size, path)
                value: bool | int = struct.unpack_from(f"<{code}", self._data, at)[0]
                meaning = filetime_text(value) if item.is_timestamp else ""
                self._note(at, path, cim_type.value, value, meaning)
                return value
            case Text.STRING:
                return self._string(path)
            case Text.DATETIME:
                at = self._take(DATETIME_BYTES, path)
                text = decode_units(self._data[at : self.end])
                self._note(at, path, "datetime", text)
                return text
            case _:
                values = {name: value for name, value, *_ in self._members(element, path)}
                self._take(-self.end % element.alignment_bytes, path)
                return values

    def _string(self, path: str) -> str:
        at = self._take(_USHORT.size, path)
        length: int = _USHORT.unpack_from(self._data, at)[0]
        if length % 2:
            self._fail("E-WITEM", path, f"the length {length} is odd", at)
        start = self._take(length, path)
        counted = decode_units(self._data[start : self.end])
        text = strip_nul(counted)
        meaning = f"{length} bytes, with NULs at the end" if text != counted else ""
        self._note(at, path, "string", text, meaning)
        return text

    def _align(self, element: Sound) -> None:
        self.end += -self.end % alignment_of(element)

    def _take(self, n_bytes: int, path: str) -> int:
        """Go on by some bytes, and return where they start."""
        at, n_left = self.end, len(self._data) - self.end
        if n_bytes > n_left:
            reason = f"{n_bytes} bytes at {at} run past the {len(self._data)} of the data"
            self._fail("E-WITEM", path, reason)
        self.end += n_bytes
        return at

    def _note(self, at: int, path: str, type_: str, value: object, meaning: str = "") -> None:
        length = self.end - at
        self.seen.append(Seen(self._base + at, length, path, type_, value, meaning))

    def _fail(self, code: str, path: str, reason: str, at: int | None = None) -> NoReturn:
        offset = self._base + (self.end if at is None else at)
        raise BinaryFormatError(code, offset, path, reason)
