"""What the PRV rules know: the providers that files register, and for what.

A provider is an instance of `__Win32Provider`, or of a class that derives from it and may set some
properties for all of its instances. Each kind of work it does has a registration, an
instance of a class such as `__InstanceProviderRegistration`, whose reference `provider` names it by
an alias of the same file or by an object path (WMI SDK, "Registering a provider").
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import Final

from mofkit.cim import (
    CimAlias,
    CimArray,
    CimBoolean,
    CimClass,
    CimInstance,
    CimInstanceProperty,
    CimInteger,
    CimNull,
    CimString,
)
from mofkit.cim.qualifiers import string_of
from mofkit.cim.record import replace
from mofkit.diagnostics import Cause, Fix, Safety
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.spelling import meant_word
from mofkit.linter.unit import Unit
from mofkit.source import Edit, Span

__all__ = [
    "BUILT_IN",
    "PROVIDER",
    "REGISTRATIONS",
    "AllProviders",
    "EachProvider",
    "ProviderRule",
    "Registrations",
    "addition",
    "boolean_in",
    "integer_in",
    "is_decoupled",
    "named",
    "provided_by",
    "removal",
    "string_in",
    "strings_in",
    "words_for",
]

PROVIDER: Final = "__win32provider"
REGISTRATIONS: Final = (
    "__instanceproviderregistration",
    "__classproviderregistration",
    "__methodproviderregistration",
    "__propertyproviderregistration",
    "__eventproviderregistration",
    "__eventconsumerproviderregistration",
)
BUILT_IN: Final = frozenset(
    {
        "cimwin32",
        "cimwin32a",
        "ds provider",
        "hiperfcooker_v1",
        "ms_nt_eventlog_event_provider",
        "ms_nt_eventlog_provider",
        "ms_power_management_event_provider",
        "ms_shutdown_event_provider",
        "ms_view_instance_provider",
        "msiprov",
        "nt5_genericperfprovider_v1",
        "regeventprov",
        "reginstprov",
        "registryeventprovider",
        "regpropprov",
        "regprov",
        "secrcw32",
        "stdprov",
        "trustprov",
        "wmiperfclass",
        "wmiperfinst",
        "wmiprov",
    }
)
"""Names of providers that come with Windows, in lower case; files name them and make none."""


def named(instance: CimInstance, name: str) -> CimInstanceProperty | None:
    """Return the property of that (lower-case) name that an instance sets; the last one."""
    found = [one for one in instance.properties if one.name.lower() == name]
    return found[-1] if found else None


def string_in(instance: CimInstance, name: str) -> str | None:
    """Return the string that a property is set to, if it is one."""
    found = named(instance, name)
    return found.value.value if found and isinstance(found.value, CimString) else None


def integer_in(instance: CimInstance, name: str) -> int | None:
    """Return the integer that a property is set to, if it is one."""
    found = named(instance, name)
    return found.value.value if found and isinstance(found.value, CimInteger) else None


def boolean_in(instance: CimInstance, name: str) -> bool | None:
    """Return the boolean that a property is set to, if it is one."""
    found = named(instance, name)
    return found.value.value if found and isinstance(found.value, CimBoolean) else None


def strings_in(instance: CimInstance, name: str) -> list[CimString]:
    """Return the strings of an array, or of a single value, that a property is set to."""
    found = named(instance, name)
    value = None if found is None else found.value
    values = value.values if isinstance(value, CimArray) else (value,)
    return [item for item in values if isinstance(item, CimString)]


def words_for(provider: CimInstance) -> str:
    """Return a provider as messages name it."""
    name = string_in(provider, "name")
    return "the provider without a name" if name is None else f"provider `{name}`"


def is_decoupled(provider: CimInstance) -> bool:
    """Say whether a provider runs in a process of its own, which registers itself."""
    return (string_in(provider, "hostingmodel") or "").lower().startswith("decoupled")


def provided_by(cim_class: CimClass) -> str | None:
    """Return the name of the provider that a class says it has."""
    return string_of(cim_class.qualifiers, "provider")


def removal(set_property: CimInstanceProperty) -> Fix | None:
    """Return the fix that takes a property out of its instance, with the line it stands on."""
    origin = set_property.origin
    if origin is None or origin.span.start != origin.name_span.start:
        return None  # what a class sets, for all of its instances
    text, (start, end) = origin.source.text, origin.span
    semicolon = text.find(";", end)
    if semicolon < 0 or text[end:semicolon].strip():
        return None
    while start > 0 and text[start - 1] in " \t":
        start -= 1
    return Fix(f"remove {set_property.name}", (Edit(Span(start, semicolon + 1), ""),), Safety.SAFE)


def addition(instance: CimInstance, name: str, text: str) -> Fix | None:
    """Return the fix that sets a property to a string, or to it instead of NULL; unsafe."""
    there = named(instance, name.lower())
    if there is not None:
        origin = there.value.origin if isinstance(there.value, CimNull) else None
        is_own = (
            there.origin is not None and there.origin.span.start == there.origin.name_span.start
        )
        if origin is None or not is_own:
            return None
        return Fix(f"set {name}", (Edit(origin.span, f'"{text}"'),), Safety.UNSAFE)
    origin = instance.origin
    if origin is None:
        return None
    source = origin.source.text
    brace = source.find("{", origin.name_span.end, origin.span.end)
    if brace < 0 or "/" in source[origin.name_span.end : brace]:
        return None
    first = instance.properties[0].origin if instance.properties else None
    before = " " if first is None else source[brace + 1 : first.span.start]
    gap = before if not before.strip() else " "
    return Fix(
        f"set {name}", (Edit(Span.at(brace + 1), f'{gap}{name} = "{text}";'),), Safety.UNSAFE
    )


class ProviderRule(LintRule):
    """A rule about the registration of providers."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known = unit.knowledge(Registrations)

    @cached_property
    def everyone(self) -> AllProviders:
        """The providers of all files of the run."""
        return self.unit.files.units[0].knowledge(AllProviders)

    @property
    def all_complete(self) -> bool:
        """Whether all that the files mean to say is there."""
        return self.everyone.all_complete


