"""Near-valid WMIREGINFO buffers. The codes are those of `mofkit.reginfo.decode`."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from mofkit.reginfo.enums import NAME_KIND_FLAGS, Arch, RegFlag, Request
from mofkit.testing.mutations.mutation import Mutation
from mofkit.testing.mutations.ulongs import ulong, with_ulong, with_ushort
from mofkit.testing.reginfo_layout import ENTRY_BYTES, HEADER_BYTES

__all__ = ["reginfo_mutations"]


def reginfo_mutations(
    data: bytes, arch: Arch | str, request: Request | str = Request.REGISTER
) -> Iterator[Mutation]:
    """Yield a valid buffer with one thing changed at a time: numbers, offsets, flags, ends.

    The buffer may have any legal layout in which the last string ends where the buffer does.

    >>> from mofkit.reginfo import RegInfo, RegInfoReply, decode, encode
    >>> data = encode(RegInfoReply((RegInfo("Path"),)), "x64")
    >>> [found.expected for found in reginfo_mutations(data, "x64") if "past" in found.label][:2]
    [('E-BUFFERSIZE',), ('E-OFFSET',)]
    """
    arch, request = Arch(arch), Request(request)
    yield from _ends(data)
    for part in _parts(data, arch):
        yield from _header(data, part)
        for string in _strings(data, part):
            yield from _offset(data, part, string)
            yield from _length(data, string)
        for entry in part.entries:
            yield from _flags(data, entry, request)
            yield from _names(data, entry)


class _Entry(NamedTuple):
    label: str
    at: int
    flags: int
    instance_count: int
    union: int
    pointer_bytes: int

    @property
    def removes(self) -> bool:
        return bool(self.flags & RegFlag.REMOVE_GUID)

    @property
    def kind(self) -> int:
        return self.flags & NAME_KIND_FLAGS


class _Part(NamedTuple):
    label: str
    start: int
    array_at: int
    entry_bytes: int
    entries: list[_Entry]


class _String(NamedTuple):
    """A string, or a list of them, by the field that has its offset."""

    label: str
    field_at: int
    at: int


_SIZE_AT, _NEXT_AT, _REGISTRY_PATH_AT, _MOF_RESOURCE_AT, _COUNT_AT = range(0, 20, 4)
_FLAGS_AT, _INSTANCE_COUNT_AT, _UNION_AT = 16, 20, 24
_WRAPS: Final = {28: 153391690, 32: 1 << 27}
"""Counts that, times the size of an entry, are little more than 2^32."""


def _parts(data: bytes, arch: Arch) -> Iterator[_Part]:
    start, index = 0, 0
    while True:
        array_at = start + HEADER_BYTES[arch]
        entries = []
        for i in range(ulong(data, start + _COUNT_AT)):
            at = array_at + i * ENTRY_BYTES[arch]
            flags, count, union = struct.unpack_from("<III", data, at + _FLAGS_AT)
            label = f"entry {i} of part {index}"
            entries.append(_Entry(label, at, flags, count, union, arch.pointer_bytes))
        yield _Part(f"part {index}", start, array_at, ENTRY_BYTES[arch], entries)
        following = ulong(data, start + _NEXT_AT)
        if not following:
            return
        start, index = start + following, index + 1


def _strings(data: bytes, part: _Part) -> Iterator[_String]:
    fields = [
        (f"RegistryPath of {part.label}", part.start + _REGISTRY_PATH_AT),
        (f"MofResourceName of {part.label}", part.start + _MOF_RESOURCE_AT),
    ]
    for entry in part.entries:
        has_list = entry.kind == RegFlag.INSTANCE_LIST and entry.instance_count
        if has_list or entry.kind == RegFlag.INSTANCE_BASENAME:
            fields.append((f"name offset of {entry.label}", entry.at + _UNION_AT))
    for label, field_at in fields:
        offset = ulong(data, field_at)
        if offset:
            yield _String(label, field_at, part.start + offset)


def _ends(data: bytes) -> Iterator[Mutation]:
    cut = ("E-BUFFERSIZE", "E-NEXT", "E-HEADER")
    yield Mutation("the last byte is missing", data[:-1], cut)
    yield Mutation("12 bytes of a header", data[:12], ("E-HEADER",))
    yield Mutation("no bytes", b"", ("E-HEADER",))
    yield Mutation("two bytes behind the end", data + b"\0\0", ("W-TRAILING",))


def _header(data: bytes, part: _Part) -> Iterator[Mutation]:
    def change(what: str, at: int, number: int, code: str) -> Mutation:
        return Mutation(f"{what}, {part.label}", with_ulong(data, part.start + at, number), (code,))

    n_left = len(data) - part.start
    size = ulong(data, part.start + _SIZE_AT)
    n_most = (size - (part.array_at - part.start)) // part.entry_bytes
    yield change("BufferSize one past the data", _SIZE_AT, n_left + 1, "E-BUFFERSIZE")
    yield change("BufferSize below a header", _SIZE_AT, 19, "E-BUFFERSIZE")
    yield change("GuidCount one too many", _COUNT_AT, n_most + 1, "E-GUIDCOUNT")
    wraps = _WRAPS[part.entry_bytes]
    yield change("GuidCount that wraps", _COUNT_AT, wraps, "E-GUIDCOUNT")
    yield change("NextWmiRegInfo into the header", _NEXT_AT, 4, "E-NEXT")
    yield change("NextWmiRegInfo leaves too little", _NEXT_AT, n_left - 8, "E-NEXT")
    yield change("NextWmiRegInfo that wraps", _NEXT_AT, -8, "E-NEXT")


def _offset(data: bytes, part: _Part, string: _String) -> Iterator[Mutation]:
    def change(what: str, number: int, *codes: str) -> Mutation:
        return Mutation(f"{string.label}: {what}", with_ulong(data, string.field_at, number), codes)

    size = ulong(data, part.start + _SIZE_AT)
    yield change("past BufferSize", size, "E-OFFSET")
    yield change("far away", 0xFFFFFFFE, "E-OFFSET")
    yield change("odd", string.at - part.start + 1, "E-ALIGN", "E-OFFSET")
    if size >= 20 + 2 * 4:  # a list has to fit by its count before it is looked at
        yield change("into the header", 16, "E-OVERLAP", "E-STRING")


def _length(data: bytes, string: _String) -> Iterator[Mutation]:
    length = int.from_bytes(data[string.at : string.at + 2], "little")
    odd = with_ushort(data, string.at, length + 1)
    yield Mutation(f"{string.label}: odd Length", odd, ("E-STRING-ODD", "E-STRING", "E-OVERLAP"))
    if string.at + 0xFFFE > len(data):
        longest = with_ushort(data, string.at, 0xFFFE)
        yield Mutation(f"{string.label}: Length past the end", longest, ("E-STRING", "E-OVERLAP"))


def _flags(data: bytes, entry: _Entry, request: Request) -> Iterator[Mutation]:
    def change(what: str, flags: int, *codes: str) -> Mutation:
        changed = with_ulong(data, entry.at + _FLAGS_AT, flags)
        return Mutation(f"Flags of {entry.label}: {what}", changed, codes)

    flags = entry.flags
    yield change("two kinds of name", flags | 0x0C, "E-NAMEKIND")
    yield change("three kinds of name", flags | NAME_KIND_FLAGS, "E-NAMEKIND")
    control = (flags | RegFlag.TRACE_CONTROL_GUID) & ~int(RegFlag.TRACED_GUID)
    yield change("TRACE_CONTROL_GUID alone", control, "E-TRACECTL")
    yield change("a reserved bit", flags | RegFlag.RESERVED2, "W-RESERVED-FLAGS")
    yield change("an unknown bit", flags | 0x10, "W-RESERVED-FLAGS")
    removed = ("W-REMOVE-IN-REGISTER",) if request is Request.REGISTER else ()
    yield change("REMOVE_GUID", flags | RegFlag.REMOVE_GUID, *removed)
    yield change("EXPENSIVE the other way", flags ^ RegFlag.EXPENSIVE)


def _names(data: bytes, entry: _Entry) -> Iterator[Mutation]:
    def change(what: str, at: int, number: int, *codes: str) -> Mutation:
        return Mutation(f"{entry.label}: {what}", with_ulong(data, entry.at + at, number), codes)

    match entry.kind:
        case 0:
            yield change("a count of dynamic names", _INSTANCE_COUNT_AT, 0xFFFFFFFF)
            yield change("a union of dynamic names", _UNION_AT, 0xFFFFFFFF)
        case RegFlag.INSTANCE_PDO if not entry.removes:
            null = data[: entry.at + _UNION_AT] + bytes(entry.pointer_bytes)
            null += data[len(null) :]
            yield Mutation(f"{entry.label}: no PDO", null, ("W-PDO-NULL",))
        case RegFlag.INSTANCE_BASENAME if not entry.removes:
            yield change("no base name", _UNION_AT, 0, "E-NONAME")
            yield change("no instances", _INSTANCE_COUNT_AT, 0, "W-COUNT-ZERO")
        case RegFlag.INSTANCE_LIST if entry.union:
            yield change("a count past all strings", _INSTANCE_COUNT_AT, 1 << 31, "E-STRING")
            if entry.instance_count and not entry.removes:
                yield change("no list", _UNION_AT, 0, "E-NONAME")
