"""`mofkit fuzz`: laws, seed files, and other people's programs on generated input."""

from __future__ import annotations

import click

from mofkit.cli.lazy_group import LazyGroup

__all__ = ["command"]


@click.group(
    "fuzz",
    cls=LazyGroup,
    package="mofkit.cli.fuzz",
    lines={
        "roundtrip": "look for input that breaks mofkit's own laws",
        "corpus": "write seed files for a fuzzer, with what a reader should say of each",
        "exec": "run a program on generated input, and report crashes and hangs",
    },
)
def command() -> None:
    """Generate valid and near-valid input; test mofkit, or your program, with it.

    Needs the extra `testing`: pip install 'mofkit[testing]'. With --seed, a run can be repeated.

    \b
    Examples:
      mofkit fuzz roundtrip reginfo --time 60s
      mofkit fuzz roundtrip driver.mof
      mofkit fuzz corpus bmf --count 500 --out seeds/
      mofkit fuzz exec reginfo -- ./my_decoder {file}
    """
