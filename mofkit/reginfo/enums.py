"""The numbers of WMI registration: flags, actions, requests (`wmistr.h`, `wdm.h`)."""

from __future__ import annotations

from enum import IntEnum, IntFlag, StrEnum

__all__ = [
    "KNOWN_FLAGS",
    "NAME_KIND_FLAGS",
    "RESERVED_FLAGS",
    "UNKNOWN_BITS",
    "Action",
    "Arch",
    "MinorFunction",
    "RegFlag",
    "Request",
    "flag_names",
]


class Arch(StrEnum):
    """The pointer size that a buffer is made for. ARM64 is X64: the layouts are the same."""

    X64 = "x64"
    X86 = "x86"

    @property
    def pointer_bytes(self) -> int:
        """The size of a ULONG_PTR, and the alignment of the structures that hold one."""
        return 8 if self is Arch.X64 else 4


class Request(StrEnum):
    """What a reply answers: the DataPath of IRP_MN_REGINFO and IRP_MN_REGINFO_EX."""

    REGISTER = "register"
    """WMIREGISTER (0): the reply has all blocks of the driver."""
    UPDATE = "update"
    """WMIUPDATE (1): the reply has the blocks that change."""

    @property
    def data_path(self) -> str:
        """The constant's name in `wmistr.h`."""
        return "WMIREGISTER" if self is Request.REGISTER else "WMIUPDATE"


class RegFlag(IntFlag):
    """`WMIREG_FLAG_*` of `wmistr.h`, without that prefix. Unknown bits are kept."""

    EXPENSIVE = 0x00000001
    INSTANCE_LIST = 0x00000004
    INSTANCE_BASENAME = 0x00000008
    INSTANCE_PDO = 0x00000020
    EVENT_ONLY_GUID = 0x00000040
    TRACE_CONTROL_GUID = 0x00001000
    REMOVE_GUID = 0x00010000
    RESERVED1 = 0x00020000
    RESERVED2 = 0x00040000
    TRACED_GUID = 0x00080000


NAME_KIND_FLAGS = RegFlag.INSTANCE_LIST | RegFlag.INSTANCE_BASENAME | RegFlag.INSTANCE_PDO
"""At most one of these; none means dynamic instance names."""

RESERVED_FLAGS = RegFlag.RESERVED1 | RegFlag.RESERVED2

KNOWN_FLAGS = RegFlag(sum(RegFlag))

UNKNOWN_BITS = 0xFFFFFFFF & ~int(KNOWN_FLAGS)
"""What no header names. A number, since `~` of an IntFlag has none of these bits."""


def flag_names(flags: int) -> list[str]:
    """Return the header names of the known flags that are set, by value.

    >>> flag_names(0x21)
    ['WMIREG_FLAG_EXPENSIVE', 'WMIREG_FLAG_INSTANCE_PDO']
    """
    return [f"WMIREG_FLAG_{flag.name}" for flag in RegFlag if flags & flag]


class Action(IntEnum):
    """`WMIREG_ACTION_*` of `wdm.h`: what IoWMIRegistrationControl is asked to do."""

    REGISTER = 1
    DEREGISTER = 2
    REREGISTER = 3
    UPDATE_GUIDS = 4
    BLOCK_IRPS = 5


class MinorFunction(IntEnum):
    """The minor functions of IRP_MJ_SYSTEM_CONTROL that ask for registration info (`wdm.h`)."""

    IRP_MN_REGINFO = 0x08
    """Windows 98 and 2000: the driver takes no reference to a PDO it names."""
    IRP_MN_REGINFO_EX = 0x0B
    """Windows XP and later: one ObReferenceObject for each entry that carries a PDO."""
