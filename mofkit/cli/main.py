"""The command `mofkit`: loads the subcommand, and turns what ends it into an exit code."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from mofkit._version import __version__
from mofkit.errors import MofkitError

COMMANDS = {
    "check": "report what is wrong with MOF files",
    "dump": "print the tokens, the tree or the schema of a MOF file",
    "rule": "explain a diagnostic",
}
"""Subcommand → its line in the help. `mofkit.cli.<name>` holds it as `command`."""


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"mofkit.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog='Completion: put `eval "$(_MOFKIT_COMPLETE=bash_source mofkit)"` into ~/.bashrc '
    "(zsh_source, fish_source for those shells).",
)
@click.version_option(__version__, "-V", "--version", message="mofkit %(version)s")
def mofkit() -> None:
    """Read, check and understand MOF files (Managed Object Format, WMI/CIM).

    \b
    Examples:
      mofkit check driver.mof              errors with their place, and how to mend them
      mofkit check --format concise src/   every .mof and .mfl below src/, a line each
      mofkit rule SYN002                   what a code means
      mofkit dump --what schema x.mof      the classes and instances of a file
    """


def run() -> int:
    """Run the command line and return its exit code."""
    try:
        result = mofkit.main(prog_name="mofkit", standalone_mode=False)
        sys.stdout.flush()  # Python would do it at exit, when nobody can report a full disk
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough. The code is that of click, which ends so where it
        # meets the closed pipe: a run cut short does not pass for clean.
        _drop_output()
        return 1
    except MofkitError as error:
        click.echo(f"mofkit: {error}", err=True)
        return 1
    except OSError as error:
        reason = error.strerror or str(error)
        if error.filename:
            click.echo(f"mofkit: cannot read {error.filename}: {reason}", err=True)
        else:
            click.echo(f"mofkit: {reason}", err=True)
            _drop_output()
        return 2
    except Exception as error:
        if os.environ.get("MOFKIT_TRACEBACK"):
            raise
        click.echo(
            f"mofkit: internal error: {type(error).__name__}: {error}\n"
            "Please report it, with the file and what MOFKIT_TRACEBACK=1 prints.",
            err=True,
        )
        return 2
    return result if isinstance(result, int) else 0


def _drop_output() -> None:
    """Let what is still to be written go nowhere: Python would complain about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
