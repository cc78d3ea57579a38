"""What depends on a provider: its registrations, its classes, and subscriptions to their events.

A registration refers to the provider (`WmiSdk/--providerregistration`); a class names it in the
qualifier `provider` (`WmiSdk/standard-wmi-qualifiers`), and so does a property of a class or an
instance (`WmiSdk/--propertyproviderregistration`); an event query names the classes whose
events it wants (`WmiSdk/--eventfilter`); a consumer is of a class that the provider registers
(`WmiSdk/--eventconsumerproviderregistration`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from mofkit.cim import CimArray, CimInstanceProperty, CimMethod, CimProperty, CimQualifier
from mofkit.repository.namespace import StoredInstance
from mofkit.repository.object_path import ObjectPath
from mofkit.repository.plan import Dependent, DependentKind
from mofkit.repository.plan_objects import Provider, all_classes, all_instances, text_of
from mofkit.repository.repository import Repository

__all__ = ["find_dependents"]

_FROM: Final = re.compile(r"\bfrom\s+(\w+)", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")
_REGISTRATION: Final = "__ProviderRegistration"


def find_dependents(
    repository: Repository, provider: Provider, declared: set[object]
) -> tuple[Dependent, ...]:
    """Return what depends on a provider in a repository.

    Args:
        repository: as it is after the update.
        provider: as it is then.
        declared: what the new registration declares, as `ObjectPath.folded`.
    """
    return tuple(_Search(repository, provider, declared).run())


class _Search:
    """One search: what is found first says what to look for next."""

    def __init__(self, repository: Repository, provider: Provider, declared: set[object]) -> None:
        self._repository = repository
        self._name = provider.name
        self._declared = declared
        self._references = tuple(repository.references())
        self._registrations = self._referring({provider.path}, _REGISTRATION)

    def run(self) -> Iterator[Dependent]:
        for found in self._registrations:
            yield self._dependent(DependentKind.REGISTRATION, found.path, "refers to the provider")
        served = [
            (path, found)
            for path, found in all_classes(self._repository)
            if self._serves(found.qualifiers, found.features)
        ]
        for path, cim_class in served:
            reason = self._reason(cim_class.qualifiers, cim_class.features)
            yield self._dependent(DependentKind.CLASS, path, reason)
        for stored in all_instances(self._repository):
            instance = stored.instance
            if self._serves(instance.qualifiers, instance.properties):
                reason = self._reason(instance.qualifiers, instance.properties)
                yield self._dependent(DependentKind.INSTANCE, stored.path, reason)
        yield from self._subscriptions({found.name.lower() for _path, found in served})

    def _subscriptions(self, served: set[str]) -> Iterator[Dependent]:
        ends: set[ObjectPath] = set()
        for found, name in self._filters(served | self._event_classes()):
            ends.add(found.path)
            reason = f"asks for events of `{name}`"
            yield self._dependent(DependentKind.FILTER, found.path, reason)
        for name in {name.lower(): name for name in self._texts("ConsumerClassNames")}.values():
            for found in all_instances(self._repository, name):
                ends.add(found.path)
                reason = "is of a class whose events the provider consumes"
                yield self._dependent(DependentKind.CONSUMER, found.path, reason)
        for binding in self._referring(ends, "__FilterToConsumerBinding"):
            reason = "ties a filter and a consumer of which one depends on the provider"
            yield self._dependent(DependentKind.BINDING, binding.path, reason)

    def _filters(self, wanted: set[str]) -> Iterator[tuple[StoredInstance, str]]:
        for found in all_instances(self._repository, "__EventFilter"):
            for word in _WORD.findall(text_of(found.value("Query"))):
                if word.lower() in wanted:
                    yield found, word
                    break

    def _event_classes(self) -> set[str]:
        """Return the classes of events that the provider sends, those of WMI itself apart."""
        queries = " ".join(self._texts("EventQueryList"))
        names = (name.lower() for name in _FROM.findall(queries))
        return {name for name in names if not name.startswith("__")}

    def _texts(self, property_name: str) -> Iterator[str]:
        for found in self._registrations:
            value = found.value(property_name)
            yield from map(text_of, value.values if isinstance(value, CimArray) else ())

    def _serves(self, qualifiers: Sequence[CimQualifier], parts: Iterable[object]) -> bool:
        """Return whether an object names the provider: in whole, or at one of its parts."""
        return self._is_named(qualifiers) or bool(self._named_at(parts))

    def _reason(self, qualifiers: Sequence[CimQualifier], parts: Iterable[object]) -> str:
        places = "" if self._is_named(qualifiers) else ", ".join(self._named_at(parts))
        return f'has the qualifier `provider("{self._name}")`' + (places and f" at {places}")

    def _named_at(self, parts: Iterable[object]) -> list[str]:
        """Return the properties and methods that name the provider, each in backquotes."""
        return [
            f"`{part.name}`"
            for part in parts
            if isinstance(part, CimProperty | CimMethod | CimInstanceProperty)
            and self._is_named(part.qualifiers)
        ]

    def _is_named(self, qualifiers: Sequence[CimQualifier]) -> bool:
        return any(
            qualifier.name.lower() == "provider"
            and text_of(qualifier.value).lower() == self._name.lower()
            for qualifier in qualifiers
        )

    def _referring(self, paths: set[ObjectPath], class_name: str) -> list[StoredInstance]:
        """Return the instances of a class, and of those below it, that refer to some objects."""
        wanted = {found.path for found in all_instances(self._repository, class_name)}
        sources: dict[ObjectPath, StoredInstance] = {}
        for found in self._references:
            if found.source.path in wanted:
                target = self._repository.find(found.target)
                if target is not None and target.path in paths:
                    sources[found.source.path] = found.source
        return list(sources.values())

    def _dependent(self, kind: DependentKind, path: ObjectPath, reason: str) -> Dependent:
        return Dependent(kind, str(path), reason, path.folded in self._declared)
