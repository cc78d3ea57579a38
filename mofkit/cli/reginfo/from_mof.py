"""`mofkit reginfo from-mof`: a description of the blocks that a driver's MOF declares."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click

from mofkit.cli import options
from mofkit.cli.terminal import write
from mofkit.errors import MofkitError

if TYPE_CHECKING:
    from mofkit.cim import Schema
    from mofkit.reginfo.blocks import DriverClasses
    from mofkit.reginfo.from_schema import FromSchemaOptions

__all__ = ["command"]

_ULONG = click.IntRange(0, 0xFFFFFFFF)
_MAX_POINTER = (1 << 64) - 1


def _pointer(_ctx: click.Context, _parameter: click.Parameter, text: str | None) -> int | None:
    if text is None:
        return None
    try:
        pointer = int(text, 16)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no pointer such as 0x85A1B060") from None
    if not 0 <= pointer <= _MAX_POINTER:
        raise click.BadParameter(f"{text!r} has more than 64 bits")
    return pointer


@click.command("from-mof")
@click.argument("file")
@options.include_folders
@click.option(
    "--names",
    "kind",
    type=click.Choice(["pdo", "basename", "list", "dynamic"]),
    default="pdo",
    show_default=True,
    help="How the instances are named.",
)
@click.option("--base", metavar="NAME", help="For basename: what WMI puts a number behind.")
@click.option("--count", type=_ULONG, help="For pdo and basename: how many instances. [default: 1]")
@click.option("--name", "listed", metavar="NAME", multiple=True, help="For list. Repeatable.")
@click.option(
    "--pdo",
    metavar="0x...",
    callback=_pointer,
    help="For pdo: a stand-in for the pointer, which only the running driver knows. [default: 0x0]",
)
@click.option("--registry-path", metavar="PATH", help="The driver's service key.")
@click.option("--mof-resource", metavar="NAME", help="The resource with the binary MOF.")
@click.option(
    "--expensive",
    metavar="CLASS",
    multiple=True,
    help="A class whose collection is costly. Repeatable.",
)
@click.option(
    "--expense-threshold",
    metavar="CYCLES",
    type=click.IntRange(1),
    help="Collection is costly from this WmiExpense on; without, WmiExpense says nothing about it.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["toml", "json"]),
    default="toml",
    show_default=True,
    help="The form of the description.",
)
@click.option("-o", "output", metavar="OUT", default="-", help="Where to. [default: -]")
def command(
    file: str,
    include_folders: tuple[str, ...],
    kind: Literal["pdo", "basename", "list", "dynamic"],
    base: str | None,
    count: int | None,
    listed: tuple[str, ...],
    pdo: int | None,
    registry_path: str | None,
    mof_resource: str | None,
    expensive: tuple[str, ...],
    expense_threshold: int | None,
    format_: str,
    output: str,
) -> int:
    """Describe the blocks of a driver's MOF FILE (- for standard input).

    Every class with the qualifiers WMI and Dynamic is registered, in file order, events as events.
    Classes that are left out, and what is wrong with the file, go to standard error; the exit code
    is 1 when a class has no usable guid or the file has errors.

    \b
    Examples:
      mofkit reginfo from-mof fan.mof
      mofkit reginfo from-mof fan.mof --names basename --base Fan --count 2 -o fan.toml
      mofkit reginfo from-mof fan.mof --mof-resource FanMof --expensive Fenwick_Fan
    """
    _check_names(kind, {"base": base, "count": count, "name": listed or None, "pdo": pdo})
    from mofkit.cli.output import protect_inputs, write_files
    from mofkit.reginfo.blocks import find_blocks
    from mofkit.reginfo.from_schema import FromSchemaOptions

    protect_inputs([file], [output])
    schema, n_errors = _read(file, include_folders)
    classes = find_blocks(schema)
    chosen = FromSchemaOptions(
        names=kind,
        base=base or "",
        count=1 if count is None else count,
        list=listed,
        pdo=pdo or 0,
        registry_path=registry_path,
        mof_resource=mof_resource,
        expensive=expensive,
        expense_threshold=expense_threshold,
    )
    _say_what_is_left_out(classes)
    if not classes.blocks:
        raise MofkitError(
            f"{file} has no class with the qualifiers WMI and Dynamic that can be used"
        )
    write_files({output: _description(schema, classes, chosen, format_).encode()})
    return int(n_errors > 0 or any(skipped.is_fault for skipped in classes.skipped))


_NEEDED = {"basename": "base", "list": "name"}
_ALLOWED = {"pdo": {"count", "pdo"}, "basename": {"base", "count"}, "list": {"name"}}


def _check_names(kind: str, given: dict[str, object]) -> None:
    """Refuse options that say nothing about this kind of names, and one that is missing."""
    for option, value in given.items():
        if value is not None and option not in _ALLOWED.get(kind, set()):
            raise click.UsageError(f"--{option} does not go with --names {kind}")
        if value is None and option == _NEEDED.get(kind):
            raise click.UsageError(f"--names {kind} needs --{option}")


def _read(file: str, include_folders: tuple[str, ...]) -> tuple[Schema, int]:
    """Return what the file declares and how many errors it has, which are printed."""
    from mofkit.cli.files import read_source
    from mofkit.cli.includes import FileLoader, folder_of
    from mofkit.compiler import bind
    from mofkit.diagnostics import Severity
    from mofkit.diagnostics.render import concise
    from mofkit.syntax import parse

    result = parse(read_source(file))
    bound = bind([result], loader=FileLoader(include_folders, [folder_of(file)]))
    found = [*result.diagnostics, *bound.diagnostics]
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    if errors:
        write(concise.render(errors), sys.stderr)
    return bound.schema, len(errors)


def _say_what_is_left_out(classes: DriverClasses) -> None:
    for skipped in classes.skipped:
        origin = skipped.cim_class.origin
        line = origin.source.position(origin.name_span.start).line if origin else 0
        where = f"{origin.path}:{line}: " if origin else ""
        write(f"{where}{skipped}\n", sys.stderr)


def _description(
    schema: Schema, classes: DriverClasses, chosen: FromSchemaOptions, format_: str
) -> str:
    from mofkit.reginfo.description import to_json, to_toml
    from mofkit.reginfo.from_schema import from_schema

    try:
        reply = from_schema(schema, chosen)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--expensive") from error
    if format_ == "json":
        return to_json(reply, None)
    titles = {block.guid: block.cim_class.name for block in classes.blocks}
    return to_toml(reply, None, titles=titles)
