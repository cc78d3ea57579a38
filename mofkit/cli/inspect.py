"""`mofkit inspect`: what each byte of a buffer is."""

from __future__ import annotations

from collections.abc import Mapping

import click

from mofkit.cli.bmf_input import index_option
from mofkit.cli.buffer_kind import ARCHES, annotated_reginfo, kind_of
from mofkit.cli.inspect_bmf import annotated_bmf, statistics_text
from mofkit.cli.inspect_output import complain, show, write_text
from mofkit.cli.inspect_wnode import WnodeOptions, annotated_wnode, plain_wnode, schema_with
from mofkit.cli.output import protect_inputs, read_bytes


@click.command("inspect")
@click.argument("file")
@click.option(
    "--as",
    "kind",
    type=click.Choice(["bmf", "reginfo", "wnode"]),
    help="What the buffer is: binary MOF, a WMIREGINFO or a WNODE_*. Without it mofkit tells, "
    "where only one can be.",
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
@index_option
@click.option(
    "--tokens",
    "every_token",
    is_flag=True,
    help="Every literal and match of the compressed stream of a binary MOF, not only its blocks.",
)
@click.option(
    "--stats", is_flag=True, help="The numbers of a binary MOF instead: sizes, what it is made of."
)
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
    index: int | None,
    every_token: bool,
    stats: bool,
    format_: str,
    out: str,
) -> int:
    """Explain every byte of FILE (- for standard input).

    Of a binary MOF that is the file, and then the payload that it expands to; FILE may also be
    something that holds one, such as a driver or an ACPI table.

    A malformed buffer is explained as far as it can be; what is wrong with it goes to standard
    error too, and the exit code is then 1. Warnings do not change it.

    \b
    Examples:
      mofkit inspect --arch x64 fan.bin
      mofkit inspect --format html -o fan.html fan.bin
      mofkit inspect --as wnode --mof fan.mof --class Fan fan.wnode
      mofkit inspect fan.bmf
      mofkit inspect --stats fan.bmf
    """
    options: dict[str, Mapping[str, object]] = {
        "bmf": {"--index": index, "--tokens": every_token, "--stats": stats},
        "reginfo": {"--arch": arch, "--request": request},
        "wnode": {"--mof": mof, "--class": class_name, "--output": method_output},
    }
    kind = kind or _told_by(options)
    if kind:
        _refuse_others(kind, options)
    if class_name and not mof:
        raise click.UsageError("--class names a class of the --mof, which is not given")
    if stats and (every_token or format_ == "html"):
        raise click.UsageError("--stats are numbers, as text or JSON, without --tokens")
    protect_inputs([file, *([mof] if mof else [])], [out])
    schema = schema_with(mof, class_name) if mof else None
    of_wnode = WnodeOptions(schema, class_name, method_output)
    data = read_bytes(file)
    kind = kind or kind_of(data)
    more: dict[str, object] = {}
    if kind == "bmf":
        annotation, numbers = annotated_bmf(data, file, index, every_token=every_token, stats=stats)
        if numbers is not None:
            write_text(statistics_text(numbers, format_), out)
            return complain(annotation, file)
    elif kind == "wnode":
        annotation = annotated_wnode(data, of_wnode)
        if schema is not None and format_ == "json":
            more["wnode"] = plain_wnode(annotation, of_wnode)
    else:
        annotation = annotated_reginfo(data, arch, request or "register")
    show(annotation, format_, out, more)
    return complain(annotation, file)


def _told_by(options: Mapping[str, Mapping[str, object]]) -> str | None:
    """Return the kind that the options are made for, if they are for one."""
    meant = [kind for kind, of_kind in options.items() if any(of_kind.values())]
    return meant[0] if len(meant) == 1 else None


def _refuse_others(kind: str, options: Mapping[str, Mapping[str, object]]) -> None:
    for other, of_other in options.items():
        for name, value in of_other.items():
            if value and other != kind:
                raise click.UsageError(f"{name} means nothing for --as {kind}")
