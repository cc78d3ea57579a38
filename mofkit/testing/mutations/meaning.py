"""Mistakes in what MOF text means, made at the places that the binder notes (`origin`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mofkit.cim import (
    CimAlias,
    CimArray,
    CimClass,
    CimInstance,
    CimInstanceProperty,
    CimInteger,
    CimProperty,
    CimQualifier,
    CimString,
    CimType,
    CimValue,
    Origin,
    Schema,
)
from mofkit.compiler import bind
from mofkit.source import Edit, Span
from mofkit.syntax import ParseResult

__all__ = ["meaning_edits"]

_Found = tuple[str, Edit, tuple[str, ...]]


def meaning_edits(result: ParseResult) -> Iterator[_Found]:
    """Yield what was done, the edit that does it, and the codes of which one has to follow."""
    schema = bind([result]).schema
    for cim_class in schema.classes:
        yield from _qualifiers(cim_class.qualifiers, f"class {cim_class.name}")
        yield from _superclass(cim_class)
        for found in cim_class.properties:
            where = f"property {cim_class.name}.{found.name}"
            yield from _qualifiers(found.qualifiers, where)
            yield from _twice(found.origin, where, "SEM301")
            if found.default is not None:
                yield from _default(found, found.default, where)
        for method in cim_class.methods:
            where = f"method {cim_class.name}.{method.name}"
            yield from _twice(method.origin, where, "SEM301")
            for parameter in method.parameters:
                yield from _qualifiers(parameter.qualifiers, f"parameter {parameter.name}")
    for instance in schema.instances:
        yield from _instance(schema, instance)


def _span(origin: Origin | None) -> Span:
    assert origin is not None  # the schema is of text
    return origin.span


def _text(origin: Origin | None) -> str:
    assert origin is not None
    return origin.source.text[slice(*origin.span)]


def _behind(origin: Origin | None, text: str) -> Edit:
    return Edit(Span.at(_span(origin).end), text)


def _twice(origin: Origin | None, where: str, code: str) -> Iterator[_Found]:
    yield f"{where} twice", _behind(origin, f";\n{_text(origin)}"), (code,)


def _qualifiers(qualifiers: tuple[CimQualifier, ...], where: str) -> Iterator[_Found]:
    for found in qualifiers:
        name = f"qualifier {found.name} of {where}"
        yield f"{name} twice", _behind(found.origin, f", {_text(found.origin)}"), ("SEM201",)
        colon = " " if found.flavors else " : "
        yield (
            f"a flavor there is none of, {name}",
            _behind(found.origin, f"{colon}Sticky_9"),
            ("SEM203",),
        )
        odd = f"{colon}EnableOverride DisableOverride"
        yield f"flavors at odds, {name}", _behind(found.origin, odd), ("SEM204",)
        yield f"CIMTYPE behind {name}", _behind(found.origin, ', CIMTYPE("sint8")'), ("SEM202",)


def _superclass(cim_class: CimClass) -> Iterator[_Found]:
    if cim_class.superclass is None and cim_class.origin is not None:
        text = f" : {cim_class.name}"
        edit = Edit(Span.at(cim_class.origin.name_span.end), text)
        yield f"class {cim_class.name} derived from itself", edit, ("SEM304",)


def _default(found: CimProperty, default: CimValue, where: str) -> Iterator[_Found]:
    span = _span(default.origin)

    def change(what: str, text: str, code: str) -> _Found:
        return f"{where}: {what}", Edit(span, text), (code,)

    text = _text(default.origin)
    if isinstance(default, CimArray):
        yield change("NULL in an array", f"{{NULL, {text[1:]}", "SEM107")
        yield change("an array within an array", f"{{{text}}}", "SEM109")
        return
    if isinstance(default, CimInteger | CimString) and not found.is_array:
        yield change("braces around a scalar", f"{{{text}}}", "SEM103")
        yield change("an alias", "$nobody_9", "SEM")
    allowed = found.type.integer_range
    if allowed is not None and isinstance(default, CimInteger):
        yield change("a number too large", str(allowed[-1] + 1), "SEM101")
        yield change("a number too small", str(allowed[0] - 1), "SEM101")
        yield change("a boolean for a number", "TRUE", "SEM102")
        yield change("a real for an integer", "1.5", "SEM105")
    if found.type is CimType.DATETIME and isinstance(default, CimString):
        yield change("a datetime of 4 characters", '"2026"', "SEM108")
        yield change("a month 13", '"20261320120000.000000+000"', "SEM108")


def _instance(schema: Schema, instance: CimInstance) -> Iterator[_Found]:
    where = f"instance of {instance.class_name}"
    is_known = schema.find_class(instance.class_name, instance.pragmas.namespace) is not None
    for found in instance.properties:
        name = f"{where}, {found.name}"
        yield f"{name} twice", _again(found), ("SEM401",)
        if isinstance(found.value, CimAlias):
            edit = Edit(_span(found.value.origin), "$nobody_9")
            yield f"{name}: an alias of nothing", edit, ("SEM406",)
        if is_known:
            edit = _behind(found.origin, ";\nNobody_9 = 1")
            yield f"{where}: a property there is none of", edit, _UNKNOWN
    if instance.alias is not None:
        text = f";\n{_text(instance.origin)}"
        yield f"{where} as ${instance.alias} twice", _behind(instance.origin, text), ("SEM407",)


_UNKNOWN: Final = ("SEM402",)


def _again(found: CimInstanceProperty) -> Edit:
    return _behind(found.origin, f";\n{_text(found.origin)}")
