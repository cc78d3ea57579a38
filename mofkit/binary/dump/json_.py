"""The dump for programs: fields and warnings as JSON, in ASCII."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mofkit.binary.annotation import Annotation, Field
from mofkit.binary.dump.table import Gap, in_order, make_groups
from mofkit.binary.errors import BinaryFormatError, BinaryWarning

__all__ = ["render"]


def render(annotation: Annotation, more: Mapping[str, object] | None = None) -> str:
    """Return one JSON object: `title`, `size`, `fields`, `unused`, `warnings`, `error`, `left_out`.

    A field has `offset`, `length`, `path`, `type`, `value`, `meaning`, `bytes` (in hex),
    `also_paths`, and, where its value is the place of something in the buffer, `leads_to`; `unused`
    has the runs of bytes that no field claims; `error` is null for a sound buffer, and `left_out`
    where all fields are there. Where structures have names of their own, `labels` has them by path.
    A buffer whose compressed bytes could be expanded has a `payload`, which is such an object too.

    `more` adds keys. Each field, run and warning is a line. Text is as it is in the file, a lone
    surrogate as its escape.
    """
    return f"{_lines(_Object({**_plain(annotation), **(more or {})}), '')}\n"


def _plain(annotation: Annotation) -> _Object:
    data = annotation.data
    plain = _Object(
        {
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
        }
    )
    if annotation.labels:
        plain["labels"] = _Object(annotation.labels)
    if annotation.payload is not None:
        plain["payload"] = _plain(annotation.payload)
    return plain


class _Object(dict[str, object]):
    """An object with a line for each member."""


def _lines(value: object, indent: str) -> str:
    """Return the JSON of a value, a list with a line for each element."""
    inner = f"{indent}  "
    match value:
        case _Object() if value:
            members = [f"{inner}{_dumped(key)}: {_lines(v, inner)}" for key, v in value.items()]
            return f"{{\n{_joined(members)}\n{indent}}}"
        case list() if value:
            elements = [f"{inner}{_dumped(element)}" for element in value]
            return f"[\n{_joined(elements)}\n{indent}]"
    return _dumped(value)


def _joined(lines: Iterable[str]) -> str:
    return ",\n".join(lines)


def _dumped(value: object) -> str:
    # With an indent of its own, json leaves its fast encoder.
    import json

    return json.dumps(value)


def _field(field: Field, data: bytes) -> dict[str, object]:
    plain: dict[str, object] = {
        "offset": field.offset_bytes,
        "length": field.length_bytes,
        "path": field.path,
        "type": field.type,
        "value": field.value,
        "meaning": field.meaning,
        "also_paths": list(field.also_paths),
        "bytes": _hex(field, data),
    }
    if field.leads_to_bytes is not None:
        plain["leads_to"] = field.leads_to_bytes
    return plain


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
