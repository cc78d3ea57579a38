"""`Namespace`: the classes and instances of one namespace, and what inheritance makes of them.

The system classes are in every namespace and are not stored again.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from mofkit.cim import (
    CimClass,
    CimInstance,
    CimProperty,
    CimType,
    CimValue,
)
from mofkit.cim.qualifiers import has_qualifier, qualifier_named
from mofkit.repository.object_path import KeyValue, ObjectPath, fold_keys, path_in
from mofkit.repository.system_classes import system_classes

__all__ = ["Identity", "Namespace", "Shape", "StoredInstance"]

Identity = tuple[str, Hashable]
"""What tells the instances of a namespace apart: the class that the keys come from, and the keys.

Classes that inherit their keys from one class share them: no two of their instances have the same
ones (wbemcli/IWbemServices::PutInstance, "does not support moving instances").
"""


@dataclass(frozen=True, slots=True)
class StoredInstance:
    """An instance as it is stored: `instance` has object paths where the file has aliases."""

    path: ObjectPath
    instance: CimInstance

    def value(self, name: str) -> CimValue | None:
        """Return the value given to a property; None without one. A default is the class's."""
        wanted = name.lower()
        for found in self.instance.properties:
            if found.name.lower() == wanted:
                return found.value
        return None


class Shape(NamedTuple):
    """What a class inherits of what tells its instances apart.

    Attributes:
        root: lower-case name of the class that the keys come from; the class itself without keys.
        keys: names of the key properties, inherited ones first.
        is_singleton: whether there is one instance at most.
        is_open: whether an ancestor is taken to be there without being known, so that the class
            may have more properties, and keys that are not in `keys`.
        depth: how many ancestors there are.
    """

    root: str
    keys: tuple[str, ...]
    is_singleton: bool
    is_open: bool
    depth: int


class Namespace:
    r"""What one namespace holds.

    Attributes:
        path: as `root\cimv2`.
        classes: by lower-case name, without the system classes.
        instances: by identity, in the order in which they were made.
        assumed: lower-case names of classes that are taken to be there and are not known.
    """

    def __init__(
        self,
        path: str,
        classes: Mapping[str, CimClass] | None = None,
        instances: Mapping[Identity, StoredInstance] | None = None,
        assumed: frozenset[str] = frozenset(),
    ) -> None:
        self.path = path
        self.classes: Mapping[str, CimClass] = {} if classes is None else classes
        self.instances: Mapping[Identity, StoredInstance] = {} if instances is None else instances
        self.assumed = assumed
        self._shapes: dict[str, Shape] = {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Namespace):
            return NotImplemented
        return _content(self) == _content(other)

    __hash__ = None  # type: ignore[assignment]  # as its content

    def __repr__(self) -> str:
        return (
            f"<{self.path}: {len(self.classes)} classes, {len(self.instances)} instances"
            f" besides the system classes>"
        )

    def find_class(self, name: str) -> CimClass | None:
        """Return a class, a system class included; None where it is not there."""
        wanted = name.lower()
        return self.classes.get(wanted) or system_classes().get(wanted)

    def lineage(self, name: str) -> Iterator[CimClass]:
        """Yield a class, its superclass, and so on."""
        found = self.find_class(name)
        while found is not None:
            yield found
            found = self.find_class(found.superclass) if found.superclass else None

    def property_of(self, class_name: str, name: str) -> CimProperty | None:
        """Return a property of a class, its own or the nearest ancestor's."""
        wanted = name.lower()
        for ancestor in self.lineage(class_name):
            for found in ancestor.features:
                if isinstance(found, CimProperty) and found.name.lower() == wanted:
                    return found
        return None

    def shape(self, name: str) -> Shape:
        """Return what tells the instances of a class apart; the class must be there."""
        above: list[CimClass] = []
        shape: Shape | None = None
        for ancestor in self.lineage(name):
            shape = self._shapes.get(ancestor.name.lower())
            if shape is not None:
                break
            above.append(ancestor)
        for found in reversed(above):
            shape = self._shapes[found.name.lower()] = self._shape_below(found, shape)
        assert shape is not None, name
        return shape

    def _shape_below(self, cim_class: CimClass, above: Shape | None) -> Shape:
        name = cim_class.name.lower()
        inherited = () if above is None else above.keys
        known = {key.lower() for key in inherited}
        own = [
            found.name
            for found in cim_class.properties
            if qualifier_named(found.qualifiers, "key") and found.name.lower() not in known
        ]
        is_single = above is not None and above.is_singleton
        return Shape(
            above.root if above is not None and (inherited or is_single) else name,
            (*inherited, *own),
            is_single or has_qualifier(cim_class.qualifiers, "singleton"),
            name in self.assumed or (above is not None and above.is_open),
            0 if above is None else above.depth + 1,
        )

    def descendants(self, name: str) -> list[str]:
        """Return the lower-case names of all classes below one, each behind its superclass."""
        found: list[str] = []
        todo = [name.lower()]
        while todo:
            below = self._children.get(todo.pop(), ())
            found += below
            todo += below
        return found

    def instances_of(self, name: str, *, derived: bool = True) -> Iterator[StoredInstance]:
        """Yield the instances of a class, and of those below it unless `derived` is False."""
        yield from self._by_class.get(name.lower(), {}).values()
        if derived:
            for below in self.descendants(name):
                yield from self._by_class.get(below, {}).values()

    def identity(self, path: ObjectPath) -> Identity | None:
        """Return the identity that a path names here; None where its class is not there."""
        if path.keys is None or self.find_class(path.class_name) is None:
            return None
        shape = self.shape(path.class_name)
        keys = path.keys
        if len(keys) == 1 and not keys[0][0] and len(shape.keys) == 1:
            keys = ((shape.keys[0], keys[0][1]),)
        typed = [(name, self._typed(path.class_name, name, value)) for name, value in keys]
        return shape.root, fold_keys(typed)

    def _typed(self, class_name: str, name: str, value: KeyValue) -> KeyValue | ObjectPath:
        """Return the value of a key, a string that stands for a reference as the path it spells."""
        if not isinstance(value, str):
            return value
        declared = self.property_of(class_name, name)
        if declared is None or declared.type is not CimType.REFERENCE:
            return value
        return path_in(value, self.path) or value

    def find_instance(self, path: ObjectPath) -> StoredInstance | None:
        """Return the instance that a path names; that of a derived class has the same keys."""
        identity = self.identity(path)
        found = None if identity is None else self.instances.get(identity)
        if found is None:
            return None
        wanted = path.class_name.lower()
        names = (ancestor.name.lower() for ancestor in self.lineage(found.path.class_name))
        return found if wanted in names else None

    @cached_property
    def _children(self) -> dict[str, dict[str, None]]:
        children: dict[str, dict[str, None]] = {}
        for found in (*system_classes().values(), *self.classes.values()):
            if found.superclass is not None:
                children.setdefault(found.superclass.lower(), {})[found.name.lower()] = None
        return children

    @cached_property
    def _by_class(self) -> dict[str, dict[Identity, StoredInstance]]:
        by_class: dict[str, dict[Identity, StoredInstance]] = {}
        for identity, found in self.instances.items():
            by_class.setdefault(found.path.class_name.lower(), {})[identity] = found
        return by_class


def _content(namespace: Namespace) -> tuple[object, ...]:
    return namespace.path.lower(), namespace.classes, namespace.instances, namespace.assumed
