"""What each byte of a binary MOF is: of the file, and of the payload that its stream expands to.

The decoder's own reading says what is there (`reading.py`), also of a malformed file as far as it
goes; what a broken record holds behind the fault stays unexplained.
"""

from __future__ import annotations

from collections.abc import Iterator

from mofkit.binary import Annotation, Field
from mofkit.binary.field_budget import MAX_FIELDS, FieldBudget
from mofkit.bmf.explain import explain_header, values_of
from mofkit.bmf.reading import FileReading, PayloadReading, read
from mofkit.bmf.stream_fields import block_labels, header_fields, stream_fields
from mofkit.bmf.structs import container_row

__all__ = ["annotate", "annotate_reading"]


def annotate(data: bytes, *, every_token: bool = False) -> Annotation:
    r"""Return the fields of a file, and in `payload` those of what it expands to.

    The error of the file is why it is refused; that of the payload why it, or the first of its
    records that are left out, is. Of the stream there is a field for each block of 512 bytes of
    data, or with `every_token` for each literal, match and sync. Takes time and memory in
    proportion to the bytes of file and payload; beyond 30,000 fields of the file, or 100,000 of the
    payload, some are left out.

    >>> [field.path for field in annotate(b"FOMB\1\0\0\0").fields]
    ['container.Magic', 'container.Version']
    """
    found = read(data, max_tokens=MAX_FIELDS if every_token else 0)
    return annotate_reading(found, every_token=every_token)


def annotate_reading(found: FileReading, *, every_token: bool = False) -> Annotation:
    """Return the fields of a file that was read."""
    budget = FieldBudget(len(found.data))
    fields = budget.kept(_fields(found, every_token=every_token))
    if every_token and found.log.n_tokens > len(found.log.tokens):
        budget.stop()
    return Annotation(
        "binary MOF",
        found.data,
        tuple(fields),
        found.warnings,
        found.error,
        budget.left_out,
        block_labels(found.log) if every_token else {},
        _payload(found.payload) if found.payload else None,
    )


def _payload(found: PayloadReading) -> Annotation:
    fields = tuple(found.trace.fields())  # the labels of flavors are made of all that was read
    labels = found.trace.labels.all()
    return Annotation(
        "payload of the binary MOF",
        found.data,
        fields,
        found.warnings,
        found.error,
        found.budget.left_out,
        labels,
    )


def _fields(found: FileReading, *, every_token: bool) -> Iterator[Field]:
    yield from _container_fields(found.data)
    base = container_row.size
    n_bytes = len(found.data) - base
    if n_bytes > 0:
        yield from header_fields(found.data, base)
        yield from stream_fields(found.log, base, n_bytes, every_token=every_token)


def _container_fields(data: bytes) -> Iterator[Field]:
    """Yield the fields of the header that the data has."""
    values = values_of(container_row, data[: container_row.size].ljust(container_row.size, b"\0"))
    explained = explain_header(container_row, values, 0)
    for column in container_row.columns:
        if column.offset_bytes + column.length_bytes > len(data):
            return
        shown = explained[column.name]
        yield Field(
            column.offset_bytes,
            column.length_bytes,
            f"container.{column.name}",
            shown.type,
            shown.value,
            shown.meaning,
        )
