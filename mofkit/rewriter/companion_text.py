"""Where a GUID, a DLL's name and symbols stand in the files beside a registration.

These are what registers and builds the provider: `.reg`, `.rgs` and `.inf` files, IDL, C. None is
parsed; what is known of a format is what its comments look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from mofkit.rewriter.c_text import comment_spans, is_within
from mofkit.rewriter.guid_digits import (
    digit_edits,
    initialiser_edits,
    initialiser_pattern,
    remnant_pattern,
    text_pattern,
)
from mofkit.rewriter.occurrence import Kind, Occurrence
from mofkit.source import Edit, SourceFile, Span

__all__ = ["find_guid", "find_names", "find_remnants", "suffix_of"]

_C_SUFFIXES: Final = (
    "c cc cpp cxx cs h hh hpp hxx idl inl js odl rc rc2 rh".split()  # whose comments are C's
)
_INF_COMMENT: Final = re.compile(r'"[^"\r\n]*+"|(;[^\r\n]*+)')
_REG_COMMENT: Final = re.compile(r"^[ \t]*+(;[^\r\n]*+)", re.MULTILINE)


def find_guid(source: SourceFile, guid: UUID, digits: str) -> list[Occurrence]:
    """Return the occurrences of a GUID in order, with the edits that put `digits` there.

    It is found as text, with braces or without, and as the numbers of a C initialiser.
    """
    comments = list(_comments(source))
    found: list[Occurrence] = []
    for match in text_pattern(guid).finditer(source.text):
        edits = digit_edits(match[0], range(*match.span()), digits) or ()
        found.append(_occurrence(source, match, Kind.GUID, edits, comments))
    for match in initialiser_pattern(guid).finditer(source.text):
        edits = initialiser_edits(match, digits)
        found.append(_occurrence(source, match, Kind.GUID, edits, comments))
    return sorted(found, key=lambda occurrence: occurrence.span)


def find_names(source: SourceFile, names: Mapping[str, str], kind: Kind) -> list[Occurrence]:
    """Return the occurrences of names in order, with the edits that put the new ones there.

    A symbol is a whole identifier; the name of a DLL is a whole part of a path, in any case.
    """
    if not names:
        return []
    by_name = {_key(old, kind): new for old, new in names.items()}
    comments = list(_comments(source))
    return [
        _occurrence(
            source,
            match,
            kind,
            (Edit(Span(*match.span()), by_name[_key(match[0], kind)]),),
            comments,
        )
        for match in _name_pattern(names, kind).finditer(source.text)
    ]


def find_remnants(source: SourceFile, guid: UUID) -> list[Span]:
    """Return where, outside of comments, a GUID seems to stand in whatever form, in order."""
    comments = list(_comments(source))
    spans = (Span(*match.span()) for match in remnant_pattern(guid).finditer(source.text))
    return [span for span in spans if not is_within(span.start, comments)]


def suffix_of(path: str) -> str:
    """Return what stands behind the last dot of a path, in lower case.

    >>> suffix_of("setup/Pump.RGS")
    'rgs'
    """
    return path.rpartition(".")[2].lower()


def _key(name: str, kind: Kind) -> str:
    return name.lower() if kind is Kind.DLL else name


def _name_pattern(names: Mapping[str, str], kind: Kind) -> re.Pattern[str]:
    choices = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    if kind is Kind.DLL:
        # A dot or hyphen makes another name of it; a dot alone may end a sentence.
        return re.compile(rf"(?<![\w.-])(?:{choices})(?![\w-]|\.\w)", re.IGNORECASE)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")


def _occurrence(
    source: SourceFile,
    match: re.Match[str],
    kind: Kind,
    edits: tuple[Edit, ...],
    comments: Sequence[Span],
) -> Occurrence:
    in_comment = is_within(match.start(), comments)
    return Occurrence(source, Span(*match.span()), kind, edits, in_comment)


def _comments(source: SourceFile) -> Iterator[Span]:
    suffix = suffix_of(source.path)
    if suffix in _C_SUFFIXES:
        yield from comment_spans(source.text)
    elif suffix in ("inf", "reg"):
        pattern = _INF_COMMENT if suffix == "inf" else _REG_COMMENT
        for match in pattern.finditer(source.text):
            if match[1] is not None:
                yield Span(*match.span(1))