class EachProvider(ProviderRule, ABC):
    """A rule about providers one by one."""

    def check_instance(self, instance: CimInstance) -> Findings:
        """Look at an instance, if it is a provider."""
        provider = self.everyone.completed(instance)
        if provider is not None:
            yield from self.check_provider(provider)

    @abstractmethod
    def check_provider(self, instance: CimInstance) -> Findings:
        """Look at a provider, with what its class sets for it."""


class AllProviders:
    """The providers of all files of a run; kept with the first unit, so that it is made once."""

    def __init__(self, unit: Unit) -> None:
        self._files = unit.files
        self._units = unit.files.units

    @cached_property
    def all_complete(self) -> bool:
        """Whether all that the files mean to say is there."""
        return self._files.is_complete

    def completed(self, instance: CimInstance) -> CimInstance | None:
        """Return a provider, with what its class sets for it; None for what is no provider."""
        name = instance.class_name.lower()
        if name == PROVIDER:
            return instance
        defaults = self._defaults.get(name)
        if defaults is None:
            return None
        own = {found.name.lower() for found in instance.properties}
        more = (found for found in defaults.values() if found.name.lower() not in own)
        return replace(instance, properties=(*instance.properties, *more))

    @cached_property
    def names(self) -> list[str]:
        """The names of all providers, as they are spelled."""
        return [string_in(found, "name") or "" for found in self._providers]

    def called(self, name: str) -> list[CimInstance]:
        """Return the providers of a name, letter case apart."""
        return self._by_name.get(name.lower(), [])

    def registrations_of(self, provider: CimInstance, *kinds: str) -> list[CimInstance]:
        """Return a provider's registrations, of certain kinds or of any."""
        name = (string_in(provider, "name") or "").lower()
        found = [
            *self._registrations.get(id(provider.origin), ()),
            *self._registrations.get(name, ()),
        ]
        return [one for one in found if not kinds or one.class_name.lower() in kinds]

    @cached_property
    def has_loose_registrations(self) -> bool:
        """Whether a registration names no provider of the files, or in a way that is no name."""
        registrations = [
            (known, one)
            for known in (unit.knowledge(Registrations) for unit in self._units)
            for one in known.registrations
        ]
        targets = [known.provider_of(one) for known, one in registrations]
        return any(
            target is None or (isinstance(target, str) and not self._is_known(target))
            for target in targets
        )

    @cached_property
    def misspelled_registrations(self) -> tuple[Cause, ...]:
        """What says that the class of an instance is a misspelled one of registrations."""
        return tuple(
            Cause("STY025", one.origin.source, one.origin.name_span)
            for unit in self._units
            for one in unit.instances
            if one.origin is not None and meant_word(one.class_name, REGISTRATIONS)
        )

    def _is_known(self, name: str) -> bool:
        return bool(self.called(name)) or name.lower() in BUILT_IN

    @cached_property
    def misspelled_by_classes(self) -> frozenset[str]:
        """The lower-case names of providers that classes have a name for which is a slip of it."""
        unknown = {name for name in self.named_by_classes if not self._is_known(name)}
        return frozenset(filter(None, (meant_word(name, self._by_name) for name in unknown)))

    @cached_property
    def named_by_classes(self) -> frozenset[str]:
        """The lower-case names of the providers that classes or properties say they have."""
        found: set[str] = set()
        for unit in self._units:
            for cim_class in unit.schema.classes:
                found.add(provided_by(cim_class) or "")
                found |= {
                    string_of(one.qualifiers, "provider") or "" for one in cim_class.properties
                }
        return frozenset(name.lower() for name in found if name)

    @cached_property
    def _providers(self) -> list[CimInstance]:
        return [found for unit in self._units for found in unit.knowledge(Registrations).providers]

    @cached_property
    def _by_name(self) -> dict[str, list[CimInstance]]:
        found: dict[str, list[CimInstance]] = {}
        for provider in self._providers:
            found.setdefault((string_in(provider, "name") or "").lower(), []).append(provider)
        return found

    @cached_property
    def _registrations(self) -> dict[int | str, list[CimInstance]]:
        """By the lower-case name they give, or by the place of the instance they refer to."""
        found: dict[int | str, list[CimInstance]] = {}
        for unit in self._units:
            known = unit.knowledge(Registrations)
            for registration in known.registrations:
                target = known.provider_of(registration)
                if target is not None:
                    key = target.lower() if isinstance(target, str) else id(target.origin)
                    found.setdefault(key, []).append(registration)
        return found

    @cached_property
    def _defaults(self) -> dict[str, dict[str, CimInstanceProperty]]:
        """For each class that derives from `__Win32Provider`, what its properties are set to."""
        derived: dict[str, list[CimClass]] = {}
        for unit in self._units:
            for cim_class in unit.schema.classes:
                if cim_class.superclass:
                    derived.setdefault(cim_class.superclass.lower(), []).append(cim_class)
        found: dict[str, dict[str, CimInstanceProperty]] = {PROVIDER: {}}
        todo = [PROVIDER]
        while todo:
            base = todo.pop()
            for cim_class in derived.get(base, ()):
                if cim_class.name.lower() not in found:
                    found[cim_class.name.lower()] = found[base] | _set_by(cim_class)
                    todo.append(cim_class.name.lower())
        return found


