"""`mofkit check`: what is wrong with MOF files."""

from __future__ import annotations

import gc
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from mofkit.cli import options
from mofkit.cli.files import find_files, read_source
from mofkit.cli.terminal import is_ascii_only, progress, wants_colour, write
from mofkit.syntax import parse

if TYPE_CHECKING:
    from mofkit.cli.against import Against
    from mofkit.cli.includes import FileLoader
    from mofkit.diagnostics import Diagnostic
    from mofkit.source import SourceFile

_LEVELS = ("info", "warning", "error")  # diagnostics are imported only when there are some


@click.command("check")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@options.include_folders
@click.option("--syntax-only", is_flag=True, help="Look at bytes and syntax, not at meaning.")
@click.option(
    "--select",
    metavar="CODES",
    multiple=True,
    help="Report these codes or families only, such as SYN,SEM012; shows level info too.",
)
@click.option("--ignore", metavar="CODES", multiple=True, help="Do not report these.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["full", "concise", "json"]),
    default="full",
    show_default=True,
    help="How to print findings.",
)
@click.option("--statistics", is_flag=True, help="Print how often each code was found instead.")
@click.option(
    "--fail-on",
    type=click.Choice(_LEVELS),
    default="warning",
    show_default=True,
    help="The lowest level that makes the exit code 1; info is then shown.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found.")
@click.option(
    "--stdin-filename",
    metavar="NAME",
    default="<stdin>",
    help="The name under which standard input is reported.",
)
@click.option(
    "--against",
    metavar="DESC",
    help="Registration info (.toml, .json, or a buffer with --arch) that should fit the files.",
)
@click.option("--arch", type=click.Choice(["x64", "x86"]), help="With --against: of which driver.")
@click.option("--rc", metavar="FILE", help="With --against: the .rc file with the MOF resource.")
def command(
    paths: tuple[str, ...],
    include_folders: tuple[str, ...],
    syntax_only: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    format_: str,
    statistics: bool,
    fail_on: str,
    exit_zero: bool,
    stdin_filename: str,
    against: str | None,
    arch: str | None,
    rc: str | None,
) -> int:
    """Report what is wrong with MOF files: bytes, syntax, meaning.

    PATH is a file, a folder (its *.mof and *.mfl at any depth, .gitignore respected), a pattern, or
    - for standard input. Files are only read. The exit code is 1 when there are errors or warnings.

    \b
    Examples:
      mofkit check driver.mof
      mofkit check --format concise src/
      mofkit check -I schema/ --ignore ENC001 provider.mof
      mofkit check --against driver.toml driver.mof
      cat driver.mof | mofkit check --stdin-filename driver.mof -
    """
    show_info = fail_on == "info"  # what makes the exit code 1 must be seen
    wanted = _Wanted(_codes(select, "--select"), _codes(ignore, "--ignore"), show_info)
    run = _Run(stdin_filename, _against(against, arch, rc, syntax_only=syntax_only))
    gc.disable()  # thousands of small objects, hardly any garbage; the process ends soon
    if syntax_only:
        run.check_syntax(paths)
    else:
        from mofkit.cli.includes import FileLoader, folder_of

        run.check(paths, FileLoader(include_folders, [folder_of(path) for path in paths]))
    shown = [finding for finding in _unique(run.findings) if wanted(finding)]
    write(_statistics(shown) if statistics else _rendered(shown, format_))
    if format_ != "json" and not statistics:
        write("\n" if shown and format_ == "full" else "")
        write(_summary(shown, run.files))
    if run.unreadable:
        return 2
    failing = _LEVELS[_LEVELS.index(fail_on) :]
    return int(not exit_zero and any(finding.severity.label in failing for finding in shown))


