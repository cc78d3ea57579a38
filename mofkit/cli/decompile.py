"""`mofkit decompile`: from binary MOF to MOF text."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from mofkit.cli.bmf_input import index_option, read_bmf, read_every_bmf
from mofkit.cli.output import STDOUT, protect_inputs, write_files
from mofkit.cli.terminal import write
from mofkit.diagnostics.render.glyphs import visible

if TYPE_CHECKING:
    from mofkit.bmf.carve import FoundBmf

__all__ = ["command"]

_MAX_SHOWN: Final = 50
"""Problems of one binary MOF; the rest are counted."""


@click.command("decompile")
@click.argument("file", metavar="IN")
@click.option(
    "-o",
    "out",
    metavar="OUT",
    default=STDOUT,
    help="The MOF file; with --all a folder.  [default: standard output]",
)
@click.option("--all", "wants_all", is_flag=True, help="Every binary MOF that IN holds.")
@index_option
@click.option("--strict", is_flag=True, help="Refuse what no compiler writes, or MOF cannot say.")
def command(file: str, out: str, wants_all: bool, index: int | None, strict: bool) -> int:
    """Turn the binary MOF of IN (- for standard input) into MOF text.

    The text compiles to the same bytes. What is odd in the file, and what MOF text cannot say, is a
    comment in the text and a warning on standard error, which does not change the exit code. Text
    is ASCII; only where a name is not, OUT is written in UTF-16 with a byte order mark, which
    mofcomp reads.

    \b
    Examples:
      mofkit decompile driver.bmf
      mofkit decompile driver.bmf -o driver.mof
      mofkit decompile firmware.bin --all -o mofs/
    """
    if wants_all and index is not None:
        raise click.UsageError("--all and --index exclude each other")
    found = read_every_bmf(file) if wants_all else [read_bmf(file, index, or_all=True)]
    texts = [(each, _decompile(each, strict=strict)) for each in found]
    good = [(each, text) for each, text in texts if text is not None]
    if out != STDOUT:
        paths = _paths(out, [each for each, _ in good]) if wants_all else [out]
        protect_inputs([file], paths)
        write_files({path: _encoded(text) for path, (_, text) in zip(paths, good, strict=False)})
    else:
        for each, text in good:
            write(f"// {visible(str(each))}\n{text}" if wants_all else text)
    return int(len(good) < len(texts))


def _decompile(found: FoundBmf, *, strict: bool) -> str | None:
    """Return the text of one binary MOF, None where it is refused; complain of what is wrong."""
    import mofkit
    from mofkit.binary import BinaryFormatError

    try:
        result = mofkit.decompile(found.data, strict=strict)
    except BinaryFormatError as error:
        _complain(found, "", getattr(error, "irregularities", (error,)))
        return None
    _complain(found, "warning: ", result.warnings)
    return result.text


def _complain(found: FoundBmf, kind: str, problems: Sequence[object]) -> None:
    where = "" if found.container == "file" else f"{found.label}, at {found.offset_bytes:#x}: "
    lines = [f"{where}{kind}{problem}" for problem in problems[:_MAX_SHOWN]]
    if len(problems) > _MAX_SHOWN:
        lines.append(f"{where}{kind}and {len(problems) - _MAX_SHOWN} more")
    for line in lines:
        write(f"mofkit: {visible(line)}\n", sys.stderr)


def _encoded(text: str) -> bytes:
    """Return the bytes of a file: mofcomp knows text that is not ASCII by its mark only."""
    if text.isascii():
        return text.encode("ascii")
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le")


def _paths(folder: str, found: list[FoundBmf]) -> list[str]:
    """Return a file of a folder, which is made, for each; called as it is where it was found."""
    if found:
        Path(folder).mkdir(parents=True, exist_ok=True)
    paths: list[str] = []
    for number, each in enumerate(found, 1):
        stem = re.sub(r"[^0-9A-Za-z_.-]+", "-", each.name).strip("-.") or "binary"
        paths.append(str(Path(folder, f"{number:02}-{stem[:40]}.mof")))
    return paths
