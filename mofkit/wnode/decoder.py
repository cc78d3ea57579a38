"""From bytes to a WNODE; any legal layout is read.

Gaps, any order of names and data, any multiple of 8 for data: all of that is legal. Where a length
is 0 its offset means nothing, as KMDF leaves it for an instance that it could not query.
"""

from __future__ import annotations

from dataclasses import replace

from mofkit.wnode.enums import WnodeFlag
from mofkit.wnode.model import AllData, Wnode
from mofkit.wnode.reader import Allowance, WnodeReader
from mofkit.wnode.structs import HEADER, HEADER_BYTES

__all__ = ["decode", "decode_chain", "is_chain"]


def decode(data: bytes) -> Wnode:
    """Return the WNODE at the start of `data`, with what is odd about it as `warnings`.

    Bytes behind its BufferSize are not looked at; `decode_chain` follows Linkage.

    Raises:
        BinaryFormatError: the first fault, with its E- code.
    """
    reader = WnodeReader(data)
    wnode = reader.wnode()
    if isinstance(wnode, AllData):
        reader.check_linkage()
    return replace(wnode, warnings=reader.warnings)


def decode_chain(data: bytes) -> tuple[Wnode, ...]:
    """Return the WNODEs that Linkage connects, as IoWMIQueryAllDataMultiple gives them, in order.

    Linkage belongs to the chain, so it is 0 in the headers of the result. A Linkage that leads out
    of `data`, or into its own WNODE, ends the chain with the warning W-WLINK. Offsets in warnings
    and errors count from the start of `data`.

    Raises:
        BinaryFormatError: the first fault, with its E- code.
    """
    found: list[Wnode] = []
    allowance = Allowance(len(data))
    start: int | None = 0
    while start is not None:
        reader = WnodeReader(data, start, f"[{len(found)}]", allowance=allowance)
        wnode = reader.wnode()
        start = reader.check_linkage()
        version = wnode.header.historical_context & 0xFFFFFFFF
        header = replace(wnode.header, historical_context=version)
        found.append(replace(wnode, header=header, warnings=reader.warnings))
    return tuple(found)


def is_chain(data: bytes) -> bool:
    """Say whether Linkage leads from the first WNODE, a WNODE_ALL_DATA, to another.

    >>> is_chain(b"")
    False
    """
    if len(data) < HEADER_BYTES:
        return False
    size, _, context, *_, flags = HEADER.struct.unpack_from(data)
    linkage = context >> 32
    return bool(flags & WnodeFlag.ALL_DATA) and linkage >= size and 0 < linkage < len(data)
