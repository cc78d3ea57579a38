"""`mofkit fuzz exec`: runs a program on generated input."""

from __future__ import annotations

import shutil

import click

from mofkit.cli.fuzz.corpus import SAMPLE_KINDS
from mofkit.cli.fuzz.options import (
    first_option,
    memory_option,
    need_hypothesis,
    save_option,
    seconds_of,
    seed_option,
    time_option,
)

__all__ = ["command"]


@click.command("exec", context_settings={"ignore_unknown_options": True})
@click.argument("kind", type=click.Choice(SAMPLE_KINDS))
@click.argument("program", metavar="-- CMD...", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option(
    "--expect",
    type=click.Choice(["roundtrip", "reject"]),
    multiple=True,
    help="roundtrip: of valid input, exit code 0 and the input again on standard output; reject: "
    "another exit code for what is malformed. Both may be given.",
)
@time_option
@click.option(
    "--examples",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many inputs, instead of a time.",
)
@seed_option
@click.option(
    "--timeout",
    metavar="DURATION",
    callback=seconds_of,
    default="5s",
    show_default=True,
    help="After how long the program hangs.",
)
@memory_option
@first_option
@save_option
def command(
    kind: str,
    program: tuple[str, ...],
    expect: tuple[str, ...],
    seconds: float | None,
    examples: int | None,
    seed: int,
    timeout: float,
    memory_mb: int,
    only_first: bool,
    folder: str,
) -> int:
    """Run CMD on generated input of KIND, and report crashes, hangs and wrong answers.

    {file} in CMD stands for the path of the input; without it, the input is standard input. Input
    is valid, near-valid (one thing is wrong) or damaged at random.

    A crash is an end by a signal or the report of a sanitizer; what crashes elsewhere is another
    finding. Each is made as small as it can be, and saved; the exit code is then 1. The program
    runs in a session of its own, which is killed afterwards, with everything it started.

    \b
    Examples:
      mofkit fuzz exec bmf -- ./bmfdump {file}
      mofkit fuzz exec reginfo --expect reject --timeout 2s -- ./decode --arch x64 {file}
      mofkit fuzz exec mof --time 10m -- ./parser
    """
    if seconds is not None and examples is not None:
        raise click.UsageError("--time and --examples exclude each other")
    if shutil.which(program[0]) is None:
        raise click.UsageError(f"there is no program {program[0]}")
    need_hypothesis()
    from mofkit.cli.fuzz.exec_session import ExecSession

    session = ExecSession(
        kind,
        program,
        frozenset(expect),
        seed=seed,
        folder=folder,
        timeout_seconds=timeout,
        memory_mb=memory_mb,
    )
    return session.run(
        seconds=60.0 if seconds is None else seconds,
        n_examples=examples,
        only_first=only_first,
    )
