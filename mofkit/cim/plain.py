"""A schema as plain data: what `mofkit dump --what schema --format json` prints.

Takes a `Schema`, gives dicts, lists, strings, numbers, booleans and None, which any JSON writer
takes. Everything the files say is in it, in their order and spelling; where they say it is not.
`docs/dump-schema.json` is the JSON Schema. The outline:

    {"version": 1, "items": [ITEM, ...]}

    ITEM       a class, instance, enumeration, qualifier declaration or directive, told apart by
               "kind"; each has the pragmas in force: "namespace", "class_flags", "instance_flags"
    class      "form", "name", "superclass", "alias", "qualifiers", "features"
    property   "name", "type", "default", "qualifiers"; a parameter is the same
    method     "name", "type" (of the result), "parameters", "qualifiers"
    type       "kind" is the CIM type ("uint8", "object", "ref"), "word" the spelling or the class,
               "array" whether it is one, "size" its bound
    qualifier  "name", "value" (null where only the name is written), "flavors" as written,
               "effective_flavors" with those of its declaration
    value      "kind" says which literal it was, since that is what binary MOF stores. An integer
               has its "spelling" besides, a real too; a real that no float can hold has the
               value null

Integers are exact, and may need more than the 53 bits that some JSON readers have.
"""

from __future__ import annotations

from math import isfinite
from typing import Final, TypeAlias

from mofkit.cim.elements import (
    CimClass,
    CimDirective,
    CimEnumeration,
    CimEnumerator,
    CimFeature,
    CimInstance,
    CimInstanceProperty,
    CimMethod,
    CimParameter,
    CimProperty,
    CimQualifier,
    CimQualifierDeclaration,
    CimValue,
    PragmaState,
)
from mofkit.cim.flags import flag_names
from mofkit.cim.flavors import FLAVOR_WORDS, CimFlavor
from mofkit.cim.schema import Schema, SchemaItem
from mofkit.cim.values import (
    CimAlias,
    CimArray,
    CimBoolean,
    CimCharacter,
    CimInteger,
    CimNull,
    CimReal,
    CimString,
    CimUnexpanded,
)

__all__ = ["Plain", "to_plain"]

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"
"""What JSON can say."""

VERSION: Final = 1
"""Grows when a reader of the old shape would go wrong."""


def to_plain(schema: Schema) -> dict[str, Plain]:
    """Return a schema as plain data.

    >>> from mofkit.cim import Schema, CimInstance
    >>> to_plain(Schema((CimInstance("Fan"),)))["items"][0]["class"]
    'Fan'
    """
    return {"version": VERSION, "items": [_item(item) for item in schema.items]}


def _item(item: SchemaItem) -> Plain:
    match item:
        case CimClass():
            return _class(item) | _pragmas(item.pragmas)
        case CimInstance():
            return _instance(item)
        case CimQualifierDeclaration():
            return _qualifier_declaration(item) | _pragmas(item.pragmas)
        case CimEnumeration():
            return _enumeration(item) | _pragmas(item.pragmas)
        case CimDirective():
            return _directive(item) | _pragmas(item.pragmas)


def _pragmas(pragmas: PragmaState) -> dict[str, Plain]:
    return {
        "namespace": pragmas.namespace,
        "class_flags": _flags(pragmas.class_flags),
        "instance_flags": _flags(pragmas.instance_flags),
    }


def _flags(flags: int | None) -> Plain:
    return None if flags is None else {"value": flags, "words": [*flag_names(flags)]}


# ------------------------------------------------------------------------------- declarations


def _class(cim_class: CimClass) -> dict[str, Plain]:
    return {
        "kind": "class",
        "form": cim_class.form.value,
        "name": cim_class.name,
        "superclass": cim_class.superclass,
        "alias": cim_class.alias,
        "qualifiers": _qualifiers(cim_class.qualifiers),
        "features": [_feature(feature) for feature in cim_class.features],
    }


