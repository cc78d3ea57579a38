"""What the PRV rules know: the providers that files register, and for what.

A provider is an instance of `__Win32Provider`. Each kind of work it does has a registration, an
instance of a class such as `__InstanceProviderRegistration`, whose reference `provider` names it by
an alias of the same file or by an object path (WMI SDK, "Registering a provider").
"""

from __future__ import annotations

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
    CimString,
)
from mofkit.cim.qualifiers import string_of
from mofkit.diagnostics import Fix, Safety
from mofkit.linter.lint_rule import LintRule
from mofkit.linter.unit import Unit
from mofkit.source import Edit, Span

__all__ = [
    "BUILT_IN",
    "PROVIDER",
    "REGISTRATIONS",
    "ProviderRule",
    "Registrations",
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
    if origin is None:
        return None
    text, (start, end) = origin.source.text, origin.span
    semicolon = text.find(";", end)
    if semicolon < 0 or text[end:semicolon].strip():
        return None
    line_start = len(text[:start].rstrip(" \t"))
    return Fix(
        f"remove {set_property.name}", (Edit(Span(line_start, semicolon + 1), ""),), Safety.SAFE
    )


class ProviderRule(LintRule):
    """A rule about the registration of providers."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known = unit.knowledge(Registrations)

    @cached_property
    def all_providers(self) -> list[CimInstance]:
        """The providers of all files of the run."""
        return self.unit.files.instances_of(PROVIDER)

    def providers_called(self, name: str) -> list[CimInstance]:
        """Return the providers of a name, letter case apart, in all files."""
        wanted = name.lower()
        return [
            found
            for found in self.all_providers
            if (string_in(found, "name") or "").lower() == wanted
        ]

    def registrations_of(self, provider: CimInstance, *kinds: str) -> list[CimInstance]:
        """Return a provider's registrations in all files, of certain kinds or of any."""
        return [
            registration
            for unit in self.unit.files.units
            for registration in unit.instances_of(*(kinds or REGISTRATIONS))
            if unit.knowledge(Registrations).names(registration, provider)
        ]

    @cached_property
    def all_complete(self) -> bool:
        """Whether all that the files mean to say is there."""
        return all(unit.is_complete for unit in self.unit.files.units)


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
        """The providers, in order."""
        return self.unit.instances_of(PROVIDER)

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

    def names(self, registration: CimInstance, provider: CimInstance) -> bool:
        """Say whether a registration is that of a provider."""
        target = self.provider_of(registration)
        if isinstance(target, str):
            return target.lower() == (string_in(provider, "name") or "").lower()
        return target is provider


def _name_in_path(text: str) -> str | None:
    """Return the key of a path such as `__Win32Provider.Name="P"`."""
    from mofkit.embedded import EmbeddedError, object_path  # which few files have

    try:
        path = object_path.parse(text)
    except EmbeddedError:
        return None
    values = [key.value for key in path.keys or ()]
    return values[0] if values and isinstance(values[0], str) else None
