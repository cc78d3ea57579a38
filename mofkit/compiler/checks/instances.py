"""Instances: properties set twice, and what their class has to say about them.

Without its class an instance is stored as it is written, which is what mofcomp does in binary MOF
(proved by published pairs of source and result). Where the class and all its ancestors are here,
the checks are those that a repository makes.
"""

from __future__ import annotations

from collections.abc import Hashable

from mofkit.cim import (
    CimBoolean,
    CimCharacter,
    CimInstance,
    CimInstanceProperty,
    CimInteger,
    CimNull,
    CimReal,
    CimString,
    CimType,
    CimValue,
    Origin,
)
from mofkit.cim.qualifiers import has_qualifier
from mofkit.compiler import rules
from mofkit.compiler.checks.classes import stands_for_instances
from mofkit.compiler.checks.values import Target, check_untyped, check_value
from mofkit.compiler.hierarchy import ClassView
from mofkit.compiler.scope import InstanceEntry, Scope, is_same_place, origin_of, related
from mofkit.diagnostics.suggestions import nearest, replace_word

__all__ = ["check_instance_alone", "check_instances"]


def check_instance_alone(scope: Scope, instance: CimInstance) -> None:
    """Report what is wrong with an instance whatever its class is."""
    names = [found.name.lower() for found in instance.properties]
    if len(set(names)) == len(names):
        return
    first_of: dict[str, Origin] = {}
    for found, name in zip(instance.properties, names, strict=True):
        origin = origin_of(found.origin)
        first = first_of.setdefault(name, origin)
        if first is not origin:
            scope.report(
                rules.DUPLICATE_VALUE,
                f"property `{found.name}` already has a value in this instance of"
                f" `{instance.class_name}`",
                origin,
                origin.name_span,
                related=(related(first, "its first value"),),
            )


def check_instances(scope: Scope, view: ClassView, entries: list[InstanceEntry]) -> None:
    """Report what is wrong with the instances of a class that is here."""
    by_keys: dict[tuple[Hashable, ...], CimInstance] = {}
    for entry in entries:
        instance = entry.instance
        _check_class(scope, view, entry)
        for found in instance.properties:
            _check_property(scope, view, found)
        if not view.is_known or instance.is_structure:
            continue
        if not entry.is_embedded:
            _check_keys(scope, view, instance)
            _check_twin(scope, view, instance, by_keys)


def check_untyped_instances(scope: Scope, entries: list[InstanceEntry]) -> None:
    """Report values that no property could take, in instances of classes that are not here."""
    for entry in entries:
        for found in entry.instance.properties:
            if found.value is not None:
                check_untyped(_untyped(scope, found), found.value)


def _untyped(scope: Scope, found: CimInstanceProperty) -> Target:
    what = f"property `{found.name}`"
    return Target(scope, what, CimType.OBJECT, "", is_array=True)


def _check_class(scope: Scope, view: ClassView, entry: InstanceEntry) -> None:
    cim_class, instance = view.cim_class, entry.instance
    origin = origin_of(instance.origin)
    if has_qualifier(cim_class.qualifiers, "abstract"):
        scope.report(
            rules.ABSTRACT_INSTANCE,
            f"instance of `{cim_class.name}`, which is abstract",
            origin,
            origin.name_span,
            related=(related(cim_class.origin, "declared abstract"),),
        )
    first = scope.first_definition(cim_class)
    if entry.position < first.position and entry.unit is first.unit:
        scope.report(
            rules.DECLARED_LATER,
            f"instance of `{cim_class.name}` stands above the class",
            origin,
            origin.name_span,
            related=(related(first.cim_class.origin, "the class"),),
            help="move the class up: mofcomp stores declarations from top to bottom",
        )


def _check_property(scope: Scope, view: ClassView, found: CimInstanceProperty) -> None:
    declared = view.property_named(found.name)
    if declared is not None:
        if found.value is not None:
            target = Target(
                scope,
                f"property `{found.name}`",
                declared.type,
                declared.type_word,
                declared.is_array,
                stands_for_instances(declared),
                declared.array_size,
                is_of_instance=True,
            )
            check_value(target, found.value)
        return
    if found.value is not None:
        check_untyped(_untyped(scope, found), found.value)
    if view.is_known and not found.name.startswith("__"):
        origin = origin_of(found.origin)
        scope.report(
            rules.UNKNOWN_PROPERTY,
            f"class `{view.cim_class.name}` has no property `{found.name}`",
            origin,
            origin.name_span,
            related=(related(view.cim_class.origin, "the class"),),
            fix=replace_word(origin.name_span, nearest(found.name, view.property_names())),
        )


def _check_keys(scope: Scope, view: ClassView, instance: CimInstance) -> None:
    """Report keys that an instance leaves out; one with a default, or of a provider, may be."""
    given = {found.name.lower() for found in instance.properties}
    missing = [
        key.member.name
        for key in view.keys
        if key.member.name.lower() not in given and _needs_value(view, key.member.name)
    ]
    if missing:
        origin = origin_of(instance.origin)
        words = "key" if len(missing) == 1 else "keys"
        names = ", ".join(f"`{name}`" for name in dict.fromkeys(missing))
        scope.report(
            rules.MISSING_KEY,
            f"instance of `{instance.class_name}` without its {words} {names}",
            origin,
            origin.name_span,
        )


def _needs_value(view: ClassView, name: str) -> bool:
    declared = view.property_named(name)
    return declared is not None and declared.default is None


def _check_twin(
    scope: Scope,
    view: ClassView,
    instance: CimInstance,
    by_keys: dict[tuple[Hashable, ...], CimInstance],
) -> None:
    """Report an instance whose keys are those of an earlier one."""
    values = {found.name.lower(): found.value for found in instance.properties}
    names = {key.member.name.lower() for key in view.keys}
    keys = tuple([_comparable(values.get(name)) for name in sorted(names)])
    if not keys or None in keys:
        return
    first = by_keys.setdefault(keys, instance)
    origin = origin_of(instance.origin)
    if first is instance or is_same_place(origin, first.origin):
        return
    scope.report(
        rules.SAME_KEYS,
        f"this instance of `{instance.class_name}` has the keys of an earlier one",
        origin,
        origin.name_span,
        related=(related(first.origin, "the earlier one"),),
    )


def _comparable(value: CimValue | None) -> Hashable:
    """Return what is equal for equal keys; None where a value says nothing."""
    match value:
        case CimString() | CimCharacter():
            return ("text", value.value.lower())
        case CimInteger() | CimReal() | CimBoolean():
            return ("number", value.value)
        case CimNull() | None:
            return None
    return None
