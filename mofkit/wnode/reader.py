"""One WNODE out of a buffer: its fields checked one by one, and traced where somebody asks."""

from __future__ import annotations

import struct
from typing import NamedTuple, NoReturn
from uuid import UUID

from mofkit.binary import BinaryFormatError, BinaryWarning
from mofkit.binary.utf16 import decode_units, strip_nul
from mofkit.wnode.enums import TYPE_FLAGS, WnodeFlag, flag_names
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
from mofkit.wnode.structs import (
    DATA_ALIGNMENT,
    HEADER,
    HEADER_BYTES,
    LINKAGE_AT,
    OFFSETINSTANCEDATAANDLENGTH,
    SHAPES,
    Shape,
)
from mofkit.wnode.trace import Part, Seen, Trace

__all__ = ["FIXED_ALL_DATA_BYTES", "Allowance", "WnodeReader", "flags_fault", "round_up"]

FIXED_ALL_DATA_BYTES = 64
"""The fixed part of an ALL_DATA with FIXED_INSTANCE_SIZE; other types have theirs in `SHAPES`."""

_EVENT_TYPES = WnodeFlag.ALL_DATA | WnodeFlag.SINGLE_INSTANCE | WnodeFlag.SINGLE_ITEM
_ALL_DATA_ONLY = WnodeFlag.FIXED_INSTANCE_SIZE | WnodeFlag.INSTANCES_SAME
_UNION_AT = 60  # FixedInstanceSize or OffsetInstanceDataAndLength[]
_TARGET_AT = 68  # TargetInstanceIndex or TargetInstanceName
_C_TYPES = {4: "ULONG", 8: "ULONG64", 16: "GUID"}
_ULONG = struct.Struct("<I")
_USHORT = struct.Struct("<H")


