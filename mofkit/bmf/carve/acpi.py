r"""Where in ACPI code something is: the table, and the name of the buffer.

A table has a header of 36 bytes, which is all that is read of it (ACPI specification, 5.2.6):

    offset  size  field
    0x0     4     Signature, here DSDT, SSDT or PSDT, which hold code
    0x4     4     Length of the table
    0x8     1     Revision
    0x9     1     Checksum: all bytes of the table add up to 0
    0xA     6     OEMID, of characters, as are the next two
    0x10    8     OEM Table ID
    0x18    4     OEM Revision
    0x1C    4     Creator ID
    0x20    4     Creator Revision

`Name (WQBA, Buffer (n) {...})` is coded as 08 "WQBA", 11, the length of the package, the number n,
and the bytes (20.2.2, 20.2.5). Driver and firmware agree on the name: WQ and two characters.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import Final

__all__ = ["Table", "Tables", "buffer_name"]

_HEADER: Final = re.compile(
    rb"[DSP]SDT(?P<length>.{4})[\x01-\x0f].[ -~\0]{6}(?P<id>[ -~\0]{8}).{4}[ -~]{4}.{4}", re.DOTALL
)
_SEGMENT: Final = rb"[A-Z_][A-Z0-9_]{3}"
_PATH: Final = (
    rb"\\?\^*(?:%(s)s|\x2e%(s)s%(s)s|\x2f.(?:%(s)s){1,8})" % {b"s": _SEGMENT}  # one, two or more
)
_NAMED_BUFFER: Final = re.compile(
    rb"\x08(?P<path>" + _PATH + rb")\x11"
    rb"(?:[\x00-\x3f]|[\x40-\x4f].|[\x80-\x8f]..|[\xc0-\xcf]...)"  # the package's length
    rb"(?:[\0\x01]|\x0a.|\x0b..|\x0c.{4}|\x0e.{8})\Z",  # Zero, One, or a number of 1 to 8 bytes
    re.DOTALL,
)
_LOOK_BEHIND_BYTES: Final = 60
_MAX_NESTED: Final = 8  # firmware has tables inside buffers of tables


@dataclass(frozen=True, slots=True)
class Table:
    """A table of ACPI code, as its header says."""

    start: int
    end: int
    signature: str
    table_id: str

    def __str__(self) -> str:
        return f'table {self.signature} "{self.table_id}"' if self.table_id else self.signature


class Tables:
    """The tables in any bytes. Asked about one place after the other, it reads the bytes once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._next = 0
        self._near: deque[Table] = deque(maxlen=_MAX_NESTED)
        self._checksum_bytes_left = 2 * len(data)  # tables may overlap

    def around(self, start: int, end: int) -> Table | None:
        """Return the innermost table that holds these bytes; they come after those before."""
        while (at := self._data.find(b"SDT", self._next, start)) >= 0:
            self._next = at + 1
            header = _HEADER.match(self._data, at - 1) if at else None
            if header:
                self._near.append(_table(header))
        self._next = max(self._next, start - 2)
        return next((table for table in reversed(self._near) if table.end >= end), None)

    def has_wrong_checksum(self, table: Table) -> bool:
        """Say whether a table was changed or is none; False where too much would be to add."""
        n_bytes = table.end - table.start
        if n_bytes > self._checksum_bytes_left:
            return False
        self._checksum_bytes_left -= n_bytes
        return sum(memoryview(self._data)[table.start : table.end]) % 256 != 0


def _table(header: re.Match[bytes]) -> Table:
    data, start = header.string, header.start()
    end = start + int.from_bytes(header["length"], "little")
    table_id = header["id"].rstrip(b" \0").replace(b"\0", b" ").decode("ascii")
    return Table(start, min(end, len(data)), header[0][:4].decode("ascii"), table_id)


def buffer_name(data: bytes, start: int) -> str:
    r"""Return the name of the buffer whose bytes begin at `start`; empty if it has none.

    >>> buffer_name(b"\x08WQBA\x11\x07\x0a\x04FOMB", 9)
    'WQBA'
    """
    found = _NAMED_BUFFER.search(data[max(start - _LOOK_BEHIND_BYTES, 0) : start])
    return found["path"][-4:].decode("ascii") if found else ""
