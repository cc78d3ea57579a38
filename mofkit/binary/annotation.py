"""What each byte of a buffer is: the fields that a format's reader found, for people to look at.

A format makes an `Annotation`; `mofkit.binary.dump` draws it as text, JSON or HTML and knows no
format. Fields may share bytes (two offsets may name one string); bytes that no field claims are
shown as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mofkit.binary.errors import BinaryFormatError, BinaryWarning

__all__ = ["Annotation", "Field"]


@dataclass(frozen=True, slots=True)
class Field:
    """A run of bytes with one meaning.

    Attributes:
        offset_bytes: where it starts in the data.
        length_bytes: how many bytes it has, at least 1.
        path: the field in the header's names, `WMIREGINFO[0].GuidCount`.
        type: its C type, `ULONG`.
        value: the value as the format's people write it: `3`, `0x20`, `"Fan 1"`. May hold any
            character of the file; whoever shows it escapes it.
        meaning: what the value says: flag names, what an offset leads to. Empty where the value
            says it all.
        also_paths: what else names these bytes: two offsets may lead to one string.
        leads_to_bytes: the offset that the value leads to, where a reader would want to go there.
    """

    offset_bytes: int
    length_bytes: int
    path: str
    type: str
    value: str
    meaning: str = ""
    also_paths: tuple[str, ...] = ()
    leads_to_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """A buffer and what its bytes are.

    Attributes:
        title: what the buffer is, `WMIREGINFO (x64)`.
        data: the bytes.
        fields: by offset, in the order of the header at equal offsets.
        warnings: what is odd.
        error: why the buffer is refused; the fields are then those that could still be read.
        left_out: which fields are not explained, in a sentence; empty where all are.
        labels: what a structure is about, by its path, where the path has only numbers: the name of
            the class in `object[2]`. As in `Field.value`, any character of the file may be there.
        payload: what the compressed bytes in the data expand to, with offsets of its own.
    """

    title: str
    data: bytes
    fields: tuple[Field, ...]
    warnings: tuple[BinaryWarning, ...] = ()
    error: BinaryFormatError | None = None
    left_out: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    payload: Annotation | None = None
