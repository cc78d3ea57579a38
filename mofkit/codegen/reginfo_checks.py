"""What a description can say and generated code cannot.

The code writes the bytes that `mofkit.reginfo.encode` writes, with the driver's PDO in place of the
placeholder. Where it could not, it is refused rather than written a little differently.
"""

from __future__ import annotations

from mofkit.codegen.errors import CodegenError
from mofkit.reginfo import PdoNames, RegGuid, RegInfoReply, Request

__all__ = ["check_carried_out"]


def check_carried_out(reply: RegInfoReply) -> None:
    """Check that code can answer with the bytes of a reply.

    Raises:
        CodegenError: entries name different PDOs, while the code is given one; an entry that
            removes its block names a PDO, which the code leaves out; an update has a RegistryPath
            or MofResourceName, which belong to WMIREGISTER (the page of WMIREGINFOW).
    """
    if reply.request is Request.UPDATE:
        _check_update(reply)
    named: tuple[str, int] | None = None  # the first entry that names a PDO, and the pointer
    for path, entry in _entries(reply):
        if not isinstance(entry.names, PdoNames):
            continue
        pdo = entry.names.pdo
        if entry.removes:
            _check_removed(path, entry, pdo)
            continue
        named = named or (path, pdo)
        _check_same(named, path, pdo)


def _entries(reply: RegInfoReply) -> list[tuple[str, RegGuid]]:
    return [
        (f"WMIREGINFO[{info_idx}].WmiRegGuid[{guid_idx}]", entry)
        for info_idx, info in enumerate(reply.infos)
        for guid_idx, entry in enumerate(info.guids)
    ]


def _check_update(reply: RegInfoReply) -> None:
    for index, info in enumerate(reply.infos):
        fields = {"RegistryPath": info.registry_path, "MofResourceName": info.mof_resource}
        for field, string in fields.items():
            if string is not None:
                raise CodegenError(
                    f"WMIREGINFO[{index}].{field}",
                    "is set in an answer to WMIUPDATE; the code sets it for WMIREGISTER only",
                )


def _check_removed(path: str, entry: RegGuid, pdo: int) -> None:
    if pdo:
        raise CodegenError(
            f"{path}.Pdo",
            f"is {pdo:#x}, but block {entry.guid} is removed; the code names no PDO there",
        )


def _check_same(first: tuple[str, int], path: str, pdo: int) -> None:
    first_path, first_pdo = first
    if pdo != first_pdo:
        raise CodegenError(
            f"{path}.Pdo",
            f"is {pdo:#x}, that of {first_path} is {first_pdo:#x};"
            " the code is given one PDO for all blocks",
        )
