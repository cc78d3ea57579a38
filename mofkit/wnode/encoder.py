"""From a WNODE to bytes, in one layout.

The fixed part; a dynamic name right behind it, on 2; the data on 8, one instance behind the other.
In an ALL_DATA the names come last: their offsets on 8, then the strings. Nothing is padded at the
end, except that DataBlockOffset lies within BufferSize, and that an EVENT_REFERENCE has 72 bytes
and a TOO_SMALL 56. Fields that mean nothing are 0.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from uuid import UUID

from mofkit.binary import BuildError
from mofkit.binary.utf16 import encode_units
from mofkit.wnode.enums import WnodeFlag, flag_names
from mofkit.wnode.model import (
    AllData,
    DynamicName,
    EventReference,
    InstanceName,
    MethodItem,
    SingleInstance,
    SingleItem,
    StaticIndex,
    TooSmall,
    Wnode,
    WnodeHeader,
)
from mofkit.wnode.reader import FIXED_ALL_DATA_BYTES, flags_fault, round_up
from mofkit.wnode.structs import (
    DATA_ALIGNMENT,
    HEADER_BYTES,
    LINKAGE_AT,
    OFFSETINSTANCEDATAANDLENGTH,
    SHAPES,
)

__all__ = ["encode", "encode_chain"]

_MAX_ULONG = 0xFFFFFFFF
_MAX_NAME_BYTES = 0xFFFE  # what a USHORT counts, and an even number of bytes
_TYPES: dict[type[Wnode], WnodeFlag] = {
    AllData: WnodeFlag.ALL_DATA,
    SingleInstance: WnodeFlag.SINGLE_INSTANCE,
    SingleItem: WnodeFlag.SINGLE_ITEM,
    MethodItem: WnodeFlag.METHOD_ITEM,
    EventReference: WnodeFlag.EVENT_REFERENCE,
    TooSmall: WnodeFlag.TOO_SMALL,
}


def encode(wnode: Wnode) -> bytes:
    r"""Return the bytes that `decode` reads as an equal WNODE.

    Raises:
        BuildError: the flags do not fit the type or the names, a number or a name does not fit its
            field, a name ends in NUL (readers take it away), or instances differ in size where
            FIXED_INSTANCE_SIZE says they do not.

    >>> fan = UUID("D510C931-ACEF-40B5-9361-1CEE4DFC3E5E")
    >>> flags = WnodeFlag.SINGLE_INSTANCE | WnodeFlag.STATIC_INSTANCE_NAMES
    >>> wnode = SingleInstance(WnodeHeader(fan, flags), StaticIndex(1), b"\x2a\0\0\0")
    >>> encode(wnode)[48:].hex(" ", 4)
    '00000000 01000000 40000000 04000000 2a000000'
    """
    name = SHAPES[_TYPES[type(wnode)]].name
    _check_flags(wnode, name)
    out = _bytes_of(wnode, name)
    size = _ulong(len(out), f"{name}.WnodeHeader.BufferSize")
    return struct.pack("<I", size) + out[4:]


def encode_chain(wnodes: Sequence[Wnode]) -> bytes:
    """Return the bytes of WNODEs that Linkage connects, each on a multiple of 8.

    Raises:
        BuildError: as for `encode`; or a WNODE has a Linkage of its own, or there is none.
    """
    if not wnodes:
        raise BuildError("E-WHEADER", "WNODE_HEADER", "a chain has at least one WNODE")
    out = bytearray()
    for i, wnode in enumerate(wnodes):
        if wnode.header.linkage:
            path = f"WNODE_HEADER[{i}].Linkage"
            raise BuildError("W-WLINK", path, f"is {wnode.header.linkage}, the chain sets it")
        part = bytearray(encode(wnode))
        if i < len(wnodes) - 1:
            part += bytes(-len(part) % DATA_ALIGNMENT)
            struct.pack_into("<I", part, LINKAGE_AT, len(part))
        out += part
    return bytes(out)


# ------------------------------------------------------------------------------------ the types


def _bytes_of(wnode: Wnode, name: str) -> bytes:
    """Return the WNODE with a BufferSize of 0."""
    match wnode:
        case AllData():
            return _all_data(wnode, name)
        case SingleInstance(header, instance, data):
            return _single(header, instance, name, {}, "SizeDataBlock", data)
        case SingleItem(header, instance, item_id, data):
            return _single(header, instance, name, {"ItemId": item_id}, "SizeDataItem", data)
        case MethodItem(header, instance, method_id, data):
            return _single(header, instance, name, {"MethodId": method_id}, "SizeDataBlock", data)
        case EventReference():
            return _event_reference(wnode, name)
        case TooSmall(header, size_needed):
            return _fixed_part(header, name, {"SizeNeeded": size_needed}) + bytes(4)


def _all_data(wnode: AllData, name: str) -> bytes:
    count, n_fixed = len(wnode.instances), SHAPES[WnodeFlag.ALL_DATA].row.size
    tail = bytearray(_instances(wnode, name, n_fixed))
    fields = {"InstanceCount": count, "DataBlockOffset": _data_offset(wnode, n_fixed)}
    if wnode.names is not None and _check_name_count(wnode.names, count, name):
        tail += bytes(-(n_fixed + len(tail)) % DATA_ALIGNMENT)
        fields["OffsetInstanceNameOffsets"] = n_fixed + len(tail)
        tail += _names(wnode.names, n_fixed + len(tail), name)
    # Readers bound the number of empty instances by the size.
    return (_fixed_part(wnode.header, name, fields) + tail).ljust(count, b"\0")


def _data_offset(wnode: AllData, n_fixed: int) -> int:
    """Return where the first instance goes."""
    if wnode.header.flags & WnodeFlag.FIXED_INSTANCE_SIZE:
        return FIXED_ALL_DATA_BYTES
    n_entries = len(wnode.instances)
    return round_up(n_fixed + n_entries * OFFSETINSTANCEDATAANDLENGTH.size, DATA_ALIGNMENT)


def _instances(wnode: AllData, name: str, n_fixed: int) -> bytes:
    """Return FixedInstanceSize or OffsetInstanceDataAndLength, and the data behind it."""
    start = _data_offset(wnode, n_fixed)
    data = bytearray()
    entries = bytearray()
    for instance in wnode.instances:
        data += bytes(-len(data) % DATA_ALIGNMENT)
        offset = _ulong(start + len(data), f"{name}.OffsetInstanceDataAndLength")
        length = _ulong(len(instance), f"{name}.OffsetInstanceDataAndLength")
        entries += OFFSETINSTANCEDATAANDLENGTH.struct.pack(offset, length)
        data += instance
    if wnode.header.flags & WnodeFlag.FIXED_INSTANCE_SIZE:
        entries[:] = struct.pack("<I", _common_size(wnode.instances, name))
    return bytes(entries.ljust(start - n_fixed, b"\0") + data)


def _common_size(instances: Sequence[bytes], name: str) -> int:
    size = len(instances[0]) if instances else 0
    for i, instance in enumerate(instances):
        if len(instance) != size:
            reason = f"instance {i} has {len(instance)} bytes, instance 0 has {size}"
            raise BuildError("E-WDATA", f"{name}.FixedInstanceSize", reason)
    return size


def _check_name_count(names: Sequence[str], count: int, name: str) -> int:
    if len(names) != count:
        reason = f"{count} instances have {len(names)} names"
        raise BuildError("E-WCOUNT", f"{name}.InstanceCount", reason)
    return count


def _names(names: Sequence[str], start: int, name: str) -> bytes:
    """Return the offsets of names and the names, as they stand at `start`."""
    strings = [_string(text, f"{name}.InstanceName[{i}]") for i, text in enumerate(names)]
    offset = start + 4 * len(names)
    offsets = bytearray()
    for i, string in enumerate(strings):
        offsets += struct.pack("<I", _ulong(offset, f"{name}.InstanceNameOffsets[{i}]"))
        offset += len(string)
    return bytes(offsets) + b"".join(strings)


def _single(
    header: WnodeHeader,
    instance: InstanceName,
    name: str,
    fields: dict[str, int],
    size_field: str,
    data: bytes,
) -> bytes:
    """Return a type that has one instance's data; `fields` is what the type has besides."""
    n_fixed = SHAPES[header.type].row.size
    tail = b""
    if isinstance(instance, StaticIndex):
        fields = fields | {"InstanceIndex": instance.index}
    else:
        fields = fields | {"OffsetInstanceName": n_fixed}
        tail = _string(instance.name, f"{name}.InstanceName")
    offset = round_up(n_fixed + len(tail), DATA_ALIGNMENT)
    fields = fields | {"DataBlockOffset": offset, size_field: len(data)}
    return _fixed_part(header, name, fields) + tail.ljust(offset - n_fixed, b"\0") + data


