"""The records of a payload as values: what `reader` makes of bytes, and `writer` bytes of.

They have the format's own shape, in which a method is a property whose value is objects. Qualifiers
and scalar values need no shape of their own, since binary MOF stores literals as written: they are
those of `mofkit.cim`. Offsets, sizes and padding follow from the values, and are not kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from mofkit.bmf.enums import ObjectKind
from mofkit.cim import CimQualifier, CimValue
from mofkit.cim.record import note, record

__all__ = ["ObjectRecord", "PropertyRecord", "RecordValue", "path_at"]


@record
class PropertyRecord:
    """A property, system property, method, parameter or assignment.

    Attributes:
        type: `BmfType`, with `ARRAY` for arrays: of the value, without one as declared.
        qualifiers: None where there is no list, not even an empty one: in system properties.
        offset_bytes: where it was read, in the payload.
    """

    type: int
    name: str
    value: RecordValue | None = None
    qualifiers: tuple[CimQualifier, ...] | None = None
    offset_bytes: int = note(default=0)


@record
class ObjectRecord:
    """A class, an instance, or the parameters of one direction of a method.

    Attributes:
        qualifiers: None where there is no list, as in parameters.
        offset_bytes: where it was read, in the payload.
    """

    kind: ObjectKind
    qualifiers: tuple[CimQualifier, ...] | None
    properties: tuple[PropertyRecord, ...]
    methods: tuple[PropertyRecord, ...] = ()
    offset_bytes: int = note(default=0)


RecordValue: TypeAlias = CimValue | ObjectRecord | tuple[ObjectRecord, ...]
"""A literal, an array of literals (`CimArray`), an object, or an array of objects."""


def path_at(objects: Sequence[ObjectRecord], offset_bytes: int) -> str:
    """Return the path of the innermost record that an offset falls into; "" for the root."""
    path = ""
    for start, here in _places(objects, ""):
        if start > offset_bytes:
            break
        path = here
    return path


def _places(objects: Sequence[ObjectRecord], around: str) -> Iterator[tuple[int, str]]:
    """Yield where each record begins, and its path, in the order of the payload."""
    for index, found in enumerate(objects):
        path = f"{around}object[{index}]"
        yield found.offset_bytes, path
        for name, records in (("property", found.properties), ("method", found.methods)):
            for place, member in enumerate(records):
                inner = f"{path}.{name}[{place}]"
                yield member.offset_bytes, inner
                if isinstance(member.value, ObjectRecord):
                    yield from _places((member.value,), f"{inner}.")
                elif isinstance(member.value, tuple):
                    yield from _places(member.value, f"{inner}.")
