"""`mofkit fuzz roundtrip`: looks for input that breaks mofkit's own laws."""

from __future__ import annotations

import click

from mofkit.cli.fuzz.limits import memory_limit
from mofkit.cli.fuzz.options import (
    KIND_NAMES,
    first_option,
    memory_option,
    need_hypothesis,
    save_option,
    seconds_of,
    seed_option,
    time_option,
)

__all__ = ["command"]


@click.command("roundtrip")
@click.argument("targets", metavar="[KIND|PATH]...", nargs=-1)
@time_option
@click.option(
    "--examples",
    metavar="N",
    type=click.IntRange(min=0),
    help="How many inputs for each law, instead of a time; 0 is the files as they are.",
)
@seed_option
@click.option(
    "--law",
    "laws",
    metavar="TEXT",
    multiple=True,
    help="Only laws that have this in their names. Repeatable.",
)
@click.option(
    "--timeout",
    metavar="DURATION",
    callback=seconds_of,
    default="10s",
    show_default=True,
    help="How much processor time a law may take for an input.",
)
@memory_option
@first_option
@save_option
def command(
    targets: tuple[str, ...],
    seconds: float | None,
    examples: int | None,
    seed: int,
    laws: tuple[str, ...],
    timeout: float,
    memory_mb: int,
    only_first: bool,
    folder: str,
) -> int:
    """Look for input that breaks mofkit's own laws: there and back is where one was, and so on.

    KINDs are {kinds}; without any, all of them. Files at PATHs, and in folders, are checked
    as they are and then damaged in many ways; what a file is can be told from `.mof` and from the
    signature of binary MOF, otherwise say the KIND in front of it.

    An input that breaks a law is made as small as it can be, shown, and saved; the command that
    checks it again is printed, and the exit code is 1.

    \b
    Examples:
      mofkit fuzz roundtrip --time 5m
      mofkit fuzz roundtrip reginfo wnode --examples 1000 --seed 7
      mofkit fuzz roundtrip reginfo captured.bin
      mofkit fuzz roundtrip src/*.mof --examples 0
    """
    if seconds is not None and examples is not None:
        raise click.UsageError("--time and --examples exclude each other")
    need_hypothesis()
    from mofkit.cli.fuzz.session import Session
    from mofkit.cli.fuzz.targets import plan_of

    plan = plan_of(targets, laws)
    session = Session(plan, seed=seed, folder=folder, timeout_seconds=timeout)
    with memory_limit(memory_mb):
        return session.run(
            seconds=60.0 if seconds is None else seconds,
            n_examples=examples,
            only_first=only_first,
        )


command.help = (command.help or "").format(kinds=", ".join(KIND_NAMES))
