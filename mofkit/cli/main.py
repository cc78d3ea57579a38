"""The command `mofkit`: loads the subcommand, and turns what ends it into an exit code."""

from __future__ import annotations

import os
import sys

import click

from mofkit._version import __version__
from mofkit.cli.lazy_group import LazyGroup
from mofkit.errors import MofkitError

COMMANDS = {
    "check": "report what is wrong with MOF files",
    "format": "lay MOF files out in one style",
    "dump": "print the tokens, the tree or the schema of a MOF file",
    "compile": "turn MOF text into binary MOF",
    "decompile": "turn binary MOF into MOF text",
    "rule": "explain a diagnostic",
    "bump": "give a provider a new CLSID",
    "inspect": "explain every byte of a buffer",
    "plan": "say what the update of a provider will do",
    "fuzz": "generate input, and test mofkit or your program with it",
    "reginfo": "build, read and compare what drivers register with WMI",
}
"""Subcommand → its line in the help."""


@click.group(
    cls=LazyGroup,
    package="mofkit.cli",
    lines=COMMANDS,
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
      mofkit reginfo --help                what a driver registers with WMI
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
        from mofkit.diagnostics.render.glyphs import visible

        for line in str(error).split("\n"):  # which may quote what is in a file
            click.echo(f"mofkit: {visible(line)}", err=True)
        return 1
    except OSError as error:
        reason = error.strerror or str(error)
        if error.filename:
            click.echo(f"mofkit: {error.filename}: {reason}", err=True)
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
