"""A WNODE as plain data, for JSON.

Integers beyond 2^53, which JSON readers may round, are "0x..." texts, and so are times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mofkit.binary.guid_text import guid_text
from mofkit.wnode.block import Block, BlockValue
from mofkit.wnode.enums import flag_names
from mofkit.wnode.model import (
    AllData,
    EventReference,
    InstanceName,
    MethodItem,
    SingleItem,
    StaticIndex,
    TooSmall,
    Wnode,
)

__all__ = ["to_plain", "values_to_plain"]

_LARGEST_EXACT = 1 << 53


def to_plain(wnode: Wnode, blocks: Sequence[Block | None] | None = None) -> dict[str, Any]:
    r"""Return a WNODE as dicts, lists, texts and numbers.

    The header's fields, then what names the instance, then the data: with `blocks`, which
    `decode_blocks` gives, `items` or (ALL_DATA) `instances` by name, None for an instance that
    could not be queried; without, `data` or a list `instance_data` in hex.

    >>> from uuid import UUID
    >>> from mofkit.wnode import StaticIndex, SingleInstance, WnodeFlag, WnodeHeader
    >>> fan = UUID("D510C931-ACEF-40B5-9361-1CEE4DFC3E5E")
    >>> flags = WnodeFlag.SINGLE_INSTANCE | WnodeFlag.STATIC_INSTANCE_NAMES
    >>> plain = to_plain(SingleInstance(WnodeHeader(fan, flags), StaticIndex(1), b"\x2a\0"))
    >>> plain["type"], plain["instance_index"], plain["data"]
    ('SINGLE_INSTANCE', 1, '2a00')
    """
    return _header(wnode) | _body(wnode) | _data(wnode, blocks) | _warnings(wnode, blocks)


def values_to_plain(values: Mapping[str, BlockValue]) -> dict[str, Any]:
    """Return the values of a block as JSON can carry them.

    >>> values_to_plain({"Small": 1, "Large": 0x123456789ABCDEF})
    {'Small': 1, 'Large': '0x0123456789ABCDEF'}
    """
    return {name: _value(value) for name, value in values.items()}


def _header(wnode: Wnode) -> dict[str, Any]:
    header = wnode.header
    return {
        "type": header.type.name,
        "flags": int(header.flags),
        "flag_names": flag_names(header.flags),
        "severity": header.severity,
        "guid": guid_text(header.guid),
        "provider_id": header.provider_id,
        "historical_context": f"0x{header.historical_context:X}",
        "timestamp": f"0x{header.timestamp:X}",
        "client_context": header.client_context,
    }


def _body(wnode: Wnode) -> dict[str, Any]:
    match wnode:
        case AllData():
            return {} if wnode.names is None else {"instance_names": [*wnode.names]}
        case SingleItem():
            return _name(wnode.name) | {"item_id": wnode.item_id}
        case MethodItem():
            return _name(wnode.name) | {"method_id": wnode.method_id}
        case EventReference():
            target = {
                "target_guid": guid_text(wnode.target_guid),
                "target_data_block_size": wnode.target_data_block_size,
            }
            return _name(wnode.name) | target
        case TooSmall():
            return {"size_needed": wnode.size_needed}
        case _:
            return _name(wnode.name)


def _name(name: InstanceName) -> dict[str, Any]:
    if isinstance(name, StaticIndex):
        return {"instance_index": name.index}
    return {"instance_name": name.name}


def _data(wnode: Wnode, blocks: Sequence[Block | None] | None) -> dict[str, Any]:
    match wnode:
        case EventReference() | TooSmall():
            return {}
        case AllData():
            if blocks is None:
                return {"instance_data": [data.hex() for data in wnode.instances]}
            return {"instances": [block and values_to_plain(block.values) for block in blocks]}
        case _:
            if not blocks or blocks[0] is None:
                return {"data": wnode.data.hex()}
            return {"items": values_to_plain(blocks[0].values)}


def _warnings(wnode: Wnode, blocks: Sequence[Block | None] | None) -> dict[str, Any]:
    found = [*wnode.warnings]
    for block in blocks or ():
        found += block.warnings if block else ()
    return {
        "warnings": [
            {
                "code": warning.code,
                "offset": warning.offset_bytes,
                "path": warning.path,
                "message": warning.message,
            }
            for warning in found
        ]
    }


def _value(value: BlockValue) -> Any:
    match value:
        case bool() | str():
            return value
        case int():
            if abs(value) <= _LARGEST_EXACT:
                return value
            return f"{'-' if value < 0 else ''}0x{abs(value):016X}"
        case list():
            return [_value(element) for element in value]
        case dict():
            return values_to_plain(value)
