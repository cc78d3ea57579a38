"""What WMI holds for one device object: the provider's state, as a value.

Two states are equal when they have the same sources and the same blocks by GUID. What means nothing
does not count: the InstanceCount of dynamic names, NULs at the end of strings, the order of blocks,
and in which part of a chain a block was registered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from mofkit.binary.utf16 import strip_nul
from mofkit.reginfo.enums import RegFlag
from mofkit.reginfo.model import (
    BaseName,
    DynamicNames,
    InstanceNames,
    ListNames,
    RegGuid,
    RegInfo,
    RegInfoReply,
)

__all__ = ["UNREGISTERED", "Block", "Provider", "Source", "block_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Where the classes of one WMIREGINFO are described: a service key and a MOF resource.

    An empty MOF resource is none, so the two are equal.
    """

    registry_path: str | None = None
    mof_resource: str | None = None

    @classmethod
    def of(cls, info: RegInfo) -> Source:
        """Return the source that a WMIREGINFO names."""
        path, resource = info.registry_path, info.mof_resource
        return cls(
            None if path is None else strip_nul(path),
            None if resource is None else strip_nul(resource),
        )

    def __eq__(self, other: object) -> bool:
        return self._meaning == other._meaning if isinstance(other, Source) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._meaning)

    @property
    def _meaning(self) -> tuple[str | None, str | None]:
        return self.registry_path, self.mof_resource or None


@dataclass(frozen=True, slots=True)
class Block:
    """A registered block.

    Attributes:
        entry: as it would be registered anew: without REMOVE_GUID, and 0 where nothing is meant.
        source: the index of the source it came with.
    """

    entry: RegGuid
    source: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Provider:
    """The state of a device object.

    Attributes:
        sources: one per WMIREGINFO of the reply it was registered with; none: not registered.
        blocks: by GUID, in the order of their coming.
        irps_blocked: whether WMIREG_ACTION_BLOCK_IRPS was asked for.
    """

    sources: tuple[Source, ...] = ()
    blocks: Mapping[UUID, Block] = field(default_factory=dict)
    irps_blocked: bool = False

    @property
    def is_registered(self) -> bool:
        """Whether WMI knows the device object as a provider."""
        return bool(self.sources)

    def to_reply(self) -> RegInfoReply:
        """Return the WMIREGISTER reply that leads to this state.

        Raises:
            ValueError: nothing is registered.
        """
        if not self.sources:
            raise ValueError("what is not registered has no reply")
        infos = [
            RegInfo(source.registry_path, source.mof_resource, tuple(self._entries(index)))
            for index, source in enumerate(self.sources)
        ]
        return RegInfoReply(tuple(infos))

    def _entries(self, source: int) -> Iterator[RegGuid]:
        return (block.entry for block in self.blocks.values() if block.source == source)


UNREGISTERED = Provider()
"""A device object that WMI does not know."""


def block_of(entry: RegGuid, source: int = 0) -> Block:
    """Return the block that an entry registers."""
    names = _plain(entry.names)
    count = 0 if isinstance(names, DynamicNames) else entry.instance_count
    flags = RegFlag(entry.flags & ~int(RegFlag.REMOVE_GUID))  # as a number: unknown bits stay
    return Block(replace(entry, flags=flags, instance_count=count, names=names), source)


def _plain(names: InstanceNames) -> InstanceNames:
    if isinstance(names, BaseName) and names.base is not None:
        return BaseName(strip_nul(names.base))
    if isinstance(names, ListNames):
        return ListNames(tuple(strip_nul(name) for name in names.names))
    return names
