"""`mofkit check`: what is wrong with MOF files."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

import click

from mofkit.cli import options
from mofkit.cli.check_output import FOR_PROGRAMS, FORMATS, rendered, statistics, summary
from mofkit.cli.checking import Checker
from mofkit.cli.config import Configs
from mofkit.cli.files import STDIN
from mofkit.cli.terminal import is_ascii_only, wants_colour, write
from mofkit.diagnostics import Severity
from mofkit.linter.config import LintConfig
from mofkit.linter.dialect import Dialect

if TYPE_CHECKING:
    from mofkit.cli.against import Against
    from mofkit.cli.check_fixes import Mended
    from mofkit.cli.verdict import Judgement
    from mofkit.diagnostics import Diagnostic

_LEVELS = tuple(severity.label for severity in Severity)
_AUTO = "auto"


@click.command("check")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@options.include_folders
@options.macros
@click.option("--syntax-only", is_flag=True, help="Look at bytes and syntax, not at meaning.")
@click.option(
    "--select",
    metavar="CODES",
    multiple=True,
    help="Report these codes or families only, such as SYN,SEM012; shows level info too.",
)
@click.option("--ignore", metavar="CODES", multiple=True, help="Do not report these.")
@click.option(
    "--dialect",
    type=click.Choice([_AUTO, *(dialect.value for dialect in Dialect)]),
    help="What the files are for; auto looks at each.",
)
@click.option(
    "--config",
    "config_file",
    metavar="FILE",
    help="The configuration of all files, instead of the mofkit.toml or pyproject.toml nearest to "
    "each.",
)
@click.option(
    "--no-suppressions", is_flag=True, help="Report also what comments `mofkit: noqa` suppress."
)
@click.option("--fix", is_flag=True, help="Make the fixes that keep the meaning.")
@click.option(
    "--unsafe-fixes", is_flag=True, help="With --fix or --diff: also those that may change it."
)
@click.option("--diff", is_flag=True, help="Print what --fix would change, and write nothing.")
@click.option("--baseline", metavar="FILE", help="Report only what is not in this file.")
@click.option(
    "--write-baseline", metavar="FILE", help="Write what is found into this file; exit with 0."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
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
    macros: dict[str, str],
    syntax_only: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    dialect: str | None,
    config_file: str | None,
    no_suppressions: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    baseline: str | None,
    write_baseline: str | None,
    format_: str,
    statistics: bool,
    fail_on: str,
    exit_zero: bool,
    stdin_filename: str,
    against: str | None,
    arch: str | None,
    rc: str | None,
) -> int:
    """Report what is wrong with MOF files: bytes, syntax, meaning, and what the rules look for.

    PATH is a file, a folder (its *.mof and *.mfl at any depth, .gitignore respected), a pattern, or
    - for standard input. A file may also be binary MOF or hold some (a driver, an ACPI table, a
    dump): its bytes are checked, and what it declares.

    Files are only read, unless --fix is given; with it, standard input goes to standard output, and
    findings to standard error. The exit code is 1 when there are errors or warnings, and when
    --diff shows something; with --select EVT also when a subscription is bound or when, for what
    could not be read, nobody knows, whatever comments say (but not with --baseline). Warnings
    about bytes (W-...) do not change it.

    \b
    Examples:
      mofkit check driver.mof
      mofkit check --format concise src/
      mofkit check -I schema/ --ignore ENC001 provider.mof
      mofkit check --fix src/
      mofkit check --against driver.toml driver.mof
      mofkit check --select EVT,SEC driver.sys
      cat driver.mof | mofkit check --stdin-filename driver.mof -
    """
    if fix and diff:
        raise click.UsageError("--fix and --diff exclude one another")
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    if syntax_only and (fix or diff):
        raise click.UsageError("--syntax-only does not go with --fix or --diff")
    if baseline and write_baseline:
        raise click.UsageError("--baseline and --write-baseline exclude one another")
    level = Severity[fail_on.upper()]
    override = _override(
        _codes(select, "--select"),
        _codes(ignore, "--ignore"),
        dialect,
        min(level, Severity.WARNING),  # what makes the exit code 1 must be seen
    )
    held_against = _against(against, arch, rc, syntax_only=syntax_only)
    configs = Configs(config_file, override)
    checker = Checker(
        paths,
        configs,
        include_folders,
        stdin_filename,
        held_against,
        _checked(macros),
        obeys_comments=not no_suppressions,
    )
    gc.disable()  # thousands of small objects, hardly any garbage; the process ends soon
    stream = sys.stdout
    mended: Mended | None = None
    if syntax_only:
        findings = checker.check_syntax()
    elif fix or diff:
        mended = _mend(checker, unsafe=unsafe_fixes)
        findings = mended.findings
        stream = _settle(mended, stdin_filename if STDIN in paths else None, diff=diff)
    else:
        findings = checker.check(list(checker.read()))
    n_found = len(findings)
    if baseline:
        from mofkit.cli.check_baseline import new_findings

        findings = new_findings(findings, baseline)
    if write_baseline:
        return _write_baseline(findings, write_baseline, checker)
    _print(findings, format_, stream, statistics=statistics)
    is_judged = "EVT" in ",".join(select).upper() and not syntax_only
    judgement = _judgement(findings, checker, is_judged=is_judged) if not syntax_only else None
    shows_verdict = judgement is not None and format_ == "full" and not statistics
    if judgement and shows_verdict:
        write(_verdict(judgement, checker, stream), stream)
    if format_ not in FOR_PROGRAMS and not statistics:
        text = _summary(findings, checker, mended, n_found - len(findings), diff=diff)
        if judgement and shows_verdict and (judgement.found or judgement.undecided):
            text = text.replace("nothing found", "nothing else found")
        write(text, stream)
    if checker.n_unreadable:
        return 2
    has_diff = diff and mended is not None and bool(mended.changed)
    fails = any(_counts(finding, level) for finding in findings)
    if is_judged and judgement and not baseline and level <= Severity.WARNING:
        fails |= not judgement.is_harmless
    return int(not exit_zero and (has_diff or fails))


def _counts(finding: Diagnostic, level: Severity) -> bool:
    """Say whether a finding makes the exit code 1; what is merely odd in bytes never does."""
    return finding.severity >= level and not finding.code.startswith("W-")


def _print(
    findings: Sequence[Diagnostic], format_: str, stream: TextIO, *, statistics: bool
) -> None:
    write(_statistics(findings) if statistics else rendered(findings, format_, stream), stream)


def _judgement(
    findings: Sequence[Diagnostic], checker: Checker, *, is_judged: bool
) -> Judgement | None:
    """Return what the files install that runs by itself, if there is or somebody asks."""
    all_found = (*findings, *checker.suppressed)
    if not is_judged and not any(finding.code.startswith("EVT") for finding in all_found):
        return None
    from mofkit.cli.verdict import judged

    return judged(checker.bound, checker.unexpanded)


def _verdict(judgement: Judgement, checker: Checker, stream: TextIO) -> str:
    from mofkit.cli.verdict import render_verdict

    text = render_verdict(
        judgement,
        color=wants_colour(stream),
        ascii_only=is_ascii_only(stream),
        expansions=checker.expansions,
        n_suppressed=len(checker.suppressed),
    )
    return f"{text}\n"


_statistics = statistics


def _summary(
    findings: Sequence[Diagnostic],
    checker: Checker,
    mended: Mended | None,
    n_known: int,
    *,
    diff: bool,
) -> str:
    n_fixed = None if mended is None else mended.n_fixes
    text = summary(findings, checker.n_files, n_fixed=n_fixed, n_known=n_known)
    return text.replace(" fixed,", " would be fixed,") if diff else text


def _mend(checker: Checker, *, unsafe: bool) -> Mended:
    from mofkit.cli.check_fixes import mend

    return mend(checker, list(checker.read()), unsafe=unsafe)


def _settle(mended: Mended, stdin_name: str | None, *, diff: bool) -> TextIO:
    """Write the files or the diff, and return where the findings go: beside, if that is taken."""
    from mofkit.cli.check_fixes import diff_of, write_mended

    if diff:
        write(diff_of(mended))
        return sys.stderr
    write_mended(mended, stdin_name)
    return sys.stdout if stdin_name is None else sys.stderr


def _write_baseline(findings: Sequence[Diagnostic], path: str, checker: Checker) -> int:
    from mofkit.cli.check_baseline import write_baseline
    from mofkit.cli.findings import counted

    write_baseline(findings, path)
    write(f"{counted(len(findings), 'finding')} written to {path}\n", sys.stderr)
    return 2 if checker.n_unreadable else 0


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


def _checked(macros: dict[str, str]) -> dict[str, str]:
    """Refuse macros that the preprocessor would refuse."""
    if macros:
        from mofkit.preprocessor import check_macros

        try:
            check_macros(macros)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="-D") from None
    return macros


def _override(
    select: tuple[str, ...], ignore: tuple[str, ...], dialect: str | None, level: Severity
) -> Callable[[LintConfig], LintConfig]:
    """Return what the command line makes of a configuration."""

    def override(config: LintConfig) -> LintConfig:
        if select:
            left = tuple(code for code in config.ignore if code not in select)
            config = replace(config, select=select, extend_select=(), ignore=left)
        if dialect is not None:
            config = replace(config, dialect=None if dialect == _AUTO else Dialect(dialect))
        return replace(config, ignore=(*config.ignore, *ignore), level=level)

    return override


def _codes(options: Iterable[str], option: str) -> tuple[str, ...]:
    """Return the codes and families of an option, each checked against the rules there are."""
    texts = [text for value in options for text in re.split(r"[,\s]+", value) if text]
    if not texts:
        return ()
    from mofkit.linter.codes import UnknownCodeError, code_for

    try:
        return tuple(map(code_for, texts))
    except UnknownCodeError as error:
        raise click.BadParameter(f"{error}; `mofkit rule` lists them", param_hint=option) from None
