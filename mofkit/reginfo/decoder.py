"""From the bytes of a reply to what it says; any legal layout is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from mofkit.binary import BinaryFormatError, BinaryWarning
from mofkit.binary.guid import big_endian_guids
from mofkit.collector import garbage_collector_paused
from mofkit.reginfo.chain import Part, read_parts
from mofkit.reginfo.enums import (
    NAME_KIND_FLAGS,
    RESERVED_FLAGS,
    UNKNOWN_BITS,
    Arch,
    RegFlag,
    Request,
    flag_names,
)
from mofkit.reginfo.model import (
    BaseName,
    DynamicNames,
    InstanceNames,
    ListNames,
    PdoNames,
    RegGuid,
    RegInfo,
    RegInfoReply,
    TooSmall,
)
from mofkit.reginfo.strings import StringReader
from mofkit.reginfo.structs import TooSmallReply, layout

__all__ = ["TOO_SMALL_BYTES", "check_name_kind", "check_trace_control", "decode", "header_warnings"]

TOO_SMALL_BYTES = 4
"""The length of a reply to a buffer that was too small; nothing else is as short."""


def decode(
    data: bytes, arch: Arch | str, request: Request | str = Request.REGISTER
) -> RegInfoReply | TooSmall:
    r"""Return what the bytes of a reply say.

    Reads every legal layout: gaps, shared strings, any order, either meaning of BufferSize in a
    chain, and whatever stands in fields that mean nothing.

    Args:
        data: the buffer as far as it was written (IoStatus.Information).
        arch: the pointer size of the driver; the bytes do not tell it.
        request: what the reply answers; the bytes do not tell that either.

    Raises:
        BinaryFormatError: the first fault, with its E- code.

    >>> decode(b"\x74\x01\0\0", "x64")
    TooSmall(required_bytes=372, request=<Request.REGISTER: 'register'>)
    """
    arch, request = Arch(arch), Request(request)
    if len(data) == TOO_SMALL_BYTES:
        return TooSmall(TooSmallReply.parse(data).SizeNeeded, request)
    with garbage_collector_paused():
        return _Decoder(bytes(data), arch, request).reply()


class _Bits(NamedTuple):
    """What is known of a value of Flags, after one look."""

    flags: RegFlag
    kind: int
    is_unusual: bool


# As numbers: an operation on an enum takes a microsecond.
_LIST, _BASE, _PDO = (
    int(flag) for flag in (RegFlag.INSTANCE_LIST, RegFlag.INSTANCE_BASENAME, RegFlag.INSTANCE_PDO)
)
_LOW_HALF = 0xFFFFFFFF
_DYNAMIC = DynamicNames()
_NOTABLE = RegFlag.REMOVE_GUID | RegFlag.TRACE_CONTROL_GUID | RESERVED_FLAGS | UNKNOWN_BITS


class _Decoder:
    """Reads one buffer."""

    def __init__(self, data: bytes, arch: Arch, request: Request) -> None:
        self._data = data
        self._layout = layout(arch)
        self._request = request
        self._warnings: list[BinaryWarning] = []
        self._guids: set[int] = set()
        self._known: dict[int, _Bits] = {}
        self._parts: list[Part] = []
        read_parts(data, self._layout, self._parts)
        self._strings = StringReader(data, self._parts)

    def reply(self) -> RegInfoReply:
        infos = tuple(self._info(part) for part in self._parts)
        warnings = [
            *header_warnings(self._parts, self._request, len(self._data)),
            *self._warnings,
            *self._strings.warnings,
        ]
        warnings.sort(key=lambda warning: warning.offset_bytes)
        return RegInfoReply(infos, self._request, tuple(warnings))

    def _info(self, part: Part) -> RegInfo:
        return RegInfo(
            self._header_string(part, part.registry_path, "RegistryPath"),
            self._header_string(part, part.mof_resource, "MofResourceName"),
            tuple(self._entries(part)),
        )

    def _header_string(self, part: Part, offset: int, field: str) -> str | None:
        return self._strings.string(part, offset, field)[0] if offset else None

    def _entries(self, part: Part) -> list[RegGuid]:
        """Return the entries of a part. The loop runs once an entry, so it is written for speed."""
        entries = []
        known, guids, from_bytes = self._known, self._guids, int.from_bytes
        row = self._layout.entry_row
        array = big_endian_guids(self._data[part.array_start : part.array_end], row.size)
        for index, (guid_bytes, bits, count, union) in enumerate(row.struct.iter_unpack(array)):
            guid = from_bytes(guid_bytes)
            flags, kind, is_unusual = known.get(bits) or self._look_at(bits)
            if is_unusual:
                check_name_kind(flags, *part.place("Flags", index))
            names = self._names(part, index, kind, flags, count, union) if kind else _DYNAMIC
            if is_unusual or guid in guids or (kind and not (count and union)):
                self._judge(part, index, flags, count, union, repeats=guid in guids)
            guids.add(guid)
            entries.append(RegGuid(UUID(int=guid), flags, count, names))
        return entries

    def _look_at(self, bits: int) -> _Bits:
        kind = bits & NAME_KIND_FLAGS
        is_unusual = bool(bits & _NOTABLE) or kind.bit_count() > 1
        found = self._known[bits] = _Bits(RegFlag(bits), int(kind), is_unusual)
        return found

    def _names(
        self, part: Part, index: int, kind: int, flags: RegFlag, count: int, union: int
    ) -> InstanceNames:
        if kind == _PDO:
            return PdoNames(union)
        offset = union & _LOW_HALF  # on x64 the rest is whatever the driver left there
        if kind == _BASE:
            if offset:
                return BaseName(self._strings.string(part, offset, "BaseNameOffset", index)[0])
            _check_removes(part, index, "BaseNameOffset", flags)
            return BaseName(None)
        if offset:
            found = self._strings.strings(part, offset, count, "InstanceNameList", index)
            return ListNames(found.names)
        if count:
            _check_removes(part, index, "InstanceNameList", flags)
        return ListNames(())

    def _judge(
        self, part: Part, index: int, flags: RegFlag, count: int, union: int, *, repeats: bool
    ) -> None:
        """Look closer at an entry that has something unusual."""

        def warn(code: str, field: str, message: str) -> None:
            self._warnings.append(BinaryWarning(code, *part.place(field, index), message))

        check_trace_control(flags, *part.place("Flags", index))
        removes = flags & RegFlag.REMOVE_GUID
        if repeats:
            warn("W-DUP-GUID", "Guid", "stands in an earlier entry too")
        if removes and self._request is Request.REGISTER:
            warn(
                "W-REMOVE-IN-REGISTER",
                "Flags",
                "WMIREG_FLAG_REMOVE_GUID in a WMIREGISTER reply, where there is nothing to remove",
            )
        if unknown := flags & (RESERVED_FLAGS | UNKNOWN_BITS):
            warn("W-RESERVED-FLAGS", "Flags", f"reserved or unknown bits {int(unknown):#x} are set")
        if flags & NAME_KIND_FLAGS and not removes:
            if not count:
                warn("W-COUNT-ZERO", "InstanceCount", "is 0: static names of no instance")
            if flags & RegFlag.INSTANCE_PDO and not union:
                warn("W-PDO-NULL", "Pdo", "is NULL: there is no device to name instances after")


def check_name_kind(flags: RegFlag, offset_bytes: int, path: str) -> None:
    """Check that flags, which stand at `offset_bytes`, have one name kind or none.

    Raises:
        BinaryFormatError: E-NAMEKIND.
    """
    kinds = flags & NAME_KIND_FLAGS
    if kinds.bit_count() > 1:
        reason = f"more than one kind of name: {' | '.join(flag_names(kinds))}"
        raise BinaryFormatError("E-NAMEKIND", offset_bytes, path, reason)


def check_trace_control(flags: RegFlag, offset_bytes: int, path: str) -> None:
    """Check that TRACE_CONTROL_GUID comes with TRACED_GUID.

    Raises:
        BinaryFormatError: E-TRACECTL.
    """
    if flags & RegFlag.TRACE_CONTROL_GUID and not flags & RegFlag.TRACED_GUID:
        reason = "WMIREG_FLAG_TRACE_CONTROL_GUID needs WMIREG_FLAG_TRACED_GUID"
        raise BinaryFormatError("E-TRACECTL", offset_bytes, path, reason)


def _check_removes(part: Part, index: int, member: str, flags: RegFlag) -> None:
    """Accept an offset of 0 in an entry that removes its block, and in no other."""
    if not flags & RegFlag.REMOVE_GUID:
        reason = "is 0: there is no name"
        raise BinaryFormatError("E-NONAME", *part.place(member, index), reason)


def header_warnings(parts: Sequence[Part], request: Request, n_bytes: int) -> list[BinaryWarning]:
    """Return what is odd about the headers of a chain in `n_bytes` of data."""
    found = []
    for part in parts:
        if request is Request.REGISTER and not part.registry_path:
            reason = "is 0 in a WMIREGISTER reply: nothing leads to the driver's image"
            found.append(BinaryWarning("W-NO-REGPATH", *part.place("RegistryPath"), reason))
        if part.layout.pointer_bytes == 8 and part.next % 8:
            reason = f"{part.next} is no multiple of 8, as the pointers behind it need"
            found.append(BinaryWarning("W-NEXT-ALIGN", *part.place("NextWmiRegInfo"), reason))
    last = max(parts, key=lambda part: part.end)  # the first, where it counts the whole chain
    if last.end < n_bytes:
        reason = f"bytes behind the end of the last part: {n_bytes - last.end}"
        found.append(BinaryWarning("W-TRAILING", last.end, f"WMIREGINFO[{last.index}]", reason))
    return found
