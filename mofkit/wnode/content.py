"""The data of a WNODE by its class: which class, which layout, every instance read."""

from __future__ import annotations

from uuid import UUID

from mofkit.binary import BinaryFormatError
from mofkit.binary.guid_text import parse_guid
from mofkit.cim import CimClass, CimString, Schema
from mofkit.wnode.block import Block, read_block
from mofkit.wnode.enums import WnodeFlag
from mofkit.wnode.layout import Record
from mofkit.wnode.model import AllData, EventReference, MethodItem, SingleItem, TooSmall, Wnode
from mofkit.wnode.planner import Direction, block_layout, item_layout, method_layout

__all__ = [
    "class_named",
    "class_of_guid",
    "classes_of_guid",
    "data_layout",
    "data_of",
    "decode_blocks",
]

_FLAGS_AT = 44
_ID_AT = 56  # ItemId and MethodId


def class_named(schema: Schema, name: str) -> CimClass | None:
    """Return the last class of that name, whatever its namespace; None without one."""
    named = [found for found in schema.classes if found.name.lower() == name.lower()]
    return named[-1] if named else None


def class_of_guid(schema: Schema, guid: UUID) -> CimClass | None:
    """Return the last class whose guid qualifier says that it is this block; None without one."""
    found = classes_of_guid(schema, guid)
    return found[-1] if found else None


def classes_of_guid(schema: Schema, guid: UUID) -> list[CimClass]:
    """Return all classes whose guid qualifier says that they are this block, in order."""
    return [found for found in schema.classes if _has_guid(found, guid)]


def _has_guid(cim_class: CimClass, guid: UUID) -> bool:
    for qualifier in cim_class.qualifiers:
        if qualifier.name.lower() == "guid" and isinstance(qualifier.value, CimString):
            try:
                if parse_guid(qualifier.value.value) == guid:
                    return True
            except ValueError:
                continue
    return False


def data_of(wnode: Wnode) -> tuple[bytes, ...]:
    """Return the data of every instance; an event reference and a TOO_SMALL have none."""
    match wnode:
        case AllData():
            return wnode.instances
        case EventReference() | TooSmall():
            return ()
        case _:
            return (wnode.data,)


def decode_blocks(
    wnode: Wnode, schema: Schema, cim_class: CimClass, *, method_output: bool = False
) -> tuple[Block | None, ...]:
    """Return what the data of each instance say; None for one that could not be queried.

    Offsets count from the start of the instance.

    Args:
        wnode: of a SingleItem the one item is read, of a MethodItem the method's parameters.
        schema: has the superclasses and the embedded classes.
        cim_class: the class of the block.
        method_output: whether the data of a MethodItem are what the method returned; the WNODE
            does not tell.

    Raises:
        BinaryFormatError: as for `decode_block`.
    """
    layout = data_layout(wnode, schema, cim_class, method_output=method_output)
    if not isinstance(wnode, AllData):
        return tuple(read_block(layout, data) for data in data_of(wnode))
    return tuple(
        read_block(layout, data, path=f"{layout.name}[{i}]") if data or not layout.items else None
        for i, data in enumerate(wnode.instances)
    )


def data_layout(
    wnode: Wnode,
    schema: Schema,
    cim_class: CimClass,
    *,
    method_output: bool = False,
    start_bytes: int = 0,
) -> Record:
    """Return the layout of a WNODE's data; `start_bytes` is where the WNODE is, for errors.

    Raises:
        BinaryFormatError: E-WITEM, the class has no such item or method, or the data are pointers
            (USE_MOF_PTR).
    """
    if wnode.header.flags & WnodeFlag.USE_MOF_PTR:
        reason = "with WNODE_FLAG_USE_MOF_PTR the data are MOF_FIELD structures, with pointers"
        raise BinaryFormatError("E-WITEM", start_bytes + _FLAGS_AT, "WNODE_HEADER.Flags", reason)
    match wnode:
        case SingleItem():
            found = item_layout(schema, cim_class, wnode.item_id)
            path = "WNODE_SINGLE_ITEM.ItemId"
            reason = f"class {cim_class.name} has no item with WmiDataId {wnode.item_id}"
        case MethodItem():
            direction = Direction.OUTPUT if method_output else Direction.INPUT
            found = method_layout(schema, cim_class, wnode.method_id, direction)
            path = "WNODE_METHOD_ITEM.MethodId"
            reason = f"class {cim_class.name} has no method with WmiMethodId {wnode.method_id}"
        case _:
            return block_layout(schema, cim_class)
    if found is None:
        raise BinaryFormatError("E-WITEM", start_bytes + _ID_AT, path, reason)
    return found
