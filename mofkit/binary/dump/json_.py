"""The dump for programs: fields and warnings as JSON, in ASCII."""

from __future__ import annotations

from mofkit.binary.annotation import Annotation, Field
from mofkit.binary.dump.table import Gap, in_order, make_groups
from mofkit.binary.errors import BinaryFormatError, BinaryWarning

__all__ = ["render"]


def render(annotation: Annotation) -> str:
    """Return one JSON object: `title`, `size`, `fields`, `unused`, `warnings`, `error`.

    A field has `offset`, `length`, `path`, `type`, `value`, `meaning`, `bytes` (in hex) and
    `also_paths`; `unused` has the runs of bytes that no field claims; `error` is null for a sound
    buffer. Text is as it is in the file, a lone surrogate as its escape.
    """
    import json

    data = annotation.data
    plain = {
        "title": annotation.title,
        "size": len(data),
        "fields": [_field(field, data) for field in in_order(annotation)],
        "unused": [
            {
                "offset": row.item.offset_bytes,
                "length": row.item.length_bytes,
                "bytes": _hex(row.item, data),
            }
            for group in make_groups(annotation)
            for row in group.rows
            if isinstance(row.item, Gap)
        ],
        "warnings": [_warning(warning) for warning in annotation.warnings],
        "error": _error(annotation.error),
    }
    return json.dumps(plain, indent=2) + "\n"


def _field(field: Field, data: bytes) -> dict[str, object]:
    return {
        "offset": field.offset_bytes,
        "length": field.length_bytes,
        "path": field.path,
        "type": field.type,
        "value": field.value,
        "meaning": field.meaning,
        "also_paths": list(field.also_paths),
        "bytes": _hex(field, data),
    }


def _hex(item: Field | Gap, data: bytes) -> str:
    return data[item.offset_bytes : item.offset_bytes + item.length_bytes].hex()


def _warning(warning: BinaryWarning) -> dict[str, object]:
    return {
        "code": warning.code,
        "offset": warning.offset_bytes,
        "path": warning.path,
        "message": warning.message,
    }


def _error(error: BinaryFormatError | None) -> dict[str, object] | None:
    if error is None:
        return None
    return {
        "code": error.code,
        "offset": error.offset_bytes,
        "path": error.path,
        "message": error.reason,
    }
