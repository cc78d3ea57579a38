"""From a reply to the bytes of a WMIREGINFO buffer, in one of the many legal layouts.

Offsets lead anywhere behind the array: strings may stand in any order, share a place, or have gaps
between them. BufferSize of a chain's first part may count the whole chain. What means nothing may
hold anything. The sources are the pages "WMIREGINFOW structure", "WMIREGGUIDW structure" and
"Handling IRP_MN_REGINFO" (Windows driver documentation).

Written without the encoder of `mofkit.reginfo`, which knows one layout, and without its Construct
schemas: whoever tests those has something else to hold them against.
"""

from __future__ import annotations

import struct

from mofkit.binary.utf16 import encode_units
from mofkit.reginfo.enums import Arch
from mofkit.reginfo.model import (
    BaseName,
    DynamicNames,
    ListNames,
    PdoNames,
    RegGuid,
    RegInfo,
    RegInfoReply,
)
from mofkit.testing.choices import PLAINEST, Choices, Decider

__all__ = ["ENTRY_BYTES", "HEADER_BYTES", "lay_out"]

HEADER_BYTES = {Arch.X86: 20, Arch.X64: 24}
ENTRY_BYTES = {Arch.X86: 28, Arch.X64: 32}


def lay_out(reply: RegInfoReply, arch: Arch, choices: Choices = PLAINEST) -> bytes:
    r"""Return bytes that say what a reply says; with `PLAINEST` they are the encoder's.

    The reply has to be one that can be encoded; nothing is checked here.

    >>> from uuid import UUID
    >>> from mofkit.reginfo import decode
    >>> fan = UUID("D510C931-ACEF-40B5-9361-1CEE4DFC3E5E")
    >>> info = RegInfo("P", "M", (RegGuid.with_base_name(fan, "Fan", 2),))
    >>> data = lay_out(RegInfoReply((info,)), Arch.X86, Choices((1, 2, 3)))
    >>> decode(data, "x86").infos[0] == info
    True
    """
    decider = choices.decider()
    parts = [_Part(info, arch, decider) for info in reply.infos]
    alignment = 8 if arch is Arch.X64 else decider.pick((8, 4))
    out = bytearray()
    for i, part in enumerate(parts):
        data = part.to_bytes()
        if i < len(parts) - 1:
            data += bytes(-len(data) % alignment)
            struct.pack_into("<I", data, 4, len(data))
        out += data
    if len(parts) > 1 and decider.maybe():
        struct.pack_into("<I", out, 0, len(out))
    return bytes(out)


class _Part:
    """One WMIREGINFO while it is laid out."""

    def __init__(self, info: RegInfo, arch: Arch, decider: Decider) -> None:
        self._info = info
        self._decider = decider
        self._pointer_bytes = arch.pointer_bytes
        self._header_bytes = HEADER_BYTES[arch]
        self._start = self._header_bytes + len(info.guids) * ENTRY_BYTES[arch]
        self._tail = bytearray()
        self._known: dict[bytes, int] = {}

    def to_bytes(self) -> bytearray:
        """Return the part, as if it were the last one."""
        info = self._info
        swapped = self._decider.maybe()
        early = self._header_strings() if swapped else (0, 0)
        entries = b"".join([self._entry(entry) for entry in info.guids])
        registry_path, mof_resource = early if swapped else self._header_strings()
        size = self._start + len(self._tail)
        header = struct.pack("<5I", size, 0, registry_path, mof_resource, len(info.guids))
        return bytearray(header + self._noise(self._header_bytes - 20) + entries + self._tail)

    def _header_strings(self) -> tuple[int, int]:
        mof_resource = self._optional(self._info.mof_resource)
        return self._optional(self._info.registry_path), mof_resource

    def _entry(self, entry: RegGuid) -> bytes:
        union, is_offset = 0, True
        match entry.names:
            case PdoNames(pdo):
                union, is_offset = pdo, False
            case BaseName(base):
                union = self._optional(base)
            case ListNames(names) if names:
                union = self._put([_counted(name) for name in names])
            case ListNames():
                union = 0
            case DynamicNames():
                union, is_offset = int.from_bytes(self._noise(self._pointer_bytes), "little"), False
        low = union.to_bytes(self._pointer_bytes, "little")
        if is_offset:  # the upper half is whatever the driver left there
            low = low[:4] + self._noise(self._pointer_bytes - 4)
        return entry.guid.bytes_le + struct.pack("<II", entry.flags, entry.instance_count) + low

    def _optional(self, text: str | None) -> int:
        return 0 if text is None else self._put([_counted(text)])

    def _put(self, strings: list[bytes]) -> int:
        """Put strings end to end somewhere behind the array, and return where."""
        data = b"".join(strings)
        if data in self._known and self._decider.maybe():
            return self._known[data]
        self._tail += self._noise(2 * self._decider.pick((0, 0, 1, 3)))
        offset = self._start + len(self._tail)
        self._tail += data
        self._known[data] = offset
        return offset

    def _noise(self, n_bytes: int) -> bytes:
        return bytes([self._decider.below(256) for _ in range(n_bytes)])


def _counted(text: str) -> bytes:
    data = encode_units(text)
    return struct.pack("<H", len(data)) + data
