"""What holds of every annotation of a binary MOF."""

from collections.abc import Iterator
from itertools import accumulate

from mofkit.binary import Annotation, Field

__all__ = ["assert_no_overlap", "assert_tiles", "flavor_targets"]


def assert_tiles(annotation: Annotation) -> None:
    """Each byte is in exactly one field."""
    fields = annotation.fields
    ends = list(accumulate((field.length_bytes for field in fields), initial=0))
    assert [*(field.offset_bytes for field in fields), len(annotation.data)] == ends
    assert all(field.length_bytes > 0 for field in fields)


def assert_no_overlap(annotation: Annotation) -> None:
    """No byte is in two fields, and none outside of the data: what is broken leaves gaps."""
    end = 0
    for field in annotation.fields:
        assert field.offset_bytes >= end, field
        assert field.length_bytes > 0, field
        end = field.offset_bytes + field.length_bytes
    assert end <= len(annotation.data)


def flavor_targets(payload: Annotation) -> Iterator[tuple[Field, Field]]:
    """Yield each offset of the flavor table, and the field that it leads to."""
    by_offset = {field.offset_bytes: field for field in payload.fields}
    for field in payload.fields:
        if field.path.startswith("flavor table.Entry") and field.path.endswith(".Offset"):
            assert field.leads_to_bytes is not None, field
            yield field, by_offset[field.leads_to_bytes]
