"""Members and parameters of one class: names that meet, defaults, directions and ids.

Names are compared without letter case (DSP0004 §5.1). Properties and methods are two kinds of
names: mofcomp keeps them in lists of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mofkit.cim import CimClass, CimInteger, CimMethod, CimParameter, CimProperty, Origin
from mofkit.cim.qualifiers import qualifier_named
from mofkit.compiler import rules
from mofkit.compiler.checks.values import Target, check_value
from mofkit.compiler.scope import Scope, is_same_place, origin_of, related
from mofkit.diagnostics import Rule

__all__ = ["check_class", "check_redefinitions", "stands_for_instances"]


def check_class(scope: Scope, cim_class: CimClass) -> None:
    """Report what is wrong within a class."""
    owner = f"class `{cim_class.name}`"
    _check_names(scope, rules.DUPLICATE_MEMBER, cim_class.properties, "property", owner)
    _check_names(scope, rules.DUPLICATE_MEMBER, cim_class.methods, "method", owner)
    for cim_property in cim_class.properties:
        if cim_property.default is not None:
            _check_default(scope, cim_property, "property")
    for method in cim_class.methods:
        if method.parameters:
            _check_parameters(scope, method)


def check_redefinitions(scope: Scope) -> None:
    """Report classes that are defined twice in one namespace."""
    for definitions in scope.classes.values():
        first = definitions[0].cim_class
        for entry in definitions[1:]:
            again = entry.cim_class
            origin = origin_of(again.origin)
            if not entry.is_sound or is_same_place(origin, first.origin):
                continue
            how = "in the same way" if again == first else "differently"
            scope.report(
                rules.CLASS_REDEFINED,
                f"class `{again.name}` is defined again, {how}",
                origin,
                origin.name_span,
                related=(related(first.origin, "first defined here"),),
            )


def stands_for_instances(typed: CimProperty | CimParameter) -> bool:
    """Say whether the strings of a property are instances written out (DSP0004 §5.6.3)."""
    return any(
        qualifier.name.lower() in {"embeddedinstance", "embeddedobject"}
        for qualifier in typed.qualifiers
    )


def _check_names(
    scope: Scope,
    rule: Rule,
    named: Sequence[CimProperty | CimMethod | CimParameter],
    what: str,
    owner: str,
) -> None:
    lower_names = [item.name.lower() for item in named]
    if len(set(lower_names)) == len(lower_names):
        return
    first_of: dict[str, Origin] = {}
    for item, name in zip(named, lower_names, strict=True):
        origin = origin_of(item.origin)
        first = first_of.setdefault(name, origin)
        if first is not origin:
            scope.report(
                rule,
                f"{what} `{item.name}` is already in {owner}",
                origin,
                origin.name_span,
                related=(related(first, "first declared here"),),
            )


def _check_default(scope: Scope, typed: CimProperty | CimParameter, what: str) -> None:
    assert typed.default is not None
    target = Target(
        scope,
        f"{what} `{typed.name}`",
        typed.type,
        typed.type_word,
        typed.is_array,
        stands_for_instances(typed),
        typed.array_size,
    )
    check_value(target, typed.default)


def _check_parameters(scope: Scope, method: CimMethod) -> None:
    owner = f"method `{method.name}`"
    _check_names(scope, rules.DUPLICATE_PARAMETER, method.parameters, "parameter", owner)
    for parameter in method.parameters:
        if parameter.default is not None:
            _check_default(scope, parameter, "parameter")
        if "in" not in scope.qualifier_declarations:
            _check_direction(scope, method, parameter)
    _check_ids(scope, method)


def _check_direction(scope: Scope, method: CimMethod, parameter: CimParameter) -> None:
    names = {qualifier.name.lower() for qualifier in parameter.qualifiers}
    if names.isdisjoint({"in", "out"}):
        origin = origin_of(parameter.origin)
        scope.report(
            rules.UNDIRECTED_PARAMETER,
            f"parameter `{parameter.name}` of method `{method.name}` is neither in nor out",
            origin,
            origin.name_span,
            help="it counts as both; write [in], [out] or [in, out]",
        )


def _check_ids(scope: Scope, method: CimMethod) -> None:
    """Report ids of parameters that are there twice, or that leave numbers out."""
    by_id: dict[int, CimParameter] = {}
    for parameter in method.parameters:
        qualifier = qualifier_named(parameter.qualifiers, "id")
        if qualifier is None or not isinstance(qualifier.value, CimInteger):
            continue
        number = qualifier.value.value
        first = by_id.setdefault(number, parameter)
        if first is not parameter:
            origin = origin_of(qualifier.origin)
            scope.report(
                rules.DUPLICATE_PARAMETER_ID,
                f"parameters `{first.name}` and `{parameter.name}` of method `{method.name}`"
                f" both have id {number}",
                origin,
                origin.span,
                related=(related(first.origin, f"`{first.name}`"),),
            )
    for before, number in pairwise([-1, *sorted(by_id)]):
        if number > before + 1:
            parameter = by_id[number]
            qualifier = qualifier_named(parameter.qualifiers, "id")
            assert qualifier is not None
            origin = origin_of(qualifier.origin)
            scope.report(
                rules.PARAMETER_ID_GAP,
                f"parameter `{parameter.name}` of method `{method.name}` has id {number},"
                f" though none has {before + 1}",
                origin,
                origin.span,
            )
            return
