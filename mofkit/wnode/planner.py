"""From a MOF class to the layout of its data.

The items stand in the order of their ids, whatever the order of declaration. InstanceName and
Active are never in the data, nor is what has no WmiDataId. An item that cannot be laid out has a
`Misfit` in the place of its type; whoever reads or writes it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final, TypeVar

from mofkit.cim import (
    CimClass,
    CimMethod,
    CimParameter,
    CimProperty,
    CimString,
    CimType,
    Schema,
)
from mofkit.cim.qualifiers import has_qualifier, integer_of, qualifier_named
from mofkit.wnode.layout import Element, Item, Misfit, Record, Scalar, Text, alignment_of

__all__ = ["Direction", "block_layout", "item_layout", "method_layout"]

_MAX_DEPTH = 64  # classes embedded in classes; published driver classes have a handful
_NOT_IN_BLOCKS = frozenset({"instancename", "active"})


class Direction(StrEnum):
    """Which data of a method: both stand in the same place of a WNODE_METHOD_ITEM."""

    INPUT = "input"
    OUTPUT = "output"


def block_layout(schema: Schema, cim_class: CimClass) -> Record:
    """Return the layout of a class' data block, inherited items included."""
    return _Planner(schema).of_class(cim_class)


def item_layout(schema: Schema, cim_class: CimClass, item_id: int) -> Record | None:
    """Return a layout of one item alone, at the start of a block; None without such an item."""
    items = [item for item in block_layout(schema, cim_class).items if item.id == item_id]
    return _record(f"{cim_class.name}", _settle(items[:1])) if items else None


def method_layout(
    schema: Schema, cim_class: CimClass, method_id: int, direction: Direction | str
) -> Record | None:
    """Return the layout of the parameters of the method with that WmiMethodId.

    A parameter that is both in and out is in both layouts, one that is neither is input. None
    without such a method.
    """
    direction = Direction(direction)
    for method in _members(schema, cim_class, CimMethod):
        if integer_of(method.qualifiers, "wmimethodid") == method_id:
            return _Planner(schema).of_method(cim_class, method, direction)
    return None


_SCALARS: Final[Mapping[CimType, Scalar]] = {
    cim_type: Scalar(cim_type, code, size)
    for cim_type, code, size in [
        (CimType.BOOLEAN, "?", 1),
        (CimType.UINT8, "B", 1),
        (CimType.SINT8, "b", 1),
        (CimType.UINT16, "H", 2),
        (CimType.SINT16, "h", 2),
        (CimType.UINT32, "I", 4),
        (CimType.SINT32, "i", 4),
        (CimType.UINT64, "Q", 8),
        (CimType.SINT64, "q", 8),
    ]
}
_TEXTS: Final = {CimType.STRING: Text.STRING, CimType.DATETIME: Text.DATETIME}