def _event_reference(wnode: EventReference, name: str) -> bytes:
    fields = {"TargetDataBlockSize": wnode.target_data_block_size}
    out = _fixed_part(wnode.header, name, fields, wnode.target_guid)
    if isinstance(wnode.name, StaticIndex):
        index = _ulong(wnode.name.index, f"{name}.TargetInstanceIndex")
        return out + struct.pack("<I", index)
    string = _string(wnode.name.name, f"{name}.TargetInstanceName")
    return (out + string).ljust(SHAPES[WnodeFlag.EVENT_REFERENCE].min_bytes, b"\0")


# ----------------------------------------------------------------------------------- the pieces


def _check_flags(wnode: Wnode, name: str) -> None:
    path, flags = f"{name}.WnodeHeader.Flags", wnode.header.flags
    wanted = _TYPES[type(wnode)]
    if fault := flags_fault(flags):
        raise BuildError(fault[0], path, fault[1])
    if wnode.header.type != wanted:
        raise BuildError("E-WTYPE", path, f"{flag_names(wnode.header.type)[0]} is another type")
    is_static = wnode.header.has_static_names
    if not isinstance(wnode, TooSmall) and is_static != _is_named_statically(wnode):
        kind = "names in the WNODE" if is_static else "static names"
        state = "set" if is_static else "clear"
        reason = f"{kind}, but WNODE_FLAG_STATIC_INSTANCE_NAMES is {state}"
        raise BuildError("E-WFLAGS", path, reason)


