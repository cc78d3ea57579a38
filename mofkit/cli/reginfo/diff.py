"""`mofkit reginfo diff`: the update that leads from one state to another."""

from __future__ import annotations

import click

from mofkit.cli.reginfo.inputs import arch_option, read_provider
from mofkit.cli.reginfo.report import Report
from mofkit.cli.reginfo.results import write_reply
from mofkit.cli.terminal import write
from mofkit.reginfo import Arch, encode
from mofkit.reginfo.description import to_json, to_toml
from mofkit.reginfo.registration import diff, update_guids


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "-o",
    "--output",
    metavar="UPDATE",
    help="Write the update: .toml, .json and - (stdout, TOML) are descriptions, anything else a "
    "buffer (--arch).",
)
@arch_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "toml"]),
    default="text",
    show_default=True,
    help="Words, or the update as a description.",
)
def command(old: str, new: str, output: str | None, arch: str | None, format_: str) -> None:
    """Make the smallest answer to WMIUPDATE that leads from one state to another.

    OLD and NEW are what a driver answers to WMIREGISTER: descriptions, or buffers with --arch. The
    update has an entry with WMIREG_FLAG_REMOVE_GUID for each block that goes, and a full one for
    each that comes or changes. No update changes the registry path or the MOF resource: where they
    differ, the driver must ask for WMIREG_ACTION_REREGISTER (exit code 1).

    \b
    Examples:
      mofkit reginfo diff v1.toml v2.toml
      mofkit reginfo diff v1.toml v2.toml -o update.bin --arch x64
    """
    before, after = read_provider(old, arch), read_provider(new, arch)
    update = diff(before, after)
    if output:
        write_reply(output, update, arch)
        if output == "-":
            return
    if format_ == "json":
        write(to_json(update, Arch(arch) if arch else None))
    elif format_ == "toml":
        write(to_toml(update, Arch(arch) if arch else None))
    else:
        report = Report()
        n_entries = len(update.infos[0].guids)
        entries = f"{n_entries} entry" if n_entries == 1 else f"{n_entries} entries"
        sizes = ", ".join(f"{len(encode(update, each))} bytes on {each}" for each in _archs(arch))
        report.title(
            f"Answer to WMIUPDATE from {old} to {new}: {entries}, {sizes}"
            if n_entries
            else f"{old} and {new} register the same blocks"
        )
        report.effects(update_guids(before, update).effects, with_basis=False)
        write(report.text())


def _archs(arch: str | None) -> list[Arch]:
    return [Arch(arch)] if arch else [*Arch]