def _feature(feature: CimFeature) -> Plain:
    match feature:
        case CimProperty():
            return {"kind": "property"} | _typed(feature)
        case CimMethod():
            return {
                "kind": "method",
                "name": feature.name,
                "type": _type(feature),
                "parameters": [_typed(parameter) for parameter in feature.parameters],
                "qualifiers": _qualifiers(feature.qualifiers),
            }
        case CimClass():
            return _class(feature)
        case CimEnumeration():
            return _enumeration(feature)


def _typed(typed: CimProperty | CimParameter) -> dict[str, Plain]:
    return {
        "name": typed.name,
        "type": _type(typed),
        "default": _optional(typed.default),
        "qualifiers": _qualifiers(typed.qualifiers),
    }


def _type(typed: CimProperty | CimParameter | CimMethod | CimQualifierDeclaration) -> Plain:
    if typed.type is None:
        return None
    return {
        "kind": typed.type.value,
        "word": typed.type_word,
        "array": typed.is_array,
        "size": None if isinstance(typed, CimMethod) else typed.array_size,
    }


def _enumeration(enumeration: CimEnumeration) -> dict[str, Plain]:
    return {
        "kind": "enumeration",
        "name": enumeration.name,
        "base": enumeration.base,
        "qualifiers": _qualifiers(enumeration.qualifiers),
        "literals": [_literal(literal) for literal in enumeration.literals],
    }


def _literal(literal: CimEnumerator) -> Plain:
    return {"name": literal.name, "value": _optional(literal.value)}


def _instance(instance: CimInstance) -> dict[str, Plain]:
    found: dict[str, Plain] = {
        "kind": "instance",
        "class": instance.class_name,
        "alias": instance.alias,
        "structure": instance.is_structure,
        "qualifiers": _qualifiers(instance.qualifiers),
        "properties": [_instance_property(found) for found in instance.properties],
    }
    return found | _pragmas(instance.pragmas)


def _instance_property(found: CimInstanceProperty) -> Plain:
    return {
        "name": found.name,
        "value": _optional(found.value),
        "qualifiers": _qualifiers(found.qualifiers),
    }


def _qualifier_declaration(declaration: CimQualifierDeclaration) -> dict[str, Plain]:
    return {
        "kind": "qualifier-declaration",
        "name": declaration.name,
        "type": _type(declaration),
        "default": _optional(declaration.default),
        "scopes": [*declaration.scopes],
        "flavors": [*declaration.flavors],
    }


def _directive(directive: CimDirective) -> dict[str, Plain]:
    return {
        "kind": "directive",
        "name": directive.name,
        "arguments": [*directive.arguments],
        "included": directive.included,
    }


def _qualifiers(qualifiers: tuple[CimQualifier, ...]) -> Plain:
    return [
        {
            "name": qualifier.name,
            "value": _optional(qualifier.value),
            "flavors": [*qualifier.flavors],
            "effective_flavors": _flavor_words(qualifier.effective),
        }
        for qualifier in qualifiers
    ]


def _flavor_words(flavors: CimFlavor) -> list[Plain]:
    return [word for word, flavor in FLAVOR_WORDS.items() if flavors & flavor]


# ------------------------------------------------------------------------------------- values


def _optional(value: CimValue | None) -> Plain:
    return None if value is None else _value(value)


def _value(value: CimValue) -> Plain:
    match value:
        case CimString(text):
            return {"kind": "string", "value": text}
        case CimInteger(number, spelling):
            return {"kind": "integer", "value": number, "spelling": spelling}
        case CimReal(real, spelling):
            return {
                "kind": "real",
                "value": real if isfinite(real) else None,
                "spelling": spelling,
            }
        case CimCharacter(text):
            return {"kind": "character", "value": text}
        case CimBoolean(truth):
            return {"kind": "boolean", "value": truth}
        case CimNull():
            return {"kind": "null"}
        case CimAlias(name):
            return {"kind": "alias", "name": name}
        case CimUnexpanded(text):
            return {"kind": "unexpanded", "text": text}
        case CimArray(values):
            return {"kind": "array", "values": [_value(element) for element in values]}
        case CimInstance():
            return _instance(value)
