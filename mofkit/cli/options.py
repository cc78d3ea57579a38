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
    """Return name → value; a name alone is 1, as in C compilers. Two values are a mistake."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, written = text.partition("=")
        value = written if equals else "1"
        if found.setdefault(name, value) != value:
            raise click.BadParameter(f"macro `{name}` is both `{found[name]}` and `{value}`")
    return found


macros = click.option(
    "-D",
    "macros",
    metavar="NAME[=VALUE]",
    multiple=True,
    callback=_macros,
    help="Define a macro for the C preprocessor; the value is 1 without one. Repeatable.",
)
