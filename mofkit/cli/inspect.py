"""`mofkit inspect`: what each byte of a buffer is."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

import click

from mofkit.binary import Annotation
from mofkit.cli.buffer_kind import ARCHES, annotated_reginfo, kind_of
from mofkit.cli.output import read_bytes, write_files
from mofkit.cli.terminal import is_ascii_only, wants_colour, write
from mofkit.errors import MofkitError

if TYPE_CHECKING:
    from mofkit.cim import Schema
    from mofkit.wnode import Wnode

_PIPE_CELLS = 100  # a line's width where there is no terminal to ask
_MAX_PAGE_BYTES = 1 << 20
_MAX_PAGE_FIELDS = 20_000  # a page with more takes browsers seconds


@click.command("inspect")
@click.argument("file")
@click.option(
    "--as",
    "kind",
    type=click.Choice(["reginfo", "wnode"]),
    help="What the buffer is: a WMIREGINFO or a WNODE_*. Without it mofkit tells, where only one "
    "can be.",
)
@click.option(
    "--arch",
    type=click.Choice(ARCHES),
    help="The pointer size of the driver that made a WMIREGINFO (arm64 is x64). Without it mofkit "
    "tells, where only one can be.",
)
@click.option(
    "--request",
    type=click.Choice(["register", "update"]),
    help="Which request a WMIREGINFO answers.  [default: register]",
)
@click.option("--mof", metavar="MOF", help="A MOF file that says what the data of a WNODE is.")
@click.option(
    "--class",
    "class_name",
    metavar="NAME",
    help="The class of the data.  [default: the one that has the WNODE's guid]",
)
@click.option("--output", "method_output", is_flag=True, help="A method's data is its output.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="How to show it; html is one page that needs nothing else.",
)
@click.option("-o", "out", metavar="OUT", default="-", help="Where to write it.")
def command(
    file: str,
    kind: str | None,
    arch: str | None,
    request: str | None,
    mof: str | None,
    class_name: str | None,
    method_output: bool,
    format_: str,
    out: str,
) -> int:
    """Explain every byte of FILE (- for standard input).

    A malformed buffer is explained as far as it can be; what is wrong with it goes to standard
    error too, and the exit code is then 1. Warnings do not change it.

    \b
    Examples:
      mofkit inspect --arch x64 fan.bin
      mofkit inspect --format html -o fan.html fan.bin
      mofkit inspect --as wnode --mof fan.mof --class Fan fan.wnode
    """
    of_reginfo = {"--arch": arch, "--request": request}
    of_wnode = {"--mof": mof, "--class": class_name, "--output": method_output}
    kind = kind or _told_by_options(of_reginfo, of_wnode)
    if kind:
        _refuse_options(kind, of_reginfo if kind == "wnode" else of_wnode)
    if class_name and not mof:
        raise click.UsageError("--class names a class of the --mof, which is not given")
    schema = _schema_with(mof, class_name) if mof else None
    data = read_bytes(file)
    if format_ == "html" and len(data) > _MAX_PAGE_BYTES:
        raise _too_large_for_a_page(f"{len(data):,} bytes")
    kind = kind or kind_of(data)
    more: dict[str, object] = {}
    if kind == "wnode":
        from mofkit.wnode.annotate import annotate as annotate_wnode

        annotation = annotate_wnode(
            data, schema=schema, class_name=class_name, method_output=method_output
        )
        if schema is not None and class_name is None:
            _tell_rivals(annotation, schema)
        if schema is not None and format_ == "json":
            more["wnode"] = _plain(annotation, schema, class_name, method_output=method_output)
    else:
        annotation = annotated_reginfo(data, arch, request or "register")
    if format_ == "html" and len(annotation.fields) > _MAX_PAGE_FIELDS:
        raise _too_large_for_a_page(f"{len(annotation.fields):,} fields")
    _show(annotation, format_, out, more)
    if annotation.error is not None:
        click.echo(f"mofkit: {_named(file)}: {annotation.error}", err=True)
    return int(annotation.error is not None)


# ----------------------------------------------------------------------------- what a buffer is


def _told_by_options(
    of_reginfo: Mapping[str, object], of_wnode: Mapping[str, object]
) -> str | None:
    """Return the kind that the options are made for, if they are for one."""
    reginfo, wnode = any(of_reginfo.values()), any(of_wnode.values())
    if reginfo == wnode:
        return None
    return "reginfo" if reginfo else "wnode"


def _refuse_options(kind: str, options: Mapping[str, object]) -> None:
    for name, value in options.items():
        if value:
            raise click.UsageError(f"{name} means nothing for --as {kind}")


# ------------------------------------------------------------------------ the class of its data


def _schema_with(mof: str, class_name: str | None) -> Schema:
    """Return what a MOF file declares.

    Raises:
        click.BadParameter: the class is not there.
    """
    from mofkit.cli.files import read_source
    from mofkit.cli.includes import FileLoader, folder_of
    from mofkit.compiler import bind
    from mofkit.syntax import parse

    schema = bind([parse(read_source(mof))], loader=FileLoader((), [folder_of(mof)])).schema
    names = [found.name for found in schema.classes]
    if class_name and class_name.lower() not in map(str.lower, names):
        raise click.BadParameter(
            f"{_named(mof)} has no class {class_name}{_suggestion(class_name, names)}",
            param_hint="'--class'",
        )
    return schema


def _tell_rivals(annotation: Annotation, schema: Schema) -> None:
    """Say so where several classes have the guid of a WNODE, and which of them is taken."""
    from mofkit.wnode import classes_of_guid

    guids = {field.value for field in annotation.fields if field.path.endswith("WnodeHeader.Guid")}
    for guid in sorted(guids):
        names = [found.name for found in classes_of_guid(schema, UUID(guid))]
        if len(names) > 1:
            click.echo(
                f"mofkit: note: {', '.join(names)} have the guid {guid}; {names[-1]} is taken, "
                "--class takes another",
                err=True,
            )


def _plain(
    annotation: Annotation, schema: Schema, class_name: str | None, *, method_output: bool
) -> object:
    """Return what the WNODE says as plain data, a chain as a list; None if not all is explained."""
    from mofkit.wnode import decode, decode_chain, is_chain

    if annotation.error is not None or annotation.left_out:
        return None
    data = annotation.data
    wnodes = decode_chain(data) if is_chain(data) else (decode(data),)
    plain = [
        _plain_wnode(wnode, schema, class_name, method_output=method_output) for wnode in wnodes
    ]
    return plain if is_chain(data) else plain[0]


def _plain_wnode(
    wnode: Wnode, schema: Schema, class_name: str | None, *, method_output: bool
) -> dict[str, object]:
    from mofkit.wnode import class_named, class_of_guid, decode_blocks, to_plain

    found = (
        class_named(schema, class_name) if class_name else class_of_guid(schema, wnode.header.guid)
    )
    if found is None:
        return to_plain(wnode)
    return to_plain(wnode, decode_blocks(wnode, schema, found, method_output=method_output))


def _suggestion(name: str, names: list[str]) -> str:
    from mofkit.diagnostics.suggestions import nearest

    if near := nearest(name, names):
        return f"; did you mean {near}?"
    return f"; it has {', '.join(names)}" if 0 < len(names) <= 10 else ""


# -------------------------------------------------------------------------------- how it is told


def _too_large_for_a_page(what: str) -> MofkitError:
    return MofkitError(
        f"{what} are too much for a page, which shows {_MAX_PAGE_BYTES:,} bytes and "
        f"{_MAX_PAGE_FIELDS:,} fields at most: use --format text"
    )


def _show(annotation: Annotation, format_: str, out: str, more: Mapping[str, object]) -> None:
    if out == "-":
        write(_rendered(annotation, format_, more, to_terminal=True))
    else:
        write_files({out: _rendered(annotation, format_, more, to_terminal=False).encode()})


def _rendered(
    annotation: Annotation, format_: str, more: Mapping[str, object], *, to_terminal: bool
) -> str:
    if format_ == "json":
        from mofkit.binary.dump import json_

        return json_.render(annotation, more)
    if format_ == "html":
        from mofkit.binary.dump import html

        return html.render(annotation)
    from mofkit.binary.dump import text

    return text.render(
        annotation,
        color=to_terminal and wants_colour(sys.stdout),
        ascii_only=to_terminal and is_ascii_only(sys.stdout),
        width_cells=_width_cells() if to_terminal else _PIPE_CELLS,
    )


def _width_cells() -> int:
    from shutil import get_terminal_size

    return get_terminal_size((_PIPE_CELLS, 0)).columns if sys.stdout.isatty() else _PIPE_CELLS


def _named(path: str) -> str:
    return "<stdin>" if path == "-" else path