class _Planner:
    """Makes records of classes, each class once."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._done: dict[str, Element] = {}
        self._open: list[str] = []

    def of_class(self, cim_class: CimClass) -> Record:
        self._open.append(cim_class.name.lower())
        items = []
        for member in _members(self._schema, cim_class, CimProperty):
            item_id = integer_of(member.qualifiers, "wmidataid")
            if item_id is not None and member.name.lower() not in _NOT_IN_BLOCKS:
                items.append(self._item(cim_class, member, item_id))
        self._open.pop()
        return _record(cim_class.name, _settle(items))

    def of_method(self, cim_class: CimClass, method: CimMethod, direction: Direction) -> Record:
        items = []
        has_ids = any(
            qualifier_named(parameter.qualifiers, "id") for parameter in method.parameters
        )
        for place, parameter in enumerate(method.parameters):
            if not _goes(parameter, direction):
                continue
            number = integer_of(parameter.qualifiers, "id") if has_ids else place
            if number is None:
                reason = "other parameters of the method have an ID, this has none"
                items.append(Item(parameter.name, place, Misfit("E-WITEM", reason)))
            else:
                items.append(self._item(cim_class, parameter, number))
        return _record(f"{cim_class.name}.{method.name}", _settle(items))

    def _item(self, owner: CimClass, member: CimProperty | CimParameter, item_id: int) -> Item:
        element = self._element(owner, member)
        is_timestamp = has_qualifier(member.qualifiers, "wmitimestamp")
        count = _count(member) if member.is_array else None
        if isinstance(count, Misfit):
            return Item(member.name, item_id, count)
        return Item(member.name, item_id, element, count, is_timestamp)

    def _element(self, owner: CimClass, member: CimProperty | CimParameter) -> Element:
        if member.type is CimType.OBJECT and member.type_word.lower() != "object":
            return self._embedded(owner, member.type_word)
        found = _SCALARS.get(member.type) or _TEXTS.get(member.type)
        if found is not None:
            return found
        word = member.type.value
        return Misfit("E-WITEM", f"{word} is no type that a data block can have")

    def _embedded(self, owner: CimClass, class_name: str) -> Element:
        key = class_name.lower()
        if key in self._open:
            return Misfit("E-WITEM", f"class {class_name} embeds itself")
        if len(self._open) >= _MAX_DEPTH:
            return Misfit("E-WITEM", f"classes are embedded more than {_MAX_DEPTH} deep")
        if key not in self._done:
            self._done[key] = self._embedded_record(owner, class_name)
        return self._done[key]

    def _embedded_record(self, owner: CimClass, class_name: str) -> Element:
        found = self._schema.find_class(class_name, owner.pragmas.namespace)
        if found is None:
            return Misfit("E-WITEM", f"class {class_name} is not declared")
        record = self.of_class(found)
        # An element without bytes would let a small block hold any number of them.
        return record if record.items else Misfit("E-WITEM", f"class {class_name} has no WmiDataId")


_M = TypeVar("_M", CimProperty, CimMethod)


def _members(schema: Schema, cim_class: CimClass, kind: type[_M]) -> Iterable[_M]:
    """Return the members with the inherited ones; the subclass' wins over one of its superclass."""
    members: dict[str, _M] = {}
    for ancestor in reversed([*schema.lineage(cim_class)]):
        for feature in ancestor.features:
            if isinstance(feature, kind):
                members[feature.name.lower()] = feature
    return members.values()


def _settle(items: Iterable[Item]) -> list[Item]:
    """Return items by id; those whose id or count another item does not bear out are misfits."""
    settled: list[Item] = []
    by_name: dict[str, Item] = {}
    for item in sorted(items, key=lambda item: item.id):
        misfit = None
        if settled and settled[-1].id == item.id:
            misfit = Misfit("E-WITEM", f"has the id {item.id}, as {settled[-1].name} has")
        elif isinstance(item.count, str):
            misfit = _count_misfit(item.count, by_name)
        settled.append(replace(item, element=misfit, count=None) if misfit else item)
        by_name[item.name.lower()] = settled[-1]
    return settled


def _count_misfit(name: str, before: Mapping[str, Item]) -> Misfit | None:
    """Return why an item cannot give a count, if so; `before` is what stands in front."""
    found = before.get(name.lower())
    if found is None:
        return Misfit("E-WSIZEIS", f"no item {name} stands in front of it")
    scalar = found.element
    is_integer = isinstance(scalar, Scalar) and scalar.type.is_integer and found.count is None
    return None if is_integer else Misfit("E-WSIZEIS", f"{name} is no integer")


def _record(name: str, items: Iterable[Item]) -> Record:
    settled = tuple(items)
    return Record(name, settled, max((alignment_of(item.element) for item in settled), default=1))


def _count(member: CimProperty | CimParameter) -> int | str | Misfit:
    """Return how many elements an array has: WmiSizeIs, `[n]`, or what a compiler makes of that."""
    by = qualifier_named(member.qualifiers, "wmisizeis")
    if by is not None:
        if isinstance(by.value, CimString):
            return by.value.value
        return Misfit("E-WSIZEIS", "WmiSizeIs names no item")
    size: object = member.array_size
    if not isinstance(size, int):
        size = integer_of(member.qualifiers, "max")
    if size is None:
        return Misfit("E-WSIZEIS", "an array with neither a size nor WmiSizeIs")
    assert isinstance(size, int)
    return size if size > 0 else Misfit("E-WITEM", f"an array of {size} elements")


def _goes(parameter: CimParameter, direction: Direction) -> bool:
    is_out = has_qualifier(parameter.qualifiers, "out")
    if direction is Direction.OUTPUT:
        return is_out
    return has_qualifier(parameter.qualifiers, "in") or not is_out
