"""`Aliases`: what `$Name` stands for: the path of the object that is declared `as $Name`.

An alias may be used above its declaration, but aliases may not form a circle
(WmiSdk/creating-an-alias).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from mofkit.cim import (
    CimAlias,
    CimArray,
    CimClass,
    CimInstance,
    CimInstanceProperty,
    CimString,
    CimValue,
    namespace_key,
)
from mofkit.cim.record import replace
from mofkit.repository.draft import Draft
from mofkit.repository.instance_keys import path_of
from mofkit.repository.object_path import ObjectPath
from mofkit.repository.run import Refused, Run
from mofkit.repository.status import WbemStatus

__all__ = ["Aliases"]

_PAGE: Final = "WmiSdk/creating-an-alias"
_MAX_DEPTH: Final = 6
"""Objects that are referred to in keys of objects that are referred to in keys, and so on: each
path quotes the one before it, and backslashes double every time."""


class Aliases:
    """The aliases of one compilation."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._ahead: dict[str, Draft] = {}
        self._stored: dict[str, ObjectPath] = {}

    def note_stored(self, instance: CimInstance, path: ObjectPath) -> None:
        """Remember where an instance was stored, whose keys WMI may have made."""
        if instance.alias is not None:
            self._stored[instance.alias.lower()] = path

    def resolve(self, instance: CimInstance, namespace: str, depth: int = 0) -> CimInstance:
        """Return an instance of a namespace with object paths in place of aliases.

        Raises:
            Refused: an alias is declared nowhere, or is part of a circle.
        """
        if instance.alias is not None and instance.alias.lower() in self._circular:
            raise _refused(namespace, f"alias `${instance.alias}` is part of a circle")
        if not any(_uses(instance)):
            return instance
        properties = tuple(
            CimInstanceProperty(
                found.name,
                found.value and self._resolved(found.value, namespace, depth),
                found.qualifiers,
                found.origin,
            )
            for found in instance.properties
        )
        return replace(instance, properties=properties)

    def _resolved(self, value: CimValue, namespace: str, depth: int) -> CimValue:
        match value:
            case CimAlias():
                path = self._path(value.name, namespace, depth)
                return CimString(path.seen_from(namespace), value.origin)
            case CimArray():
                values = [self._resolved(found, namespace, depth) for found in value.values]
                return CimArray(tuple(values), value.origin)
        return value

    def _path(self, alias: str, namespace: str, depth: int) -> ObjectPath:
        stored = self._stored.get(alias.lower())
        if stored is not None:
            return stored
        declared = self._declared.get(alias.lower())
        if declared is None:
            raise _refused(namespace, f"alias `${alias}` is declared nowhere in the file")
        if depth == _MAX_DEPTH:
            raise _refused(namespace, f"alias `${alias}` stands in a key of a key of a key …")
        home = self._run.namespace_of(declared.pragmas)
        if isinstance(declared, CimClass):
            return ObjectPath(home, declared.name)
        draft = self._draft_with(home, declared.class_name)
        return path_of(draft, self.resolve(declared, home, depth + 1))

    def _draft_with(self, namespace: str, class_name: str) -> Draft:
        """Return a draft with a class: that of the namespace, or as it will be further down."""
        draft = self._run.draft(namespace)
        if draft.find_class(class_name) is not None:
            return draft
        ahead = self._ahead_of(draft)
        if self._run.find_class(ahead, class_name) is None:
            raise Refused(
                ObjectPath(namespace, class_name),
                WbemStatus.INVALID_CLASS,
                "wbemcli/IWbemServices::PutInstance",
                f"there is no class `{class_name}` for the instance that an alias stands for",
            )
        return ahead

    def _ahead_of(self, draft: Draft) -> Draft:
        key = namespace_key(draft.path)
        if key not in self._ahead:
            ahead = self._ahead[key] = Draft(draft)
            for found in self._run.schema.classes:
                is_here = namespace_key(self._run.namespace_of(found.pragmas)) == key
                if is_here and ahead.find_class(found.name) is None:
                    ahead.put_class(found)
        return self._ahead[key]

    @cached_property
    def _declared(self) -> dict[str, CimClass | CimInstance]:
        schema = self._run.schema
        found: list[CimClass | CimInstance] = [*schema.classes, *schema.instances]
        return {item.alias.lower(): item for item in found if item.alias is not None}

    @cached_property
    def _circular(self) -> frozenset[str]:
        """The aliases with which a circle closes: one at least of each circle."""
        done: set[str] = set()
        circular: set[str] = set()
        for start in self._declared:
            path: list[tuple[str, Iterator[str]]] = []
            on_path: set[str] = set()
            self._enter(start, path, on_path, done)
            while path:
                used = next(path[-1][1], None)
                if used is None:
                    on_path.discard(path.pop()[0])
                elif used in on_path:
                    circular.add(used)
                else:
                    self._enter(used, path, on_path, done)
        return frozenset(circular)

    def _enter(
        self, alias: str, path: list[tuple[str, Iterator[str]]], on_path: set[str], done: set[str]
    ) -> None:
        declared = self._declared.get(alias)
        if alias not in done and isinstance(declared, CimInstance):
            done.add(alias)
            on_path.add(alias)
            path.append((alias, iter(list(_uses(declared)))))


def _uses(instance: CimInstance) -> Iterator[str]:
    """Yield the lower-case name of each alias among the values of an instance."""
    for found in instance.properties:
        values = found.value.values if isinstance(found.value, CimArray) else (found.value,)
        for value in values:
            if isinstance(value, CimAlias):
                yield value.name.lower()


def _refused(namespace: str, message: str) -> Refused:
    return Refused(ObjectPath(namespace), None, _PAGE, message)
