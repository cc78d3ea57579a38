"""`mofkit compile`: from MOF text to binary MOF."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from mofkit.cli import options
from mofkit.cli.files import STDIN, find_files, read_source
from mofkit.cli.findings import full_text, tally
from mofkit.cli.includes import FileLoader, folder_of
from mofkit.cli.output import STDOUT, protect_inputs, write_files
from mofkit.cli.terminal import write

if TYPE_CHECKING:
    from mofkit.compilation import Compilation, CompileSettings

# As mofkit.cim.flags and bmf.compression have them, which the help need not load; a test compares.
_CLASS_POLICIES = ("updateonly", "createonly", "safeupdate", "forceupdate")
_INSTANCE_POLICIES = ("updateonly", "createonly")
_COMPRESSIONS = ("mofcomp", "best")


@click.command("compile")
@click.argument("files", metavar="IN.mof...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="FILE", required=True, help="The binary; - for stdout.")
@options.include_folders
@options.macros
@click.option(
    "--namespace",
    metavar="PATH",
    help=r"Where what no `#pragma namespace` stands above goes, such as \\.\root\wmi.",
)
@click.option(
    "--class",
    "class_policy",
    type=click.Choice(_CLASS_POLICIES),
    help="The flags of classes that no `#pragma classflags` stands above.",
)
@click.option(
    "--instance",
    "instance_policy",
    type=click.Choice(_INSTANCE_POLICIES),
    help="The flags of instances that no `#pragma instanceflags` stands above.",
)
@click.option("--wmi", is_flag=True, help="Apply the rules for drivers' classes (WDM), too.")
@click.option(
    "--compression",
    type=click.Choice(_COMPRESSIONS),
    default="mofcomp",
    show_default=True,
    help="As Microsoft's compiler does it, bit for bit; or the smallest file.",
)
@click.option("--info", is_flag=True, help="Show findings of level info, too.")
def command(
    files: tuple[str, ...],
    output: str,
    include_folders: tuple[str, ...],
    macros: dict[str, str],
    namespace: str | None,
    class_policy: str | None,
    instance_policy: str | None,
    wmi: bool,
    compression: str,
    info: bool,
) -> int:
    """Turn MOF files, one after the other, into one binary MOF file: what mofcomp -B writes.

    A file with lines for the C preprocessor goes through it first. Findings go to standard error;
    warnings stop nothing, and with an error nothing is written and the exit code is 1.

    \b
    Examples:
      mofkit compile --wmi driver.mof -o driver.bmf
      mofkit compile -I inc/ -D MAX_FANS=4 fans.mof pumps.mof -o board.bmf
      mofkit compile --namespace '\\\\.\\root\\wmi' - -o - < driver.mof | xxd
    """
    settings = _settings(
        namespace=namespace,
        class_policy=class_policy,
        instance_policy=instance_policy,
        macros=macros,
        wmi=wmi,
        compression=compression,
    )
    paths = _found(files)
    protect_inputs(paths, [output])
    gc.disable()  # as in `check`: thousands of small objects, and the process ends soon
    from mofkit.compilation import compile_files

    sources = [read_source(path) for path in paths]
    loader = FileLoader(include_folders, [folder_of(path) for path in files])
    made = compile_files(sources, settings=settings, loader=loader)
    if made.data is not None:
        write_files({output: made.data})
    _report(made, output, show_info=info)
    return int(made.data is None)


def _settings(**given: object) -> CompileSettings:
    from mofkit.compilation import CompileSettings

    try:
        return CompileSettings(**given)  # type: ignore[arg-type]  # click chose among the words
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _found(files: Sequence[str]) -> list[str]:
    """Return the files that the arguments mean: a folder means its `*.mof` and `*.mfl`."""
    if files.count(STDIN) > 1:
        raise click.UsageError("standard input, `-`, can be read once")

    def complain(path: str, error: OSError) -> None:
        error.filename = error.filename or path
        raise error

    found = list(find_files(files, complain))
    if not found:
        raise click.UsageError(f"no MOF files in {', '.join(files)}")
    return found


def _report(made: Compilation, output: str, *, show_info: bool) -> None:
    from mofkit.diagnostics import Severity

    lowest = Severity.INFO if show_info else Severity.WARNING
    shown = [finding for finding in made.diagnostics if finding.severity >= lowest]
    if not shown:
        return
    name = "standard output" if output == STDOUT else output
    end = "nothing was written" if made.data is None else f"{name} was written"
    write(f"{full_text(shown, sys.stderr)}\n{tally(shown)}; {end}\n", sys.stderr)
