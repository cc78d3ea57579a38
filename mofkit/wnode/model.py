r"""WNODEs as values: what the bytes say, whatever their layout.

    Wnode     AllData | SingleInstance | SingleItem | MethodItem | EventReference | TooSmall
      header  WnodeHeader: the block's GUID, the flags, the time
      name    StaticIndex | DynamicName, as the flags say; AllData has `names` instead
      data    an instance as bytes; `mofkit.wnode.decode_block` reads it by its MOF class

>>> fan = UUID("D510C931-ACEF-40B5-9361-1CEE4DFC3E5E")
>>> flags = WnodeFlag.SINGLE_INSTANCE | WnodeFlag.STATIC_INSTANCE_NAMES
>>> SingleInstance(WnodeHeader(fan, flags), StaticIndex(1), b"\x2a\0\0\0").header.severity
0
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

from mofkit.binary import BinaryWarning
from mofkit.wnode.enums import SEVERITY_MASK, TYPE_FLAGS, WnodeFlag

__all__ = [
    "AllData",
    "DynamicName",
    "EventReference",
    "InstanceName",
    "MethodItem",
    "SingleInstance",
    "SingleItem",
    "StaticIndex",
    "TooSmall",
    "Wnode",
    "WnodeHeader",
]


@dataclass(frozen=True, slots=True)
class WnodeHeader:
    """WNODE_HEADER without its size, which follows from the rest.

    Attributes:
        guid: the block. With USE_GUID_PTR the first bytes are a pointer to it instead.
        flags: all bits, the type's, severity and unknown ones included.
        provider_id: of an event, what IoWMIDeviceObjectToProviderId gave.
        historical_context: the union of a logger handle with Version and Linkage.
        timestamp: units of 100 ns since 1601-01-01 UTC; the union with CountLost and KernelHandle.
        client_context: for the logger, the `TraceClock`.
    """

    guid: UUID
    flags: WnodeFlag
    provider_id: int = 0
    historical_context: int = 0
    timestamp: int = 0
    client_context: int = 0

    @property
    def type(self) -> WnodeFlag:
        """The type's flag; exactly one bit in what `decode` returns."""
        return self.flags & TYPE_FLAGS

    @property
    def is_event(self) -> bool:
        """Whether the WNODE is an event that carries its data: EVENT_ITEM."""
        return bool(self.flags & WnodeFlag.EVENT_ITEM)

    @property
    def has_static_names(self) -> bool:
        """Whether instances are named by their place among the registered names."""
        return bool(self.flags & WnodeFlag.STATIC_INSTANCE_NAMES)

    @property
    def severity(self) -> int:
        """The severity of an event reference, 0 to 255."""
        return (self.flags & SEVERITY_MASK) >> 24

    @property
    def linkage(self) -> int:
        """In a chain of WNODEs, the bytes from this one to the next; 0 for the last."""
        return self.historical_context >> 32


@dataclass(frozen=True, slots=True)
class StaticIndex:
    """An instance by its place, from 0, among the names that the driver registered."""

    index: int


@dataclass(frozen=True, slots=True)
class DynamicName:
    """An instance by the name that stands in the WNODE; without NULs at the end."""

    name: str


InstanceName: TypeAlias = StaticIndex | DynamicName

_Warnings: TypeAlias = tuple[BinaryWarning, ...]


@dataclass(frozen=True, slots=True)
class AllData:
    """WNODE_ALL_DATA: every instance of a block.

    Attributes:
        instances: the data of each. Empty where the driver could not query it.
        names: one for each instance; None where names are static, and the place is the index.
        warnings: what the decoder found odd; not compared.
    """

    header: WnodeHeader
    instances: tuple[bytes, ...]
    names: tuple[str, ...] | None = None
    warnings: _Warnings = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class SingleInstance:
    """WNODE_SINGLE_INSTANCE: one instance, or with EVENT_ITEM what an event tells."""

    header: WnodeHeader
    name: InstanceName
    data: bytes
    warnings: _Warnings = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class SingleItem:
    """WNODE_SINGLE_ITEM: one item of an instance; `item_id` is its WmiDataId."""

    header: WnodeHeader
    name: InstanceName
    item_id: int
    data: bytes
    warnings: _Warnings = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class MethodItem:
    """WNODE_METHOD_ITEM: the input or the output of the method with that WmiMethodId."""

    header: WnodeHeader
    name: InstanceName
    method_id: int
    data: bytes
    warnings: _Warnings = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class EventReference:
    """WNODE_EVENT_REFERENCE: where to query what a large event tells.

    Attributes:
        target_guid: the block to query, which is the header's GUID too.
        target_data_block_size: bytes that its instance needs.
        name: the instance.
    """

    header: WnodeHeader
    target_guid: UUID
    target_data_block_size: int
    name: InstanceName
    warnings: _Warnings = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class TooSmall:
    """WNODE_TOO_SMALL: the answer that says how many bytes the buffer must have."""

    header: WnodeHeader
    size_needed: int
    warnings: _Warnings = field(default=(), compare=False)


Wnode: TypeAlias = AllData | SingleInstance | SingleItem | MethodItem | EventReference | TooSmall
