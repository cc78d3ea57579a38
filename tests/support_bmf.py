"""Payloads of binary MOF: made of MOF text, and shown as Construct reads them."""

from collections.abc import Iterator
from typing import Any

import mofkit
from mofkit.bmf.structs import Payload
from mofkit.cim import Schema

__all__ = ["schema_of", "show"]


def schema_of(text: str) -> Schema:
    """Return what MOF text declares; the text has no errors."""
    bound = mofkit.bind([mofkit.parse_source(text)])
    assert [found for found in bound.diagnostics if found.severity >= mofkit.Severity.ERROR] == []
    return bound.schema


def show(payload: bytes) -> str:
    """Return a line for each record: its size, which padding counts for, its type and its value."""
    parsed = Payload.parse(payload)
    lines = [f"payload {parsed.Header.Size}"]
    for found in parsed.Objects:
        lines += _object(found, 1)
    if parsed.FlavorTable is not None:
        lines.append(f"flavors {parsed.FlavorTable.Header.Count}")
        lines += [f"  {entry.Offset:#x} {entry.Flavor:#x}" for entry in parsed.FlavorTable.Entries]
    return "\n".join(lines) + "\n"


def _object(found: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}object {found.Header.Size}, kind {found.Header.Kind}"
    if found.Qualifiers is None:
        yield f"{indent}  no qualifier list"
    else:
        yield from _qualifiers(found, depth + 1)
    for record in found.Properties.Records:
        yield from _property(record, depth + 1, "property")
    for record in found.Methods.Records:
        yield from _property(record, depth + 1, "method")


def _property(found: Any, depth: int, name: str) -> Iterator[str]:
    yield from _record(found, depth, name)
    if found.Qualifiers is None:
        yield f"{'  ' * depth}  no qualifier list"
    else:
        yield from _qualifiers(found, depth + 1)


def _qualifiers(found: Any, depth: int) -> Iterator[str]:
    for record in found.Qualifiers.Records:
        yield from _record(record, depth, "qualifier")


def _record(found: Any, depth: int, name: str) -> Iterator[str]:
    header, value = found.Header, found.Value
    start = f"{'  ' * depth}{name} {header.Size}, type {header.Type:#x}: {found.Name}"
    items = value.Items if hasattr(value, "Items") else [value]
    if value is None:
        yield start
    elif hasattr(items[0], "Properties"):
        yield f"{start} = {len(items)} objects"
        for item in items:
            yield from _object(item, depth + 1)
    else:
        yield f"{start} = {', '.join(map(repr, items))}"
