"""The numbers of a WNODE: flags, trace clocks (`wmistr.h`)."""

from __future__ import annotations

from enum import IntEnum, IntFlag

__all__ = ["KNOWN_FLAGS", "SEVERITY_MASK", "TYPE_FLAGS", "TraceClock", "WnodeFlag", "flag_names"]


class WnodeFlag(IntFlag):
    """`WNODE_FLAG_*` of `wmistr.h`, without that prefix. Other bits are kept, severity among them.

    Exactly one of `TYPE_FLAGS` says what follows the header; the rest are properties.
    """

    ALL_DATA = 0x00000001
    SINGLE_INSTANCE = 0x00000002
    SINGLE_ITEM = 0x00000004
    EVENT_ITEM = 0x00000008
    FIXED_INSTANCE_SIZE = 0x00000010
    TOO_SMALL = 0x00000020
    INSTANCES_SAME = 0x00000040
    STATIC_INSTANCE_NAMES = 0x00000080
    INTERNAL = 0x00000100
    USE_TIMESTAMP = 0x00000200
    PERSIST_EVENT = 0x00000400
    EVENT_REFERENCE = 0x00002000
    ANSI_INSTANCENAMES = 0x00004000
    METHOD_ITEM = 0x00008000
    PDO_INSTANCE_NAMES = 0x00010000
    TRACED_GUID = 0x00020000
    LOG_WNODE = 0x00040000
    USE_GUID_PTR = 0x00080000
    USE_MOF_PTR = 0x00100000
    NO_HEADER = 0x00200000
    SEND_DATA_BLOCK = 0x00400000
    VERSIONED_PROPERTIES = 0x00800000


TYPE_FLAGS = (
    WnodeFlag.ALL_DATA
    | WnodeFlag.SINGLE_INSTANCE
    | WnodeFlag.SINGLE_ITEM
    | WnodeFlag.TOO_SMALL
    | WnodeFlag.EVENT_REFERENCE
    | WnodeFlag.METHOD_ITEM
)
"""Exactly one of these. EVENT_ITEM is a property of the first three."""

SEVERITY_MASK = 0xFF000000
"""WNODE_FLAG_SEVERITY_MASK: how severe the event of an EVENT_REFERENCE is, 0 to 255."""

KNOWN_FLAGS = WnodeFlag(sum(WnodeFlag))


def flag_names(flags: int) -> list[str]:
    """Return the header names of the known flags that are set, by value.

    >>> flag_names(0x82)
    ['WNODE_FLAG_SINGLE_INSTANCE', 'WNODE_FLAG_STATIC_INSTANCE_NAMES']
    """
    return [f"WNODE_FLAG_{flag.name}" for flag in WnodeFlag if flags & flag]


class TraceClock(IntEnum):
    """What a trace event's TimeStamp counts: ClientContext of a header that goes to the logger."""

    QPC = 1
    SYSTEM_TIME = 2
    CPU_CYCLES = 3
