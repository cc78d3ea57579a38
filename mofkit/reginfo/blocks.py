"""Which classes of a driver's MOF are blocks that the driver registers.

A block is a class with the qualifiers WMI and Dynamic. A class with WMI alone is embedded in others
or a base of others, and one with Static has its data in the MOF; drivers register neither
(Windows driver documentation, "WMI class qualifiers").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from mofkit.binary.guid_text import guid_text, parse_guid
from mofkit.cim import (
    CimClass,
    CimProperty,
    CimQualifier,
    CimString,
    CimType,
    Schema,
)
from mofkit.cim.qualifiers import has_qualifier, integer_of, qualifier_named

__all__ = ["Block", "DriverClasses", "SkippedClass", "find_blocks"]

_EVENT_BASES: Final = {"wmievent", "__extrinsicevent"}


@dataclass(frozen=True, slots=True)
class Block:
    """A class that the driver registers.

    Attributes:
        is_event: whether it derives from WMIEvent or __ExtrinsicEvent through classes of the file.
        expense: the value of WmiExpense, CPU cycles; 0 without one.
    """

    guid: UUID
    cim_class: CimClass
    is_event: bool
    expense: int

    @property
    def guid_qualifier(self) -> CimQualifier:
        """The qualifier that has the GUID."""
        qualifier = qualifier_named(self.cim_class.qualifiers, "guid")
        assert qualifier is not None
        return qualifier


@dataclass(frozen=True, slots=True)
class SkippedClass:
    """A class with the qualifier WMI that is not registered.

    Attributes:
        reason: goes on after its name: `is Static: ...`.
        is_fault: whether it was probably meant to be registered.
        guid: its GUID, if it has one.
    """

    cim_class: CimClass
    reason: str
    is_fault: bool = False
    guid: UUID | None = None

    def __str__(self) -> str:
        return f"class `{self.cim_class.name}` {self.reason}"


@dataclass(frozen=True, slots=True)
class DriverClasses:
    """The classes with the qualifier WMI, in file order."""

    blocks: tuple[Block, ...]
    skipped: tuple[SkippedClass, ...]


def find_blocks(schema: Schema) -> DriverClasses:
    """Return what of a schema a driver registers, and what it does not.

    >>> from mofkit.cim import CimQualifier, Schema
    >>> guid = CimQualifier("guid", CimString("{D510C931-ACEF-40B5-9361-1CEE4DFC3E5E}"))
    >>> fan = CimClass("Fan", qualifiers=(CimQualifier("WMI"), CimQualifier("Dynamic"), guid))
    >>> [block.cim_class.name for block in find_blocks(Schema((fan,))).blocks]
    ['Fan']
    """
    blocks: dict[UUID, Block] = {}
    skipped: list[SkippedClass] = []
    embedded = _names_of_embedded(schema)
    for cim_class in schema.classes:
        if not has_qualifier(cim_class.qualifiers, "wmi"):
            continue
        found = _judge(schema, cim_class, embedded)
        if isinstance(found, Block) and found.guid in blocks:
            found = _second(found, blocks[found.guid])
        if isinstance(found, Block):
            blocks[found.guid] = found
        else:
            skipped.append(found)
    return DriverClasses(tuple(blocks.values()), tuple(skipped))


def _judge(schema: Schema, cim_class: CimClass, embedded: set[str]) -> Block | SkippedClass:
    qualifiers = cim_class.qualifiers
    guid, fault = _guid_of(qualifiers)
    if has_qualifier(qualifiers, "amendment"):
        return SkippedClass(cim_class, "only adds texts to a class", guid=guid)
    if has_qualifier(qualifiers, "static"):
        reason = "is Static: its data is in the MOF, the driver does not register it"
        return SkippedClass(cim_class, reason, guid=guid)
    if not has_qualifier(qualifiers, "dynamic"):
        kind = "is embedded in other classes" if _key(cim_class) in embedded else "is not Dynamic"
        return SkippedClass(cim_class, kind, guid=guid)
    if _key(cim_class) in embedded and not _has_instances(schema, cim_class):
        return SkippedClass(cim_class, "is embedded in other classes", guid=guid)
    if has_qualifier(qualifiers, "abstract"):
        return SkippedClass(cim_class, "is abstract: it has no instances", guid=guid)
    if guid is None:
        return SkippedClass(cim_class, fault, is_fault=True)
    return Block(
        guid, cim_class, _is_event(schema, cim_class), integer_of(qualifiers, "wmiexpense") or 0
    )


def _second(block: Block, first: Block) -> SkippedClass:
    """Say that a GUID was there before."""
    if _key(block.cim_class) == _key(first.cim_class):
        return SkippedClass(block.cim_class, "is defined again", guid=block.guid)
    reason = f"has the guid of class `{first.cim_class.name}`: {guid_text(block.guid)}"
    return SkippedClass(block.cim_class, reason, is_fault=True, guid=block.guid)


def _guid_of(qualifiers: Iterable[CimQualifier]) -> tuple[UUID | None, str]:
    """Return the value of the guid qualifier, or what is wrong with it."""
    qualifier = qualifier_named(qualifiers, "guid")
    if qualifier is None:
        return None, "has no guid"
    if not isinstance(qualifier.value, CimString):
        return None, "has a guid that is no string"
    try:
        return parse_guid(qualifier.value.value), ""
    except ValueError:
        return None, f"has a guid that is none: {qualifier.value.value[:60]!a}"


def _is_event(schema: Schema, cim_class: CimClass) -> bool:
    return any(
        (ancestor.superclass or "").lower() in _EVENT_BASES
        for ancestor in schema.lineage(cim_class)
    )


def _has_instances(schema: Schema, cim_class: CimClass) -> bool:
    """Say whether a class has InstanceName, which no embedded class of a published driver has."""
    return any(
        item.name.lower() == "instancename"
        for ancestor in schema.lineage(cim_class)
        for item in ancestor.properties
    )


def _names_of_embedded(schema: Schema) -> set[str]:
    """Return the names of the classes that are types of properties and parameters."""
    typed: list[CimProperty] = []
    names: set[str] = set()
    for cim_class in schema.classes:
        typed += cim_class.properties
        for method in cim_class.methods:
            names |= {p.type_word.lower() for p in method.parameters if p.type is CimType.OBJECT}
    return names | {item.type_word.lower() for item in typed if item.type is CimType.OBJECT}


def _key(cim_class: CimClass) -> str:
    return cim_class.name.lower()
