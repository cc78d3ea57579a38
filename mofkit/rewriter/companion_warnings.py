"""What may be wrong with the files beside a registration once a bump has changed them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID

from mofkit.rewriter.c_text import is_within
from mofkit.rewriter.companion_text import find_remnants, suffix_of
from mofkit.rewriter.occurrence import Kind, Occurrence
from mofkit.source import SourceFile, Span

__all__ = ["companion_warnings"]

_REGISTERS_DLLS: Final = ("inf", "reg", "rgs")
_DLL: Final = re.compile(r"(?<![\w.-])[\w.-]++(?<=\.dll)", re.IGNORECASE)


def companion_warnings(
    companions: Sequence[SourceFile],
    found: Iterable[Occurrence],
    old: UUID,
    names: Sequence[str],
    *,
    has_dll: bool,
) -> Iterator[str]:
    """Yield warnings, by companion.

    Args:
        companions: the files as they were.
        found: what was found in them, and in other files.
        old: the old CLSID.
        names: the old symbols, and the old name of the DLL.
        has_dll: whether the DLL is among these.
    """
    of_file: dict[SourceFile, list[Occurrence]] = {}
    for each in found:
        of_file.setdefault(each.source, []).append(each)
    for companion in companions:
        here = of_file.get(companion, [])
        yield from _of_file(companion, here, find_remnants(companion, old), has_dll=has_dll)
    texts = {
        each.text.lower()
        for group in of_file.values()
        for each in group
        if each.left is None and each.kind is not Kind.GUID
    }
    if companions:
        yield from (f"`{name}` is in no companion" for name in names if name.lower() not in texts)


def _of_file(
    companion: SourceFile, found: Sequence[Occurrence], remnants: Iterable[Span], *, has_dll: bool
) -> Iterator[str]:
    kinds = {each.kind for each in found if each.left is None}
    spans = sorted(each.span for each in found)
    unread = [remnant for remnant in remnants if not is_within(remnant.start, spans)]
    registers = suffix_of(companion.path) in _REGISTERS_DLLS
    if not kinds:
        yield f"nothing changes in {companion.path}: none of the old names is in it"
    elif not has_dll and registers and (dll := _DLL.search(companion.text)):
        yield f"{companion.path} goes on naming {dll[0]}; an update needs a new DLL name"
    elif Kind.GUID not in kinds and registers and not unread:
        yield f"{companion.path} gets the new names, but the old CLSID is not in it"
    if unread:
        line, column = companion.position(unread[0].start)
        more = f" (and {len(unread) - 1} more)" if len(unread) > 1 else ""
        yield (
            f"{companion.path}:{line}:{column}: the old CLSID seems to be here in a form that is"
            f" not read, and stays: {companion.text[slice(*unread[0])]}{more}"
        )