@dataclass(slots=True)
class _Run:
    """What one run has read and found."""

    stdin_name: str
    against: Against | None = None
    files: int = 0
    unreadable: int = 0
    findings: list[Diagnostic] = field(default_factory=list)

    def read(self, paths: Sequence[str]) -> Iterator[SourceFile]:
        """Yield the files that can be read."""
        with progress(list(find_files(paths, self.complain)), "Reading") as files:
            for path in files:
                try:
                    source = read_source(path, self.stdin_name)
                except OSError as error:
                    self.complain(path, error)
                    continue
                self.files += 1
                yield source

    def check_syntax(self, paths: Sequence[str]) -> None:
        """Look at each file by itself."""
        for source in self.read(paths):
            self.findings += parse(source).diagnostics

    def check(self, paths: Sequence[str], loader: FileLoader) -> None:
        """Check each file together with what it includes.

        A file that another one includes is checked as a part of that one, not again by itself.
        """
        from mofkit.compiler import bind

        sources = list(self.read(paths))
        # Those with includes first, so that what they include is known by then.
        sources.sort(key=lambda source: not _INCLUDE.search(source.text))
        with progress(sources, "Checking") as units:
            for source in units:
                if not loader.has_loaded(source.path):
                    result = parse(source)
                    self.findings += result.diagnostics
                    bound = bind([result], loader=loader)
                    self.findings += bound.diagnostics
                    if self.against:
                        self.against.items += bound.schema.items
        if self.against:
            self.findings += self.against.findings()
            self.files += 1
        self.files += loader.count_loaded_beside(source.path for source in sources)

    def complain(self, path: str, error: OSError) -> None:
        """Say that something cannot be read; the other files are still checked."""
        self.unreadable += 1
        click.echo(f"mofkit: cannot read {path}: {error.strerror or error}", err=True)


def _against(
    path: str | None, arch: str | None, rc: str | None, *, syntax_only: bool
) -> Against | None:
    """Return the description that the files are held against, which is read before them."""
    if path is None:
        if arch or rc:
            raise click.UsageError("--arch and --rc go with --against")
        return None
    if syntax_only:
        raise click.UsageError("--against needs the meaning: it does not go with --syntax-only")
    from mofkit.cli.against import Against

    return Against.read(path, arch, rc)


_INCLUDE = re.compile(r"#\s*(?:pragma\s+)?include\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which findings to report: by default all that are more than information."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    show_info: bool

    def __call__(self, finding: Diagnostic) -> bool:
        if finding.code.startswith(self.ignore):
            return False
        if self.select:
            return finding.code.startswith(self.select)
        return self.show_info or finding.severity.label != "info"


def _codes(options: Iterable[str], option: str) -> tuple[str, ...]:
    """Return the codes and families of an option, each checked against the rules there are."""
    codes = tuple(code for value in options for code in re.split(r"[,\s]+", value.upper()) if code)
    if codes:
        from mofkit.api import rules

        for code in codes:
            if not any(rule.code.startswith(code) for rule in rules()):
                raise click.BadParameter(
                    f"no rule's code begins with {code!r}; `mofkit rule` lists them",
                    param_hint=option,
                )
    return codes


def _unique(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the findings in order, each once: a file included twice is read twice."""
    unique = {(*finding.sort_key, finding.message): finding for finding in findings}
    return [unique[key] for key in sorted(unique)]


def _rendered(findings: Sequence[Diagnostic], format_: str) -> str:
    if format_ == "json":
        from mofkit.diagnostics.render import json_

        return json_.render(findings)
    if not findings:
        return ""
    if format_ == "concise":
        from mofkit.diagnostics.render import concise

        return concise.render(findings)
    from mofkit.diagnostics.render import full

    return full.render(
        findings, color=wants_colour(sys.stdout), ascii_only=is_ascii_only(sys.stdout)
    )


def _statistics(findings: Iterable[Diagnostic]) -> str:
    counts = Counter((finding.code, finding.name) for finding in findings)
    return "".join(f"{count:6}  {code}  {name}\n" for (code, name), count in sorted(counts.items()))


def _summary(findings: Sequence[Diagnostic], files: int) -> str:
    """Return the last line: how much was found in how many files."""
    checked = _count(files, "file")
    if not findings:
        return f"{checked} checked, nothing found\n"
    counts = Counter(finding.severity for finding in findings)
    parts = [_count(counts[severity], severity.label) for severity in sorted(counts, reverse=True)]
    concerned = len({finding.path for finding in findings})
    where = f"in {concerned} of {checked}" if files > 1 else f"in {checked}"
    return f"{' and '.join(parts)} {where}\n"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 or noun == "info" else f"{number:,} {noun}s"
