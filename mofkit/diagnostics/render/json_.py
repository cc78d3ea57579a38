"""Diagnostics as JSON, for programs: a list of objects, in order of file and place, one a line.

Lines and columns count from 1, offsets from 0; columns and offsets are code points. In a file that
is no text, offsets and lengths are bytes, of what `counted_in` says; `within` is the part of the
file that holds them, and `decompiled` the place in the text that was made of it, if there is one.
The output is ASCII, since a text may hold what no terminal or pipe should be sent.
"""

import json
from collections.abc import Sequence

from mofkit.diagnostics.binary_place import BinaryPlace
from mofkit.diagnostics.diagnostic import Diagnostic, Fix
from mofkit.source import SourceFile, Span

__all__ = ["location", "render"]


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a JSON list with one object for each diagnostic; an empty list for none."""
    in_order = sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    objects = ",\n".join(json.dumps(_diagnostic(diagnostic)) for diagnostic in in_order)
    return f"[\n{objects}\n]\n" if objects else "[]\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.label,
        "message": diagnostic.message,
        "path": diagnostic.path,
        "location": _location(diagnostic),
        "help": diagnostic.help or None,
        "related": [
            {
                "message": related.message,
                "path": related.source.path,
                "location": location(related.source, related.span),
            }
            for related in diagnostic.related
        ],
        "fix": _fix(diagnostic.source, diagnostic.fix) if diagnostic.fix else None,
    }


def _fix(source: SourceFile, fix: Fix) -> dict[str, object]:
    return {
        "message": fix.message,
        "safety": fix.safety.value,
        "edits": [
            {"location": location(source, edit.span), "text": edit.text} for edit in fix.edits
        ],
    }


def _location(diagnostic: Diagnostic) -> dict[str, object]:
    if diagnostic.place is None:
        return location(diagnostic.source, diagnostic.span)
    found = _binary(diagnostic.place)
    if not diagnostic.is_about_bytes:
        text = location(diagnostic.source, diagnostic.span)
        found["decompiled"] = {"path": diagnostic.source.path, **text}
    return found


def _binary(place: BinaryPlace) -> dict[str, object]:
    return {
        "offset": place.offset_bytes,
        "length": place.length_bytes,
        "field_path": place.field_path,
        "counted_in": place.counted_in,
        "within": {
            "offset": place.part.offset_bytes,
            "length": place.part.length_bytes,
            "label": place.part.label,
        },
    }


def location(source: SourceFile, span: Span) -> dict[str, object]:
    """Return a place as `check` and `dump` print it: lines and columns from 1, offsets from 0."""
    return {"start": _place(source, span.start), "end": _place(source, span.end)}


def _place(source: SourceFile, offset: int) -> dict[str, int]:
    line, column = source.position(offset)
    return {"line": line, "column": column, "offset": offset}
