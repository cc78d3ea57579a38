"""The provider that is meant: the instance of `__Win32Provider` with its name, and its CLSID.

Name is the key of `__Win32Provider` and is compared without case. Instances of derived classes are
providers too, such as those of `MSFT_DecoupledProvider`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from mofkit.binary.guid_text import parse_guid
from mofkit.cim import (
    CimInstance,
    CimNull,
    CimString,
    CimUnexpanded,
    CimValue,
    Origin,
    Schema,
)
from mofkit.diagnostics.suggestions import nearest_few
from mofkit.rewriter.errors import BumpError

__all__ = ["DECOUPLED", "Provider", "clsids_of", "find_provider", "place_of", "providers_in"]

DECOUPLED: Final = UUID("54d8502c-527d-43f7-a506-a9da075e229c")
"""What WMI itself loads for every decoupled provider (SDK sample ProvReg.mof: "do not change")."""

_BASE: Final = ("__win32provider", "msft_decoupledprovider", "msft_comprovider")
_MAX_LISTED: Final = 5


@dataclass(frozen=True, slots=True)
class Provider:
    """A registered provider.

    Attributes:
        value: where its CLSID is written: in the instance, or as a default of its class.
    """

    name: str
    instance: CimInstance
    clsid: UUID
    value: CimString


def providers_in(schema: Schema) -> list[CimInstance]:
    """Return the instances of `__Win32Provider` and of classes derived from it, each place once."""
    classes = _provider_classes(schema)
    by_place = {
        (origin.source, origin.span): instance
        for instance in schema.instances
        if instance.class_name.lower() in classes and (origin := instance.origin) is not None
    }
    return list(by_place.values())


def find_provider(schema: Schema, name: str, property_name: str) -> Provider:
    """Return the provider with a name, and the CLSID in one of its properties.

    Raises:
        BumpError: there is none or more than one, or the property holds no GUID of its own.
    """
    instances = providers_in(schema)
    found = [each for each in instances if name and name.lower() in map(str.lower, _names(each))]
    if not found:
        raise BumpError(_not_found(name, schema, instances))
    if len(found) > 1:
        places = " and ".join(map(place_of, found))
        raise BumpError(f"{len(found)} providers are called `{name}`: {places}")
    (instance,) = found
    if len(_names(instance)) > 1:
        raise BumpError(f"provider `{name}` has Name twice: {place_of(instance)}")
    value = _written(schema, instance, property_name)
    try:
        clsid = parse_guid(value.value)
    except ValueError:
        raise BumpError(
            f"{property_name} of provider `{name}` is {value.value!r}, which is no GUID:"
            f" {_place(value.origin)}"
        ) from None
    if not clsid.int:
        raise BumpError(
            f"{property_name} of provider `{name}` is the nil GUID, which no class can have:"
            f" {_place(value.origin)}"
        )
    if clsid == DECOUPLED:
        raise BumpError(
            f"provider `{name}` is decoupled: its {property_name} is WMI's own, the same for every"
            f" decoupled provider, and must stay: {_place(value.origin)}"
        )
    return Provider(_name(instance), instance, clsid, value)


def clsids_of(instance: CimInstance) -> set[UUID]:
    """Return the GUIDs that an instance itself has in `CLSID` and `ClientLoadableCLSID`."""
    found: set[UUID] = set()
    for name in ("CLSID", "ClientLoadableCLSID"):
        for value in _values(instance, name):
            with suppress(ValueError):
                found.add(parse_guid(value.value if isinstance(value, CimString) else ""))
    return found


def place_of(instance: CimInstance) -> str:
    """Return where an instance is written: `pump.mof:32`."""
    return _place(instance.origin)


def _place(origin: Origin | None) -> str:
    assert origin is not None, "what comes from text knows where"
    return f"{origin.path}:{origin.source.position(origin.span.start).line}"


def _provider_classes(schema: Schema) -> set[str]:
    """Return the classes that are, or derive from, `__Win32Provider`, in lower case."""
    derived: dict[str, list[str]] = {}
    for cim_class in schema.classes:
        derived.setdefault((cim_class.superclass or "").lower(), []).append(cim_class.name.lower())
    found: set[str] = set()
    waiting = list(_BASE)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += derived.get(name, ())
    return found


def _values(instance: CimInstance, name: str) -> Iterator[CimValue]:
    for each in instance.properties:
        if each.name.lower() == name.lower() and each.value is not None:
            yield each.value


def _name(instance: CimInstance) -> str:
    """Return the provider's name; empty where it is not written as a string."""
    return next(iter(_names(instance)), "")


def _names(instance: CimInstance) -> list[str]:
    """Return the strings that an instance has as its Name; more than one is an error in it."""
    return [value.value for value in _values(instance, "Name") if isinstance(value, CimString)]


def _written(schema: Schema, instance: CimInstance, property_name: str) -> CimString:
    """Return the value of a property as the instance, or else its class, has it."""
    name = _name(instance)
    values: list[CimValue] = [
        value for value in _values(instance, property_name) if not isinstance(value, CimNull)
    ]
    values = values or list(_defaults(schema, instance.class_name, property_name))[:1]
    if not values:
        raise BumpError(f"provider `{name}` has no {property_name}: {place_of(instance)}")
    if len(values) > 1:
        raise BumpError(f"provider `{name}` has {property_name} twice: {place_of(instance)}")
    (value,) = values
    if isinstance(value, CimUnexpanded):
        raise BumpError(
            f"{property_name} of provider `{name}` is `{value.text}`, which is for the C"
            f" preprocessor: {place_of(instance)}"
        )
    if not isinstance(value, CimString):
        raise BumpError(f"{property_name} of provider `{name}` is no string: {place_of(instance)}")
    return value


def _defaults(schema: Schema, class_name: str, property_name: str) -> Iterator[CimValue]:
    """Yield what a class and those above it say, whatever the namespace; the nearest first."""
    classes = {cim_class.name.lower(): cim_class for cim_class in schema.classes}
    name: str | None = class_name
    while name and (cim_class := classes.pop(name.lower(), None)) is not None:
        for each in cim_class.properties:
            if each.name.lower() == property_name.lower() and each.default is not None:
                yield each.default
        name = cim_class.superclass


def _not_found(name: str, schema: Schema, instances: Iterable[CimInstance]) -> str:
    names = [_name(instance) for instance in instances]
    known = sorted({known for known in names if known})
    if not known:
        message = f"no provider is called `{name}`: the files register none"
    elif near := nearest_few(name, known):
        message = f"no provider is called `{name}`; did you mean {_listed(near)}?"
    else:
        message = f"no provider is called `{name}`; the files register {_listed(known)}"
    return "\n".join([message, *_reasons(name, schema, instances)])


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:_MAX_LISTED])
    more = len(names) - _MAX_LISTED
    return f"{shown} and {more} more" if more > 0 else shown


def _reasons(name: str, schema: Schema, instances: Iterable[CimInstance]) -> Iterator[str]:
    """Yield what may be why a provider was not found."""
    for instance in instances:
        if not _name(instance):
            yield f"the provider at {place_of(instance)} has no string as its Name"
    classes = _provider_classes(schema) | {found.name.lower() for found in schema.classes}
    for instance in schema.instances:
        is_unknown = instance.class_name.lower() not in classes
        if name and is_unknown and _name(instance).lower() == name.lower():
            yield (
                f"{place_of(instance)} is an instance of `{instance.class_name}`, which is not"
                " among the files: give the file that declares it if it is a provider"
            )
