"""A binary MOF that was found in something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mofkit.binary import BinaryFormatError

__all__ = ["Container", "FoundBmf"]

Container = Literal["file", "resource", "table", "AML", "hex text", "dump"]
"""What it was found in.

- file: the input is one
- resource: of a PE image, of type MOFDATA
- table: an ACPI table, such as DSDT
- AML: a buffer of ACPI code outside of any table
- hex text: bytes that are written out as text, whatever they are part of
- dump: anything else
"""


@dataclass(frozen=True, slots=True)
class FoundBmf:
    """A binary MOF, and where it is.

    Attributes:
        data: its bytes, the header first; of a damaged one what is there, up to where the next
            begins. Where the input is a binary MOF and nothing else, the whole input, with what
            may follow the stream.
        offset_bytes: where it begins in the input.
        length_bytes: what it takes in the input; as text that is more than `data` has.
        label: where it is, in words: ``table DSDT "FANTABLE", buffer WQBA``.
        name: what it is called there, such as the name of the resource; may be empty.
        error: why it is damaged; None: header and stream are sound.
    """

    data: bytes
    offset_bytes: int
    length_bytes: int
    container: Container
    label: str
    name: str = ""
    error: BinaryFormatError | None = None

    def __str__(self) -> str:
        damage = f", damaged: {self.error}" if self.error else f", {len(self.data):,} bytes"
        return f"{self.label}, at {self.offset_bytes:#x}{damage}"
