"""From a driver's MOF to a description of what it registers.

The MOF says which blocks there are and which are events. It does not say how instances are named,
nor which blocks are expensive: WmiExpense estimates the CPU cycles of a query, whereas
WMIREG_FLAG_EXPENSIVE asks for requests to enable and disable collection (Windows driver
documentation, "WMI class qualifiers"). So both are options.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from mofkit.cim import Schema
from mofkit.reginfo.blocks import Block, find_blocks
from mofkit.reginfo.enums import RegFlag
from mofkit.reginfo.model import RegGuid, RegInfo, RegInfoReply

__all__ = ["FromSchemaOptions", "from_schema"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FromSchemaOptions:
    """What the MOF does not say.

    Attributes:
        names: how the instances of every block are named.
        base: for `basename`, the string that WMI puts a number behind.
        count: for `basename` and `pdo`, how many instances there are.
        list: for `list`, the names.
        pdo: for `pdo`, the pointer; only the running driver knows it, so any value is a stand-in.
        registry_path: the driver's service key; None for none.
        mof_resource: the resource of the image with the binary MOF; None for none.
        expensive: names of classes whose collection is costly.
        expense_threshold: from which WmiExpense on a data block's collection is, too; None: never.
    """

    names: Literal["pdo", "basename", "list", "dynamic"] = "pdo"
    base: str = ""
    count: int = 1
    list: tuple[str, ...] = ()
    pdo: int = 0
    registry_path: str | None = None
    mof_resource: str | None = None
    expensive: Collection[str] = ()
    expense_threshold: int | None = None


_DEFAULTS = FromSchemaOptions()


def from_schema(schema: Schema, options: FromSchemaOptions = _DEFAULTS) -> RegInfoReply:
    """Return the registration of every class that is a block, in file order.

    Events get WMIREG_FLAG_EVENT_ONLY_GUID. Which classes are left out, and why, is said by
    `mofkit.reginfo.blocks.find_blocks`.

    Raises:
        ValueError: `expensive` names a class that is no block.
    """
    blocks = find_blocks(schema).blocks
    expensive = {name.lower() for name in options.expensive}
    unknown = expensive - {block.cim_class.name.lower() for block in blocks}
    if unknown:
        named = next(name for name in options.expensive if name.lower() in unknown)
        raise ValueError(f"{named} is no class that is registered")
    guids = [_entry(block.guid, _flags(block, options, expensive), options) for block in blocks]
    return RegInfoReply((RegInfo(options.registry_path, options.mof_resource, tuple(guids)),))


def _flags(block: Block, options: FromSchemaOptions, expensive: set[str]) -> RegFlag:
    flags = RegFlag.EVENT_ONLY_GUID if block.is_event else RegFlag(0)
    threshold = options.expense_threshold
    costs = threshold is not None and 0 < block.expense >= threshold and not block.is_event
    if costs or block.cim_class.name.lower() in expensive:
        flags |= RegFlag.EXPENSIVE
    return flags


def _entry(guid: UUID, flags: RegFlag, options: FromSchemaOptions) -> RegGuid:
    match options.names:
        case "pdo":
            return RegGuid.with_pdo(guid, options.pdo, options.count, flags)
        case "basename":
            return RegGuid.with_base_name(guid, options.base, options.count, flags)
        case "list":
            return RegGuid.with_name_list(guid, options.list, flags)
        case "dynamic":
            return RegGuid.with_dynamic_names(guid, flags)
