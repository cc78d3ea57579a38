"""`Scope`: everything that the files declare, and which names are whose, for the checks.

What is not here may be in the repository that the files will be compiled into, so an unknown name
is no mistake.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Unpack

from mofkit.cim import (
    CimArray,
    CimClass,
    CimInstance,
    CimQualifierDeclaration,
    CimValue,
    Origin,
    PragmaState,
    SchemaItem,
    namespace_key,
)
from mofkit.cim.qualifiers import has_qualifier
from mofkit.cim.record import record
from mofkit.compiler.findings import Details, Findings
from mofkit.compiler.reader import Unit
from mofkit.diagnostics import Related, Rule
from mofkit.source import Span

__all__ = [
    "ClassEntry",
    "ClassKey",
    "Entry",
    "InstanceEntry",
    "Scope",
    "class_key",
    "is_same_place",
    "origin_of",
    "related",
]

ClassKey = tuple[str, str]
"""What identifies a class: its namespace and its name, both spelled in one way."""


@record
class Entry:
    """One item of the schema, and where it comes from.

    Attributes:
        is_sound: whether it could be read as it stands, so that it can be judged.
    """

    item: SchemaItem
    unit: Unit
    is_sound: bool


@record
class ClassEntry:
    """One definition of a class.

    Attributes:
        position: its index among the items of the schema.
        is_sound: as of `Entry`.
    """

    cim_class: CimClass
    unit: Unit
    position: int
    is_sound: bool

    @property
    def is_whole(self) -> bool:
        """Whether all its members are here.

        A translation (qualifier `Amendment`) repeats only the members that have texts.
        """
        return self.is_sound and not has_qualifier(self.cim_class.qualifiers, "amendment")


@record
class InstanceEntry:
    """One sound instance, declared or embedded in the value of another."""

    instance: CimInstance
    unit: Unit
    position: int
    is_embedded: bool


class Scope:
    """All entries in order, and what they declare."""

    def __init__(self, entries: Sequence[Entry], units: Sequence[Unit], findings: Findings) -> None:
        self.entries = entries
        self.units = units
        self.findings = findings
        self.settled: set[tuple[str, Hashable, frozenset[str]]] = set()

    def report(
        self, rule: Rule, message: str, origin: Origin, span: Span, **details: Unpack[Details]
    ) -> None:
        """Record a finding about a place in the file of `origin`."""
        self.findings.add(rule, message, origin.source, span, **details)

    @cached_property
    def classes(self) -> dict[ClassKey, list[ClassEntry]]:
        """The definitions of each class, in order."""
        found: dict[ClassKey, list[ClassEntry]] = {}
        for position, entry in enumerate(self.entries):
            if isinstance(entry.item, CimClass):
                class_entry = ClassEntry(entry.item, entry.unit, position, entry.is_sound)
                found.setdefault(class_key(entry.item.name, entry.item.pragmas), []).append(
                    class_entry
                )
        return found

    def first_definition(self, cim_class: CimClass) -> ClassEntry:
        """Return the first definition of what is defined here at least once."""
        return self.classes[class_key(cim_class.name, cim_class.pragmas)][0]

    @cached_property
    def class_names(self) -> set[str]:
        """The lower-case names of all classes, whatever their namespace."""
        return {name for _, name in self.classes}

    @cached_property
    def class_words(self) -> dict[ClassKey, frozenset[str]]:
        """For each class, the lower-case names of its superclass and of its properties' types."""
        found: dict[ClassKey, frozenset[str]] = {}
        for key, (first, *_) in self.classes.items():
            words = [first.cim_class.superclass or ""]
            words += [member.type_word for member in first.cim_class.properties]
            found[key] = frozenset(map(str.lower, words))
        return found

    @cached_property
    def instances(self) -> dict[ClassKey, list[InstanceEntry]]:
        """The sound instances of each class, in order, embedded ones behind their owners."""
        found: dict[ClassKey, list[InstanceEntry]] = {}
        for position, entry in enumerate(self.entries):
            if not isinstance(entry.item, CimInstance) or not entry.is_sound:
                continue
            for instance in _with_embedded(entry.item):
                key = class_key(instance.class_name, instance.pragmas)
                found.setdefault(key, []).append(
                    InstanceEntry(instance, entry.unit, position, instance is not entry.item)
                )
        return found

    @cached_property
    def qualifier_declarations(self) -> dict[str, list[CimQualifierDeclaration]]:
        """The sound declarations of qualifier types (DMTF's form), by lower-case name."""
        found: dict[str, list[CimQualifierDeclaration]] = {}
        for entry in self.entries:
            item = entry.item
            if isinstance(item, CimQualifierDeclaration) and item.type and entry.is_sound:
                found.setdefault(item.name.lower(), []).append(item)
        return found


def class_key(name: str, pragmas: PragmaState) -> ClassKey:
    """Return what identifies the class of that name in the namespace in force."""
    return namespace_key(pragmas.namespace), name.lower()


def _with_embedded(instance: CimInstance) -> Iterator[CimInstance]:
    todo: list[CimInstance] = [instance]
    while todo:
        found = todo.pop()
        yield found
        for cim_property in found.properties:
            todo += _instances_in(cim_property.value)


def _instances_in(value: CimValue | None) -> Iterable[CimInstance]:
    values = value.values if isinstance(value, CimArray) else (value,)
    return [found for found in values if isinstance(found, CimInstance)]


def origin_of(origin: Origin | None) -> Origin:
    """Return the origin, which everything that was read from text has."""
    assert origin is not None
    return origin


def is_same_place(origin: Origin, other: Origin | None) -> bool:
    """Say whether two records were read from one place of a file that is included twice."""
    return other is not None and (origin.path, origin.span) == (other.path, other.span)


def related(origin: Origin | None, message: str) -> Related:
    """Return the name of an element as a related place."""
    found = origin_of(origin)
    return Related(found.source, found.name_span, message)
