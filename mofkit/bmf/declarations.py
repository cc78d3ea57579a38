"""From records to what they declare: classes, methods, instances.

What the compiler has added is taken off again, so that the same records can be made of the result.
"""

from __future__ import annotations

from mofkit.bmf.enums import BmfType, ObjectKind
from mofkit.bmf.findings import Findings
from mofkit.bmf.members import DeclaredType, take_array_size, take_type
from mofkit.bmf.parameters import Member, join_objects, take_directions, take_id
from mofkit.bmf.records import ObjectRecord, PropertyRecord, RecordValue
from mofkit.bmf.system import read_system
from mofkit.cim import (
    CimArray,
    CimClass,
    CimInstance,
    CimInstanceProperty,
    CimMethod,
    CimNull,
    CimParameter,
    CimProperty,
    CimType,
    CimValue,
)

__all__ = ["read_declarations"]


def read_declarations(
    objects: list[ObjectRecord], findings: Findings
) -> dict[int, CimClass | CimInstance]:
    """Return what the objects declare, by their offsets; what declares nothing is skipped."""
    items: dict[int, CimClass | CimInstance] = {}
    for index, found in enumerate(objects):
        with findings.skipping(f"object[{index}]"):
            is_class = found.kind == ObjectKind.CLASS
            read = _class if is_class else _instance
            items[found.offset_bytes] = read(found, findings)
    return items


def _class(found: ObjectRecord, findings: Findings) -> CimClass:
    system = read_system(found, findings)
    features: list[CimProperty | CimMethod] = []
    for index, record in enumerate(found.properties):
        if record.qualifiers is not None:
            with findings.skipping(f"property[{index}]"):
                features.append(_property(record, findings))
    for index, record in enumerate(found.methods):
        with findings.skipping(f"method[{index}]"):
            features.append(_method(record, findings))
    return CimClass(
        system.class_name,
        system.superclass,
        tuple(features),
        found.qualifiers or (),
        system.alias,
        pragmas=system.pragmas,
    )


def _property(record: PropertyRecord, findings: Findings) -> CimProperty:
    qualifiers = list(record.qualifiers or ())
    declared = take_type(record, qualifiers, findings)
    array_size = take_array_size(declared, qualifiers)
    default = None if record.value is None else _value(record.value, findings)
    return CimProperty(
        record.name,
        declared.type,
        declared.word,
        declared.is_array,
        array_size,
        default,
        tuple(qualifiers),
    )


def _method(record: PropertyRecord, findings: Findings) -> CimMethod:
    parameters: list[Member] = []
    result = None
    if isinstance(record.value, tuple):
        parameters, result = join_objects(record.value, findings)
    elif record.value is not None or record.type != BmfType.VOID:
        reason = f"type is {record.type:#x}, and the value no array of objects"
        findings.refuse("E-METHOD", record.offset_bytes, "value", reason)
    returned = DeclaredType(CimType.VOID, CimType.VOID.value)
    if result is not None:
        returned = take_type(result, list(result.qualifiers or ()), findings)
    return CimMethod(
        record.name,
        *returned,
        tuple([_parameter(found, place, findings) for place, found in enumerate(parameters)]),
        record.qualifiers or (),
    )


def _parameter(member: Member, place: int, findings: Findings) -> CimParameter:
    record = member.record
    qualifiers = list(member.qualifiers)
    declared = take_type(record, qualifiers, findings)
    take_id(qualifiers, place)
    array_size = take_array_size(declared, qualifiers)
    if member.is_in_both:
        take_directions(qualifiers)
    if record.value is not None:
        message = f"parameter `{record.name}` has a value, which is left out"
        findings.note("W-PARAMETERS", record.offset_bytes, "value", message)
    return CimParameter(
        record.name,
        declared.type,
        declared.word,
        declared.is_array,
        array_size,
        None,
        tuple(qualifiers),
    )


def _instance(found: ObjectRecord, findings: Findings) -> CimInstance:
    system = read_system(found, findings)
    assignments = [
        CimInstanceProperty(
            record.name,
            CimNull() if record.value is None else _value(record.value, findings),
            record.qualifiers,
        )
        for record in found.properties
        if record.qualifiers is not None
    ]
    if found.methods or system.superclass is not None:
        message = "an instance has methods or a superclass, which are left out"
        findings.note("W-SYSTEM", found.offset_bytes, "", message)
    return CimInstance(
        system.class_name,
        tuple(assignments),
        found.qualifiers or (),
        system.alias,
        pragmas=system.pragmas,
    )


def _value(value: RecordValue, findings: Findings) -> CimValue:
    match value:
        case ObjectRecord():
            return _instance(value, findings)
        case tuple():
            return CimArray(tuple([_instance(item, findings) for item in value]))
    return value
