"""`mofkit check --against`: MOF files held against a description of registration info."""

from __future__ import annotations

from dataclasses import dataclass, field

import click

from mofkit.cim import Schema, SchemaItem
from mofkit.cli.files import STDIN, read_source
from mofkit.cli.reginfo.inputs import format_of, read_reply, reply_only
from mofkit.diagnostics import Diagnostic
from mofkit.reginfo import Arch, RegInfoReply
from mofkit.reginfo.against import DescriptionSource, check_against
from mofkit.source import SourceFile

__all__ = ["Against"]


@dataclass(slots=True)
class Against:
    """A description, and what the MOF files declare that are held against it."""

    reply: RegInfoReply
    description: DescriptionSource
    rc: SourceFile | None
    items: list[SchemaItem] = field(default_factory=list)

    @classmethod
    def read(cls, path: str, arch: str | None, rc: str | None) -> Against:
        """Read the files.

        Without an `arch`, a description is read for x64: nothing here looks at pointers, which are
        all that depends on it.

        Raises:
            OSError: one cannot be read.
            MofkitError: the description is malformed.
        """
        if path == STDIN:
            raise click.BadParameter("cannot be standard input", param_hint="--against")
        format_ = format_of(path)
        if format_ and arch is None:
            arch = Arch.X64
        reply = reply_only(read_reply(path, arch=arch, request=None), path)
        source = read_source(path) if format_ else SourceFile.from_text("", path=path)
        return cls(reply, DescriptionSource(source, format_), read_source(rc) if rc else None)

    def findings(self) -> list[Diagnostic]:
        """Return what differs."""
        schema = Schema(tuple(self.items))
        return check_against(schema, self.reply, self.description, rc=self.rc)
