"""`check`: every check of the second pass, in one place."""

from __future__ import annotations

from collections.abc import Iterator

from mofkit.cim import CimClass, CimEnumeration
from mofkit.compiler.checks.classes import check_class, check_redefinitions
from mofkit.compiler.checks.inheritance import (
    check_circles,
    check_inheritance,
    check_order_of_types,
)
from mofkit.compiler.checks.instances import (
    check_instance_alone,
    check_instances,
    check_untyped_instances,
)
from mofkit.compiler.checks.names import check_aliases, check_foreign_types
from mofkit.compiler.checks.overrides import check_overrides
from mofkit.compiler.checks.qualifiers import check_declarations, check_qualifiers
from mofkit.compiler.hierarchy import walk_classes
from mofkit.compiler.scope import Scope, class_key

__all__ = ["check"]


def check(scope: Scope) -> None:
    """Report everything about the declarations that can be said once all are read."""
    check_declarations(scope)
    for entry in scope.entries:
        if not entry.is_sound:
            continue
        if isinstance(entry.item, CimClass):
            check_qualifiers(scope, entry.item)
            for cim_class in _with_nested(entry.item):
                check_class(scope, cim_class)
        elif isinstance(entry.item, CimEnumeration):
            check_qualifiers(scope, entry.item)
    check_redefinitions(scope)
    check_circles(scope)
    _check_hierarchy(scope)
    for unit in scope.units:
        check_aliases(scope, unit)
        check_foreign_types(scope, unit)


def _with_nested(cim_class: CimClass) -> Iterator[CimClass]:
    """Yield a class and the structures of MOF 3 inside it."""
    yield cim_class
    for feature in cim_class.features:
        if isinstance(feature, CimClass):
            yield from _with_nested(feature)


def _check_hierarchy(scope: Scope) -> None:
    """Check classes against their ancestors, and instances against their classes."""
    for entries in scope.instances.values():
        for instance_entry in entries:
            check_qualifiers(scope, instance_entry.instance)
            check_instance_alone(scope, instance_entry.instance)
    typed = set()
    for view in walk_classes(scope):
        if not view.entry.is_sound:
            continue
        check_inheritance(scope, view)
        check_order_of_types(scope, view.entry)
        check_overrides(scope, view)
        key = class_key(view.cim_class.name, view.cim_class.pragmas)
        if key in scope.instances and view.entry is scope.classes[key][-1]:
            typed.add(key)
            check_instances(scope, view, scope.instances[key])
    for key, entries in scope.instances.items():
        if key not in typed:
            check_untyped_instances(scope, entries)
