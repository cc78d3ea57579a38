"""The counted strings of a buffer as fields: each place once, with all that name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mofkit.binary import BinaryFormatError, Field
from mofkit.binary.field_budget import FieldBudget, quoted
from mofkit.binary.utf16 import decode_units, strip_nul
from mofkit.reginfo.chain import Part
from mofkit.reginfo.strings import StringReader

__all__ = ["StringFields"]


_BYTES_A_REPEAT = 16
"""An entry that names a string again has more; only overlapping lists can do it more often."""


class StringFields:
    """Collects the strings that offsets lead to, up to the first one that cannot be read.

    A string is named as for `StringReader`; an offset of 0 names none. Each place has its fields
    within the `budget`, and so many that name it again as entries alone could.
    """

    def __init__(self, data: bytes, parts: Sequence[Part], budget: FieldBudget) -> None:
        self._data = data
        self._budget = budget
        self._n_repeats_left = len(data) // _BYTES_A_REPEAT
        self._reader = StringReader(data, parts)
        self._users: dict[int, list[str]] = {}  # where a string starts → the fields that name it
        self._lists: set[tuple[int, int, int]] = set()
        self._has_failed = False

    def add(self, part: Part, offset: int, field: str, entry: int | None = None) -> None:
        """Take in one string."""
        if not offset or self._has_failed or self._budget.is_exhausted:
            return
        start = part.start + offset
        try:
            self._reader.string(part, offset, field, entry)
        except BinaryFormatError as error:
            self._salvage(part, start, [field], entry, error)
        else:
            self._note(start, part, field, entry)

    def add_list(self, part: Part, offset: int, count: int, field: str, entry: int) -> None:
        """Take in `count` strings that stand end to end; of a list named again, only who does."""
        if not offset or not count or self._has_failed or self._budget.is_exhausted:
            return
        start = part.start + offset
        fields = (f"{field}[{index}]" for index in range(count))
        try:
            found = self._reader.strings(part, offset, count, field, entry)
        except BinaryFormatError as error:
            self._salvage(part, start, fields, entry, error)
            return
        key = (start, count, part.end)
        if key in self._lists:
            self._note(start, part, field, entry)
            return
        self._lists.add(key)
        for name, position in zip(fields, [start, *found.ends[:-1]], strict=True):
            if not self._note(position, part, name, entry):
                return

    def fields(self) -> Iterator[Field]:
        """Yield Length and Data of every string."""
        for start, (path, *others) in self._users.items():
            length = self._length(start)
            counted = f"bytes: {length // 2} WCHARs" if length else "an empty string"
            yield Field(start, 2, f"{path}.Length", "USHORT", str(length), counted, tuple(others))
            if length and start + 2 < len(self._data):
                yield self._text(start + 2, length, f"{path}.Data")

    def _text(self, start: int, length: int, path: str) -> Field:
        data = self._data[start : start + length]
        text = decode_units(data[: len(data) // 2 * 2])
        shown = strip_nul(text)
        n_nuls = len(text) - len(shown)
        remarks = []
        if n_nuls:
            remarks.append(
                f"Length counts {'a NUL' if n_nuls == 1 else f'{n_nuls} NULs'} at the end"
            )
        if len(data) < length:
            remarks.append(f"the data ends after {len(data)} of {length} bytes")
        type_ = f"WCHAR[{length // 2}]"
        return Field(start, len(data), path, type_, quoted(shown), "; ".join(remarks))

    def _length(self, start: int) -> int:
        return int.from_bytes(self._data[start : start + 2], "little")

    def _note(self, start: int, part: Part, field: str, entry: int | None) -> bool:
        """Note who names a string, and say whether there was room for it."""
        if start in self._users:
            self._n_repeats_left -= 1
            if self._n_repeats_left < 0:
                self._budget.stop()
        elif self._takes(start):
            self._users[start] = []
        if self._budget.is_exhausted:
            return False
        self._users[start].append(part.place(field, entry)[1])
        return True

    def _takes(self, start: int) -> bool:
        length = min(self._length(start), len(self._data) - start - 2)
        return self._budget.take(2) and (length <= 0 or self._budget.take(length))

    def _salvage(
        self,
        part: Part,
        start: int,
        fields: Iterable[str],
        entry: int | None,
        error: BinaryFormatError,
    ) -> None:
        """Note the strings up to the one that is wrong, if the offset leads to any."""
        self._has_failed = True
        if error.code in ("E-OFFSET", "E-ALIGN"):
            return
        # An error about a whole list stands at its offset, in front of the strings.
        last = error.offset_bytes if error.offset_bytes >= start else part.end
        for field in fields:
            if start > last or start + 2 > part.end or not self._note(start, part, field, entry):
                return
            start += 2 + self._length(start)
