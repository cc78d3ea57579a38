"""Where a command's result goes: a description or a buffer, by the name of the file."""

from __future__ import annotations

import click

from mofkit.cli.output import write_files
from mofkit.reginfo import Arch, RegInfoReply, encode
from mofkit.reginfo.description import to_json, to_toml

__all__ = ["write_reply"]


def write_reply(path: str, reply: RegInfoReply, arch: str | None) -> None:
    """Write a reply: as TOML or JSON by the suffix, otherwise as a buffer; to stdout as TOML.

    Raises:
        OSError: it cannot be written.
        MofkitError: it has no such form.
        click.UsageError: a buffer is wanted, and `arch` is not said.
    """
    known = Arch(arch) if arch else None
    if path.lower().endswith(".json"):
        data = to_json(reply, known).encode()
    elif path == "-" or path.lower().endswith(".toml"):
        data = to_toml(reply, known).encode()
    elif known is None:
        raise click.UsageError(f"{path} is to be a buffer (no .toml or .json): say --arch")
    else:
        data = encode(reply, known)
    write_files({path: data})
