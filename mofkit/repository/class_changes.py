"""What differs between two definitions of a class, and which classes below it cannot live with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from mofkit.cim import (
    CimClass,
    CimMethod,
    CimParameter,
    CimProperty,
    CimQualifier,
)
from mofkit.cim.qualifiers import qualifier_named
from mofkit.cim.record import replace

__all__ = ["Conflict", "conflicts", "essence", "without_qualifiers"]

_Member: TypeAlias = CimProperty | CimMethod


class Conflict(NamedTuple):
    """Something that a class below declares and its changed superclass now says otherwise.

    Attributes:
        member: the name of the property or method; empty for a qualifier of the class itself.
        qualifier: the name of the qualifier; empty where the member itself does not fit.
    """

    class_name: str
    member: str
    qualifier: str

    def __str__(self) -> str:
        what = f"qualifier `{self.qualifier}`" if self.qualifier else f"`{self.member}`"
        place = f" of `{self.member}`" if self.qualifier and self.member else ""
        return f"{what}{place} in class `{self.class_name}`"


def essence(cim_class: CimClass, important: frozenset[str] | None = None) -> tuple[object, ...]:
    """Return what is equal for definitions that say the same, in whatever order and letter case.

    With `important`, other qualifiers than those are no part of it.
    """
    features = sorted(
        (_feature(found, important) for found in cim_class.features),
        key=lambda feature: feature[0],
    )
    return (
        (cim_class.superclass or "").lower(),
        _qualifiers(cim_class.qualifiers, important),
        features,
    )


def _feature(feature: object, important: frozenset[str] | None) -> tuple[str, object]:
    match feature:
        case CimProperty() | CimParameter():
            said: tuple[object, ...] = (
                *_type(feature),
                feature.array_size,
                feature.default,
            )
        case CimMethod():
            parameters = [_feature(found, important) for found in feature.parameters]
            said = (*_type(feature), parameters)
        case _:
            return "", feature
    return feature.name.lower(), (said, _qualifiers(feature.qualifiers, important))


def _type(member: _Member | CimParameter) -> tuple[object, ...]:
    return member.type, member.type_word.lower(), member.is_array


def _qualifiers(
    qualifiers: Sequence[CimQualifier], important: frozenset[str] | None
) -> dict[str, object]:
    return {
        found.name.lower(): (found.value, found.effective if important is None else None)
        for found in qualifiers
        if important is None or found.name.lower() in important
    }


# -------------------------------------------------------------------------------------- conflicts


def conflicts(before: CimClass, after: CimClass, below: CimClass) -> Iterator[Conflict]:
    """Yield what a class below declares itself and the new definition adds or has changed.

    The documentation has two examples: a qualifier that the class below has, too, conflicts; a
    property that no class below mentions does not. A property with the same type does not here.
    """
    for name in _added(before.qualifiers, after.qualifiers, below.qualifiers):
        yield Conflict(below.name, "", name)
    old, new = _members(before), _members(after)
    for name, member in _members(below).items():
        changed = new.get(name)
        if changed is None:
            continue
        if _type(member) != _type(changed) and (name not in old or old[name] != changed):
            yield Conflict(below.name, member.name, "")
        was = old[name].qualifiers if name in old else ()
        for qualifier in _added(was, changed.qualifiers, member.qualifiers):
            yield Conflict(below.name, member.name, qualifier)


def _added(
    before: Sequence[CimQualifier], after: Sequence[CimQualifier], below: Sequence[CimQualifier]
) -> Iterator[str]:
    """Yield the qualifiers that are added, and are below with another value."""
    old = {found.name.lower() for found in before}
    for found in after:
        name = found.name.lower()
        there = None if name in old else qualifier_named(below, name)
        if there is not None and there.value != found.value:
            yield there.name


def _members(cim_class: CimClass) -> dict[str, _Member]:
    return {
        found.name.lower(): found
        for found in cim_class.features
        if isinstance(found, CimProperty | CimMethod)
    }


def without_qualifiers(cim_class: CimClass, found: Sequence[Conflict]) -> CimClass:
    """Return a class without the qualifiers that conflicts name."""
    gone = {(conflict.member.lower(), conflict.qualifier.lower()) for conflict in found}

    def kept(member: str, qualifiers: Sequence[CimQualifier]) -> tuple[CimQualifier, ...]:
        return tuple(
            qualifier
            for qualifier in qualifiers
            if (member.lower(), qualifier.name.lower()) not in gone
        )

    features = tuple(
        replace(feature, qualifiers=kept(feature.name, feature.qualifiers))
        if isinstance(feature, CimProperty | CimMethod)
        else feature
        for feature in cim_class.features
    )
    return replace(cim_class, features=features, qualifiers=kept("", cim_class.qualifiers))
