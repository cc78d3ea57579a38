"""Options of `mofkit fuzz`, and what they need."""

from __future__ import annotations

import re
import secrets
from typing import Final

import click

__all__ = [
    "KIND_NAMES",
    "count_option",
    "first_option",
    "memory_option",
    "need_hypothesis",
    "save_option",
    "seconds_of",
    "seed_option",
    "time_option",
]

KIND_NAMES: Final = (
    *("mof", "format", "fix", "lint", "embedded", "config", "compile"),
    *("bmf", "bmf-schema", "bmf-file", "decompile", "carve"),
    *("reginfo", "description", "update", "wnode", "block", "bump"),
)
"""Those of `mofkit.testing.laws.KINDS`, for the help; a test compares the two."""

_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600}


def seconds_of(
    _ctx: click.Context | None, _parameter: click.Parameter | None, given: str | None
) -> float | None:
    """Return seconds for `90`, `90s`, `1.5m` or `2h`; None where nothing is given.

    Raises:
        click.BadParameter: it is something else.

    >>> seconds_of(None, None, "1.5m")
    90.0
    """
    if given is None:
        return None
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smh]?)", given)
    if found is None:
        raise click.BadParameter(f"{given!r} is no duration such as 90s, 5m or 1h")
    return float(found[1]) * _UNITS[found[2]]


def _seed(_ctx: click.Context, _parameter: click.Parameter, given: int | None) -> int:
    return secrets.randbits(32) if given is None else given


time_option = click.option(
    "--time",
    "seconds",
    metavar="DURATION",
    callback=seconds_of,
    help="How long to go on.  [default: 60s]",
)
seed_option = click.option(
    "--seed",
    type=click.IntRange(min=0),
    callback=_seed,
    help="Repeats a run, with the same versions of mofkit, Hypothesis and Python.  [default: any]",
)
count_option = click.option(
    "--count",
    metavar="N",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="How many files.",
)
save_option = click.option(
    "--save",
    "folder",
    metavar="DIR",
    default="fuzz-findings",
    show_default=True,
    help="Where what was found is written; made when there is something.",
)
first_option = click.option(
    "--first", "only_first", is_flag=True, help="Stop at the first finding."
)
memory_option = click.option(
    "--memory",
    "memory_mb",
    metavar="MB",
    type=click.IntRange(min=0),
    default=2048,
    show_default=True,
    help="How much memory there is; 0 is no limit.",
)


def need_hypothesis() -> None:
    """Check that the extra is installed.

    Raises:
        click.UsageError: it is not; the message says how to install it.
    """
    try:
        import mofkit.testing.strategies  # noqa: F401
    except ImportError as error:
        raise click.UsageError(
            "mofkit fuzz needs Hypothesis, which generates the input: pip install 'mofkit[testing]'"
        ) from error
