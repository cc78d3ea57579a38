"""A group of commands, each imported when it is called."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

__all__ = ["LazyGroup"]


class LazyGroup(click.Group):
    """Commands by name, each with its line in the help.

    The module `<package>.<name>`, with `_` for `-`, holds a command as `command`.
    """

    def __init__(
        self, name: str, *, package: str, lines: Mapping[str, str], **attributes: Any
    ) -> None:
        super().__init__(name, **attributes)
        self._package = package
        self._lines = dict(lines)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return list(self._lines)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self._lines:
            return None
        module = import_module(f"{self._package}.{cmd_name.replace('-', '_')}")
        gc.enable()  # which `mofkit.__main__` had disabled
        found = module.command
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the lines of the help without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._lines.items()))
