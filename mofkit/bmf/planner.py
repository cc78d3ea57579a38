"""From a schema to the records of its payload, and what these cannot hold.

Puts on what the compiler adds: CIMTYPE, MAX, ID, IN and OUT, the parameter objects of methods, the
system properties. Decides everything but bytes.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from mofkit.bmf.enums import (
    ARRAY,
    MAX_DEPTH,
    PARAMETERS_CLASS,
    RETURN_VALUE,
    SINT32,
    BmfType,
    ObjectKind,
)
from mofkit.bmf.literals import Planned, plan_value
from mofkit.bmf.losses import Loss, LossKind, LossNotes
from mofkit.bmf.members import DeclaredType, cimtype_qualifier, max_qualifier
from mofkit.bmf.oddities import check_method, check_object, check_qualifier, check_type
from mofkit.bmf.parameters import id_qualifier, split_qualifiers
from mofkit.bmf.records import ObjectRecord, PropertyRecord
from mofkit.bmf.system import SystemProperties, system_records
from mofkit.cim import (
    CimClass,
    CimDirective,
    CimEnumeration,
    CimInstance,
    CimInstanceProperty,
    CimMethod,
    CimNull,
    CimParameter,
    CimProperty,
    CimQualifier,
    CimQualifierDeclaration,
    CimString,
    CimValue,
    ClassForm,
    Schema,
    SchemaItem,
)

__all__ = ["Plan", "plan"]

_Qualifiers: TypeAlias = tuple[CimQualifier, ...]

_SILENT_PRAGMAS: Final = frozenset({"namespace", "classflags", "instanceflags"})
"""They are in what follows them."""


class Plan(NamedTuple):
    """What will be written, and what that does not say; not to be written with an UNWRITABLE."""

    objects: list[ObjectRecord]
    losses: list[Loss]


def plan(schema: Schema) -> Plan:
    """Return the records for the classes and instances of a schema, in order."""
    planner = _Planner()
    objects = [found for item in schema.items if (found := planner.item(item)) is not None]
    return Plan(objects, planner.notes.losses)


class _Planner:
    def __init__(self) -> None:
        self.notes = LossNotes()
        self._depth = 0

    def item(self, item: SchemaItem) -> ObjectRecord | None:
        """Plan what stands at the top of a file; directives and declarations leave nothing."""
        match item:
            case CimClass():
                return self._class(item)
            case CimInstance():
                return self._instance(item)
            case CimDirective():
                self._directive(item)
            case CimQualifierDeclaration():
                message = f"the declaration of qualifier `{item.name}` is left out"
                self.notes.add(LossKind.QUALIFIER_DECLARATION, message, item.origin)
            case CimEnumeration():
                self.notes.refuse(f"enumeration `{item.name}`, which is MOF 3", item.origin)
        return None

    def _directive(self, directive: CimDirective) -> None:
        if directive.name.lower() in _SILENT_PRAGMAS or directive.included is not None:
            return
        message = f"pragma `{directive.name}` leaves no trace"
        self.notes.add(LossKind.DIRECTIVE, message, directive.origin)

    # ------------------------------------------------------------------------------ objects

    def _class(self, found: CimClass) -> ObjectRecord:
        where = self.notes.where
        self.notes.enter(found.name, found.origin)
        check_object(found, self.notes)
        if found.form is not ClassForm.CLASS:
            self.notes.refuse(f"{found.form} `{found.name}`, which is MOF 3", found.origin)
        properties: list[PropertyRecord] = []
        methods: list[PropertyRecord] = []
        for feature in found.features:
            self.notes.enter(feature.name, feature.origin)
            match feature:
                case CimProperty():
                    properties.append(self._property(feature))
                case CimMethod():
                    methods.append(self._method(feature))
                case _:
                    self.notes.refuse(f"`{feature.name}` in a class is MOF 3", feature.origin)
            where.pop()
        system = SystemProperties(found.name, found.superclass, found.alias, found.pragmas)
        qualifiers = self._qualifiers(found.qualifiers)
        where.pop()
        return ObjectRecord(
            ObjectKind.CLASS,
            qualifiers,
            (*properties, *system_records(system)),
            tuple(methods),
        )

    def _instance(self, found: CimInstance) -> ObjectRecord:
        notes = self.notes
        notes.enter(found.class_name, found.origin)
        check_object(found, notes)
        if found.is_structure:
            notes.refuse("`value of`, which is MOF 3", found.origin)
        assignments: list[PropertyRecord] = []
        if self._depth >= MAX_DEPTH:
            notes.refuse(f"objects nested deeper than {MAX_DEPTH} levels", found.origin)
        else:
            self._depth += 1
            assignments = [self._assignment(assignment) for assignment in found.properties]
            self._depth -= 1
        system = SystemProperties(found.class_name, None, found.alias, found.pragmas)
        qualifiers = self._qualifiers(found.qualifiers)
        notes.where.pop()
        properties = (*assignments, *system_records(system))
        return ObjectRecord(ObjectKind.INSTANCE, qualifiers, properties)

    def _assignment(self, found: CimInstanceProperty) -> PropertyRecord:
        self.notes.enter(found.name, found.origin)
        if found.value is None:
            self.notes.unverified("a property of an instance without a value", found.origin)
        if found.qualifiers:
            what = f"qualifiers on a property of an instance, as on `{found.name}`"
            self.notes.unverified(what, found.origin)
        code, value = self._value(found.value or CimNull())
        qualifiers = self._qualifiers(found.qualifiers)
        self.notes.where.pop()
        return PropertyRecord(code, found.name, value, qualifiers)

    # ------------------------------------------------------------------------------ members

    def _property(self, found: CimProperty) -> PropertyRecord:
        code: int = DeclaredType(found.type, found.type_word, found.is_array).code
        value = None
        if isinstance(found.default, CimNull):
            message = f"NULL as initialiser of `{found.name}` is stored as none"
            self.notes.add(LossKind.NULL, message, found.default.origin or found.origin)
        elif found.default is not None:
            code, value = self._value(found.default)
        written = self._qualifiers(found.qualifiers)
        qualifiers = (*written, *self._bound(found), self._cimtype(found))
        return PropertyRecord(code, found.name, value, qualifiers)

    def _method(self, found: CimMethod) -> PropertyRecord:
        check_method(found, self.notes)
        ins: list[PropertyRecord] = []
        outs: list[PropertyRecord] = []
        for index, parameter in enumerate(found.parameters):
            for copy, members in zip(self._copies(parameter, index), (ins, outs), strict=True):
                if copy is not None:
                    members.append(copy)
        result = DeclaredType(found.type, found.type_word, found.is_array)
        if result.code != BmfType.VOID:
            cimtype = (cimtype_qualifier(found.type, found.type_word),)
            outs.append(PropertyRecord(result.code, RETURN_VALUE, None, cimtype))
        qualifiers = self._qualifiers(found.qualifiers)
        objects = tuple([_parameters(members) for members in (ins, outs) if members])
        if not objects:
            return PropertyRecord(BmfType.VOID, found.name, None, qualifiers)
        return PropertyRecord(BmfType.OBJECT | ARRAY, found.name, objects, qualifiers)

    def _copies(self, found: CimParameter, index: int) -> list[PropertyRecord | None]:
        """Return what stands of a parameter in the in and in the out object."""
        self.notes.enter(found.name, found.origin)
        if found.default is not None:
            message = f"the default of parameter `{found.name}` is left out"
            self.notes.add(LossKind.PARAMETER_DEFAULT, message, found.origin)
        code = DeclaredType(found.type, found.type_word, found.is_array).code
        written = self._qualifiers(found.qualifiers)
        added = (*self._bound(found), *id_qualifier(written, index), self._cimtype(found))
        self.notes.where.pop()
        return [
            None if copy is None else PropertyRecord(code, found.name, None, (*copy, *added))
            for copy in split_qualifiers(written)
        ]

    def _cimtype(self, found: CimProperty | CimParameter) -> CimQualifier:
        check_type(found, self.notes)
        return cimtype_qualifier(found.type, found.type_word)

    def _bound(self, found: CimProperty | CimParameter) -> _Qualifiers:
        """Return MAX where a bound is written."""
        match found.array_size:
            case None:
                return ()
            case int(size) if size in SINT32 and found.is_array:
                return (max_qualifier(size),)
        words = (found.array_size,) if isinstance(found.array_size, str) else ()
        self.notes.refuse(f"`{found.array_size}` is no bound of an array", found.origin, words)
        return ()

    # --------------------------------------------------------------------------- qualifiers

    def _qualifiers(self, qualifiers: _Qualifiers) -> _Qualifiers:
        return tuple([self._qualifier(qualifier) for qualifier in qualifiers])

    def _qualifier(self, found: CimQualifier) -> CimQualifier:
        if found.value is None and not found.effective and found.name.isascii():
            return found
        self.notes.enter(found.name, found.origin)
        check_qualifier(found, self.notes)
        planned = found
        if found.value is not None:
            known = len(self.notes.losses)
            _, value = self._value(found.value)
            if value is None or isinstance(value, ObjectRecord | tuple):
                # What has no value at all was refused just now.
                if all(loss.kind is not LossKind.UNWRITABLE for loss in self.notes.losses[known:]):
                    what = "NULL" if isinstance(found.value, CimNull) else "such a value"
                    self.notes.refuse(f"qualifier `{found.name}` with {what}", found.origin)
                value = CimString("")
            planned = CimQualifier(found.name, value, found.flavors, found.effective)
        self.notes.where.pop()
        return planned

    def _value(self, value: CimValue) -> Planned:
        return plan_value(value, self.notes, self._instance)


def _parameters(members: list[PropertyRecord]) -> ObjectRecord:
    of_class = PropertyRecord(BmfType.STRING, "__CLASS", CimString(PARAMETERS_CLASS))
    return ObjectRecord(ObjectKind.INSTANCE, None, (*members, of_class))
