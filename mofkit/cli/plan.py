"""`mofkit plan`: what the update of a provider will do, before it happens."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mofkit.cli import options
from mofkit.cli.plan_output import (
    FORMATS,
    SHELLS,
    check_scripts,
    read_binaries,
    scripts,
    show_plan,
)
from mofkit.cli.terminal import write
from mofkit.errors import MofkitError

if TYPE_CHECKING:
    from mofkit.cim import Schema

__all__ = ["command"]


@click.command("plan")
@click.argument("old", metavar="OLD.mof")
@click.argument("new", metavar="NEW.mof")
@click.option(
    "--provider",
    metavar="NAME",
    help="Which provider, where the files register several that change.",
)
@options.include_folders
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="The plan, or the script that carries it out.",
)
@click.option(
    "--dll",
    "dll",
    metavar="OLD=NEW",
    help="What the binaries (.dll or .exe) are called, for scripts. OLD is as installed, with its "
    "folder; without, the scripts ask for it. NEW is where the scripts find the new one.",
)
@click.option(
    "-o",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="Write the scripts update and rollback into this folder: both kinds, or with --format cmd "
    "or ps1 that one.",
)
def command(
    old: str,
    new: str,
    provider: str | None,
    include_folders: tuple[str, ...],
    format_: str,
    dll: str | None,
    folder: str | None,
) -> int:
    """Say what updating a provider will do: from the registration OLD.mof to NEW.mof.

    Compiles both, one after the other, into a repository in memory: which provider is overwritten,
    what depends on it, what stays behind, at which step the new one takes over, and how to go back.
    Nothing outside is touched. Where NEW.mof is no update (it keeps the CLSID, renames the
    provider, or puts it elsewhere) the exit code is 1, and there are no scripts.

    \b
    Examples:
      mofkit plan pump1.mof pump2.mof
      mofkit plan pump1.mof pump2.mof --format md > update.md
      mofkit plan pump1.mof pump2.mof --dll "C:\\Fenwick\\pump.dll=pump2.dll" -o .
      mofkit plan pump1.mof pump2.mof --dll pump.dll=pump2.dll --format ps1
    """
    from mofkit.cli.output import write_files
    from mofkit.repository.update import plan_update

    binaries = None if dll is None else read_binaries(dll)
    schemas = [_read(path, include_folders) for path in (old, new)]
    plan = plan_update([schemas[0]], [schemas[1]], provider)
    if folder is not None:
        shells = [shell for shell in SHELLS if format_ not in SHELLS or shell == format_]
        made = scripts(plan, shells, binaries, folder)
        files = {str(Path(folder, name)): text.encode() for name, text in made.items()}
        check_scripts(files)
        write_files(files)
    if folder is None or format_ not in SHELLS:
        show_plan(plan, format_, binaries)
    return int(bool(plan.errors))


def _read(path: str, include_folders: tuple[str, ...]) -> Schema:
    """Return what a file declares.

    Raises:
        OSError: it cannot be read.
        MofkitError: it has errors, which are printed: mofcomp would stop at them.
    """
    from mofkit.cli.files import read_source
    from mofkit.cli.includes import FileLoader, folder_of
    from mofkit.compiler import bind
    from mofkit.diagnostics import Severity
    from mofkit.diagnostics.render import concise
    from mofkit.syntax import parse

    result = parse(read_source(path))
    bound = bind([result], loader=FileLoader(include_folders, [folder_of(path)]))
    found = [*result.diagnostics, *bound.diagnostics]
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    if errors:
        write(concise.render(errors), sys.stderr)
        raise MofkitError(f"{path} has errors, so there is no plan")
    return bound.schema