def _is_named_statically(
    wnode: AllData | SingleInstance | SingleItem | MethodItem | EventReference,
) -> bool:
    if isinstance(wnode, AllData):
        return wnode.names is None
    return not isinstance(wnode.name, DynamicName)


def _fixed_part(
    header: WnodeHeader, name: str, fields: dict[str, int], target: UUID | None = None
) -> bytes:
    """Return the fixed part; fields that are not given are 0, BufferSize comes later."""
    values: dict[str, int | bytes] = {
        "ProviderId": header.provider_id,
        "HistoricalContext": header.historical_context,
        "TimeStamp": header.timestamp,
        "Guid": header.guid.bytes_le,
        "ClientContext": header.client_context,
        "Flags": int(header.flags),
        **fields,
    }
    if target is not None:
        values["TargetGuid"] = target.bytes_le
    row = SHAPES[header.type].row
    for column in row.columns:
        value = values.setdefault(column.name, 0)
        if isinstance(value, int) and not 0 <= value < 1 << 8 * column.length_bytes:
            in_header = column.offset_bytes < HEADER_BYTES
            path = f"{name}.{'WnodeHeader.' if in_header else ''}{column.name}"
            raise BuildError("E-WHEADER", path, f"{value} has no {column.length_bytes} bytes")
    return row.struct.pack(*(values[column.name] for column in row.columns))


def _ulong(value: int, path: str) -> int:
    if not 0 <= value <= _MAX_ULONG:
        raise BuildError("E-WSIZE", path, f"{value} is no ULONG")
    return value


def _string(text: str, path: str) -> bytes:
    units = encode_units(text)
    if len(units) > _MAX_NAME_BYTES:
        raise BuildError("E-WNAME", path, f"has {len(units) // 2} UTF-16 units, more than 32767")
    if text.endswith("\0"):
        raise BuildError("E-WNAME", path, "ends in NUL, which readers take away")
    return struct.pack("<H", len(units)) + units
