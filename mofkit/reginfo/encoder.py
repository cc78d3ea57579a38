"""From what a reply says to its bytes, in one layout, the one that published drivers use.

Header, array, the names of the entries in their order, MofResourceName, RegistryPath; nothing
between them, no NULs added, no sharing. In a chain BufferSize counts the part's own bytes, and the
next header stands on a multiple of 8. What means nothing is 0.
"""

from __future__ import annotations

from mofkit.binary import BinaryFormatError, BuildError
from mofkit.binary.utf16 import encode_units
from mofkit.reginfo.decoder import check_name_kind, check_trace_control
from mofkit.reginfo.enums import NAME_KIND_FLAGS, Arch, RegFlag, Request
from mofkit.reginfo.model import (
    BaseName,
    DynamicNames,
    ListNames,
    PdoNames,
    RegGuid,
    RegInfo,
    RegInfoReply,
    TooSmall,
)
from mofkit.reginfo.structs import TooSmallReply, layout

__all__ = ["encode"]

_MAX_ULONG = 0xFFFFFFFF
_MAX_STRING_BYTES = 0xFFFE
_HEADER_ALIGNMENT = 8  # 4 would do on x86; one rule for both

_KIND_FLAG = {
    ListNames: RegFlag.INSTANCE_LIST,
    BaseName: RegFlag.INSTANCE_BASENAME,
    PdoNames: RegFlag.INSTANCE_PDO,
    DynamicNames: RegFlag(0),
}


def encode(
    reply: RegInfoReply | TooSmall,
    arch: Arch | str,
    request: Request | str | None = None,
    *,
    allow_remove_on_register: bool = False,
) -> bytes:
    """Return the bytes of a reply; `decode` of them is the reply again.

    Args:
        reply: what to say. The InstanceCount of dynamic names is written as 0.
        arch: the pointer size of the driver.
        request: what is answered, if not what the reply says.
        allow_remove_on_register: write REMOVE_GUID into a WMIREGISTER reply, as the disk class
            driver does, though it is documented as invalid there.

    Raises:
        BuildError: `decode` would refuse the bytes (its code), or a value has no room in its field
            (E-RANGE).

    >>> encode(TooSmall(372), "x64").hex()
    '74010000'
    """
    arch = Arch(arch)
    if isinstance(reply, TooSmall):
        _check_range(reply.required_bytes, _MAX_ULONG, "SizeNeeded")
        return bytes(TooSmallReply.build({"SizeNeeded": reply.required_bytes}))
    if not reply.infos:
        raise BuildError("E-HEADER", "WMIREGINFO", "a reply has at least one header")
    request = reply.request if request is None else Request(request)
    forbidden = RegFlag(0)
    if request is Request.REGISTER and not allow_remove_on_register:
        forbidden = RegFlag.REMOVE_GUID
    parts = []
    for index, info in enumerate(reply.infos):
        parts.append(_Part(info, arch, f"WMIREGINFO[{index}]", forbidden))
    return b"".join(part.to_bytes(is_last=part is parts[-1]) for part in parts)