def _set_by(cim_class: CimClass) -> dict[str, CimInstanceProperty]:
    """Return the defaults of a class as instances have them, by lower-case name."""
    return {
        found.name.lower(): CimInstanceProperty(found.name, found.default, origin=found.origin)
        for found in cim_class.properties
        if found.default is not None
    }


class Registrations:
    """The providers and registrations of one unit."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    @cached_property
    def aliases(self) -> dict[str, CimInstance]:
        """The instances that have an alias, by its lower-case name."""
        return {one.alias.lower(): one for one in self.unit.instances if one.alias}

    @cached_property
    def providers(self) -> list[CimInstance]:
        """The providers, in order, with what their classes set for them."""
        everyone = self.unit.files.units[0].knowledge(AllProviders)
        found = map(everyone.completed, self.unit.instances)
        return [provider for provider in found if provider is not None]

    @cached_property
    def registrations(self) -> list[CimInstance]:
        """The registrations, in order."""
        return self.unit.instances_of(*REGISTRATIONS)

    def provider_of(self, registration: CimInstance) -> CimInstance | str | None:
        """Return the provider that a registration names: the instance, or its name in a path.

        None where it names none, or in a way that cannot be read.
        """
        found = named(registration, "provider")
        value = None if found is None else found.value
        if isinstance(value, CimAlias):
            return self.aliases.get(value.name.lower())
        if isinstance(value, CimInstance):
            return value
        return _name_in_path(value.value) if isinstance(value, CimString) else None


def _name_in_path(text: str) -> str | None:
    """Return the key of a path such as `__Win32Provider.Name="P"`."""
    from mofkit.embedded import EmbeddedError, object_path  # which few files have

    try:
        path = object_path.parse(text)
    except EmbeddedError:
        return None
    values = [key.value for key in path.keys or ()]
    return values[0] if values and isinstance(values[0], str) else None
