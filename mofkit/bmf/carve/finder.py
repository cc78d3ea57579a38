"""From the bytes of any file to the binary MOFs in it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

from mofkit.bmf.carve.acpi import Tables, buffer_name
from mofkit.bmf.carve.found import Container, FoundBmf
from mofkit.bmf.carve.hex_block import HexBlock
from mofkit.bmf.carve.hex_text import HexText, text_of
from mofkit.bmf.carve.pe import Resource, can_read_resources, is_image, mof_resources
from mofkit.bmf.carve.scan import MAX_HITS, Hit, has_signature, scan
from mofkit.bmf.structs import MAGIC

__all__ = ["find", "hidden_from"]


def find(data: bytes) -> list[FoundBmf]:
    """Return the binary MOFs in the bytes of any file, in order of place, damaged ones too.

    A PE image has them as resources, and ACPI tables in buffers; in anything else a signature tells
    them, also where bytes are written out as text: C, ASL, and the dumps of acpidump, xxd, hexdump.
    Each is checked as far as its stream can be expanded; beyond 10,000 the last one says E-MANY.

    Time and memory grow with the length of `data`: measured, 100 MiB of dump take 0.3 seconds and
    2 MiB besides what is found, 100 MiB of hex dump as text half a minute and 220 MiB.

    >>> import mofkit
    >>> [found] = find(b"..." + mofkit.bmf.encode(mofkit.bind([]).schema))
    >>> found.container, found.offset_bytes, found.error
    ('dump', 3, None)
    """
    found = list(_in_bytes(data))
    if data.startswith(MAGIC) and len(found) == 1:
        return [
            replace(found[0], data=data, length_bytes=len(data), container="file", label="file")
        ]
    return found or _in_text(data)


def hidden_from(data: bytes) -> str:
    """Return what `find` cannot see in these bytes for lack of an extra; empty if nothing."""
    if not is_image(data) or can_read_resources():
        return ""
    return (
        "pefile is not installed, so resources have no names and are found by signature: "
        "pip install 'mofkit[pe]'"
    )


def _in_bytes(data: bytes) -> Iterator[FoundBmf]:
    resources: defaultdict[int, list[Resource]] = defaultdict(list)
    if is_image(data) and can_read_resources():
        for resource in mof_resources(data):
            resources[resource.start].append(resource)
    known = {start: max(one.end for one in there) for start, there in resources.items()}
    if data.startswith(MAGIC):
        known.setdefault(0, len(data))
    hits = scan(data, known)
    tables = Tables(data)
    for hit in hits:
        if hit.start in resources:
            yield from (_resource(data, hit, resource) for resource in resources[hit.start])
        else:
            yield _in_code(data, hit, tables)


def _resource(data: bytes, hit: Hit, resource: Resource) -> FoundBmf:
    return FoundBmf(
        data[hit.start : hit.end],
        hit.start,
        hit.end - hit.start,
        "resource",
        str(resource),
        resource.name,
        hit.error,
    )


def _in_code(data: bytes, hit: Hit, tables: Tables) -> FoundBmf:
    """Return what has no label of its own: ACPI code may be around it."""
    container: Container = "dump"
    label = "PE image" if is_image(data) else "dump"
    if name := buffer_name(data, hit.start):
        container, label = "AML", f"AML buffer {name}"
    if table := tables.around(hit.start, hit.end):
        container, label = "table", f"{table}, buffer {name}" if name else str(table)
        if tables.has_wrong_checksum(table):
            label += " (wrong checksum)"
    n_bytes = hit.end - hit.start
    return FoundBmf(
        data[hit.start : hit.end], hit.start, n_bytes, container, label, name, hit.error
    )


def _in_text(data: bytes) -> list[FoundBmf]:
    if (text := text_of(data)) is None:
        return []
    blocks = (_in_block(block, text) for block in text.blocks())
    found = _apart(list(islice(chain.from_iterable(blocks), MAX_HITS + 1)))
    lines = text.lines([one.offset_bytes for one in found])
    return [
        replace(one, label=f"line {line:,}, {one.label}")
        for one, line in zip(found, lines, strict=True)
    ]


def _in_block(block: HexBlock, text: HexText) -> Iterator[FoundBmf]:
    if not has_signature(block.data):
        return
    data = bytes(block.data)
    for inner in _in_bytes(data):
        start, end = block.place(inner.offset_bytes, inner.offset_bytes + inner.length_bytes)
        offset_bytes = text.offset_bytes(start)
        yield FoundBmf(
            inner.data,
            offset_bytes,
            text.offset_bytes(end) - offset_bytes,
            "hex text",
            block.label if inner.container == "dump" else f"{block.label}, {inner.label}",
            inner.name or block.name,
            inner.error,
        )


def _apart(found: list[FoundBmf]) -> list[FoundBmf]:
    """Return those that do not overlap, in order of place; the sound ones are believed first."""
    ends: list[int] = []
    apart: list[FoundBmf] = []
    for one in sorted(found, key=lambda one: one.error is not None):
        at = bisect_right(ends, one.offset_bytes)
        end = one.offset_bytes + one.length_bytes
        if at == len(apart) or end <= apart[at].offset_bytes:
            ends.insert(at, end)
            apart.insert(at, one)
    return apart
