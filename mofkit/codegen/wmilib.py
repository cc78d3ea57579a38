"""What WMILIB can register, and what its callback then has to say.

DpWmiQueryReginfo sets one name kind in RegFlags, which WMILIB ORs into the flags of every block:
INSTANCE_PDO, or INSTANCE_BASENAME with the one string of InstanceName (the callback's page in the
DDI reference). Lists and dynamic names, and a second WMIREGINFO, it cannot say.
"""

from __future__ import annotations

from dataclasses import dataclass

from mofkit.codegen.errors import CodegenError
from mofkit.codegen.reginfo_tables import Text, text
from mofkit.reginfo import BaseName, PdoNames, RegGuid, RegInfoReply

__all__ = ["WmilibNames", "wmilib_names"]


@dataclass(frozen=True, slots=True)
class WmilibNames:
    """How all blocks are named: after the PDO where there is no base name."""

    base: Text | None


def wmilib_names(reply: RegInfoReply) -> WmilibNames:
    """Return how WMILIB is to name the instances.

    An entry that removes its block has no names, so it may say anything about them.

    Raises:
        CodegenError: WMILIB cannot register these blocks.
    """
    if len(reply.infos) > 1:
        raise CodegenError("WMIREGINFO[1]", "WMILIB writes one WMIREGINFO, not a chain")
    entries = reply.infos[0].guids
    if not entries:
        raise CodegenError("WMIREGINFO[0].GuidCount", "is 0; WMILIB needs a GuidList")
    first: tuple[int, RegGuid] | None = None
    for index, entry in enumerate(entries):
        if entry.removes:
            continue
        _check_kind(entry, index)
        first = first or (index, entry)
        _check_agreement(first, entry, index)
    if first is not None and isinstance(first[1].names, BaseName):
        return WmilibNames(text(first[1].names.base or ""))
    return WmilibNames(None)


def _check_kind(entry: RegGuid, index: int) -> None:
    if not isinstance(entry.names, BaseName | PdoNames):
        kind = "a list of names" if entry.name_kind else "dynamic names"
        raise CodegenError(
            _path(index),
            f"has {kind}; WMILIB names all instances after the PDO or one base name",
        )


def _check_agreement(first: tuple[int, RegGuid], entry: RegGuid, index: int) -> None:
    index_of_first, model = first
    if model.name_kind != entry.name_kind:
        raise CodegenError(
            _path(index),
            f"and entry {index_of_first} differ in whether the PDO or a base name gives the names;"
            " WMILIB has one kind for all",
        )
    if isinstance(entry.names, BaseName) and model.names != entry.names:
        raise CodegenError(
            _path(index),
            f"and entry {index_of_first} have different base names; WMILIB has one for all",
        )


def _path(index: int) -> str:
    return f"WMIREGINFO[0].WmiRegGuid[{index}]"
