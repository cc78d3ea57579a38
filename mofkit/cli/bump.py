"""`mofkit bump`: a new CLSID for a provider, wherever the old one stands."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from uuid import uuid4

import click

from mofkit.binary.guid_text import given_digits, guid_text
from mofkit.cli import options
from mofkit.cli.bump_input import GivenLoader, expanded, read_sources
from mofkit.cli.bump_output import data_of, write_with_folders
from mofkit.cli.includes import FileLoader, folder_of
from mofkit.cli.output import STDOUT
from mofkit.cli.plan_output import PLAN_SUFFIXES, Binaries, plan_files, read_binaries, show_plan
from mofkit.cli.terminal import write
from mofkit.source import SourceFile

if TYPE_CHECKING:
    from mofkit.repository.plan import UpdatePlan
    from mofkit.rewriter import BumpResult

__all__ = ["command"]

_MAX_SHOWN: Final = 5
"""Places that are left alone in one file, for one reason."""


def _pair(text: str, option: str, pattern: re.Pattern[str], what: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not equals or not pattern.fullmatch(old) or not pattern.fullmatch(new):
        raise click.BadParameter(f"{text!r} is not OLD=NEW of two {what}", param_hint=option)
    if old == new:
        raise click.BadParameter(f"{text!r} changes nothing", param_hint=option)
    return old, new


_FOLDER = re.compile(r".*[\\/]", re.DOTALL)
_FILE_NAME = re.compile(r'[^\\/:*?"<>|=\x00-\x1f\x7f]+')
_IDENTIFIER = re.compile(r"[^\W\d]\w*")


def _dll(_ctx: click.Context, _parameter: click.Parameter, text: str | None) -> object:
    """Return both files; they may have folders, which are for the scripts."""
    if text is None:
        return None
    sides = text.split("=")
    _pair("=".join(map(_without_folder, sides)), "--dll", _FILE_NAME, "file names")
    return Binaries(*sides)


def _without_folder(path: str) -> str:
    return _FOLDER.sub("", path)


def _plan_file(_ctx: click.Context, _parameter: click.Parameter, path: str | None) -> str | None:
    """Refuse what may be a MOF file: `--plan x.mof` would write over it."""
    if path is not None and path != STDOUT and Path(path).suffix.lower() not in PLAN_SUFFIXES:
        raise click.BadParameter(
            f"{path!r} has none of the suffixes {', '.join(PLAN_SUFFIXES)}",
            param_hint="--plan=FILE",
        )
    return path


def _symbols(_ctx: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> object:
    pairs = tuple(_pair(text, "--symbol", _IDENTIFIER, "identifiers") for text in texts)
    if len(dict(pairs)) < len(pairs):
        raise click.BadParameter("one symbol is changed twice", param_hint="--symbol")
    return pairs


def _clsid(_ctx: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    if text is not None:
        try:
            given_digits(text)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--clsid") from None
    return text


@click.command("bump")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--provider", metavar="NAME", required=True, help="The provider's Name, in any case.")
@click.option("--clsid", metavar="GUID", callback=_clsid, help="The new CLSID, in any form.")
@click.option("--new-clsid", is_flag=True, help="Make a random one.")
@click.option(
    "--property",
    "property_",
    type=click.Choice(["clsid", "client-loadable"]),
    default="clsid",
    show_default=True,
    help="Which property of the provider: CLSID or ClientLoadableCLSID.",
)
@click.option("--comments", is_flag=True, help="Change comments, too.")
@click.option(
    "--with",
    "companions",
    metavar="FILE",
    multiple=True,
    help="A .reg, .rgs, .inf, .idl or C file that names the CLSID. Repeatable.",
)
@click.option(
    "--symbol",
    "symbols",
    metavar="OLD=NEW",
    multiple=True,
    callback=_symbols,
    help="An identifier to change in the companions (CLSID_Pump=CLSID_Pump1). Repeatable.",
)
@click.option(
    "--dll",
    metavar="OLD=NEW",
    callback=_dll,
    help="The file name of the DLL, to change in the companions. For scripts OLD may have the "
    "folder in which it is installed (without, they ask for it), and NEW that in which they "
    "find it.",
)
@click.option(
    "--plan",
    "plan_file",
    metavar="FILE",
    is_flag=False,
    flag_value=STDOUT,
    callback=_plan_file,
    help="Say what the update will do; --plan=FILE writes it: .txt, .md or .json, or as a script "
    ".cmd or .ps1, with rollback beside it (which needs --dll and -o).",
)
@options.include_folders
@click.option("-o", "--output", metavar="OUT", help="A file for one FILE, a folder for several.")
@click.option("--in-place", is_flag=True, help="Change the files themselves.")
@click.option(
    "--diff", is_flag=True, help="Write a unified diff, and no file. This is the default."
)
def command(
    files: tuple[str, ...],
    provider: str,
    clsid: str | None,
    new_clsid: bool,
    property_: Literal["clsid", "client-loadable"],
    comments: bool,
    companions: tuple[str, ...],
    symbols: tuple[tuple[str, str], ...],
    dll: Binaries | None,
    plan_file: str | None,
    include_folders: tuple[str, ...],
    output: str | None,
    in_place: bool,
    diff: bool,
) -> None:
    """Give a provider a new CLSID in its registration, FILE..., and in the files it includes.

    Only the digits of the CLSID change: where the provider is registered, and wherever else the
    same GUID is in a string. All files are written or none. Without -o and --in-place a diff is
    printed. A folder means its *.mof and *.mfl at any depth. The new CLSID goes to standard
    output, or to standard error where that has the diff; what is left alone, and warnings, go to
    standard error.

    \b
    Examples:
      mofkit bump pump.mof --provider FenwickPumpProvider --new-clsid
      mofkit bump pump.mof --provider FenwickPumpProvider --new-clsid -o pump2.mof
      mofkit bump pump.mof --provider FenwickPumpProvider --new-clsid --in-place \\
        --with pump.rgs --with pump.h --dll Pump.dll=Pump1.dll --symbol CLSID_Pump=CLSID_Pump1
    """
    if (clsid is None) == (not new_clsid):
        raise click.UsageError("say --clsid GUID or --new-clsid")
    if sum((output is not None, in_place, diff)) > 1:
        raise click.UsageError("-o, --in-place and --diff exclude one another")
    from mofkit.rewriter import BumpOptions, bump_clsid

    if plan_file is not None and dll is not None:
        read_binaries("=".join(dll))  # what `mofkit plan` refuses is refused here, too
    allowed = [folder_of(path) for path in files]
    files = tuple(expanded(files))
    sources = read_sources([*files, *companions])
    given, beside = sources[: len(files)], sources[len(files) :]
    loader = GivenLoader(FileLoader(include_folders, allowed), given, companions)
    result = bump_clsid(
        given,
        provider,
        clsid if clsid is not None else str(uuid4()).upper(),
        options=BumpOptions(property_, comments, symbols, _names_of(dll), loader),
        companions=beside,
    )
    data, left_out = data_of(result, len(given), output, in_place=in_place)
    is_stdout_taken = (output is None and not in_place) or STDOUT in (*data, plan_file)
    plan = None
    if plan_file is not None:
        plan = _plan(result, given, list(data) if output is not None else None)
        if plan_file != STDOUT:
            data = _joined(data, plan_files(plan, plan_file, dll))
    _report(result, left_out)
    if output is None and not in_place:
        _print_diff(result)
    write_with_folders(data)
    if plan is not None and plan_file == STDOUT:
        show_plan(plan, "text", dll)
    click.echo(f"{{{guid_text(result.new_clsid)}}}", err=is_stdout_taken)


def _joined(data: dict[str, bytes], plans: dict[str, bytes]) -> dict[str, bytes]:
    """Return all files to be written.

    Raises:
        click.UsageError: a plan would take the place of a file.
    """
    taken = {os.path.realpath(path) for path in data}
    for path in plans:
        if os.path.realpath(path) in taken:
            raise click.UsageError(f"{path} cannot be both a plan and a file of the update")
    return data | plans


def _names_of(dll: Binaries | None) -> tuple[str, str] | None:
    return None if dll is None else (_without_folder(dll.old), _without_folder(dll.new))


def _plan(
    result: BumpResult, given: Sequence[SourceFile], targets: Sequence[str] | None
) -> UpdatePlan:
    """Return the plan, with the files given under the names that they will have.

    Raises:
        UpdateError: the update would not be one.
    """
    from dataclasses import replace

    from mofkit.repository.plan import UpdateError

    plan = result.plan
    if plan.errors:
        raise UpdateError("\n".join(finding.message for finding in plan.errors))
    if targets is None:
        return plan
    renamed = dict(zip((source.path for source in given), targets, strict=False))
    place = plan.provider.new_place
    if place is not None:
        place = replace(place, path=renamed.get(place.path, place.path))
    return replace(
        plan,
        new_files=tuple(renamed.get(path, path) for path in plan.new_files),
        provider=replace(plan.provider, new_place=place),
    )


def _report(result: BumpResult, left_out: Sequence[str]) -> None:
    """Say on standard error what is left alone, and what may be wrong."""
    from mofkit.diagnostics.render.glyphs import visible

    warnings = (f"warning: {warning}" for warning in (*result.warnings, *left_out))
    for line in (*_left_alone(result), *warnings):
        write(f"mofkit: {visible(line)}\n", sys.stderr)


def _left_alone(result: BumpResult) -> Iterator[str]:
    """Yield what is left alone: the first of each kind in a file, and how many there are more."""
    n_found = Counter[tuple[str, str, str]]()
    for found in result.occurrences:
        if found.left is None:
            continue
        group = (found.source.path, found.kind, found.left)
        n_found[group] += 1
        if n_found[group] <= _MAX_SHOWN:
            yield f"{found.place}: the {found.kind} {found.text} is left alone: {found.left}"
    for (path, kind, left), n in n_found.items():
        if n > _MAX_SHOWN:
            yield f"{path}: {n - _MAX_SHOWN} more places of the {kind} are left alone: {left}"


def _print_diff(result: BumpResult) -> None:
    """Print the diff; on a terminal, no control character of a file gets through."""
    from mofkit.diagnostics.render.glyphs import visible
    from mofkit.rewriter.diff import unified_diff

    text = "".join(
        unified_diff(change.before, change.after)
        for change in (*result.changes, *result.companions)
    )
    if sys.stdout.isatty():
        text = "\n".join(visible(line.removesuffix("\r")) for line in text.split("\n"))
    write(text)
