"""What holds of the places that readers name."""

from __future__ import annotations

from mofkit.binary import Annotation, BinaryFormatError

__all__ = ["annotation_fault", "place_fault"]


def place_fault(error: BinaryFormatError, data: bytes) -> str:
    """Return what is wrong with the place of an error."""
    return "" if 0 <= error.offset_bytes <= len(data) else f"a place outside of the data: {error}"


def annotation_fault(found: Annotation) -> str:
    """Return the first field that is outside of the data, or empty; also of the payload."""
    for field in found.fields:
        end = field.offset_bytes + field.length_bytes
        if not 0 <= field.offset_bytes < end <= len(found.data):
            return f"a field outside of the data: {field.path}"
    return annotation_fault(found.payload) if found.payload else ""
