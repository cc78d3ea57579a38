"""What each byte of a WMIREGINFO buffer is, also of a malformed one as far as it can be told.

The decoder says what is wrong; this module only names bytes, and stops reading strings where one
cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from mofkit.binary import Annotation, BinaryFormatError, BinaryWarning, Field
from mofkit.binary.field_budget import FieldBudget
from mofkit.binary.guid_text import guid_text
from mofkit.reginfo.chain import MIN_HEADER_BYTES, Part, read_parts
from mofkit.reginfo.decoder import TOO_SMALL_BYTES, decode
from mofkit.reginfo.enums import (
    NAME_KIND_FLAGS,
    UNKNOWN_BITS,
    Arch,
    RegFlag,
    Request,
    flag_names,
)
from mofkit.reginfo.model import RegInfoReply
from mofkit.reginfo.string_fields import StringFields
from mofkit.reginfo.structs import Layout, layout

__all__ = ["annotate"]

_FEW_ENTRIES = 8
"""So many are shown of an array whose header cannot be true: enough to see whether it is one."""


def annotate(data: bytes, arch: Arch, request: Request = Request.REGISTER) -> Annotation:
    r"""Return the fields of a reply, what is odd about it, and why it is refused if it is.

    Takes time and memory in proportion to the bytes, and explains no more than a `FieldBudget` has.
    A string that several fields name is there once, with its other users in `also_paths`.

    >>> [field.path for field in annotate(b"\x74\x01\0\0", Arch.X64).fields]
    ['SizeNeeded']
    """
    warnings, error = _judge(data, arch, request)
    if len(data) == TOO_SMALL_BYTES:
        size = int.from_bytes(data, "little")
        needed = Field(0, 4, "SizeNeeded", "ULONG", str(size), "bytes that the buffer must have")
        return Annotation(f"reply to {request.data_path}: buffer too small", data, (needed,))
    title = f"WMIREGINFO ({arch}, {request.data_path})"
    budget = FieldBudget(len(data))
    fields = _Annotator(data, layout(arch), budget).fields()
    return Annotation(title, data, tuple(fields), warnings, error, budget.left_out)


def _judge(
    data: bytes, arch: Arch, request: Request
) -> tuple[tuple[BinaryWarning, ...], BinaryFormatError | None]:
    try:
        reply = decode(data, arch, request)
    except BinaryFormatError as error:
        return (), error
    return reply.warnings if isinstance(reply, RegInfoReply) else (), None


class _Annotator:
    """Names the bytes of one buffer."""

    def __init__(self, data: bytes, layout: Layout, budget: FieldBudget) -> None:
        self._data = data
        self._layout = layout
        self._budget = budget

    def fields(self) -> list[Field]:
        """Return the fields that the budget has room for, by offset."""
        parts = self._parts()
        strings = StringFields(self._data, parts, self._budget)
        found = self._budget.kept(self._fixed_fields(parts, strings))
        found += strings.fields()
        return sorted(found, key=lambda field: field.offset_bytes)

    def _fixed_fields(self, parts: Sequence[Part], strings: StringFields) -> Iterator[Field]:
        """Yield headers and entries, and tell `strings` what they lead to."""
        for part in parts:
            yield from self._header(part, parts)
            strings.add(part, part.registry_path, "RegistryPath")
            strings.add(part, part.mof_resource, "MofResourceName")
            for index in range(part.guid_count):
                yield from self._entry(part, index, strings)

    def _parts(self) -> list[Part]:
        """Return the parts of the chain, the last one as far as its numbers can be true."""
        parts: list[Part] = []
        try:
            read_parts(self._data, self._layout, parts)
        except BinaryFormatError as error:
            # An error about NextWmiRegInfo is one of a part that is read.
            if error.code != "E-NEXT":
                start = parts[-1].start + parts[-1].next if parts else 0
                parts.append(self._salvage(len(parts), start))
        return parts

    def _salvage(self, index: int, start: int) -> Part:
        """Return a part whose header cannot be true, with a few of the entries there can be.

        These end where the data ends, or where the header says that a string stands.
        """
        row, entry_bytes = self._layout.header_row, self._layout.entry_row.size
        header = self._data[start : start + row.size].ljust(row.size, b"\0")
        size, following, registry_path, mof_resource, count = row.struct.unpack(header)
        available = len(self._data) - start
        end = size if MIN_HEADER_BYTES <= size <= available else available
        array_start = min(row.size, end)
        strings = [at for at in (registry_path, mof_resource) if array_start <= at <= end]
        n_entries = min(count, (min([end, *strings]) - array_start) // entry_bytes)
        return Part(
            layout=self._layout,
            index=index,
            start=start,
            array_start=start + array_start,
            array_end=start + array_start + n_entries * entry_bytes,
            end=start + end,
            next=following,
            registry_path=registry_path,
            mof_resource=mof_resource,
            guid_count=min(n_entries, _FEW_ENTRIES),
        )

    # ------------------------------------------------------------------------------------ header

    def _header(self, part: Part, parts: Sequence[Part]) -> Iterator[Field]:
        """Yield the fields of a header that the data has; the padding is what remains."""
        meanings = {
            "BufferSize": self._buffer_size_meaning(part, parts),
            "NextWmiRegInfo": _next_meaning(part),
            "RegistryPath": _offset_meaning(part, part.registry_path),
            "MofResourceName": _offset_meaning(part, part.mof_resource),
            "GuidCount": f"entries of {self._layout.entry_row.size} bytes",
        }
        end = part.start
        for column in self._layout.header_row.columns:
            at = part.start + column.offset_bytes
            if at + column.length_bytes > len(self._data):
                return
            value = self._number(at, column.length_bytes)
            shown = (
                f"{value:#x}" if value and meanings[column.name].find(" at ") > 0 else str(value)
            )
            path = f"{_path(part)}.{column.name}"
            yield Field(at, column.length_bytes, path, "ULONG", shown, meanings[column.name])
            end = at + column.length_bytes
        if part.array_start > end:
            yield _ignored(self._data, end, part.array_start, f"{_path(part)}.(padding)", "ignored")

    def _buffer_size_meaning(self, part: Part, parts: Sequence[Part]) -> str:
        if len(parts) > 1 and part.index == 0 and part.end > parts[1].start:
            return "bytes of this part and those behind it"
        return "bytes of this part"

    # --------------------------------------------------------------------------------- one entry

    def _entry(self, part: Part, index: int, strings: StringFields) -> Iterator[Field]:
        row = self._layout.entry_row
        at = part.array_start + index * row.size
        guid, bits, count, union = row.struct.unpack_from(self._data, at)
        flags = RegFlag(bits)
        path = f"{_path(part)}.WmiRegGuid[{index}]"
        yield Field(at, 16, f"{path}.Guid", "GUID", guid_text(UUID(bytes_le=guid)))
        yield Field(at + 16, 4, f"{path}.Flags", "ULONG", f"{bits:#010x}", _flags_meaning(flags))
        yield Field(at + 20, 4, f"{path}.InstanceCount", "ULONG", str(count), _count_meaning(flags))
        kind = flags & NAME_KIND_FLAGS
        if kind not in (RegFlag.INSTANCE_LIST, RegFlag.INSTANCE_BASENAME):
            yield self._pointer(at + 24, path, kind, union)
            return
        offset = union & 0xFFFFFFFF
        member = "InstanceNameList" if kind == RegFlag.INSTANCE_LIST else "BaseNameOffset"
        what = f"{count} strings" if kind == RegFlag.INSTANCE_LIST and count != 1 else "a string"
        yield Field(
            at + 24,
            4,
            f"{path}.{member}",
            "ULONG",
            f"{offset:#x}",
            _offset_meaning(part, offset, what),
        )
        if row.size > 28:
            upper = f"{path}.(upper half)"
            yield _ignored(
                self._data, at + 28, at + row.size, upper, "ignored: offsets have 32 bits"
            )
        if kind == RegFlag.INSTANCE_LIST:
            strings.add_list(part, offset, count, member, index)
        else:
            strings.add(part, offset, member, index)

    def _pointer(self, at: int, path: str, kind: RegFlag, union: int) -> Field:
        """Return the union where it holds a pointer, or nothing that means anything."""
        if kind == RegFlag.INSTANCE_PDO:
            name, meaning = "Pdo", "pointer to the physical device object"
        elif kind:
            name, meaning = "InstanceInfo", "which member holds is not told: several name kinds"
        else:
            name, meaning = "InstanceInfo", "ignored: dynamic names"
        length = self._layout.entry_row.size - 24
        return Field(at, length, f"{path}.{name}", "ULONG_PTR", f"{union:#x}", meaning)

    def _number(self, at: int, length: int) -> int:
        return int.from_bytes(self._data[at : at + length], "little")


def _path(part: Part) -> str:
    return f"WMIREGINFO[{part.index}]"


def _ignored(data: bytes, start: int, end: int, path: str, meaning: str) -> Field:
    value = data[start:end].hex(" ") if any(data[start:end]) else "0"
    return Field(start, end - start, path, f"UCHAR[{end - start}]", value, meaning)


def _next_meaning(part: Part) -> str:
    return f"the next header is at {part.start + part.next:#x}" if part.next else "the last header"


def _offset_meaning(part: Part, offset: int, what: str = "a string") -> str:
    return f"{what} at {part.start + offset:#x}" if offset else "none"


def _flags_meaning(flags: RegFlag) -> str:
    named = flag_names(flags)
    if unknown := flags & UNKNOWN_BITS:
        named.append(f"unknown {int(unknown):#x}")
    return " | ".join(named) or "none"


def _count_meaning(flags: RegFlag) -> str:
    match flags & NAME_KIND_FLAGS:
        case RegFlag.INSTANCE_LIST:
            return "names in the list"
        case RegFlag.INSTANCE_BASENAME:
            return "instances, named after one base name"
        case RegFlag.INSTANCE_PDO:
            return "instances, named after the device"
        case 0:
            return "ignored: dynamic names"
    return ""
