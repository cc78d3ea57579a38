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
