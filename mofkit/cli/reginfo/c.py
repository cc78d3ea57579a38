"""`mofkit reginfo c`: C that registers what a description describes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from mofkit.cli.files import STDIN
from mofkit.cli.output import write_files
from mofkit.cli.reginfo.inputs import arch_option, read_reply, reply_only, request_option

if TYPE_CHECKING:
    from mofkit.codegen import Style

_DEFAULT_NAME = "Driver"


@click.command("c")
@click.argument("desc")
@click.option(
    "-o",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False),
    help="The folder for NAME_reginfo.h and NAME_reginfo.c. It is made where there is none.",
)
@click.option(
    "--style",
    type=click.Choice(["irp", "wmilib"]),
    default="irp",
    show_default=True,
    help="Who writes the buffer: the driver itself, or WMILIB, which asks the driver.",
)
@click.option("--name", help="What names in the code begin with.  [default: from DESC]")
@click.option(
    "--mof",
    metavar="FILE",
    help="The driver's MOF: blocks are called after its classes (Fenwick_FanGuid).",
)
@click.option(
    "--allow-remove",
    is_flag=True,
    help="Accept WMIREG_FLAG_REMOVE_GUID in answer to WMIREGISTER.",
)
@arch_option
@request_option
def command(
    desc: str,
    folder: str,
    style: Style,
    name: str | None,
    mof: str | None,
    allow_remove: bool,
    arch: str | None,
    request: str | None,
) -> None:
    """Write C and C++ source that answers IRP_MN_REGINFO and IRP_MN_REGINFO_EX as DESC says.

    One source serves x86 and x64. PDO pointers in DESC are placeholders, all the same: the driver
    passes its own. An update has no registry path and no MOF resource. WMILIB can register one
    WMIREGINFO whose blocks are all named after the PDO, or all after one base name; irp does
    everything.

    \b
    Examples:
      mofkit reginfo c fan.toml -o src
      mofkit reginfo c fan.toml -o src --name Fenwick --mof fan.mof
      mofkit reginfo c fan.toml -o src --style wmilib
      mofkit reginfo c update.toml -o src --name FenwickUpdate
    """
    from mofkit.codegen import generate_reginfo

    if arch is None and _is_description(desc):
        arch = "x64"  # the source serves both, and the value of a PDO pointer does not matter
    reply = reply_only(read_reply(desc, arch=arch, request=request), desc)
    try:
        files = generate_reginfo(
            reply,
            name=name if name is not None else _name_of(desc),
            style=style,
            guid_names=_class_names(mof) if mof is not None else None,
            allow_remove_on_register=allow_remove,
        )
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--name") from None
    _write_into(Path(folder), files)


def _write_into(folder: Path, files: Mapping[str, str]) -> None:
    """Write each file, by its name, into a folder that need not be there; all or nothing."""
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_files({str(folder / name): text.encode() for name, text in files.items()})
    except BaseException:
        for path in new:
            with suppress(OSError):  # it was not reached, or somebody else uses it by now
                path.rmdir()
        raise


def _is_description(desc: str) -> bool:
    return desc == STDIN or desc.lower().endswith((".toml", ".json"))


def _name_of(desc: str) -> str:
    from mofkit.codegen import identifier

    return identifier("" if desc == STDIN else Path(desc).stem) or _DEFAULT_NAME


def _class_names(path: str) -> dict[UUID, str]:
    """Return guid → class, of the first class that has it."""
    from mofkit.binary.guid_text import parse_guid
    from mofkit.cim import CimString
    from mofkit.cli.files import read_source
    from mofkit.cli.includes import FileLoader, folder_of
    from mofkit.compiler import bind
    from mofkit.syntax import parse

    bound = bind([parse(read_source(path))], loader=FileLoader((), [folder_of(path)]))
    names: dict[UUID, str] = {}
    for cim_class in bound.schema.classes:
        for qualifier in cim_class.qualifiers:
            if qualifier.name.lower() == "guid" and isinstance(qualifier.value, CimString):
                try:
                    names.setdefault(parse_guid(qualifier.value.value), cim_class.name)
                except ValueError:
                    continue  # `mofkit check` is for this
    return names
