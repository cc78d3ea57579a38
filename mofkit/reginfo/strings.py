"""The counted strings of a buffer: found by an offset, checked, read once however often named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple, NoReturn, TypeAlias

from mofkit.binary import BinaryFormatError, BinaryWarning
from mofkit.binary.utf16 import decode_units, has_lone_surrogate
from mofkit.reginfo.chain import Part

__all__ = ["NameList", "ReadString", "StringReader"]

_INNER_NUL = re.compile("\0+[^\0]")

_NAMED_BYTES = 64 << 20
"""What the strings of one buffer may come to in all. Strings may be shared, so a buffer can say
more than it holds; without a bound, a small one could name more text than memory holds. Published
drivers stay below a thousandth of it."""

_OVERHEAD_BYTES = 16
"""What each string counts for besides its bytes: an empty one takes memory and time too."""

ReadString: TypeAlias = tuple[str, int]
"""A string, and where it ends in the data. A plain tuple, since every entry may have one."""


class NameList(NamedTuple):
    """An InstanceNameList: its names, and where each of them ends in the data."""

    names: tuple[str, ...]
    ends: tuple[int, ...]


class StringReader:
    """Reads the strings of the parts of one buffer; `warnings` collects what is odd in them.

    A string is asked for by the field that has its offset: `field` of the header, or of the entry
    with the index `entry`.
    """

    def __init__(self, data: bytes, parts: Sequence[Part]) -> None:
        self.warnings: list[BinaryWarning] = []
        self._data = data
        self._starts = [part.start for part in parts]
        self._array_ends = [part.array_end for part in parts]
        self._last_array_end = self._array_ends[-1]
        self._strings: dict[int, ReadString] = {}
        self._lists: dict[tuple[int, int, int], NameList] = {}
        self._bytes_left = _NAMED_BYTES

    def string(self, part: Part, offset: int, field: str, entry: int | None = None) -> ReadString:
        """Return the string at `offset` of a part.

        Raises:
            BinaryFormatError: E-OFFSET, E-ALIGN, E-OVERLAP, E-STRING, E-STRING-ODD or E-LIMIT.
        """
        start = part.start + offset
        found = self._strings.get(start)
        if found is None or found[1] > part.end:
            if start + 2 > part.end or offset & 1:
                _refuse_offset(part, offset, field, entry)
            found = self._strings[start] = self._read(part, start, field, entry)
        self._bytes_left -= found[1] - start + _OVERHEAD_BYTES
        if self._bytes_left < 0:
            _refuse("E-LIMIT", part, start, field, entry, _TOO_MUCH)
        return found

    def strings(
        self, part: Part, offset: int, count: int, field: str, entry: int | None = None
    ) -> NameList:
        """Return `count` strings, end to end from `offset` of a part on.

        Raises:
            BinaryFormatError: as for `string`.
        """
        start = part.start + offset
        key = (start, count, part.end)
        found = self._lists.get(key)
        if found is None:
            if start + 2 > part.end or offset & 1:
                _refuse_offset(part, offset, field, entry)
            if count > (part.end - start) // 2:
                at, path = part.place(field, entry)
                reason = f"{count} strings do not fit into the {part.end - start} bytes from there"
                raise BinaryFormatError("E-STRING", at, path, reason)
            found = self._lists[key] = self._read_list(part, start, count, field, entry)
        if found.ends:
            self._bytes_left -= found.ends[-1] - start + count * _OVERHEAD_BYTES
        if self._bytes_left < 0:
            _refuse("E-LIMIT", part, start, field, entry, _TOO_MUCH)
        return found

    def _read_list(
        self, part: Part, start: int, count: int, field: str, entry: int | None
    ) -> NameList:
        names, ends = [], []
        for index in range(count):
            name, start = self._read(part, start, f"{field}[{index}]", entry)
            names.append(name)
            ends.append(start)
        return NameList(tuple(names), tuple(ends))

    def _read(self, part: Part, start: int, field: str, entry: int | None) -> ReadString:
        """Return the string whose Length stands at `start` in the data."""
        data = self._data
        if start + 2 > part.end:
            _refuse("E-STRING", part, start, field, entry, "starts behind BufferSize")
        length = data[start] | data[start + 1] << 8
        end = start + 2 + length
        if start < self._last_array_end:
            self._check_overlap(part, start, end, field, entry)
        if end > part.end:
            reason = f"Length is {length}, but BufferSize ends {part.end - start - 2} bytes behind"
            _refuse("E-STRING", part, start, field, entry, reason)
        if length & 1:
            reason = f"Length is {length}; UTF-16 takes an even number of bytes"
            _refuse("E-STRING-ODD", part, start, field, entry, reason)
        text = decode_units(data[start + 2 : end])
        if not text.isascii() or "\0" in text:
            self._look_at(part, start, text, field, entry)
        return text, end

    def _check_overlap(
        self, part: Part, start: int, end: int, field: str, entry: int | None
    ) -> None:
        # Of the headers that start before the string's end, the last one's array ends last, since
        # parts do not overlap.
        before = bisect_left(self._starts, end) - 1
        if self._array_ends[before] > start:
            reason = f"reaches into the header or the array of WMIREGINFO[{before}]"
            _refuse("E-OVERLAP", part, start, field, entry, reason)

    def _look_at(self, part: Part, start: int, text: str, field: str, entry: int | None) -> None:
        """Report what is odd in a string."""
        if has_lone_surrogate(text):
            reason = "holds an unpaired surrogate"
            path = part.place(field, entry)[1]
            self.warnings.append(BinaryWarning("W-SURROGATE", start, path, reason))
        if "\0" in text and _INNER_NUL.search(text):
            reason = "holds a NUL that is not at the end"
            path = part.place(field, entry)[1]
            self.warnings.append(BinaryWarning("W-NUL", start, path, reason))


_TOO_MUCH = f"with this string, the entries name more than {_NAMED_BYTES >> 20} MiB of text"


def _refuse_offset(part: Part, offset: int, field: str, entry: int | None) -> NoReturn:
    """Raise the error of an offset at which no string can start."""
    at, path = part.place(field, entry)
    if part.start + offset + 2 > part.end:
        reason = f"{offset:#x} leads behind BufferSize, {part.end - part.start:#x}"
        raise BinaryFormatError("E-OFFSET", at, path, reason)
    raise BinaryFormatError("E-ALIGN", at, path, f"{offset:#x} is odd; strings start even")


def _refuse(
    code: str, part: Part, start: int, field: str, entry: int | None, reason: str
) -> NoReturn:
    """Raise the error of a string that starts at `start`."""
    raise BinaryFormatError(code, start, part.place(field, entry)[1], reason)
