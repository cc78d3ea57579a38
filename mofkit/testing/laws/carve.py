"""Laws of finding binary MOF in anything: images, ACPI tables, dumps, bytes written as text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mofkit.binary import BinaryFormatError
from mofkit.bmf.carve import FoundBmf, find
from mofkit.bmf.container import read_container
from mofkit.bmf.findings import Findings
from mofkit.testing.laws.law import PROMISE, Kind, Law, from_
from mofkit.testing.laws.places import place_fault

if TYPE_CHECKING:
    from mofkit.testing.strategies import BmfHolder

__all__ = ["CARVE"]


def _is_found(holder: BmfHolder) -> str:
    found = find(holder.data)
    is_same = [(one.data, one.error) for one in found] == [(holder.bmf, None)]
    return "" if is_same else f"found is {[*map(str, found)]}"


def _is_where_it_is_said(data: bytes) -> str:
    found = find(data)
    for before, after in pairwise(found):
        if before.offset_bytes > after.offset_bytes:
            return f"{after} comes behind {before}"
    return next(filter(None, (_fault(one, data) for one in found)), "")


def _fault(found: FoundBmf, data: bytes) -> str:
    end = found.offset_bytes + found.length_bytes
    if not 0 <= found.offset_bytes <= end <= len(data):
        return f"outside of the data: {found}"
    if found.container != "hex text" and data[found.offset_bytes : end] != found.data:
        return f"something else is there: {found}"
    if found.error is not None:
        return place_fault(found.error, data)
    try:
        read_container(found.data, Findings(is_strict=False))
    except BinaryFormatError as error:
        return f"said to be sound, but {error}"
    return ""


CARVE: Final = Kind(
    from_("bmf_holders"),
    (Law("what is in something is found", PROMISE, _is_found),),
    (Law("what is found is where it is said to be", PROMISE, _is_where_it_is_said),),
    lambda holder: holder.data,
)
