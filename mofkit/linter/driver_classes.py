"""What the WDM rules know about the classes of a unit.

The rules are for classes with the qualifier WMI. One that has neither Dynamic nor Static, and no
InstanceName, is *embedded*: the type of an item or a parameter. The others are *blocks*, data or
events. Translations (qualifier Amendment) repeat a class for its texts only and are none of these
(Windows driver documentation, "WMI class qualifiers", "WMI required items").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from mofkit.cim import (
    CimArray,
    CimClass,
    CimInteger,
    CimMethod,
    CimParameter,
    CimProperty,
    CimQualifier,
    CimString,
    CimType,
)
from mofkit.cim.qualifiers import has_qualifier, qualifier_named, string_of
from mofkit.diagnostics import Diagnostic
from mofkit.diagnostics.suggestions import replace_word
from mofkit.linter.lint_rule import LintRule
from mofkit.linter.spelling import meant_word
from mofkit.linter.unit import Unit

if TYPE_CHECKING:
    from uuid import UUID

__all__ = [
    "INTEGERS_OF_64_BITS",
    "REQUIRED",
    "DriverClasses",
    "DriverRule",
    "Member",
    "guid_of",
    "is_variable",
    "is_wmi",
    "n_bits",
    "number_of",
    "sized_by",
    "texts_of",
    "unfit_type",
]

REQUIRED: Final = ("instancename", "active")
"""The two items that WMI itself fills in, in their order."""

INTEGERS_OF_64_BITS: Final = (CimType.UINT64, CimType.SINT64)

Member = CimProperty | CimParameter


def is_wmi(cim_class: CimClass) -> bool:
    """Say whether the WDM rules are for a class."""
    qualifiers = cim_class.qualifiers
    return has_qualifier(qualifiers, "wmi") and not has_qualifier(qualifiers, "amendment")


def guid_of(cim_class: CimClass) -> UUID | None:
    """Return the value of the qualifier guid; None where it is none, or not there.

    Braces may be left out, hyphens may not.
    """
    text = string_of(cim_class.qualifiers, "guid")
    if text is None or "-" not in text:
        return None
    from mofkit.binary.guid_text import parse_guid  # which only drivers' files need

    try:
        return parse_guid(text)
    except ValueError:
        return None


def is_variable(member: Member) -> bool:
    """Say whether the size of an item depends on its value: strings, and arrays with WmiSizeIs."""
    if qualifier_named(member.qualifiers, "wmisizeis") is not None:
        return True
    has_room = qualifier_named(member.qualifiers, "maxlen") is not None
    return member.type is CimType.STRING and not has_room


def n_bits(cim_type: CimType) -> int:
    """Return the width of an integer type; 0 for others."""
    values = cim_type.integer_range
    return 0 if values is None else (values.stop - values.start).bit_length() - 1


def unfit_type(member: Member) -> str:
    """Return the type of a member in words, where drivers' data cannot have it; else nothing.

    They can have strings, booleans, integers, datetimes and embedded classes (Windows driver
    documentation, "Driver-defined WMI data items").
    """
    if member.type is CimType.REFERENCE:
        return "a reference"
    if member.type is CimType.OBJECT and member.type_word.lower() == "object":
        return "an object of no class"
    is_unfit = member.type.is_real or member.type in (CimType.CHAR16, CimType.VOID)
    return member.type_word if is_unfit else ""


def sized_by(members: Sequence[Member]) -> Iterator[tuple[Member, CimQualifier, Member]]:
    """Yield each array that names the count of its elements: the array, WmiSizeIs, and the count.

    What names nothing, or itself, is left out.
    """
    names = {member.name.lower(): member for member in members}
    for member in members:
        by = qualifier_named(member.qualifiers, "wmisizeis")
        count = names.get((string_of(member.qualifiers, "wmisizeis") or "").lower())
        if by is not None and count is not None and count is not member:
            yield member, by, count


def texts_of(qualifier: CimQualifier) -> list[str]:
    """Return the strings and integers of an array, as a list of texts."""
    value = qualifier.value
    values = value.values if isinstance(value, CimArray) else (value,)
    return [str(item.value) for item in values if isinstance(item, CimString | CimInteger)]


def number_of(text: str) -> int | None:
    """Return the integer that a string of ValueMap or BitMap says: decimal, or hexadecimal.

    >>> number_of("0x10"), number_of("-3"), number_of("many")
    (16, -3, None)
    """
    try:
        return int(text, 0)
    except ValueError:
        return int(text) if text.strip().isdigit() else None


class DriverClasses:
    """The WMI classes of a unit."""

    def __init__(self, unit: Unit) -> None:
        self.schema = unit.schema

    @cached_property
    def all(self) -> tuple[CimClass, ...]:
        """Every class that the rules are for."""
        return tuple(found for found in self.schema.classes if is_wmi(found))

    def is_abstract_base(self, cim_class: CimClass) -> bool:
        """Say whether a class is abstract, and one with WMI or above one; WMIEvent apart."""
        is_abstract = has_qualifier(cim_class.qualifiers, "abstract")
        return is_abstract and cim_class.name.lower() in self._in_hierarchies

    @cached_property
    def _in_hierarchies(self) -> frozenset[str]:
        """The lower-case names of the classes of drivers, and of all that they derive from."""
        found: set[str] = set()
        for cim_class in self.all:
            for ancestor in self.schema.lineage(cim_class):
                name = ancestor.name.lower()
                if name in found:
                    break
                found.add(name)
        return frozenset(name for name in found if name != "wmievent" and name[:2] != "__")

    def is_embedded(self, cim_class: CimClass) -> bool:
        """Say whether a WMI class is the type of something, and no block."""
        qualifiers = cim_class.qualifiers
        if has_qualifier(qualifiers, "dynamic") or has_qualifier(qualifiers, "static"):
            return False
        is_type = cim_class.name.lower() in self._type_names
        return is_type or self.member(cim_class, "instancename") is None

    def is_block(self, cim_class: CimClass) -> bool:
        """Say whether a class holds data or events of a driver, which an abstract one does not."""
        return (
            is_wmi(cim_class)
            and not has_qualifier(cim_class.qualifiers, "abstract")
            and not self.is_embedded(cim_class)
        )

    def is_whole(self, cim_class: CimClass) -> bool:
        """Say whether all that a class inherits is here."""
        *_, root = self.schema.lineage(cim_class)
        base = (root.superclass or "").lower()
        return base.startswith("__") or base in ("", "wmievent")

    def is_event_base(self, cim_class: CimClass) -> bool:
        """Say whether this is WMIEvent, which a MOF may declare for itself."""
        return cim_class.name.lower() == "wmievent"

    def is_event(self, cim_class: CimClass) -> bool:
        """Say whether a class derives from WMIEvent or __ExtrinsicEvent through those here."""
        bases = {(found.superclass or "").lower() for found in self.schema.lineage(cim_class)}
        return not bases.isdisjoint(("wmievent", "__extrinsicevent"))

    def member(self, cim_class: CimClass, name: str) -> CimProperty | None:
        """Return the property of that (lower-case) name, inherited ones too."""
        for found in self.schema.lineage(cim_class):
            for cim_property in found.properties:
                if cim_property.name.lower() == name:
                    return cim_property
        return None

    def meant_as(self, item: CimProperty, cim_class: CimClass) -> str | None:
        """Return the required item that a property is but for a slip, where that is missing."""
        if item.name.lower() in REQUIRED or qualifier_named(item.qualifiers, "wmidataid"):
            return None
        meant = meant_word(item.name, REQUIRED)
        return meant if meant and self.member(cim_class, meant) is None else None

    def items(self, cim_class: CimClass) -> list[CimProperty]:
        """Return the data items, inherited ones first; without the two required items."""
        lineage = list(self.schema.lineage(cim_class))
        found = {
            item.name.lower(): item
            for ancestor in reversed(lineage)
            for item in ancestor.properties
        }
        return [
            item
            for name, item in found.items()
            if name not in REQUIRED and not self.meant_as(item, cim_class)
        ]

    def embedded_class(self, member: Member, cim_class: CimClass) -> CimClass | None:
        """Return the class that is the type of a member, if it is here."""
        return self.schema.find_class(member.type_word, cim_class.pragmas.namespace)

    def contains_itself(self, cim_class: CimClass) -> bool:
        """Say whether a class is embedded in itself, directly or through others."""
        todo, seen = [cim_class], {id(cim_class)}
        while todo:
            owner = todo.pop()
            for item in owner.properties:
                found = self.embedded_class(item, owner) if item.type is CimType.OBJECT else None
                if found is cim_class:
                    return True
                if found is not None and id(found) not in seen:
                    seen.add(id(found))
                    todo.append(found)
        return False

    @cached_property
    def event_items(self) -> frozenset[str]:
        """The lower-case names of the items of all events."""
        events = [found for found in self.all if self.is_event(found)]
        return frozenset(item.name.lower() for event in events for item in self.items(event))

    @cached_property
    def _type_names(self) -> frozenset[str]:
        return frozenset(
            member.type_word.lower()
            for cim_class in self.all
            for member in _members(cim_class.properties, cim_class.methods)
            if member.type is CimType.OBJECT
        )


class DriverRule(LintRule):
    """A rule about the classes of drivers."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.driver = unit.knowledge(DriverClasses)

    def lacks(self, cim_class: CimClass, name: str, remedy: str) -> Diagnostic:
        """Return the finding that a required item is missing, or that its name is misspelled."""
        message = f"class `{cim_class.name}` has no {name}"
        for item in cim_class.properties:
            if item.origin is not None and self.driver.meant_as(item, cim_class) == name.lower():
                fix = replace_word(item.origin.name_span, name)
                return self.finding(f"{message}, but `{item.name}`", item.origin, fix=fix)
        return self.finding(message, cim_class.origin, help=remedy)


def _members(properties: Sequence[CimProperty], methods: Sequence[CimMethod]) -> list[Member]:
    return [*properties, *(parameter for method in methods for parameter in method.parameters)]
