"""What the templates put into tables: the WMIREGINFOs, their blocks and strings, under C names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from mofkit.binary.utf16 import n_units
from mofkit.codegen.c_text import identifier_part, unit_rows, wide_literal
from mofkit.reginfo import (
    BaseName,
    DynamicNames,
    InstanceNames,
    ListNames,
    PdoNames,
    RegGuid,
    RegInfo,
    RegInfoReply,
    flag_names,
)
from mofkit.reginfo.enums import KNOWN_FLAGS, NAME_KIND_FLAGS

__all__ = ["Block", "Info", "Text", "flags_expression", "tables", "text"]

_LITERAL_UNITS = 1000
"""The longest literal. MSVC takes 65535 bytes, which the longest counted string exceeds by one."""

_WDM_STEMS = ("DevicePropertyBusType", "DevicePropertyClass", "SeAdtParmType")
"""What would make a name that the driver kit's headers already have: DevicePropertyClassGuid."""


@dataclass(frozen=True, slots=True)
class Text:
    """A string: a literal, or rows of code units where it is too long for one."""

    literal: str | None
    rows: list[str]


@dataclass(frozen=True, slots=True)
class Block:
    """One entry; `stem` is unique, and begins the names that belong to the block alone."""

    stem: str
    guid: UUID
    guid_name: str
    title: str
    flags: str
    other_flags: str
    """Those that are no name kind."""
    instance_count: int
    names: list[Text]
    naming: str
    """How the instances get their names, for a comment."""
    carries_pdo: bool


@dataclass(frozen=True, slots=True)
class Info:
    """One WMIREGINFO."""

    registry_path: Text | None
    mof_resource: Text | None
    blocks: list[Block]


def tables(reply: RegInfoReply, name: str, guid_names: Mapping[UUID, str]) -> list[Info]:
    """Return the chain; `guid_names` has what a block is called instead of its number."""
    namer = _Namer(name, guid_names)
    return [
        Info(
            registry_path=_optional_text(info.registry_path),
            mof_resource=_optional_text(info.mof_resource),
            blocks=_blocks(info, index, namer),
        )
        for index, info in enumerate(reply.infos)
    ]


def text(string: str) -> Text:
    """Return a string as C."""
    if n_units(string) > _LITERAL_UNITS:
        return Text(None, unit_rows(string))
    return Text(wide_literal(string), [])


def flags_expression(flags: int) -> str:
    """Return flags by their names in `wmistr.h`, unknown bits as a number.

    >>> flags_expression(0x31), flags_expression(0)
    ('WMIREG_FLAG_EXPENSIVE | WMIREG_FLAG_INSTANCE_PDO | 0x00000010', '0')
    """
    names = flag_names(flags)
    unknown = flags & ~int(KNOWN_FLAGS)  # the complement of an IntFlag has known bits only
    if unknown:
        names.append(f"0x{unknown:08X}")
    return " | ".join(names) or "0"


class _Namer:
    """Gives each block names that no other has.

    A name is a stem and `Guid`, `Index`, `Names` or `Text<n>`. No other name ends so, and different
    stems never give the same name.
    """

    def __init__(self, name: str, guid_names: Mapping[UUID, str]) -> None:
        self._name = name
        self._guid_names = guid_names
        self._guids: dict[UUID, str] = {}
        self._taken = dict.fromkeys(_WDM_STEMS, 1)

    def title(self, guid: UUID) -> str:
        """Return what a block is called, "" where it has no name."""
        return self._guid_names.get(guid, "")

    def stem(self, guid: UUID, numbered: str) -> str:
        part = identifier_part(self.title(guid))
        wanted = part or self._name + numbered
        if not wanted[0].isalpha():
            wanted = f"{self._name}{wanted}"
        return self._unique(wanted)

    def guid_name(self, guid: UUID, stem: str) -> str:
        return self._guids.setdefault(guid, f"{stem}Guid")

    def _unique(self, wanted: str) -> str:
        stem = wanted
        while stem in self._taken:
            self._taken[wanted] += 1
            stem = f"{wanted}_{self._taken[wanted]}"
        self._taken[stem] = 1
        return stem


def _blocks(info: RegInfo, info_index: int, namer: _Namer) -> list[Block]:
    blocks = []
    for index, entry in enumerate(info.guids):
        part = f"Info{info_index}" if info_index else ""
        stem = namer.stem(entry.guid, f"{part}Block{index}")
        blocks.append(_block(entry, stem, namer))
    return blocks


def _block(entry: RegGuid, stem: str, namer: _Namer) -> Block:
    is_dynamic = isinstance(entry.names, DynamicNames)
    return Block(
        stem=stem,
        guid=entry.guid,
        guid_name=namer.guid_name(entry.guid, stem),
        title=namer.title(entry.guid),
        flags=flags_expression(entry.flags),
        other_flags=flags_expression(entry.flags & ~int(NAME_KIND_FLAGS)),
        instance_count=0 if is_dynamic else entry.instance_count,
        names=[text(string) for string in _strings(entry.names)],
        naming=_naming(entry),
        carries_pdo=isinstance(entry.names, PdoNames) and not entry.removes,
    )


def _strings(names: InstanceNames) -> tuple[str, ...]:
    match names:
        case ListNames(strings):
            return strings
        case BaseName(str(base)):
            return (base,)
        case _:
            return ()


def _naming(entry: RegGuid) -> str:
    if entry.removes:
        return "removed"
    match entry.names:
        case ListNames():
            return "named by a list"
        case BaseName():
            return "named by a base name"
        case PdoNames():
            return "named after the PDO"
    return "dynamic names"


def _optional_text(string: str | None) -> Text | None:
    return None if string is None else text(string)