def round_up(offset: int, alignment: int) -> int:
    """Return the first multiple of `alignment` that is not below `offset`."""
    return -(-offset // alignment) * alignment


def flags_fault(flags: int) -> tuple[str, str] | None:
    """Return the code and the reason why no WNODE can have these flags; None where one can.

    >>> flags_fault(WnodeFlag.METHOD_ITEM | WnodeFlag.EVENT_ITEM)
    ('E-WFLAGS', 'WNODE_FLAG_EVENT_ITEM does not go with WNODE_FLAG_METHOD_ITEM')
    """
    found = flags & TYPE_FLAGS
    if found.bit_count() > 1:
        return "E-WTYPE", f"more than one type: {' | '.join(flag_names(found))}"
    if not found and flags & WnodeFlag.TRACED_GUID:
        return "E-WTYPE", "no type; with WNODE_FLAG_TRACED_GUID this is an EVENT_TRACE_HEADER"
    if not found:
        return "E-WTYPE", "no type"
    unfit = 0 if found & _EVENT_TYPES else flags & WnodeFlag.EVENT_ITEM
    unfit |= 0 if found == WnodeFlag.ALL_DATA else flags & _ALL_DATA_ONLY
    if unfit:
        words = " | ".join(flag_names(unfit))
        return "E-WFLAGS", f"{words} does not go with {flag_names(found)[0]}"
    return None


_TOO_MUCH = "with this, overlapping names and data come to more than 64 MiB"


class Allowance:
    """How many bytes the names and the data of one buffer may come to.

    They may be shared and overlap, so a buffer can stand for more bytes than it has. Without a
    bound, a small one could stand for more than memory holds.
    """

    def __init__(self, n_bytes: int) -> None:
        self._n_left = 2 * n_bytes + (64 << 20)

    def take(self, n_bytes: int) -> bool:
        """Say whether so many more are still within it."""
        self._n_left -= n_bytes
        return self._n_left >= 0


class _Place(NamedTuple):
    """A field, for whoever has to name it: its offset in the WNODE and its path."""

    offset: int
    path: str


class WnodeReader:
    """Reads the WNODE at `start` of a buffer.

    Args:
        label: what to put behind the structure's name in paths, `[2]` in a chain.
        trace: takes what was read.
        allowance: of the buffer, where several of its WNODEs are read.
    """

    def __init__(
        self,
        data: bytes,
        start: int = 0,
        label: str = "",
        trace: Trace | None = None,
        allowance: Allowance | None = None,
    ) -> None:
        self._allowance = allowance or Allowance(len(data))
        self._data = memoryview(data)[start:]
        self._start = start
        self._label = label
        self._trace = trace
        self._warnings: list[BinaryWarning] = []
        self._name = f"WNODE_HEADER{label}"
        self._prefix = f"{self._name}."
        self._places: dict[str, _Place] = {}
        self._values: dict[str, int] = {}
        self._names_known: dict[int, str] = {}
        self._size = 0

    @property
    def warnings(self) -> tuple[BinaryWarning, ...]:
        """What was odd so far, by place."""
        return tuple(sorted(self._warnings, key=lambda warning: warning.offset_bytes))

    @property
    def end(self) -> int:
        """Where the WNODE ends in the buffer."""
        return self._start + self._size

    def wnode(self) -> Wnode:
        """Return the WNODE.

        Raises:
            BinaryFormatError: the first fault.
        """
        header = self._read_header()
        match header.type:
            case WnodeFlag.ALL_DATA:
                return self._all_data(header)
            case WnodeFlag.SINGLE_INSTANCE:
                return SingleInstance(header, self._instance_name(), self._data_of("SizeDataBlock"))
            case WnodeFlag.SINGLE_ITEM:
                data, item_id = self._data_of("SizeDataItem"), self._values["ItemId"]
                return SingleItem(header, self._instance_name(), item_id, data)
            case WnodeFlag.METHOD_ITEM:
                data, method_id = self._data_of("SizeDataBlock"), self._values["MethodId"]
                return MethodItem(header, self._instance_name(), method_id, data)
            case WnodeFlag.EVENT_REFERENCE:
                return self._event_reference(header)
            case _:
                return TooSmall(header, self._values["SizeNeeded"])

    def check_linkage(self) -> int | None:
        """Return where the next WNODE starts; None where there is none, or Linkage goes astray."""
        linkage = self._values["HistoricalContext"] >> 32
        if not linkage:
            return None
        if linkage >= self._size and linkage < len(self._data):
            return self._start + linkage
        place = _Place(LINKAGE_AT, f"{self._prefix}Linkage")
        if linkage < self._size:
            self._warn("W-WLINK", place, f"{linkage} leads into this WNODE of {self._size} bytes")
        else:
            n_left = len(self._data)
            self._warn("W-WLINK", place, f"{linkage} leads outside, only {n_left} bytes remain")
        return None

    # ------------------------------------------------------------------------------ fixed part

    def _read_header(self) -> WnodeHeader:
        n_bytes = len(self._data)
        if n_bytes < HEADER_BYTES:
            reason = f"there are {n_bytes} bytes, the header has {HEADER_BYTES}"
            self._fail("E-WHEADER", _Place(0, self._name), reason)
        *_, flags = HEADER.struct.unpack_from(self._data)
        fault = flags_fault(flags)
        shape = None if fault and fault[0] == "E-WTYPE" else SHAPES[WnodeFlag(flags & TYPE_FLAGS)]
        if shape is not None:
            self._name = f"{shape.name}{self._label}"
            self._prefix = f"{self._name}.WnodeHeader."
        self._take_row(shape)
        self._check_size(n_bytes, flags, shape)
        if fault:
            self._fail(fault[0], self._places["Flags"], fault[1])
        values = self._values
        return WnodeHeader(
            UUID(bytes_le=bytes(self._data[24:40])),
            WnodeFlag(flags),
            values["ProviderId"],
            values["HistoricalContext"],
            values["TimeStamp"],
            values["ClientContext"],
        )

    def _take_row(self, shape: Shape | None) -> None:
        """Take the fixed part; of one that is cut short, the header."""
        row = shape.row if shape and shape.row.size <= len(self._data) else HEADER
        values = row.struct.unpack_from(self._data)
        for column, value in zip(row.columns, values, strict=True):
            in_header = column.offset_bytes < HEADER_BYTES
            prefix = self._prefix if in_header else f"{self._name}."
            place = _Place(column.offset_bytes, prefix + column.name)
            self._places[column.name] = place
            self._values[column.name] = value
            shown = UUID(bytes_le=value) if isinstance(value, bytes) else value
            self._note(place, column.length_bytes, _C_TYPES[column.length_bytes], shown)

    def _check_size(self, n_bytes: int, flags: int, shape: Shape | None) -> None:
        n_fixed = HEADER_BYTES if shape is None else shape.min_bytes
        if flags & WnodeFlag.FIXED_INSTANCE_SIZE and flags & WnodeFlag.ALL_DATA:
            n_fixed = max(n_fixed, FIXED_ALL_DATA_BYTES)
        if n_bytes < n_fixed:
            reason = f"there are {n_bytes} bytes, the fixed part has {n_fixed}"
            self._fail("E-WHEADER", _Place(0, self._name), reason)
        self._size = size = self._values["BufferSize"]
        if size > n_bytes:
            self._fail("E-WSIZE", self._places["BufferSize"], f"{size}, but {n_bytes} bytes remain")
        if size < n_fixed:
            reason = f"{size} is less than the fixed part of {n_fixed} bytes"
            self._fail("E-WSIZE", self._places["BufferSize"], reason)
        self._n_fixed = n_fixed

    # -------------------------------------------------------------------------------- all data

    def _all_data(self, header: WnodeHeader) -> AllData:
        count = self._values["InstanceCount"]
        if header.flags & WnodeFlag.FIXED_INSTANCE_SIZE:
            instances = self._fixed_instances(count)
        else:
            instances = self._variable_instances(count)
        return AllData(header, instances, None if header.has_static_names else self._names(count))

    def _fixed_instances(self, count: int) -> tuple[bytes, ...]:
        size = self._ulong(_UNION_AT, "FixedInstanceSize")
        if not size:
            # Empty instances take no room, so nothing else bounds their number.
            if count > self._size:
                self._bad_count(f"{count} empty instances in {self._size} bytes")
            return (b"",) * count
        if not count:
            return ()
        start, stride = self._values["DataBlockOffset"], round_up(size, DATA_ALIGNMENT)
        place = self._places["DataBlockOffset"]
        self._check_data(start, size, place, _Place(_UNION_AT, f"{self._name}.FixedInstanceSize"))
        n_bytes = (count - 1) * stride + size
        if start + n_bytes > self._size:
            self._bad_count(
                f"{count} instances of {size} bytes, {stride} apart, do not fit behind {start:#x}"
            )
        offsets = range(start, start + count * stride, stride)
        return tuple(self._instance(i, offset, size) for i, offset in enumerate(offsets))

    def _variable_instances(self, count: int) -> tuple[bytes, ...]:
        row = OFFSETINSTANCEDATAANDLENGTH
        self._n_fixed = _UNION_AT + count * row.size
        if self._n_fixed > self._size:
            self._bad_count(f"{count} entries of {row.size} bytes do not fit behind {_UNION_AT:#x}")
        array = self._data[_UNION_AT : self._n_fixed]
        known: dict[tuple[int, int], bytes] = {}
        instances = []
        for i, (offset, length) in enumerate(row.struct.iter_unpack(array)):
            at = _UNION_AT + i * row.size
            path = f"{self._name}.OffsetInstanceDataAndLength[{i}]"
            offset_place = _Place(at, f"{path}.OffsetInstanceData")
            length_place = _Place(at + 4, f"{path}.LengthInstanceData")
            self._note(offset_place, 4, "ULONG", offset)
            self._note(length_place, 4, "ULONG", length)
            if length:
                self._check_data(offset, length, offset_place, length_place)
            if not self._allowance.take(length):
                self._fail("E-WDATA", length_place, _TOO_MUCH)
            data = known.get((offset, length))
            if data is None:
                data = known[offset, length] = bytes(self._data[offset : offset + length])
            self._add_part(f"Instance[{i}]", offset, length)
            instances.append(data)
        return tuple(instances)

    def _instance(self, i: int, offset: int, length: int) -> bytes:
        self._add_part(f"Instance[{i}]", offset, length)
        return bytes(self._data[offset : offset + length])

    def _names(self, count: int) -> tuple[str, ...]:
        if not count:
            return ()
        start = self._values["OffsetInstanceNameOffsets"]
        place = self._places["OffsetInstanceNameOffsets"]
        self._check_name_offset(start, place)
        if start + 4 * count > self._size:
            self._bad_count(f"{count} name offsets do not fit behind {start:#x}")
        names = []
        for i in range(count):
            at = start + 4 * i
            offset = self._ulong(at, f"InstanceNameOffsets[{i}]")
            place = _Place(at, f"{self._name}.InstanceNameOffsets[{i}]")
            names.append(self._string(offset, place, f"InstanceName[{i}]"))
        return tuple(names)

    # ------------------------------------------------------------------------- the other types

    def _instance_name(self) -> InstanceName:
        if self._values["Flags"] & WnodeFlag.STATIC_INSTANCE_NAMES:
            return StaticIndex(self._values["InstanceIndex"])
        offset = self._values["OffsetInstanceName"]
        return DynamicName(self._string(offset, self._places["OffsetInstanceName"], "InstanceName"))

    def _data_of(self, size_field: str) -> bytes:
        offset, length = self._values["DataBlockOffset"], self._values[size_field]
        if length:
            places = self._places["DataBlockOffset"], self._places[size_field]
            self._check_data(offset, length, *places)
        self._add_part("Data", offset, length)
        return bytes(self._data[offset : offset + length])

    def _event_reference(self, header: WnodeHeader) -> EventReference:
        name: InstanceName
        if header.has_static_names:
            name = StaticIndex(self._ulong(_TARGET_AT, "TargetInstanceIndex"))
        else:
            self._n_fixed = _TARGET_AT
            place = _Place(_TARGET_AT, f"{self._name}.TargetInstanceName")
            name = DynamicName(self._string(_TARGET_AT, place, "TargetInstanceName"))
        target = UUID(bytes_le=bytes(self._data[48:64]))
        return EventReference(header, target, self._values["TargetDataBlockSize"], name)

    # ------------------------------------------------------------------------------ the pieces

    def _ulong(self, offset: int, field: str) -> int:
        value: int = _ULONG.unpack_from(self._data, offset)[0]
        self._note(_Place(offset, f"{self._name}.{field}"), 4, "ULONG", value)
        return value

    def _check_data(self, offset: int, length: int, at: _Place, length_at: _Place) -> None:
        if offset < self._n_fixed:
            reason = f"{offset:#x} is inside the fixed part, which ends at {self._n_fixed:#x}"
            self._fail("E-WDATA", at, reason)
        if offset > self._size:
            self._fail("E-WDATA", at, f"{offset:#x} is past BufferSize {self._size:#x}")
        if offset + length > self._size:
            reason = f"{length} bytes at {offset:#x} run past BufferSize {self._size:#x}"
            self._fail("E-WDATA", length_at, reason)
        if offset % DATA_ALIGNMENT:
            self._warn("W-WALIGN8", at, f"{offset:#x} is no multiple of {DATA_ALIGNMENT}")

    def _check_name_offset(self, offset: int, place: _Place) -> None:
        if offset + 2 > self._size:
            self._fail("E-WNAME", place, f"{offset:#x} is past BufferSize {self._size:#x}")
        if offset < self._n_fixed:
            reason = f"{offset:#x} is inside the fixed part, which ends at {self._n_fixed:#x}"
            self._fail("E-WNAME", place, reason)
        if offset % 2:
            self._fail("E-WALIGN", place, f"{offset:#x} is odd")

    def _string(self, offset: int, place: _Place, field: str) -> str:
        """Return a counted string without the NULs at its end."""
        self._check_name_offset(offset, place)
        length: int = _USHORT.unpack_from(self._data, offset)[0]
        at = _Place(offset, f"{self._name}.{field}")
        if length % 2:
            self._fail("E-WNAME", at, f"the length {length} is odd")
        end = offset + 2 + length
        if end > self._size:
            self._fail("E-WNAME", at, f"{length} bytes run past BufferSize {self._size:#x}")
        if not self._allowance.take(length):
            self._fail("E-WNAME", at, _TOO_MUCH)
        text = self._names_known.get(offset)
        if text is None:
            text = strip_nul(decode_units(self._data[offset + 2 : end]))
            self._names_known[offset] = text
        self._note(at, 2 + length, "counted string", text)
        return text

    def _note(self, place: _Place, length: int, c_type: str, value: object) -> None:
        if self._trace is not None:
            offset = self._start + place.offset
            self._trace.seen.append(Seen(offset, length, place.path, c_type, value))

    def _add_part(self, name: str, offset: int, length: int) -> None:
        if self._trace is not None:
            start = self._start + min(offset, self._size)
            self._trace.parts.append(Part(start, length, f"{self._name}.{name}"))

    def _bad_count(self, reason: str) -> NoReturn:
        self._fail("E-WCOUNT", self._places["InstanceCount"], reason)

    def _fail(self, code: str, place: _Place, reason: str) -> NoReturn:
        raise BinaryFormatError(code, self._start + place.offset, place.path, reason)

    def _warn(self, code: str, place: _Place, message: str) -> None:
        self._warnings.append(BinaryWarning(code, self._start + place.offset, place.path, message))
