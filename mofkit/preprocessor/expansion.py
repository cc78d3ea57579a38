"""`Expansion`: the text that came out, and where each part of it came from.

Diagnostics about the text are moved to the files that people wrote: to the same characters where
these were copied, to the use of a macro where it stands for others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from mofkit.diagnostics import Cause, Diagnostic, Fix, Related
from mofkit.preprocessor.macros import Macro
from mofkit.source import Edit, SourceFile, Span

__all__ = ["Expansion", "Piece", "Place", "relocated"]


class Piece(NamedTuple):
    """A part of the text that came out.

    Attributes:
        start: where it begins in the text that came out.
        source, span: where it came from.
        macro: what stands there, if it is not a copy.
    """

    start: int
    source: SourceFile
    span: Span
    macro: Macro | None = None
    is_copy: bool = True


class Place(NamedTuple):
    """A place in a file that somebody wrote."""

    source: SourceFile
    span: Span
    macro: Macro | None = None


@dataclass(frozen=True, slots=True)
class Expansion:
    """A file after the C preprocessor.

    Attributes:
        original: the file.
        source: what came out, under the same path; with errors, as far as it got.
        diagnostics: CPP findings, in the files they are about.
        headers: the files that were included, each once, in order.
        pieces: the parts of `source.text`, without gaps.
        included_by: path of a header → where it is first included.
    """

    original: SourceFile
    source: SourceFile
    diagnostics: list[Diagnostic]
    headers: tuple[SourceFile, ...]
    pieces: tuple[Piece, ...]
    included_by: Mapping[str, Related] = field(default_factory=dict)
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [piece.start for piece in self.pieces])

    def place(self, span: Span) -> Place:
        """Return where a part of `source.text` came from.

        A part from several files is cut where its first file ends.
        """
        at = self._piece_at(span.start)
        if at is None:
            return Place(self.original, Span.at(len(self.original.text)))
        first = self.pieces[at]
        start = first.span.start + (span.start - first.start if first.is_copy else 0)
        if span.end > span.start:
            end = self._end(first, at, span.end)
        else:
            end = start if first.is_copy else first.span.end
        return Place(first.source, Span(start, max(start, end)), first.macro)

    def _end(self, first: Piece, at: int, end: int) -> int:
        """Return where a part ends in the file of its first piece."""
        last_at = self._piece_at(end - 1)
        last = first if last_at is None else self.pieces[last_at]
        if last.source is not first.source:
            while self.pieces[at + 1].source is first.source:
                at += 1
            return self.pieces[at].span.end
        in_copy = last.span.start + end - last.start
        return min(in_copy, last.span.end) if last.is_copy else last.span.end

    def relocate(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a finding about `source` as one about the files it was made of."""
        related = tuple([self._related(other) for other in diagnostic.related])
        causes = tuple([self._cause(other) for other in diagnostic.causes])
        if diagnostic.source is not self.source:
            has_others = related or causes
            return replace(diagnostic, related=related, causes=causes) if has_others else diagnostic
        place = self.place(diagnostic.span)
        if place.macro is not None:
            macro = place.macro
            related += (Related(macro.source, macro.span, f"`{macro.name}` is defined here"),)
        if place.source.path in self.included_by:
            related += (self.included_by[place.source.path],)
        return replace(
            diagnostic,
            source=place.source,
            span=place.span,
            related=related,
            fix=self._fix(diagnostic.fix, place),
            causes=causes,
        )

    def _piece_at(self, offset: int) -> int | None:
        if offset >= len(self.source.text):
            return None
        return bisect_right(self._starts, offset) - 1

    def _related(self, related: Related) -> Related:
        if related.source is not self.source:
            return related
        place = self.place(related.span)
        return Related(place.source, place.span, related.message)

    def _cause(self, cause: Cause) -> Cause:
        if cause.source is not self.source:
            return cause
        place = self.place(cause.span)
        return Cause(cause.code, place.source, place.span)

    def _fix(self, fix: Fix | None, place: Place) -> Fix | None:
        """Return a fix for the file; None where it would have to change what a macro says."""
        if fix is None or place.macro is not None:
            return None
        edits: list[Edit] = []
        for edit in fix.edits:
            where = self.place(edit.span)
            is_whole = where.source.text[slice(*where.span)] == self.source.text[slice(*edit.span)]
            if where.macro is not None or where.source is not place.source or not is_whole:
                return None
            edits.append(Edit(where.span, edit.text))
        return replace(fix, edits=tuple(edits))


def relocated(findings: Iterable[Diagnostic], expansions: Iterable[Expansion]) -> list[Diagnostic]:
    """Return findings about what came out of expansions as findings about what people wrote."""
    of_text = {expansion.source: expansion for expansion in expansions}

    def moved(finding: Diagnostic) -> Diagnostic:
        places: tuple[Diagnostic | Related | Cause, ...]
        places = (finding, *finding.related, *finding.causes)
        for text in {place.source for place in places} & of_text.keys():
            finding = of_text[text].relocate(finding)
        return finding

    return [moved(finding) for finding in findings] if of_text else list(findings)
