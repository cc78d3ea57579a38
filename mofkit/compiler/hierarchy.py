"""The classes from the roots down, each with what it inherits.

One walk through the tree of classes keeps a table of the members in force, which grows on the way
down and shrinks on the way up: time is linear in the number of classes and members, however deep
the tree is. A class whose ancestors form a circle is never reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mofkit.cim import CimClass, CimMethod, CimProperty
from mofkit.cim.qualifiers import has_qualifier
from mofkit.compiler.scope import ClassEntry, ClassKey, Scope, class_key

__all__ = ["ClassView", "Inherited", "cycles", "walk_classes"]


class Inherited(NamedTuple):
    """A member and the class that declares it."""

    member: CimProperty | CimMethod
    owner: CimClass


class ClassView:
    """A class in its place; good until the walk goes on.

    Attributes:
        entry: the definition.
        is_known: whether the class and all its ancestors are here, whole and once each. Only then
            can it be said that something is *not* in the class.
        superclass: the definition it inherits from, None where that is not here.
    """

    def __init__(
        self, entry: ClassEntry, superclass: ClassEntry | None, table: _Table, *, is_known: bool
    ) -> None:
        self.entry = entry
        self.superclass = superclass
        self.is_known = is_known
        self._table = table

    @property
    def cim_class(self) -> CimClass:
        """The class."""
        return self.entry.cim_class

    def inherited_property(self, name: str) -> Inherited | None:
        """Return the nearest ancestor's property of that name."""
        return self._nearest(self._table.properties, name)

    def inherited_method(self, name: str) -> Inherited | None:
        """Return the nearest ancestor's method of that name."""
        return self._nearest(self._table.methods, name)

    def property_named(self, name: str) -> CimProperty | None:
        """Return the class's own or inherited property of that name."""
        found = self._table.properties.get(name.lower())
        if not found:
            return None
        member = found[-1].member
        assert isinstance(member, CimProperty)
        return member

    def property_names(self) -> list[str]:
        """Return the names of all properties, own and inherited."""
        return [found[-1].member.name for found in self._table.properties.values() if found]

    @property
    def keys(self) -> list[Inherited]:
        """The key properties, inherited ones first; one that is declared again counts again."""
        return self._table.keys

    def _nearest(self, table: dict[str, list[Inherited]], name: str) -> Inherited | None:
        for found in reversed(table.get(name.lower(), ())):
            if found.owner is not self.cim_class:
                return found
        return None


class _Table:
    """Members in force: for each name those that declare it, from the root down."""

    def __init__(self) -> None:
        self.properties: dict[str, list[Inherited]] = {}
        self.methods: dict[str, list[Inherited]] = {}
        self.keys: list[Inherited] = []

    def enter(self, cim_class: CimClass) -> None:
        for feature in cim_class.features:
            if isinstance(feature, CimProperty):
                found = Inherited(feature, cim_class)
                self.properties.setdefault(feature.name.lower(), []).append(found)
                if has_qualifier(feature.qualifiers, "key"):
                    self.keys.append(found)
            elif isinstance(feature, CimMethod):
                found = Inherited(feature, cim_class)
                self.methods.setdefault(feature.name.lower(), []).append(found)

    def leave(self, cim_class: CimClass) -> None:
        for feature in cim_class.features:
            if isinstance(feature, CimProperty):
                self.properties[feature.name.lower()].pop()
            elif isinstance(feature, CimMethod):
                self.methods[feature.name.lower()].pop()
        while self.keys and self.keys[-1].owner is cim_class:
            self.keys.pop()


def walk_classes(scope: Scope) -> Iterator[ClassView]:
    """Yield every definition whose ancestors end somewhere, each behind its superclass."""
    roots, subclasses = _tree(scope)
    table = _Table()
    leaving: list[CimClass] = []
    todo: list[tuple[ClassEntry, ClassEntry | None, bool, int]] = [
        (root, None, root.cim_class.superclass is None, 0) for root in reversed(roots)
    ]
    while todo:
        entry, superclass, is_above_known, depth = todo.pop()
        while len(leaving) > depth:
            table.leave(leaving.pop())
        cim_class = entry.cim_class
        key = class_key(cim_class.name, cim_class.pragmas)
        is_known = is_above_known and entry.is_whole and len(scope.classes[key]) == 1
        table.enter(cim_class)
        leaving.append(cim_class)
        yield ClassView(entry, superclass, table, is_known=is_known)
        if entry is scope.classes[key][-1]:
            below = subclasses.get(key, ())
            todo += [(found, entry, is_known, depth + 1) for found in reversed(below)]


def _tree(scope: Scope) -> tuple[list[ClassEntry], dict[ClassKey, list[ClassEntry]]]:
    """Return the definitions that inherit from nothing here, and those below each class."""
    roots: list[ClassEntry] = []
    subclasses: dict[ClassKey, list[ClassEntry]] = {}
    for definitions in scope.classes.values():
        for entry in definitions:
            above = _superclass_key(entry.cim_class)
            if above is None or above not in scope.classes:
                roots.append(entry)
            else:
                subclasses.setdefault(above, []).append(entry)
    return roots, subclasses


def _superclass_key(cim_class: CimClass) -> ClassKey | None:
    if cim_class.superclass is None:
        return None
    return class_key(cim_class.superclass, cim_class.pragmas)


def cycles(scope: Scope) -> Iterator[list[ClassEntry]]:
    """Yield each circle of classes that inherit from one another, from its first class on."""
    passed: dict[ClassKey, int] = {}  # the number of the search that came by
    for search, start in enumerate(scope.classes):
        key: ClassKey | None = start
        path: list[ClassKey] = []
        while key is not None and key in scope.classes and key not in passed:
            passed[key] = search
            path.append(key)
            key = _superclass_key(scope.classes[key][-1].cim_class)
        if key is not None and passed.get(key) == search:
            yield [scope.classes[member][-1] for member in path[path.index(key) :]]
