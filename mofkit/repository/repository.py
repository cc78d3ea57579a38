r"""`Repository`: namespaces with classes and instances, as a value.

>>> repository = fresh()
>>> [found.path for found in repository.namespaces][:3]
['root', 'root\\cimv2', 'root\\cimv2\\security']
>>> repository.find(ObjectPath.parse('__Namespace.Name="CIMV2"', "root")).path.relative
'__Namespace.Name="cimv2"'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from mofkit.cim import (
    CimArray,
    CimClass,
    CimInstance,
    CimInstanceProperty,
    CimString,
    CimType,
    CimValue,
    namespace_key,
)
from mofkit.repository.namespace import Identity, Namespace, StoredInstance
from mofkit.repository.object_path import ObjectPath, namespace_text, path_in
from mofkit.repository.system_classes import STANDARD_NAMESPACES

__all__ = ["Reference", "Repository", "fresh", "namespace_instance"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A property of an instance that holds the path of another object."""

    source: StoredInstance
    property_name: str
    target: ObjectPath


class Repository:
    """What WMI holds. Nothing in it changes: compiling gives another one.

    Attributes:
        by_key: namespaces by `cim.namespace_key`.
    """

    def __init__(self, by_key: Mapping[str, Namespace]) -> None:
        self.by_key = by_key

    def __eq__(self, other: object) -> bool:
        return self.by_key == other.by_key if isinstance(other, Repository) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as its content

    def __repr__(self) -> str:
        return f"Repository({list(self.by_key.values())!r})"

    @property
    def namespaces(self) -> tuple[Namespace, ...]:
        """The namespaces, in the order in which they were made."""
        return tuple(self.by_key.values())

    def namespace(self, path: str | None) -> Namespace | None:
        r"""Return a namespace, spelled in any way; None where there is none.

        No path means `root\default`.
        """
        return self.by_key.get(namespace_key(path))

    def find_class(self, namespace: str | None, name: str) -> CimClass | None:
        """Return a class of a namespace, a system class included."""
        found = self.namespace(namespace)
        return None if found is None else found.find_class(name)

    def find(self, path: ObjectPath) -> StoredInstance | None:
        """Return the instance that a path names, whatever the order and letter case of its keys."""
        found = self.namespace(path.namespace)
        return None if found is None else found.find_instance(path)

    def instances_of(
        self, namespace: str | None, class_name: str, *, derived: bool = True
    ) -> tuple[StoredInstance, ...]:
        """Return the instances of a class, and of those derived from it unless told otherwise."""
        found = self.namespace(namespace)
        return () if found is None else tuple(found.instances_of(class_name, derived=derived))

    def value_of(self, stored: StoredInstance, name: str) -> CimValue | None:
        """Return what a property of an instance is: the value given to it, or else the default."""
        given = stored.value(name)
        if given is not None:
            return given
        namespace = self.namespace(stored.path.namespace)
        declared = namespace and namespace.property_of(stored.path.class_name, name)
        return declared.default if declared else None

    def references(self) -> Iterator[Reference]:
        """Yield every reference that an instance holds, in order of namespaces and instances."""
        for namespace in self.by_key.values():
            for stored in namespace.instances.values():
                yield from _references_of(namespace, stored)

    def references_to(self, path: ObjectPath) -> tuple[Reference, ...]:
        """Return the references to an object; those to an instance that is not there count, too."""
        wanted = self._meaning(path)
        return tuple(found for found in self.references() if self._meaning(found.target) == wanted)

    def _meaning(self, path: ObjectPath) -> object:
        """Return what is equal for paths of one object: a path may name a base class of it."""
        namespace = self.namespace(path.namespace)
        identity = None if namespace is None else namespace.identity(path)
        return path.folded if identity is None else (namespace_key(path.namespace), identity)


def _references_of(namespace: Namespace, stored: StoredInstance) -> Iterator[Reference]:
    for found in stored.instance.properties:
        declared = namespace.property_of(stored.path.class_name, found.name)
        if declared is not None and declared.type is not CimType.REFERENCE:
            continue
        for text in _strings(found.value):
            path = path_in(text, namespace.path)
            # A property that is not known may be any string: one that has keys is a path.
            if path is not None and (declared is not None or path.keys):
                yield Reference(stored, found.name, path)


def _strings(value: CimValue | None) -> Iterable[str]:
    values = value.values if isinstance(value, CimArray) else (value,)
    return [found.value for found in values if isinstance(found, CimString)]


def fresh(namespaces: Iterable[str] = STANDARD_NAMESPACES) -> Repository:
    r"""Return a repository as Windows has it: namespaces, each with the system classes.

    Those above a namespace are made, too: `root` for `root\cimv2`.
    """
    return _fresh(tuple(namespaces))


@cache
def _fresh(paths: tuple[str, ...]) -> Repository:
    instances: dict[str, dict[Identity, StoredInstance]] = {}
    names: dict[str, str] = {}
    for path in paths:
        parts = namespace_text(path).split("\\")
        above = ""
        for part in parts:
            made = f"{above}\\{part}" if above else part
            key = namespace_key(made)
            if key not in names:
                names[key] = made
                instances[key] = {}
                if above:
                    stored = namespace_instance(above, part)
                    identity = Namespace(above).identity(stored.path)
                    assert identity is not None
                    instances[namespace_key(above)][identity] = stored
            above = names[key]
    return Repository(
        {key: Namespace(path, instances=instances[key]) for key, path in names.items()}
    )


def namespace_instance(parent: str, name: str) -> StoredInstance:
    """Return the instance of `__Namespace` that stands for a child namespace."""
    path = ObjectPath.of_instance(parent, "__Namespace", {"Name": name})
    properties = (CimInstanceProperty("Name", CimString(name)),)
    return StoredInstance(path, CimInstance("__Namespace", properties))
