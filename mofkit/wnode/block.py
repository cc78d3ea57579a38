"""The data part of a WNODE by its MOF class: bytes to values and back.

MOF type        Python
boolean         bool
integers        int
string          str, without the NULs at its end, which a fixed field is filled with
datetime        str, its 25 characters as they stand
embedded class  dict, by item
array           list
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from mofkit.binary import BinaryFormatError, BinaryWarning, BuildError
from mofkit.cim import CimClass, Schema
from mofkit.wnode.block_reader import BlockReader
from mofkit.wnode.block_writer import BlockWriter
from mofkit.wnode.layout import Record
from mofkit.wnode.planner import Direction, block_layout, item_layout, method_layout
from mofkit.wnode.trace import Trace

__all__ = [
    "Block",
    "BlockItem",
    "BlockValue",
    "decode_block",
    "decode_item",
    "decode_method",
    "encode_block",
    "encode_item",
    "encode_method",
    "read_block",
]

BlockValue: TypeAlias = "bool | int | str | list[BlockValue] | dict[str, BlockValue]"

_MAX_TAIL_BYTES = 7  # what a driver that writes sizeof(struct) leaves behind the last item


@dataclass(frozen=True, slots=True)
class BlockItem:
    """An item: its value and where it stands, counted as the offset that the reader was given."""

    name: str
    value: BlockValue
    offset_bytes: int
    length_bytes: int


@dataclass(frozen=True, slots=True)
class Block:
    """The items of a data block in the order of their ids; `name` is the class or the method."""

    name: str
    items: tuple[BlockItem, ...]
    warnings: tuple[BinaryWarning, ...] = field(default=(), compare=False)

    @property
    def values(self) -> dict[str, BlockValue]:
        """The values by name, in order."""
        return {item.name: item.value for item in self.items}


def decode_block(schema: Schema, cim_class: CimClass, data: bytes, offset_bytes: int = 0) -> Block:
    r"""Return what the data of an instance say.

    Args:
        schema: has the superclasses and the embedded classes.
        cim_class: the class of the block.
        data: the instance, from its start.
        offset_bytes: where that start is, for places in items, warnings and errors.

    Raises:
        BinaryFormatError: E-WITEM, an item runs past the data, or has a type that no block has;
            E-WSIZEIS, the number of elements cannot be had.
    """
    return read_block(block_layout(schema, cim_class), data, offset_bytes)


def decode_item(
    schema: Schema, cim_class: CimClass, item_id: int, data: bytes, offset_bytes: int = 0
) -> Block:
    """Return the one item with that WmiDataId, as it stands in a WNODE_SINGLE_ITEM.

    Raises:
        BinaryFormatError: as for `decode_block`; or the class has no such item.
    """
    layout = item_layout(schema, cim_class, item_id)
    if layout is None:
        raise BinaryFormatError("E-WITEM", offset_bytes, cim_class.name, _no_item(item_id))
    return read_block(layout, data, offset_bytes)


def decode_method(
    schema: Schema,
    cim_class: CimClass,
    method_id: int,
    data: bytes,
    direction: Direction | str = Direction.INPUT,
    offset_bytes: int = 0,
) -> Block:
    """Return the parameters of the method with that WmiMethodId, as in a WNODE_METHOD_ITEM.

    Raises:
        BinaryFormatError: as for `decode_block`; or the class has no such method.
    """
    layout = method_layout(schema, cim_class, method_id, direction)
    if layout is None:
        raise BinaryFormatError("E-WITEM", offset_bytes, cim_class.name, _no_method(method_id))
    return read_block(layout, data, offset_bytes)


def encode_block(schema: Schema, cim_class: CimClass, values: Mapping[str, BlockValue]) -> bytes:
    """Return the data that `decode_block` reads as these values, which must be all of them.

    A string takes the bytes of its text, also where MaxLen would allow a fixed field; padding is
    zero, and there is none behind the last item.

    Raises:
        BuildError: E-WITEM, a value is missing, unknown or not of its type, or its type is none
            that a block can have; E-WSIZEIS, an array has not as many elements as its item says.
    """
    return BlockWriter(block_layout(schema, cim_class)).write(values)


def encode_item(
    schema: Schema, cim_class: CimClass, item_id: int, values: Mapping[str, BlockValue]
) -> bytes:
    """Return the data of a WNODE_SINGLE_ITEM; `values` has the one item.

    Raises:
        BuildError: as for `encode_block`; or the class has no such item.
    """
    layout = item_layout(schema, cim_class, item_id)
    if layout is None:
        raise BuildError("E-WITEM", cim_class.name, _no_item(item_id))
    return BlockWriter(layout).write(values)


def encode_method(
    schema: Schema,
    cim_class: CimClass,
    method_id: int,
    values: Mapping[str, BlockValue],
    direction: Direction | str = Direction.INPUT,
) -> bytes:
    """Return the data of a WNODE_METHOD_ITEM; `values` has the parameters of that direction.

    Raises:
        BuildError: as for `encode_block`; or the class has no such method.
    """
    layout = method_layout(schema, cim_class, method_id, direction)
    if layout is None:
        raise BuildError("E-WITEM", cim_class.name, _no_method(method_id))
    return BlockWriter(layout).write(values)


def read_block(
    layout: Record,
    data: bytes,
    offset_bytes: int = 0,
    path: str | None = None,
    trace: Trace | None = None,
) -> Block:
    """Return what data say by a layout; `path` is what paths start with, else the layout's name.

    Raises:
        BinaryFormatError: as for `decode_block`.
    """
    path = layout.name if path is None else path
    # What comes behind an empty array stands where C would have it, behind the padding in front of
    # the elements. Only where that does not fit is it looked for without the padding.
    reader = BlockReader(layout, data, offset_bytes, path)
    if reader.error is not None and reader.is_ambiguous:
        unpadded = BlockReader(layout, data, offset_bytes, path, pads_empty=False)
        reader = reader if unpadded.error is not None else unpadded
    if trace is not None:
        trace.seen += reader.seen
    if reader.error is not None:
        raise reader.error
    items = tuple(BlockItem(*found) for found in reader.items)
    n_left = len(data) - reader.end
    if n_left <= _MAX_TAIL_BYTES:
        return Block(layout.name, items)
    message = f"{n_left} bytes are left over behind the last item"
    warning = BinaryWarning("W-WTRAILING", offset_bytes + reader.end, path, message)
    return Block(layout.name, items, (warning,))


def _no_item(item_id: int) -> str:
    return f"no item has WmiDataId {item_id}"


def _no_method(method_id: int) -> str:
    return f"no method has WmiMethodId {method_id}"
