r"""`bump_clsid`: give a provider a new CLSID wherever the old one stands, and touch nothing else.

A provider is updated on a running system under a new DLL name and a new CLSID; its registration is
changed to that CLSID under the same provider name (Microsoft's page "Updating a Provider"). This is
the change of the registration, and of the files beside it that name the CLSID too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, Literal
from uuid import UUID

from mofkit.cim import Schema
from mofkit.rewriter.companion_text import find_guid, find_names
from mofkit.rewriter.companion_warnings import companion_warnings
from mofkit.rewriter.errors import BumpError
from mofkit.rewriter.file_set import FileSet
from mofkit.rewriter.guid_digits import digits_of
from mofkit.rewriter.mof_text import find_in_mof
from mofkit.rewriter.new_clsid import check_new_clsid
from mofkit.rewriter.occurrence import Kind, Occurrence
from mofkit.rewriter.providers import (
    Provider,
    clsids_of,
    find_provider,
    place_of,
    providers_in,
)
from mofkit.rewriter.result import BumpResult, FileChange
from mofkit.source import Edit, Loader, SourceFile, apply_edits

__all__ = ["BumpOptions", "bump_clsid"]

_PROPERTIES: Final = {"clsid": "CLSID", "client-loadable": "ClientLoadableCLSID"}
_IN_COMMENT: Final = "it is in a comment"
_PRECEDENCE: Final = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class BumpOptions:
    """What to change besides.

    Attributes:
        property: which of the provider's CLSIDs.
        comments: whether comments are changed, too.
        symbols: old and new identifiers, for the companions.
        dll: old and new file name of the DLL, for the companions.
        loader: where the files come from that `#pragma include` names; without, none is followed.
    """

    property: Literal["clsid", "client-loadable"] = "clsid"
    comments: bool = False
    symbols: tuple[tuple[str, str], ...] = ()
    dll: tuple[str, str] | None = None
    loader: Loader | None = None


_DEFAULT: Final = BumpOptions()


def bump_clsid(
    files: Sequence[SourceFile],
    provider: str,
    clsid: UUID | str,
    *,
    options: BumpOptions = _DEFAULT,
    companions: Sequence[SourceFile] = (),
) -> BumpResult:
    """Return MOF files in which the provider of that name has a new CLSID.

    Every place where the old one stands gets the new digits, in the case that the old ones have if
    it is one case; otherwise as `clsid` has them, a `UUID` meaning upper case. Comments are left
    alone unless the options say otherwise, and what is left alone is among the occurrences.

    Args:
        files: the MOF files, in the order in which they are compiled.
        provider: the Name of its `__Win32Provider` instance, in any case.
        clsid: the new CLSID; a text may have any form of a GUID.
        options: which CLSID, and what else to change.
        companions: files that name the CLSID in other languages: by their suffix `.reg`, `.rgs`,
            `.inf`, `.idl`, C.

    Raises:
        BumpError: it would be no update of one provider; the message says why.
        ValueError: `clsid` is a text that is no GUID.

    >>> text = 'instance of __Win32Provider {Name="P"; CLSID="{%s}";};'
    >>> old, new = "7c1b9a40-52d6-4e0b-9d0d-3b1e6a7f2c11", "1DF6EA6E-A9AD-4F85-A2C8-C2B0354DFDCE"
    >>> bumped = bump_clsid([SourceFile.from_text(text % old)], "p", UUID(new))
    >>> bumped.files[0].text == text % new.lower(), bumped.inverse().files[0].text == text % old
    (True, True)
    """
    digits = digits_of(clsid)
    new = UUID(hex=digits)
    units = FileSet(files, options.loader)
    units.check_apart(companions)
    try:
        target = find_provider(units.schema, provider, _PROPERTIES[options.property])
    except BumpError as error:  # it may be in what cannot be read
        raise BumpError("\n".join((str(error), *units.missing))) from None
    units.check_soundness(target.instance)
    present = _find_guid(units, companions, new, digits)
    wanted = [found for found in present if options.comments or not found.in_comment]
    check_new_clsid(new, target, wanted)
    _check_symbols(companions, options)
    found = [
        *_find_guid(units, companions, target.clsid, digits),
        *_find_names(companions, options),
    ]
    found = [_decided(each, options) for each in _without_overlaps(found)]
    _check_own_place(target, found)
    warnings = [
        *(f"{reason}; the old CLSID may stay there" for reason in units.missing),
        *_sharing(units.schema, target),
        *_in_comments(present),
        *companion_warnings(
            companions, found, target.clsid, _names(options), has_dll=options.dll is not None
        ),
    ]
    return BumpResult(
        target.name,
        target.clsid,
        new,
        _changes([result.source for result in units.results], found),
        _changes(companions, found),
        tuple(found),
        tuple(warnings),
        options.loader,
        units.included,
    )


def _find_guid(
    units: FileSet, companions: Sequence[SourceFile], guid: UUID, digits: str
) -> list[Occurrence]:
    in_mof = (find_in_mof(result.tree, guid, digits) for result in units.results)
    in_companions = (find_guid(companion, guid, digits) for companion in companions)
    return [*chain(*in_mof, *in_companions)]


def _find_names(companions: Sequence[SourceFile], options: BumpOptions) -> Iterator[Occurrence]:
    dll = dict([options.dll]) if options.dll else {}
    for companion in companions:
        yield from find_names(companion, dll, Kind.DLL)
        yield from find_names(companion, dict(options.symbols), Kind.SYMBOL)


def _check_symbols(companions: Sequence[SourceFile], options: BumpOptions) -> None:
    """Refuse a new symbol that would be one with another."""
    new = {new: new for _, new in options.symbols}
    for companion in companions:
        for found in find_names(companion, new, Kind.SYMBOL):
            if not found.in_comment:
                raise BumpError(f"the symbol `{found.text}` is not new, it is in {found.place}")


def _without_overlaps(found: Iterable[Occurrence]) -> list[Occurrence]:
    """Return the occurrences that do not reach into one in front of them in the list.

    What looks like a symbol in the name of a DLL, or in a GUID, is a part of that.
    """
    kept: list[Occurrence] = []
    of_file: dict[SourceFile, list[Occurrence]] = {}
    for each in found:
        of_file.setdefault(each.source, []).append(each)
    for group in of_file.values():
        end = 0
        # The kinds are in order of precedence, and a longer one begins no later than its parts.
        for each in sorted(group, key=lambda each: (each.span.start, _PRECEDENCE[each.kind])):
            # A GUID in two strings may have another in a comment between them.
            if each.kind is Kind.GUID or each.span.start >= end:
                kept.append(each)
                end = max(end, each.span.end)
    return kept


def _decided(found: Occurrence, options: BumpOptions) -> Occurrence:
    """Return the occurrence with the reason if it is left alone."""
    if found.in_comment and not options.comments:
        return replace(found, edits=(), left=_IN_COMMENT)
    return found


def _check_own_place(target: Provider, found: Iterable[Occurrence]) -> None:
    origin = target.value.origin
    assert origin is not None, "what comes from text knows where"
    start, end = origin.span
    for each in found:
        if each.source == origin.source and start <= each.span.start < end and each.left is None:
            return
    line, column = origin.source.position(start)
    raise BumpError(
        f"the CLSID of provider `{target.name}` cannot be changed in place,"
        f" it is written with an escape: {origin.path}:{line}:{column}"
    )


def _changes(sources: Iterable[SourceFile], found: Iterable[Occurrence]) -> tuple[FileChange, ...]:
    edits: dict[SourceFile, list[Edit]] = {}
    for each in found:
        if each.left is None:
            edits.setdefault(each.source, []).extend(each.edits)
    return tuple(_change(source, sorted(edits.get(source, ()))) for source in sources)


def _change(source: SourceFile, edits: Sequence[Edit]) -> FileChange:
    return FileChange(source, apply_edits(source, edits) if edits else source, tuple(edits))


def _sharing(schema: Schema, target: Provider) -> Iterator[str]:
    """Yield a warning for each other provider that has the CLSID and so gets the new one."""
    for instance in providers_in(schema):
        if instance is not target.instance and target.clsid in clsids_of(instance):
            yield f"another provider has the same CLSID and changes too: {place_of(instance)}"


def _in_comments(present: Iterable[Occurrence]) -> Iterator[str]:
    """Yield a warning for each file in which the new CLSID stands already."""
    by_path: dict[str, list[str]] = {}
    for each in present:
        by_path.setdefault(each.source.path, []).append(each.place)
    for first, *others in by_path.values():
        more = f" (and {len(others)} more)" if others else ""
        yield f"the new CLSID is in a comment already: {first}{more}"


def _names(options: BumpOptions) -> list[str]:
    return [old for old, _ in (*options.symbols, *((options.dll,) if options.dll else ()))]
