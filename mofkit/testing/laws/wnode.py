"""Laws of WNODEs and of the data in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mofkit.binary import BinaryFormatError
from mofkit.testing.codes import wnode_codes
from mofkit.testing.laws.law import BOTH_WAYS, HOSTILE, PROMISE, Kind, Law, from_
from mofkit.testing.laws.places import annotation_fault, place_fault
from mofkit.testing.mutations import wnode_mutations
from mofkit.wnode import (
    Wnode,
    decode,
    decode_block,
    decode_chain,
    encode,
    encode_block,
    encode_chain,
    to_plain,
)
from mofkit.wnode.annotate import annotate

if TYPE_CHECKING:
    from mofkit.testing.strategies import BlockData

__all__ = ["BLOCK", "WNODE"]


def _chain_comes_back(wnodes: list[Wnode]) -> str:
    read = decode_chain(encode_chain(wnodes))
    return "" if read == tuple(wnodes) else f"it is read as {read}"


def _is_read_or_refused(data: bytes) -> str:
    try:
        chain = decode_chain(data)
    except BinaryFormatError as error:
        return place_fault(error, data)
    return "" if decode_chain(encode_chain(chain)) == chain else "written, it is another chain"


def _is_explained(data: bytes) -> str:
    found = annotate(data)
    if fault := annotation_fault(found):
        return fault
    try:
        decode(data)
    except BinaryFormatError as error:
        is_same = found.error is not None and found.error.code == error.code
        return "" if is_same else f"inspect says {found.error}, the decoder {error}"
    return ""


def _block_comes_back(block: BlockData) -> str:
    data = encode_block(block.schema, block.cim_class, block.values)
    values = decode_block(block.schema, block.cim_class, data).values
    return "" if values == block.values else f"it is read as {values}"


WNODE: Final = Kind(
    from_("wnode_chains"),
    (Law("a chain comes back", BOTH_WAYS, _chain_comes_back),),
    (
        Law("a WNODE is read or refused", HOSTILE, _is_read_or_refused),
        Law("inspect finds what the decoder finds", PROMISE, _is_explained),
    ),
    lambda wnodes: encode(wnodes[0]),
    lambda wnodes: wnode_mutations(encode(wnodes[0])),
    lambda _wnodes, data: wnode_codes(data),
    means=lambda wnodes: to_plain(wnodes[0]),
)
BLOCK: Final = Kind(
    from_("driver_blocks"),
    (Law("values come back", BOTH_WAYS, _block_comes_back),),
    to_bytes=lambda block: encode_block(block.schema, block.cim_class, block.values),
)
