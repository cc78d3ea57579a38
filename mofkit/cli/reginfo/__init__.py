"""`mofkit reginfo`: registration info built, decoded, compared, applied; one module a command."""

from __future__ import annotations

import click

from mofkit.cli.lazy_group import LazyGroup

__all__ = ["command"]


@click.group(
    "reginfo",
    cls=LazyGroup,
    package="mofkit.cli.reginfo",
    lines={
        "build": "make the buffer that a description describes",
        "decode": "say what a buffer says",
        "diff": "make the update that leads from one state to another",
        "apply": "say what a reply does to what is registered",
        "from-mof": "describe the blocks of a driver's MOF",
        "c": "write C that answers the request in a driver",
    },
)
def command() -> None:
    """Build, read and compare registration info: a driver's answer to IRP_MN_REGINFO(_EX).

    A description (.toml, .json) says in words what a WMIREGINFO buffer says in bytes; a command
    that takes the one takes the other too, with --arch.

    \b
    Examples:
      mofkit reginfo from-mof fan.mof -o fan.toml
      mofkit reginfo build fan.toml --arch x64 -o fan.bin
      mofkit reginfo decode fan.bin --arch x64
      mofkit reginfo diff v1.toml v2.toml -o update.toml
      mofkit reginfo apply v1.toml update.toml
    """
