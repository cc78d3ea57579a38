"""Near-valid binary MOF. The codes are those of strict reading, `mofkit.bmf.decode`."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from mofkit.testing.mutations.mutation import Mutation
from mofkit.testing.mutations.ulongs import ulong, with_ulong, with_ushort

__all__ = ["bmf_file_mutations", "bmf_mutations"]

_NOWHERE: Final = 0xFFFFFFFF
_ARRAY: Final = 0x2000
_STRING, _BOOLEAN, _OBJECT = 0x08, 0x0B, 0x0D
_NO_TYPE: Final = 0x7F


def bmf_mutations(payload: bytes) -> Iterator[Mutation]:
    """Yield a valid payload with one thing changed at a time: root, records, flavor table.

    >>> from mofkit.bmf import encode_payload
    >>> from mofkit.cim import CimClass, Schema
    >>> found = next(bmf_mutations(encode_payload(Schema((CimClass("Fan"),)))))
    >>> found.label, found.expected
    ('another signature', ('E-MAGIC',))
    """
    size, count = ulong(payload, 4), ulong(payload, 16)
    yield Mutation("another signature", b"BOMF" + payload[4:], ("E-MAGIC",))
    yield Mutation("17 bytes", payload[:17], ("E-SIZE",))
    yield _change(payload, "root: a size past the end", 4, len(payload) + 1, "E-SIZE")
    yield _change(payload, "root: the first constant", 8, 2, "W-CONSTANT")
    yield _change(payload, "root: one object more", 16, count + 1, "W-COUNT")
    yield from _flavor_table(payload, size)
    yield from _objects(payload, 20, size, "object")


def bmf_file_mutations(data: bytes) -> Iterator[Mutation]:
    """Yield a valid file with one thing changed at a time: the header, the ends."""
    stream, expanded = ulong(data, 8), ulong(data, 12)
    yield Mutation("another signature", b"BOMF" + data[4:], ("E-MAGIC",))
    yield Mutation("half a header", data[:9], ("E-SIZE",))
    yield Mutation("the last byte is missing", data[:-1], ("E-SIZE",))
    yield Mutation("a byte behind the stream", data + b"\0", ("W-TRAILING",))
    yield _change(data, "another version", 4, 2, "W-CONSTANT")
    yield _change(data, "CompressedSize one more", 8, stream + 1, "E-SIZE")
    yield _change(data, "CompressedSize of half the stream", 8, stream // 2, "E-DS", "W-TRAILING")
    yield _change(data, "DecompressedSize one more", 12, expanded + 1, "E-DS", "W-DS")
    yield _change(data, "DecompressedSize of 4 GB", 12, 0xFFFFFFFF, "E-SIZE")


def _change(data: bytes, label: str, at: int, number: int, *codes: str) -> Mutation:
    return Mutation(label, with_ulong(data, at, number), codes)


def _flavor_table(payload: bytes, start: int) -> Iterator[Mutation]:
    if start == len(payload):
        yield Mutation("4 bytes for a flavor table", payload + bytes(4), ("E-SIZE",))
        return
    count, entry = ulong(payload, start + 16), start + 20
    yield Mutation("the flavor table is cut", payload[:-4], ("E-SIZE",))
    yield Mutation("bytes behind the flavor table", payload + bytes(4), ("W-TRAILING",))
    yield Mutation(
        "another signature of the flavor table",
        payload[:start] + b"X" + payload[start + 1 :],
        ("E-MAGIC",),
    )
    yield _change(payload, "flavor table: one entry more", start + 16, count + 1, "E-SIZE")
    yield _change(payload, "a flavor of no qualifier", entry, 1, "W-FLAVOR")
    yield _change(payload, "an empty flavor", entry + 4, 0, "W-FLAVOR")
    yield _change(payload, "an unknown flavor", entry + 4, 0x40, "W-FLAVOR")


def _records(payload: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        size = ulong(payload, start)
        yield start, start + size
        start += size


def _objects(payload: bytes, start: int, end: int, path: str) -> Iterator[Mutation]:
    for i, (at, stop) in enumerate(_records(payload, start, end)):
        name = f"{path} {i}"
        qualifiers, properties, methods = struct.unpack_from("<III", payload, at + 4)
        yield _change(payload, f"{name}: no size", at, 0, "E-SIZE")
        yield _change(payload, f"{name}: a size past the end", at, len(payload), "E-SIZE")
        yield _change(payload, f"{name}: methods before properties", at + 12, 0, *_MISPLACED)
        yield _change(payload, f"{name}: methods far away", at + 12, 0x7FFFFFFF, "E-LAYOUT")
        yield _change(payload, f"{name}: neither class nor instance", at + 16, 2, "E-KIND")
        base = at + 20
        if qualifiers != _NOWHERE:
            yield from _list(payload, base, f"{name}, qualifiers")
            yield from _qualifiers(payload, base, name)
        for where, word in ((properties, "property"), (methods, "method")):
            yield from _list(payload, base + where, f"{name}, {word} list")
            yield from _properties(payload, base + where, f"{name}, {word}")
        del stop


_MISPLACED: Final = ("E-LAYOUT", "E-SIZE")


def _list(payload: bytes, at: int, name: str) -> Iterator[Mutation]:
    size, count = struct.unpack_from("<II", payload, at)
    yield _change(payload, f"{name}: size one more", at, size + 1, "E-SIZE")
    if size > 8:
        yield _change(payload, f"{name}: one record more", at + 4, count + 1, "W-COUNT")


def _qualifiers(payload: bytes, at: int, owner: str) -> Iterator[Mutation]:
    end = at + ulong(payload, at)
    for i, (start, stop) in enumerate(_records(payload, at + 8, end)):
        name = f"{owner}, qualifier {i}"
        code, _, value = struct.unpack_from("<III", payload, start + 4)
        base = start + 16
        yield _change(payload, f"{name}: no size", start, 0, "E-SIZE")
        yield _change(payload, f"{name}: the name elsewhere", start + 8, 2, "E-LAYOUT")
        yield _change(payload, f"{name}: a value far away", start + 12, 1 << 24, "E-LAYOUT")
        yield _change(payload, f"{name}: a type there is none of", start + 4, _NO_TYPE, "E-TYPE")
        yield _endless(payload, f"{name}: a name without an end", base, base + value)
        yield from _value(payload, name, code, base + value, stop)


def _properties(payload: bytes, at: int, owner: str) -> Iterator[Mutation]:
    end = at + ulong(payload, at)
    for i, (start, stop) in enumerate(_records(payload, at + 8, end)):
        name = f"{owner} {i}"
        code, _, value, qualifiers = struct.unpack_from("<IIII", payload, start + 4)
        base = start + 20
        value_end = stop if qualifiers == _NOWHERE else base + qualifiers
        name_end = value_end if value == _NOWHERE else base + value
        yield _change(payload, f"{name}: no size", start, 0, "E-SIZE")
        yield _change(payload, f"{name}: the name elsewhere", start + 8, 2, "E-LAYOUT")
        yield _change(payload, f"{name}: qualifiers far away", start + 16, 1 << 24, "E-LAYOUT")
        yield _endless(payload, f"{name}: a name without an end", base, name_end)
        if value != _NOWHERE:
            label = f"{name}: a type there is none of"
            yield _change(payload, label, start + 4, _NO_TYPE, "E-TYPE")
            yield from _value(payload, name, code, name_end, value_end)
        if qualifiers != _NOWHERE:
            yield from _list(payload, value_end, f"{name}, qualifiers")
            yield from _qualifiers(payload, value_end, name)


def _value(payload: bytes, owner: str, code: int, at: int, end: int) -> Iterator[Mutation]:
    if code & _ARRAY:
        size = ulong(payload, at)
        yield _change(payload, f"{owner}: an array of another size", at, size + 4, "E-SIZE")
        yield _change(payload, f"{owner}: two dimensions", at + 4, 2, "W-CONSTANT")
        if code == _OBJECT | _ARRAY:
            yield from _objects(payload, at + 16, end, f"{owner}, object")
    elif code == _OBJECT:
        yield from _objects(payload, at, end, f"{owner}, object")
    elif code == _STRING:
        yield _endless(payload, f"{owner}: a string without an end", at, end)
    elif code == _BOOLEAN:
        yield Mutation(f"{owner}: a truth of 1", with_ushort(payload, at, 1), ("W-BOOLEAN",))


def _endless(payload: bytes, label: str, start: int, end: int) -> Mutation:
    """Return a payload in which a string has no zero at its end, whatever it holds."""
    units = b"A\0" * ((end - start) // 2)
    return Mutation(label, payload[:start] + units + payload[start + len(units) :], ("E-STRING",))
