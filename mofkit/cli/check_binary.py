"""`mofkit check` of files with binary MOF in them, or around it: a .bmf, a driver, a dump.

The rules read MOF text. So what a binary MOF declares is decompiled, and checked under a path of
its own; each finding says, too, which record of the bytes it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import click

from mofkit.binary import BinaryFormatError
from mofkit.bmf.carve import find, hidden_from
from mofkit.bmf.carve.pe import is_image
from mofkit.bmf.container import MAX_PAYLOAD_BYTES
from mofkit.cli.binary_mof import BinaryMof
from mofkit.diagnostics import Diagnostic
from mofkit.diagnostics.render.glyphs import visible
from mofkit.source.encoding import decode as decode_text

if TYPE_CHECKING:
    from mofkit.bmf.carve import FoundBmf
    from mofkit.linter.config import ConfigOf, LintConfig

__all__ = ["BinaryFile", "config_with", "read_binary", "with_places"]

_OF_TEXT: Final = ("ENC", "SYN", "CPP", "STY", "SEM0", "NSP001", "NSP002", "NSP003", "NSP004")
r"""What only a text that somebody wrote can have wrong. Binary MOF has no pragmas: no autorecover,
and no difference between root\default and no namespace."""

_UNREADABLE: Final = "E-"
"""Codes of what could not be read, and so not be checked: reported whatever is selected."""

_SIGNATURE: Final = b"FOMB"
_PAYLOAD_SIZE: Final = slice(12, 16)  # of a file
_HEAD_BYTES: Final = 4096
_BEGINS: Final = re.compile(
    rb"\s*(?:/[/*]|[#;[]|(?:class|instance|qualifier|association|indication|structure|enumeration)\b)",
    re.IGNORECASE,
)
"""How MOF text begins; a compiler refuses anything else with its first token."""
_DECLARES: Final = re.compile(rb"\b(?:class|instance\s+of)\b|#\s*pragma\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BinaryFile:
    """A file with binary MOF in it, or one that could have some.

    Attributes:
        mofs: in order of place.
        is_text_too: whether it is to be checked as MOF text, besides.
    """

    path: str
    mofs: tuple[BinaryMof, ...]
    is_text_too: bool = False


def read_binary(data: bytes, path: str) -> BinaryFile | None:
    """Return the binary MOFs of a file; None where it is text, or to be taken for text.

    An image without any is told of. A file that begins as MOF does, and has declarations, is
    checked as both: a binary MOF in a comment does not hide the text around it.
    """
    if decode_text(data[:_HEAD_BYTES]).encoding.is_utf16:
        return None
    is_binary = is_image(data) or data.startswith(_SIGNATURE)
    if hidden := hidden_from(data):
        _note(f"{path}: {hidden}")
    found = find(data)
    if not found:
        if not is_image(data):
            return None
        _note(f"{path}: there is no binary MOF in it")
    is_text_too = not is_binary and bool(_BEGINS.match(data) and _DECLARES.search(data))
    mofs = tuple([BinaryMof(one, path) for one in _within_bounds(found)])
    return BinaryFile(path, mofs, is_text_too)


def _within_bounds(found: Iterable[FoundBmf]) -> Iterator[FoundBmf]:
    """Yield each, without its bytes where those before it expand to more than memory should hold.

    A stream of a few bytes can expand to 100 times as many, and a file can have thousands.
    """
    n_bytes = 0
    for one in found:
        n_bytes += int.from_bytes(one.data[_PAYLOAD_SIZE], "little") if one.error is None else 0
        if n_bytes > MAX_PAYLOAD_BYTES and one.error is None:
            reason = f"not read: with those before it, it has {n_bytes:,} bytes"
            error = BinaryFormatError("E-MANY", 0, "container", reason)
            yield replace(one, data=b"", error=error)
        else:
            yield one


def _note(text: str) -> None:
    click.echo(f"mofkit: note: {visible(text)}", err=True)


def config_with(files: Sequence[BinaryFile], config_of: ConfigOf) -> ConfigOf:
    """Return what holds for each path, those of decompiled texts among them."""
    paths = {file.path for file in files}
    made = {mof.text_path: file.path for file in files for mof in file.mofs}
    of_made: dict[int, tuple[LintConfig, LintConfig]] = {}  # equal configurations stay one object

    def config(path: str) -> LintConfig:
        of_file = config_of(made.get(path, path))
        if path in made:
            if id(of_file) not in of_made:
                exclude = (*of_file.exclude, *_OF_TEXT)
                of_made[id(of_file)] = (of_file, replace(of_file, exclude=exclude))
            return of_made[id(of_file)][1]
        if path in paths and of_file.select:
            return replace(of_file, extend_select=(*of_file.extend_select, _UNREADABLE))
        return of_file

    return config


def with_places(findings: Iterable[Diagnostic], files: Sequence[BinaryFile]) -> list[Diagnostic]:
    """Return findings in order of place, those in decompiled text with their places in the bytes.

    Nobody can edit that text, so they have no fixes.
    """
    mofs = {mof.text_path: mof for file in files for mof in file.mofs}
    placed = [
        replace(found, place=mofs[found.source.path].place_of(found), fix=None)
        if found.source.path in mofs
        else found
        for found in findings
    ]
    return sorted(placed, key=lambda found: found.sort_key)
