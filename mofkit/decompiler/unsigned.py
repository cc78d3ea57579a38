"""Large unsigned integers: binary MOF has them as the sint32 with the same bits.

What declares them says how they are meant. The same bytes come of the text, in which a negative
number would be out of range.
"""

from __future__ import annotations

from typing import Final, TypeVar

from mofkit.cim import (
    CimArray,
    CimClass,
    CimInstance,
    CimInstanceProperty,
    CimInteger,
    CimProperty,
    CimType,
    CimValue,
    Schema,
)
from mofkit.cim.record import replace

__all__ = ["with_unsigned"]

_UNSIGNED: Final = (CimType.UINT32, CimType.UINT64)
_BITS: Final = 32

V = TypeVar("V", CimValue, CimValue | None)


def with_unsigned(schema: Schema) -> Schema:
    """Return a schema with the negative values of unsigned properties as they were written.

    >>> declared = CimProperty("Mask", CimType.UINT32, "uint32", default=CimInteger(-1))
    >>> made = with_unsigned(Schema((CimClass("Fan", features=(declared,)),)))
    >>> made.classes[0].properties[0].default.value
    4294967295
    """
    return Schema(
        tuple(
            _class(item)
            if isinstance(item, CimClass)
            else _instance(item, schema)
            if isinstance(item, CimInstance)
            else item
            for item in schema.items
        )
    )


def _class(found: CimClass) -> CimClass:
    features = tuple(
        replace(one, default=_unsigned(one.default))
        if isinstance(one, CimProperty) and one.type in _UNSIGNED and one.default is not None
        else one
        for one in found.features
    )
    return found if features == found.features else replace(found, features=features)


def _instance(found: CimInstance, schema: Schema) -> CimInstance:
    types = _types(found, schema)
    properties = tuple(_assignment(one, types, schema) for one in found.properties)
    return found if properties == found.properties else replace(found, properties=properties)


def _assignment(
    found: CimInstanceProperty, types: dict[str, CimType], schema: Schema
) -> CimInstanceProperty:
    value = _with_embedded(found.value, schema)
    if types.get(found.name.lower()) in _UNSIGNED:
        value = _unsigned(value)
    return found if value is found.value else replace(found, value=value)


def _with_embedded(value: V, schema: Schema) -> V:
    if isinstance(value, CimInstance):
        return _instance(value, schema)
    if isinstance(value, CimArray) and any(isinstance(one, CimInstance) for one in value.values):
        return replace(value, values=tuple(_with_embedded(one, schema) for one in value.values))
    return value


def _types(found: CimInstance, schema: Schema) -> dict[str, CimType]:
    """Return the types of what the class of an instance declares, by lower-case name."""
    cim_class = schema.find_class(found.class_name, found.pragmas.namespace)
    if cim_class is None:
        return {}
    lineage = list(schema.lineage(cim_class))
    return {one.name.lower(): one.type for each in reversed(lineage) for one in each.properties}


def _unsigned(value: V) -> V:
    if isinstance(value, CimArray):
        return replace(value, values=tuple(_unsigned(one) for one in value.values))
    if isinstance(value, CimInteger) and -(1 << _BITS - 1) <= value.value < 0:
        return CimInteger(value.value + (1 << _BITS))
    return value
