"""WNODE_*: how instances, items, method calls and events travel between WMI and a driver.

`decode` and `encode` go between bytes and values, `decode_block` and `encode_block` do so for the
data of an instance, by its MOF class. What each byte is says `mofkit.wnode.annotate.annotate`.
"""

from mofkit.wnode.block import (
    Block,
    BlockItem,
    BlockValue,
    decode_block,
    decode_item,
    decode_method,
    encode_block,
    encode_item,
    encode_method,
)
from mofkit.wnode.content import class_named, class_of_guid, classes_of_guid, decode_blocks
from mofkit.wnode.decoder import decode, decode_chain, is_chain
from mofkit.wnode.encoder import encode, encode_chain
from mofkit.wnode.enums import SEVERITY_MASK, TYPE_FLAGS, TraceClock, WnodeFlag, flag_names
from mofkit.wnode.model import (
    AllData,
    DynamicName,
    EventReference,
    InstanceName,
    MethodItem,
    SingleInstance,
    SingleItem,
    StaticIndex,
    TooSmall,
    Wnode,
    WnodeHeader,
)
from mofkit.wnode.plain import to_plain, values_to_plain
from mofkit.wnode.planner import Direction

__all__ = [
    "SEVERITY_MASK",
    "TYPE_FLAGS",
    "AllData",
    "Block",
    "BlockItem",
    "BlockValue",
    "Direction",
    "DynamicName",
    "EventReference",
    "InstanceName",
    "MethodItem",
    "SingleInstance",
    "SingleItem",
    "StaticIndex",
    "TooSmall",
    "TraceClock",
    "Wnode",
    "WnodeFlag",
    "WnodeHeader",
    "class_named",
    "class_of_guid",
    "classes_of_guid",
    "decode",
    "decode_block",
    "decode_blocks",
    "decode_chain",
    "decode_item",
    "decode_method",
    "encode",
    "encode_block",
    "encode_chain",
    "encode_item",
    "encode_method",
    "flag_names",
    "is_chain",
    "to_plain",
    "values_to_plain",
]
