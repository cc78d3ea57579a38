r"""C that answers IRP_MN_REGINFO and IRP_MN_REGINFO_EX as a description says.

Two styles, for the two ways in which a driver can answer (`reginfo` has the facts):

    irp       the driver writes the WMIREGINFO itself; any description will do
    wmilib    WMILIB writes it, and asks the driver's DpWmiQueryReginfo; one WMIREGINFO whose blocks
              are all named after the PDO, or all after one base name

The sources are C and C++, for x86 and x64 alike: offsets come from `wmistr.h`'s structures.

What the style irp writes for the request of the description is what `encode` writes, with the
driver's PDO; a description for which that cannot be is refused (`reginfo_checks`). Code for
WMIREGISTER answers WMIUPDATE too: with all blocks, and without RegistryPath and MofResourceName.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args
from uuid import UUID

from mofkit.codegen.c_text import comment, guid_initializer, macro_prefix
from mofkit.codegen.reginfo_checks import check_carried_out
from mofkit.codegen.reginfo_tables import Info, tables
from mofkit.codegen.template import render
from mofkit.codegen.wmilib import wmilib_names
from mofkit.reginfo import Arch, RegInfoReply, encode

__all__ = ["STYLES", "Style", "generate_reginfo"]

Style: TypeAlias = Literal["irp", "wmilib"]

STYLES: tuple[Style, ...] = get_args(Style)

_NAME = re.compile("[A-Za-z][A-Za-z0-9_]{0,119}")


def generate_reginfo(
    reply: RegInfoReply,
    *,
    name: str,
    style: Style,
    guid_names: Mapping[UUID, str] | None = None,
    allow_remove_on_register: bool = False,
) -> dict[str, str]:
    """Return a header and a source file that register the blocks: file name → text, in ASCII.

    Args:
        reply: the description. Its PDO pointers are placeholders, all the same: the driver passes
            its own. An update has no RegistryPath and no MofResourceName.
        name: what the names in the code begin with, a C identifier that begins with a letter.
        style: who writes the buffer: the driver (`irp`) or WMILIB.
        guid_names: the names of blocks, such as their MOF classes; the others are numbered.
        allow_remove_on_register: as for `mofkit.reginfo.encode`.

    Raises:
        BuildError: the description cannot be written as a buffer either.
        CodegenError: it cannot be done in that style, or in none.
        ValueError: the name is no identifier.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no C identifier of at most 120 characters")
    encode(reply, Arch.X64, allow_remove_on_register=allow_remove_on_register)  # complains
    check_carried_out(reply)
    values: dict[str, object] = {
        "name": name,
        "prefix": macro_prefix(name),
        "header": f"{name}_reginfo.h",
        "data_path": reply.request.data_path,
    }
    if style == "wmilib":
        values["wmilib"] = wmilib_names(reply)
    infos = tables(reply, name, guid_names or {})
    values["guids"] = _guids(infos)
    values["infos"] = infos
    values["n_pdo_entries"] = sum(block.carries_pdo for info in infos for block in info.blocks)
    return {
        f"{name}_reginfo.h": render(f"{style}.h.j2", values, {"comment": comment}),
        f"{name}_reginfo.c": render(f"{style}.c.j2", values, {"comment": comment}),
    }


def _guids(infos: list[Info]) -> dict[str, str]:
    """Return identifier → initializer, each GUID once."""
    return {
        block.guid_name: guid_initializer(block.guid) for info in infos for block in info.blocks
    }
