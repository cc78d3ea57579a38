"""Options that several commands have."""

from __future__ import annotations

import click

include_folders = click.option(
    "-I",
    "include_folders",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    help="Where included files may be, besides beside the file that includes them. Repeatable.",
)


def _macros(_ctx: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> object:
    """Return name → value; the last one counts, and a name alone is 1, as in C compilers."""
    pairs = [text.partition("=") for text in given]
    return {name: value if equals else "1" for name, equals, value in pairs}


macros = click.option(
    "-D",
    "macros",
    metavar="NAME[=VALUE]",
    multiple=True,
    callback=_macros,
    help="Define a macro for the C preprocessor; the value is 1 without one. Repeatable.",
)
