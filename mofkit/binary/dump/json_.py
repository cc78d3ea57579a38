"""The dump for programs: fields and warnings as JSON, in ASCII."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mofkit.binary.annotation import Annotation, Field
from mofkit.binary.dump.table import Gap, in_order, make_groups
from mofkit.binary.errors import BinaryFormatError, BinaryWarning

__all__ = ["render"]


def render(annotation: Annotation, more: Mapping[str, object] | None = None) -> str:
    """Return one JSON object: `title`, `size`, `fields`, `unused`, `warnings`, `error`, `left_out`.

    A field has `offset`, `length`, `path`, `type`, `value`, `meaning`, `bytes` (in hex) and
    `also_paths`; `unused` has the runs of bytes that no field claims; `error` is null for a sound
    buffer, and `left_out` where all fields are there. `more` adds keys. Each field, run and warning
    is a line. Text is as it is in the file, a lone surrogate as its escape.
    """
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
        "left_out": annotation.left_out or None,
        **(more or {}),
    }
    members = (f"  {_dumped(key)}: {_lines(value)}" for key, value in plain.items())
    return f"{{\n{_joined(members)}\n}}\n"


def _lines(value: object) -> str:
    """Return the JSON of a value, a list with a line for each element."""
    if not isinstance(value, list) or not value:
        return _dumped(value)
    return f"[\n{_joined(f'    {_dumped(element)}' for element in value)}\n  ]"


def _joined(lines: Iterable[str]) -> str:
    return ",\n".join(lines)


def _dumped(value: object) -> str:
    # With an indent of its own, json leaves its fast encoder.
    import json

    return json.dumps(value)


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
