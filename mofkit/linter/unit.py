"""What rules look at: a file with what it includes, and the other files of the run beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from mofkit.cim import (
    CimArray,
    CimClass,
    CimInstance,
    CimValue,
    namespace_key,
)
from mofkit.compiler import BindResult
from mofkit.linter.dialect import Dialect, dialect_of

__all__ = ["FileSet", "Unit", "with_embedded"]

K = TypeVar("K")


class Unit:
    """A file, with what it includes.

    Attributes:
        parsed: every file of the unit, the including one first.
        schema: what they declare, without what errors of syntax touch, unless it is `is_recovered`.
        is_complete: whether that is all: what is not here, is nowhere in the unit.
        files: all units of the run, this one among them.
    """

    def __init__(
        self, bound: BindResult, dialect: Dialect | None = None, *, is_recovered: bool = False
    ) -> None:
        self.parsed = bound.files
        self.schema = bound.schema if is_recovered else bound.sound
        self.is_complete = bound.is_complete
        self.files = FileSet((self,))
        self._dialect = dialect
        self._knowledge: dict[type, object] = {}

    @property
    def path(self) -> str:
        """The path of the including file."""
        return self.parsed[0].source.path

    @property
    def paths(self) -> list[str]:
        """The paths of all files."""
        return [file.source.path for file in self.parsed]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every text that a token other than a string has, in lower case."""
        texts: set[str] = set().union(*(file.tree.words for file in self.parsed))
        return frozenset(map(str.lower, texts))

    @cached_property
    def dialect(self) -> Dialect:
        """The kind of MOF."""
        return self._dialect or dialect_of(self.path, self.words)

    def knowledge(self, kind: type[K]) -> K:
        """Return what a family's rules share about this unit: `kind(self)`, made once."""
        found = self._knowledge.get(kind)
        if found is None:
            found = self._knowledge[kind] = kind(self)  # type: ignore[call-arg]  # as said above
        assert isinstance(found, kind)
        return found

    @cached_property
    def instances(self) -> tuple[CimInstance, ...]:
        """All instances in order, embedded ones behind their owners."""
        return tuple(found for owner in self.schema.instances for found in with_embedded(owner))

    def instances_of(self, *class_names: str) -> list[CimInstance]:
        """Return the instances of the classes named, in order; letter case does not count."""
        wanted = {name.lower() for name in class_names}
        return [found for found in self.instances if found.class_name.lower() in wanted]


class FileSet:
    """All units of a run."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = tuple(units)

    @cached_property
    def is_complete(self) -> bool:
        """Whether what is not here is nowhere in the files."""
        return all(unit.is_complete for unit in self.units)

    @cached_property
    def _classes(self) -> dict[tuple[str, str], list[CimClass]]:
        found: dict[tuple[str, str], list[CimClass]] = {}
        for unit in self.units:
            for cim_class in unit.schema.classes:
                key = (namespace_key(cim_class.pragmas.namespace), cim_class.name.lower())
                found.setdefault(key, []).append(cim_class)
        return found

    def classes_named(self, name: str, namespace: str | None = None) -> list[CimClass]:
        """Return the definitions of a class in a namespace, in all files."""
        return self._classes.get((namespace_key(namespace), name.lower()), [])

    @cached_property
    def _classes_by_name(self) -> dict[str, list[CimClass]]:
        found: dict[str, list[CimClass]] = {}
        for (_, name), classes in self._classes.items():
            found.setdefault(name, []).extend(classes)
        return found

    def classes_called(self, name: str) -> list[CimClass]:
        """Return the definitions of the classes of a name, whatever their namespace."""
        return self._classes_by_name.get(name.lower(), [])

    def instances_of(self, *class_names: str) -> list[CimInstance]:
        """Return the instances of the classes named, in all files."""
        return [found for unit in self.units for found in unit.instances_of(*class_names)]


def with_embedded(instance: CimInstance) -> Iterator[CimInstance]:
    """Yield an instance and those in its values, to any depth, in the order of the text."""
    todo: list[CimInstance] = [instance]
    while todo:
        found = todo.pop()
        yield found
        values = [value for named in found.properties for value in _items(named.value)]
        todo += [value for value in reversed(values) if isinstance(value, CimInstance)]


def _items(value: CimValue | None) -> Sequence[CimValue | None]:
    return value.values if isinstance(value, CimArray) else (value,)