class _Part:
    """One WMIREGINFO: its numbers while its strings are laid out behind the array."""

    def __init__(self, info: RegInfo, arch: Arch, path: str, forbidden: RegFlag) -> None:
        self._layout = layout(arch)
        self._max_pointer = (1 << 8 * arch.pointer_bytes) - 1
        self._path = path
        self._forbidden = forbidden
        self._strings: list[bytes] = []
        self._n_guids = len(info.guids)
        self._end = self._layout.header_row.size + self._n_guids * self._layout.entry_row.size
        self._entries = self._array(info.guids)
        self._mof_resource = self._add_optional(info.mof_resource, "MofResourceName")
        self._registry_path = self._add_optional(info.registry_path, "RegistryPath")

    def to_bytes(self, *, is_last: bool) -> bytes:
        """Return the part; where another follows, padded up to that."""
        padding = b"" if is_last else bytes(-self._end % _HEADER_ALIGNMENT)
        size, following = self._end, 0 if is_last else self._end + len(padding)
        _check_range(max(size, following), _MAX_ULONG, f"{self._path}.BufferSize")
        header = self._layout.header_row.struct.pack(
            size, following, self._registry_path, self._mof_resource, self._n_guids
        )
        return b"".join([header, *self._entries, *self._strings, padding])

    def _array(self, guids: tuple[RegGuid, ...]) -> list[bytes]:
        """Return the entries. The loop runs once an entry, so it is written for speed."""
        pack = self._layout.entry_row.struct.pack
        sound: set[tuple[RegFlag, type]] = set()
        entries = []
        for index, entry in enumerate(guids):
            names, count, union = entry.names, entry.instance_count, 0
            kind = (entry.flags, type(names))
            if kind not in sound:
                self._check_kind(entry, index)
                sound.add(kind)
            if not 0 <= count <= _MAX_ULONG:
                _check_range(count, _MAX_ULONG, self._of(index, "InstanceCount"))
            if isinstance(names, BaseName):
                union = self._base(entry, names, index)
            elif isinstance(names, ListNames):
                union = self._list(entry, names, index)
            elif isinstance(names, PdoNames):
                union = names.pdo
                if not 0 <= union <= self._max_pointer:
                    _check_range(union, self._max_pointer, self._of(index, "Pdo"))
            else:
                count = 0
            entries.append(pack(entry.guid.bytes_le, entry.flags, count, union))
        return entries

    def _check_kind(self, entry: RegGuid, index: int) -> None:
        """Check what follows from the flags and the type of the names alone."""
        path = self._of(index, "Flags")
        _check_range(entry.flags, _MAX_ULONG, path)
        try:
            check_name_kind(entry.flags, 0, path)
            check_trace_control(entry.flags, 0, path)
        except BinaryFormatError as error:
            raise BuildError(error.code, path, error.reason) from None
        kind = _KIND_FLAG.get(type(entry.names))
        if kind is None:
            raise TypeError(f"{entry.names!r} are no instance names")
        if entry.flags & NAME_KIND_FLAGS != kind:
            wanted = f"WMIREG_FLAG_{kind.name}" if kind else "no name flag"
            raise BuildError("E-NAMEKIND", path, f"{type(entry.names).__name__} go with {wanted}")
        if entry.flags & self._forbidden:
            raise BuildError(
                "W-REMOVE-IN-REGISTER",
                path,
                "REMOVE_GUID in an answer to WMIREGISTER is documented as invalid; "
                "--allow-remove (allow_remove_on_register) writes it",
            )

    def _base(self, entry: RegGuid, names: BaseName, index: int) -> int:
        if names.base is not None:
            return self._add(names.base, index, "BaseNameOffset")
        self._check_removes(entry, index, "BaseNameOffset")
        return 0

    def _list(self, entry: RegGuid, names: ListNames, index: int) -> int:
        if not names.names:
            if entry.instance_count:
                self._check_removes(entry, index, "InstanceNameList")
            return 0
        if len(names.names) != entry.instance_count:
            raise BuildError(
                "E-STRING",
                self._of(index, "InstanceCount"),
                f"is {entry.instance_count}, the list has {len(names.names)} names",
            )
        start = self._end
        for name in names.names:
            self._add(name, index, "InstanceNameList")
        return start

    def _check_removes(self, entry: RegGuid, index: int, member: str) -> None:
        if not entry.removes:
            raise BuildError("E-NONAME", self._of(index, member), "there is no name")

    def _add(self, text: str, index: int, member: str) -> int:
        """Put a string behind what there is and return its offset."""
        data = encode_units(text)
        if len(data) > _MAX_STRING_BYTES:
            raise BuildError(
                "E-STRING",
                self._of(index, member),
                f"{len(data) // 2} UTF-16 units; a counted string has at most 32767",
            )
        offset = self._end
        self._strings.append(len(data).to_bytes(2, "little") + data)
        self._end = offset + 2 + len(data)
        if offset > _MAX_ULONG:
            _check_range(offset, _MAX_ULONG, self._of(index, member))
        return offset

    def _add_optional(self, text: str | None, field: str) -> int:
        return 0 if text is None else self._add(text, -1, field)

    def _of(self, index: int, field: str) -> str:
        """Return the path of a field of an entry; of the header where the index is -1."""
        entry = "" if index < 0 else f".WmiRegGuid[{index}]"
        return f"{self._path}{entry}.{field}"


def _check_range(value: int, most: int, path: str) -> None:
    if not 0 <= value <= most:
        raise BuildError("E-RANGE", path, f"{value:#x} is not between 0 and {most:#x}")
