"""Qualifiers: written twice, out of place, of another type than declared.

WMI needs no declarations of qualifiers; where files have them (DMTF's form), the uses are held
against them (DSP0004 §5.6.1). An unknown qualifier is never a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from mofkit.cim import (
    CimArray,
    CimBoolean,
    CimClass,
    CimEnumeration,
    CimInstance,
    CimMethod,
    CimProperty,
    CimQualifier,
    CimQualifierDeclaration,
    CimString,
    CimType,
    CimValue,
)
from mofkit.cim.qualifiers import qualifier_named
from mofkit.compiler import rules
from mofkit.compiler.checks.values import Target, check_untyped, check_value
from mofkit.compiler.scope import Scope, origin_of, related
from mofkit.diagnostics import Fix, Safety
from mofkit.source import Edit, Span

__all__ = ["check_declarations", "check_qualifiers"]


class _Use(NamedTuple):
    """The qualifiers of one element.

    Attributes:
        kind: how a message calls such elements: "property".
        scopes: the words of a `Scope(...)` that allow a qualifier here; none: anything goes.
    """

    kind: str
    name: str
    scopes: frozenset[str]
    qualifiers: Sequence[CimQualifier]

    @property
    def element(self) -> str:
        """The element as a message calls it."""
        return f"{self.kind} `{self.name}`"


def check_qualifiers(scope: Scope, item: CimClass | CimInstance | CimEnumeration) -> None:
    """Report what is wrong with the qualifiers of an item and of everything inside it."""
    for use in _uses(item):
        if use.qualifiers:
            _check_names(scope, use)
            for qualifier in use.qualifiers:
                shape = (qualifier.name, _shape(qualifier.value), use.scopes)
                if shape not in scope.settled:
                    before = len(scope.findings)
                    _check_use(scope, use, qualifier)
                    if len(scope.findings) == before and _is_settled(scope, qualifier, shape[1]):
                        scope.settled.add(shape)


def _shape(value: CimValue | None) -> type | frozenset[type]:
    """Return what a verdict on most values depends on: the kind, or the kinds of the elements."""
    return frozenset(map(type, value.values)) if isinstance(value, CimArray) else type(value)


def _is_settled(scope: Scope, qualifier: CimQualifier, shape: type | frozenset[type]) -> bool:
    """Say whether no value of that shape can be wrong where this one was right."""
    declarations = scope.qualifier_declarations.get(qualifier.name.lower())
    is_datetime = declarations and declarations[-1].type is CimType.DATETIME
    return shape in _ALL_ALIKE and not is_datetime


_ALL_ALIKE: Final = {type(None), CimString, CimBoolean, frozenset({CimString})}
"""Shapes of which one value is as good as another, having no range."""


def _uses(item: CimClass | CimInstance | CimEnumeration) -> Iterator[_Use]:
    match item:
        case CimClass():
            yield _Use("class", item.name, _class_scopes(item), item.qualifiers)
            for feature in item.features:
                yield from _feature_uses(feature)
        case CimInstance():
            yield _Use("instance of", item.class_name, _NO_SCOPES, item.qualifiers)
            for found in item.properties:
                yield _Use("property", found.name, _NO_SCOPES, found.qualifiers)
        case CimEnumeration():
            yield _Use("enumeration", item.name, _NO_SCOPES, item.qualifiers)


def _feature_uses(feature: CimProperty | CimMethod | CimClass | CimEnumeration) -> Iterator[_Use]:
    match feature:
        case CimProperty(type=CimType.REFERENCE):
            yield _Use("reference", feature.name, _REFERENCE, feature.qualifiers)
        case CimProperty():
            yield _Use("property", feature.name, _PROPERTY, feature.qualifiers)
        case CimMethod():
            yield _Use("method", feature.name, _METHOD, feature.qualifiers)
            for parameter in feature.parameters:
                yield _Use("parameter", parameter.name, _PARAMETER, parameter.qualifiers)
        case _:
            yield from _uses(feature)


_NO_SCOPES: Final[frozenset[str]] = frozenset()
_PROPERTY: Final = frozenset({"any", "property"})
_REFERENCE: Final = frozenset({"any", "reference", "property"})
_METHOD: Final = frozenset({"any", "method"})
_PARAMETER: Final = frozenset({"any", "parameter"})


def _class_scopes(cim_class: CimClass) -> frozenset[str]:
    scopes = {"any", "class"}
    scopes |= {
        kind
        for kind in ("association", "indication")
        if qualifier_named(cim_class.qualifiers, kind) is not None or cim_class.form == kind
    }
    return frozenset(scopes)


# ------------------------------------------------------------------------------------- one list


def _check_names(scope: Scope, use: _Use) -> None:
    lower_names = [qualifier.name.lower() for qualifier in use.qualifiers]
    if len(set(lower_names)) == len(lower_names):
        return
    first_of: dict[str, CimQualifier] = {}
    for qualifier, name in zip(use.qualifiers, lower_names, strict=True):
        first = first_of.setdefault(name, qualifier)
        if first is not qualifier:
            origin = origin_of(qualifier.origin)
            scope.report(
                rules.DUPLICATE_QUALIFIER,
                f"{use.element} already has a qualifier `{first.name}`",
                origin,
                origin.name_span,
                related=(related(first.origin, "the first one"),),
            )


def _check_use(scope: Scope, use: _Use, qualifier: CimQualifier) -> None:
    name = qualifier.name.lower()
    if name == "cimtype":
        origin = origin_of(qualifier.origin)
        scope.report(
            rules.CIMTYPE_QUALIFIER,
            f"{use.element} has a CIMTYPE qualifier, which only the compiler makes",
            origin,
            origin.span,
            help="the type in front of the name says the same",
        )
    elif name in _FLAVOR_NAMES and qualifier.value is None:
        _report_flavor_name(scope, use, qualifier)
    declarations = scope.qualifier_declarations.get(name)
    if declarations:
        _check_declared(scope, use, qualifier, declarations[-1])
    elif qualifier.value is not None and not isinstance(qualifier.value, CimBoolean):
        target = Target(scope, f"qualifier `{qualifier.name}`", *_ANY_TYPE)
        check_untyped(target, qualifier.value)


_ANY_TYPE: Final = (CimType.OBJECT, "", True)


# These are flavors only; Translatable and Amended exist as qualifiers, too.
_FLAVOR_NAMES: Final = frozenset(
    "enableoverride disableoverride restricted tosubclass toinstance nottoinstance nottosubclass"
    " amended".split()
)


def _report_flavor_name(scope: Scope, use: _Use, qualifier: CimQualifier) -> None:
    origin = origin_of(qualifier.origin)
    number = next(i for i, found in enumerate(use.qualifiers) if found is qualifier)
    fix = None
    if number and use.qualifiers[number - 1].flavors:
        before = origin_of(use.qualifiers[number - 1].origin).span.end
        gap = origin.source.text[before : origin.span.start]
        comma = before + gap.find(",")
        edit = Edit(Span(comma, comma + 1), "" if gap.endswith((" ", "\t", "\n")) else " ")
        fix = Fix("leave the comma out", (edit,), Safety.UNSAFE)
    scope.report(
        rules.FLAVOR_AS_QUALIFIER,
        f"`{qualifier.name}` is a qualifier of {use.element} here, not a flavor",
        origin,
        origin.name_span,
        help="flavors follow a colon, and white space stands between them",
        fix=fix,
    )


# ------------------------------------------------------------------------------ declarations


def _check_declared(
    scope: Scope, use: _Use, qualifier: CimQualifier, declared: CimQualifierDeclaration
) -> None:
    origin = origin_of(qualifier.origin)
    allowed = {word.lower() for word in declared.scopes}
    if use.scopes and allowed and use.scopes.isdisjoint(allowed):
        scope.report(
            rules.OUTSIDE_SCOPE,
            f"{use.element} cannot have the qualifier `{qualifier.name}`",
            origin,
            origin.name_span,
            related=(related(declared.origin, f"its scope is {', '.join(declared.scopes)}"),),
        )
    assert declared.type is not None
    what = f"qualifier `{qualifier.name}`"
    if qualifier.value is not None:
        target = Target(
            scope,
            what,
            declared.type,
            declared.type_word,
            declared.is_array,
            array_size=declared.array_size,
        )
        check_value(target, qualifier.value)
    elif declared.type is not CimType.BOOLEAN:
        scope.report(
            rules.QUALIFIER_WITHOUT_VALUE,
            f"{what} is {declared.type_word}, but without a value it is TRUE",
            origin,
            origin.span,
            related=(related(declared.origin, "declared here"),),
        )


def check_declarations(scope: Scope) -> None:
    """Report qualifier types that are declared twice, and defaults of another type."""
    for declarations in scope.qualifier_declarations.values():
        for declared in declarations:
            _check_default(scope, declared)
        first = declarations[0]
        for again in declarations[1:]:
            origin = origin_of(again.origin)
            if again != first:
                scope.report(
                    rules.QUALIFIER_REDECLARED,
                    f"qualifier `{again.name}` is declared again, differently",
                    origin,
                    origin.name_span,
                    related=(related(first.origin, "first declared here"),),
                )


def _check_default(scope: Scope, declared: CimQualifierDeclaration) -> None:
    if declared.default is None or declared.type is None:
        return
    target = Target(
        scope,
        f"qualifier `{declared.name}`",
        declared.type,
        declared.type_word,
        declared.is_array,
        array_size=declared.array_size,
    )
    check_value(target, declared.default)
