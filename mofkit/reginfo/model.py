r"""Registration info as values: what a WMIREGINFO buffer says, whatever its layout.

    RegInfoReply          the answer to one request
      infos: RegInfo      one per WMIREGINFO of the chain; the first is the driver's own
        guids: RegGuid    one per data or event block
          names           ListNames | BaseName | PdoNames | DynamicNames

>>> fan = UUID("D510C931-ACEF-40B5-9361-1CEE4DFC3E5E")
>>> reply = RegInfoReply((RegInfo("\\Registry\\Machine\\...\\Fan", "FanMof",
...     (RegGuid.with_base_name(fan, "Fan", 2),)),))
>>> reply.infos[0].guids[0].flags
<RegFlag.INSTANCE_BASENAME: 8>
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

from mofkit.binary import BinaryWarning
from mofkit.reginfo.enums import NAME_KIND_FLAGS, RegFlag, Request

__all__ = [
    "BaseName",
    "DynamicNames",
    "InstanceNames",
    "ListNames",
    "PdoNames",
    "RegGuid",
    "RegInfo",
    "RegInfoReply",
    "TooSmall",
]


@dataclass(frozen=True, slots=True)
class ListNames:
    """Static names, each given: WMIREG_FLAG_INSTANCE_LIST. The index is the position."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BaseName:
    """Static names that WMI makes of one string: WMIREG_FLAG_INSTANCE_BASENAME.

    `base` is None where an entry that removes its block gives no string.
    """

    base: str | None


@dataclass(frozen=True, slots=True)
class PdoNames:
    """Static names made of the device instance path: WMIREG_FLAG_INSTANCE_PDO.

    `pdo` is the value of the pointer to the physical device object.
    """

    pdo: int


@dataclass(frozen=True, slots=True)
class DynamicNames:
    """Names that the driver gives with its data: none of the three flags."""


InstanceNames: TypeAlias = ListNames | BaseName | PdoNames | DynamicNames

_DYNAMIC = DynamicNames()
_NO_FLAGS = RegFlag(0)


@dataclass(frozen=True, slots=True)
class RegGuid:
    """One block: WMIREGGUID.

    Attributes:
        guid: the block, which is the guid qualifier of its MOF class.
        flags: all bits, the name kind and unknown ones included.
        instance_count: InstanceCount; of dynamic names it means nothing, whatever it is.
        names: the union, as the flags say which member holds.
    """

    guid: UUID
    flags: RegFlag = _NO_FLAGS
    instance_count: int = 0
    names: InstanceNames = _DYNAMIC

    @classmethod
    def with_name_list(cls, guid: UUID, names: tuple[str, ...], flags: int = 0) -> RegGuid:
        """Return a block whose instances have these names; `flags` are further ones."""
        kind = RegFlag.INSTANCE_LIST
        return cls(guid, RegFlag(flags) | kind, len(names), ListNames(names))

    @classmethod
    def with_base_name(cls, guid: UUID, base: str, count: int, flags: int = 0) -> RegGuid:
        """Return a block whose `count` instances are named `base` and a number."""
        kind = RegFlag.INSTANCE_BASENAME
        return cls(guid, RegFlag(flags) | kind, count, BaseName(base))

    @classmethod
    def with_pdo(cls, guid: UUID, pdo: int, count: int = 1, flags: int = 0) -> RegGuid:
        """Return a block whose `count` instances are named after the device."""
        return cls(guid, RegFlag(flags) | RegFlag.INSTANCE_PDO, count, PdoNames(pdo))

    @classmethod
    def with_dynamic_names(cls, guid: UUID, flags: int = 0) -> RegGuid:
        """Return a block whose instance names come with the data."""
        return cls(guid, RegFlag(flags))

    @classmethod
    def removing(cls, guid: UUID) -> RegGuid:
        """Return the entry that takes a block away."""
        return cls(guid, RegFlag.REMOVE_GUID)

    @property
    def name_kind(self) -> RegFlag:
        """The name kind's flag; 0 for dynamic names."""
        return self.flags & NAME_KIND_FLAGS

    @property
    def removes(self) -> bool:
        """Whether the entry takes the block away."""
        return bool(self.flags & RegFlag.REMOVE_GUID)


@dataclass(frozen=True, slots=True)
class RegInfo:
    """One WMIREGINFO: the blocks of one driver.

    Attributes:
        registry_path: the driver's service key; None where the offset is 0.
        mof_resource: the resource of the image that holds its binary MOF; None where the offset
            is 0, `""` says that there is no such resource.
        guids: in the order of the array.

    Strings are as counted: a NUL at the end that the count includes is there.
    """

    registry_path: str | None = None
    mof_resource: str | None = None
    guids: tuple[RegGuid, ...] = ()


@dataclass(frozen=True, slots=True)
class RegInfoReply:
    """The answer to one request: the chain of WMIREGINFO in order, never empty.

    `warnings` is what the decoder found odd. It is not compared.
    """

    infos: tuple[RegInfo, ...]
    request: Request = Request.REGISTER
    warnings: tuple[BinaryWarning, ...] = field(default=(), compare=False)

    def guids(self) -> Iterator[RegGuid]:
        """Yield the entries of the whole chain in order."""
        for info in self.infos:
            yield from info.guids


@dataclass(frozen=True, slots=True)
class TooSmall:
    """The other answer: 4 bytes that say how large the buffer must be."""

    required_bytes: int
    request: Request = Request.REGISTER
