"""`BinaryPlace`: where in bytes a finding is, for files that are no text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["BinaryPart", "BinaryPlace", "CountedIn"]

CountedIn = Literal["file", "payload", "part"]
"""What an offset counts in.

- file: the file itself
- payload: what the compressed stream of the part expands to
- part: the bytes of the part, which the file has written out as text
"""


@dataclass(frozen=True, slots=True)
class BinaryPart:
    """A part of a file that is read by itself: one of the binary MOFs of a driver.

    Attributes:
        offset_bytes: where it begins in the file.
        length_bytes: what it takes in the file.
        label: which one it is, in words; empty where it is the whole file.
    """

    offset_bytes: int
    length_bytes: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class BinaryPlace:
    """A field or a record in bytes.

    Attributes:
        path: of the file.
        offset_bytes: where it begins in what `counted_in` says.
        length_bytes: 0 where nobody knows how far it goes.
        field_path: in the words of the format: `object[3].property[1].Size`; empty for all of it.
        part: what of the file it is in.
        data: the first few bytes from there on.

    >>> part = BinaryPart(0x200, 96, "MOFDATA resource Fan")
    >>> str(BinaryPlace("fan.sys", 0x4A0, 4, "object[3].Size", part, "payload"))
    'MOFDATA resource Fan: offset 0x4a0 of the payload (object[3].Size)'
    """

    path: str
    offset_bytes: int
    length_bytes: int
    field_path: str
    part: BinaryPart
    counted_in: CountedIn = "file"
    data: bytes = b""

    def __str__(self) -> str:
        label = f"{self.part.label}: " if self.part.label else ""
        of_what = "" if self.counted_in == "file" else f" of the {_WORDS[self.counted_in]}"
        field = f" ({self.field_path})" if self.field_path else ""
        return f"{label}offset {self.offset_bytes:#x}{of_what}{field}"

    @property
    def in_file(self) -> tuple[int, int]:
        """Offset and length of the bytes of the file that hold it: of the part, where packed."""
        if self.counted_in == "file":
            return self.offset_bytes, self.length_bytes
        return self.part.offset_bytes, self.part.length_bytes


_WORDS = {"payload": "payload", "part": "bytes that stand there as text"}
