"""`mofkit reginfo decode`: from a buffer to words, or to a description."""

from __future__ import annotations

import click

from mofkit.cli.reginfo.inputs import decode_file, needed_arch_option, request_option
from mofkit.cli.reginfo.report import Report
from mofkit.cli.terminal import write
from mofkit.reginfo import Arch
from mofkit.reginfo.description import to_json, to_toml


@click.command("decode")
@click.argument("file", metavar="FILE")
@needed_arch_option
@request_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "toml"]),
    default="text",
    show_default=True,
    help="Words, or a description that `build` takes.",
)
def command(file: str, arch: str, request: str | None, format_: str) -> None:
    """Say what a buffer says; FILE - is standard input.

    Any legal layout is read. What is odd is reported and does not change the exit code; a buffer
    that WMI could not take is refused with the place of the fault (exit code 1). To see every byte
    of it, use `mofkit inspect`.

    \b
    Examples:
      mofkit reginfo decode reply.bin --arch x64
      mofkit reginfo decode update.bin --arch x86 --request update --format toml
    """
    reply = decode_file(file, arch, request)
    if format_ == "json":
        write(to_json(reply, Arch(arch)))
    elif format_ == "toml":
        write(to_toml(reply, Arch(arch)))
    else:
        report = Report()
        report.reply(reply, arch)
        write(report.text())
