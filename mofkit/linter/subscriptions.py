"""What the EVT rules know: the parts of event subscriptions, and which belong together.

A permanent subscription is three instances: a filter (`__EventFilter`: which events), a consumer
(of a class derived from `__EventConsumer`: what to do), and a binding
(`__FilterToConsumerBinding`), whose references name the other two by aliases of the same file or
by object paths (WMI SDK, "Receiving events at all times").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from mofkit.cim import CimAlias, CimClass, CimInstance, CimString, CimValue
from mofkit.embedded import EmbeddedError, object_path
from mofkit.embedded.object_path import ObjectPath
from mofkit.linter.lint_rule import LintRule
from mofkit.linter.providers import named, string_in
from mofkit.linter.unit import Unit

__all__ = [
    "BINDING",
    "COMMAND",
    "CONSUMER",
    "FILTER",
    "SCRIPT",
    "STANDARD_CONSUMERS",
    "Subscription",
    "SubscriptionRule",
    "Subscriptions",
    "Target",
    "called",
]

FILTER: Final = "__eventfilter"
CONSUMER: Final = "__eventconsumer"
BINDING: Final = "__filtertoconsumerbinding"
SCRIPT: Final = "activescripteventconsumer"
COMMAND: Final = "commandlineeventconsumer"

STANDARD_CONSUMERS: Final = frozenset(
    [SCRIPT, COMMAND, "logfileeventconsumer", "nteventlogeventconsumer", "smtpeventconsumer"]
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference of a binding names.

    Attributes:
        value: as written; None where the binding lacks it.
        instance: what it names; None where that is in none of the files.
        path: of an object path, what it says.
        error: why an object path cannot be read.
    """

    value: CimValue | None
    instance: CimInstance | None = None
    path: ObjectPath | None = None
    error: EmbeddedError | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """A binding, and what it binds."""

    binding: CimInstance
    filter: Target
    consumer: Target

    @property
    def is_complete(self) -> bool:
        """Whether all three parts are there."""
        return self.filter.instance is not None and self.consumer.instance is not None


class Subscriptions:
    """The parts of subscriptions in one unit."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    @cached_property
    def filters(self) -> list[CimInstance]:
        """The filters, in order."""
        return self.unit.instances_of(FILTER)

    @cached_property
    def consumers(self) -> list[CimInstance]:
        """The consumers, of standard classes and of those derived from `__EventConsumer`."""
        return [found for found in self.unit.instances if self.kind_of(found)]

    @cached_property
    def all(self) -> list[Subscription]:
        """What each binding binds, in order."""
        return [
            Subscription(found, self._target(found, "filter"), self._target(found, "consumer"))
            for found in self.unit.instances_of(BINDING)
        ]

    def kind_of(self, instance: CimInstance) -> str:
        """Return the lower-case name of the standard consumer class that an instance has.

        That of its own class where it derives from one; `__eventconsumer` for other consumers, and
        nothing for what is none.
        """
        name = instance.class_name.lower()
        if name not in self._kinds:
            self._kinds[name] = self._kind_of_class(instance)
        return self._kinds[name]

    def value_of(self, instance: CimInstance, name: str) -> CimValue | None:
        """Return what an instance has for a (lower-case) property, from its class if need be."""
        found = named(instance, name)
        if found is not None:
            return found.value
        for ancestor in self._lineage(instance):
            for one in ancestor.properties:
                if one.name.lower() == name:
                    return one.default
        return None

    def text_of(self, instance: CimInstance, name: str) -> CimString | None:
        """Return that value if it is a string with something in it."""
        value = self.value_of(instance, name)
        return value if isinstance(value, CimString) and value.value.strip() else None

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {name: name for name in STANDARD_CONSUMERS}

    def _kind_of_class(self, instance: CimInstance) -> str:
        for ancestor in self._lineage(instance):
            base = (ancestor.superclass or "").lower()
            if base in STANDARD_CONSUMERS or base == CONSUMER:
                return base
        return ""

    def _lineage(self, instance: CimInstance) -> Iterator[CimClass]:
        schema = self.unit.schema
        found = schema.find_class(instance.class_name, instance.pragmas.namespace)
        if found is not None:
            return schema.lineage(found)
        elsewhere = self.unit.files.classes_called(instance.class_name)
        return iter(elsewhere[:1])

    def _target(self, binding: CimInstance, name: str) -> Target:
        found = named(binding, name)
        value = None if found is None else found.value
        if isinstance(value, CimAlias):
            return Target(value, self._aliases.get(value.name.lower()))
        if isinstance(value, CimInstance):
            return Target(value, value)
        if not isinstance(value, CimString):
            return Target(value)
        try:
            path = object_path.parse(value.value)
        except EmbeddedError as error:
            return Target(value, error=error)
        return Target(value, self.unit.files.units[0].knowledge(_ByPath).find(path), path)

    @cached_property
    def _aliases(self) -> dict[str, CimInstance]:
        return {one.alias.lower(): one for one in self.unit.instances if one.alias}


def called(instance: CimInstance) -> str:
    """Return what to call a consumer: Name is the key of the standard classes."""
    name = string_in(instance, "name")
    return f"consumer `{name}`" if name else "a consumer without a Name, its key,"


class SubscriptionRule(LintRule):
    """A rule about subscriptions."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known = unit.knowledge(Subscriptions)


class _ByPath:
    """The instances of all files that have a name; kept with the first unit."""

    def __init__(self, unit: Unit) -> None:
        self._found = {
            (found.class_name.lower(), name.lower()): found
            for one in unit.files.units
            for found in one.instances
            if (name := string_in(found, "name")) is not None
        }

    def find(self, path: ObjectPath) -> CimInstance | None:
        """Return the instance that a path names; its namespace does not count."""
        if path.class_name is None or not path.keys:
            return None
        key = path.keys[0].value
        return self._found.get((path.class_name.text.lower(), str(key).lower()))
