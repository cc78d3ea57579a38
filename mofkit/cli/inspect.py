"""`mofkit inspect`: what each byte of a buffer is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from mofkit.binary import Annotation, BinaryFormatError
from mofkit.cli.output import read_bytes, write_files
from mofkit.cli.terminal import is_ascii_only, wants_colour, write

if TYPE_CHECKING:
    from mofkit.cim import Schema

_PIPE_CELLS = 100  # a line's width where there is no terminal to ask
_ARCHES = ("x64", "x86")


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
    type=click.Choice(_ARCHES),
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
    kind = kind or _kind_of(data)
    if kind == "wnode":
        from mofkit.wnode.annotate import annotate as annotate_wnode

        annotation = annotate_wnode(
            data, schema=schema, class_name=class_name, method_output=method_output
        )
    else:
        annotation = _annotated_reginfo(data, arch, request or "register")
    _show(annotation, format_, out)
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


def _kind_of(data: bytes) -> str:
    """Return the one kind of which the buffer is a sound one.

    Raises:
        click.UsageError: it could be either, or is neither.
    """
    from mofkit.wnode import decode as decode_wnode

    faults = {f"reginfo, {arch}": _reginfo_fault(data, arch) for arch in _ARCHES}
    faults["wnode"] = _fault(decode_wnode, data)
    kinds = {name.split(",")[0] for name, fault in faults.items() if fault is None}
    if len(kinds) == 1:
        return kinds.pop()
    raise click.UsageError(
        "this can be a WMIREGINFO and a WNODE: say --as reginfo or --as wnode"
        if kinds
        else f"this is no sound buffer of any kind: say --as reginfo or --as wnode{_told(faults)}"
    )


def _annotated_reginfo(data: bytes, arch: str | None, request: str) -> Annotation:
    from mofkit.reginfo import Arch, Request
    from mofkit.reginfo.annotate import annotate

    return annotate(data, Arch(arch or _arch_of(data)), Request(request))


def _arch_of(data: bytes) -> str:
    """Return the one architecture for which the buffer is sound; the buffer does not name it.

    Raises:
        click.UsageError: it could be either, or is neither.
    """
    from mofkit.reginfo.decoder import TOO_SMALL_BYTES

    if len(data) == TOO_SMALL_BYTES:  # the same for both
        return _ARCHES[0]
    faults = {arch: _reginfo_fault(data, arch) for arch in _ARCHES}
    sound = [arch for arch, fault in faults.items() if fault is None]
    if len(sound) == 1:
        return sound[0]
    raise click.UsageError(
        "this can be an x64 and an x86 buffer: say --arch x64 or --arch x86"
        if sound
        else f"this is malformed for both architectures: say --arch x64 or x86{_told(faults)}"
    )


def _reginfo_fault(data: bytes, arch: str) -> BinaryFormatError | None:
    from mofkit.reginfo import decode

    return _fault(lambda data: decode(data, arch), data)


def _fault(decode: Callable[[bytes], object], data: bytes) -> BinaryFormatError | None:
    try:
        decode(data)
    except BinaryFormatError as error:
        return error
    return None


def _told(faults: Mapping[str, BinaryFormatError | None]) -> str:
    return "".join(f"\n  {name}: {fault}" for name, fault in faults.items())


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


def _suggestion(name: str, names: list[str]) -> str:
    from mofkit.compiler.suggestions import nearest

    if near := nearest(name, names):
        return f"; did you mean {near}?"
    return f"; it has {', '.join(names)}" if 0 < len(names) <= 10 else ""


# -------------------------------------------------------------------------------- how it is told


def _show(annotation: Annotation, format_: str, out: str) -> None:
    if out == "-":
        write(_rendered(annotation, format_, to_terminal=True))
    else:
        write_files({out: _rendered(annotation, format_, to_terminal=False).encode()})


def _rendered(annotation: Annotation, format_: str, *, to_terminal: bool) -> str:
    if format_ == "json":
        from mofkit.binary.dump import json_

        return json_.render(annotation)
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
