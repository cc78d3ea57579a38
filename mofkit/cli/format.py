"""`mofkit format`: MOF files in one canonical layout."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from mofkit.cli.config import Configs
from mofkit.cli.files import STDIN, find_files, read_source
from mofkit.cli.findings import counted
from mofkit.cli.output import STDOUT, write_files
from mofkit.cli.terminal import progress, write

if TYPE_CHECKING:
    from mofkit.formatter import Style
    from mofkit.source import SourceFile

_OPTIONS = ("indent", "width", "inline")


@click.command("format")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--check", "only_check", is_flag=True, help="List what would change; write nothing.")
@click.option("--diff", "wants_diff", is_flag=True, help="Show what would change; write nothing.")
@click.option("--indent", type=click.IntRange(1, 16), help="Columns of a level.  [default: 4]")
@click.option("--width", type=click.IntRange(20, 1000), help="Columns of a line.  [default: 100]")
@click.option(
    "--inline",
    type=click.IntRange(0, 1000),
    help="Columns that qualifiers may take to stand on the line of what they qualify; 0 gives them "
    "lines of their own.  [default: 40]",
)
@click.option("--config", "config_path", metavar="FILE", help="Use this configuration.")
@click.option(
    "--stdin-filename",
    metavar="NAME",
    default="<stdin>",
    help="The name of standard input, in messages and for its configuration.",
)
def command(
    paths: tuple[str, ...],
    only_check: bool,
    wants_diff: bool,
    indent: int | None,
    width: int | None,
    inline: int | None,
    config_path: str | None,
    stdin_filename: str,
) -> int:
    """Lay MOF files out in one style, in place; PATH is as for `mofkit check`, - is a filter.

    White space changes, and the case of words of the language. Comments stay with what they belong
    to; lines for the C preprocessor and what cannot be parsed stay as they are. Encoding, byte
    order mark and line ends stay, too. --check and --diff exit with 1 when something would change.

    \b
    Examples:
      mofkit format driver.mof
      mofkit format --check src/
      mofkit format --diff driver.mof
      mofkit format - < driver.mof
    """
    given = dict(zip(_OPTIONS, (indent, width, inline), strict=True))
    run = _Run(Configs(config_path), given, stdin_filename)
    pairs = run.format(paths)
    changed = [(old, new) for old, new in pairs if old.text != new.text]
    if wants_diff:
        from mofkit.cli.diff import text_diff

        write("".join(text_diff(old, new) for old, new in changed))
    elif only_check:
        write("".join(f"{old.path}\n" for old, _ in changed))
    else:
        files = {new.path: new.to_bytes() for _, new in changed if new.path != stdin_filename}
        if STDIN in paths:
            files[STDOUT] = next(new for old, new in pairs if old.path == stdin_filename).to_bytes()
        write_files(files)
    dry = wants_diff or only_check
    write(_summary(len(changed), len(pairs), dry=dry), sys.stderr)
    if run.n_unreadable:
        return 2
    return int(dry and bool(changed))


class _Run:
    """One run over files.

    Attributes:
        n_unreadable: files and folders that could not be read; people have been told.
    """

    def __init__(self, configs: Configs, given: dict[str, int | None], stdin_name: str) -> None:
        self.n_unreadable = 0
        self._configs = configs
        self._given = {name: value for name, value in given.items() if value is not None}
        self._stdin_name = stdin_name

    def format(self, paths: Sequence[str]) -> list[tuple[SourceFile, SourceFile]]:
        """Return the files that can be read, before and after."""
        from mofkit.formatter import format_file

        pairs = []
        with progress(list(find_files(paths, self._complain)), "Formatting") as files:
            for path in files:
                try:
                    source = read_source(path, self._stdin_name)
                except OSError as error:
                    self._complain(path, error)
                    continue
                pairs.append((source, format_file(source, self._style(source.path))))
        return pairs

    def _style(self, path: str) -> Style:
        from mofkit.formatter import Style

        return Style(**{**self._configs.format_options(path), **self._given})

    def _complain(self, path: str, error: OSError) -> None:
        self.n_unreadable += 1
        click.echo(f"mofkit: cannot read {path}: {error.strerror or error}", err=True)


def _summary(n_changed: int, n_files: int, *, dry: bool) -> str:
    n_left = n_files - n_changed
    if dry:
        return f"{counted(n_changed, 'file')} would change, {n_left:,} would not\n"
    return f"{counted(n_changed, 'file')} formatted, {n_left:,} left as they were\n"
