"""`BumpResult`: what a bump changes, how to take it back, and what it does to a repository."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING
from uuid import UUID

from mofkit.cim import Schema
from mofkit.compiler import bind
from mofkit.rewriter.occurrence import Occurrence
from mofkit.source import Edit, Loader, SourceFile, Span
from mofkit.syntax import parse

if TYPE_CHECKING:
    from mofkit.repository.plan import UpdatePlan

__all__ = ["BumpResult", "FileChange"]


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file before and after its edits, which are in order of place."""

    before: SourceFile
    after: SourceFile
    edits: tuple[Edit, ...] = ()

    def inverse(self) -> FileChange:
        """Return the change from `after` to `before`."""
        text, moved = self.before.text, _Moved(self.edits)
        edits = tuple(Edit(moved.span(edit.span), text[slice(*edit.span)]) for edit in self.edits)
        return FileChange(self.after, self.before, edits)


@dataclass(frozen=True)
class BumpResult:
    """What `bump_clsid` did.

    Attributes:
        provider: the provider's name, as registered.
        changes: of the MOF files given, in order, and of those they include.
        companions: of the companions, in order.
        occurrences: every place that was found, those left alone too, by file and place.
        warnings: what may be wrong.
        loader: where includes came from.
    """

    provider: str
    old_clsid: UUID
    new_clsid: UUID
    changes: tuple[FileChange, ...]
    companions: tuple[FileChange, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    warnings: tuple[str, ...] = ()
    loader: Loader | None = None
    included: frozenset[str] = frozenset()

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """The MOF files after the edits: those given, in order, and those they include."""
        return tuple(change.after for change in self.changes)

    @property
    def edits(self) -> tuple[tuple[Edit, ...], ...]:
        """The edits of each of `files`, in order of place."""
        return tuple(change.edits for change in self.changes)

    def inverse(self) -> BumpResult:
        """Return the result that takes all back: its `files` are those before, byte for byte."""
        moved = {
            change.before: _Moved(change.edits) for change in (*self.changes, *self.companions)
        }
        after = {change.before: change for change in (*self.changes, *self.companions)}
        return replace(
            self,
            old_clsid=self.new_clsid,
            new_clsid=self.old_clsid,
            changes=tuple(change.inverse() for change in self.changes),
            companions=tuple(change.inverse() for change in self.companions),
            occurrences=tuple(
                _inverse(found, after[found.source], moved[found.source])
                for found in self.occurrences
            ),
        )

    @cached_property
    def plan(self) -> UpdatePlan:
        """What compiling the files before, and then those after, does to a repository."""
        from mofkit.repository.update import plan_update

        before = self._schemas([change.before for change in self.changes])
        after = self._schemas([change.after for change in self.changes])
        return plan_update(before, after, self.provider)

    def _schemas(self, files: Sequence[SourceFile]) -> list[Schema]:
        """Return what each file declares that no other includes."""
        loader = _Loader(self.loader, files) if self.loader else None
        return [
            bind([parse(file)], loader=loader).schema
            for file in files
            if file.path not in self.included
        ]


def _inverse(found: Occurrence, change: FileChange, moved: _Moved) -> Occurrence:
    edits = () if found.left is not None else tuple(
        Edit(moved.span(edit.span), change.before.text[slice(*edit.span)]) for edit in found.edits
    )  # fmt: skip
    return replace(found, source=change.after, span=moved.span(found.span), edits=edits)


class _Moved:
    """Where places are after edits, which are in order."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._starts = [edit.span.start for edit in edits]
        self._ends = [edit.span.end for edit in edits]
        growths = (len(edit.text) - edit.span.length for edit in edits)
        self._growths = list(accumulate(growths, initial=0))

    def span(self, span: Span) -> Span:
        """Return where a span is that begins and ends outside of edits, or as they do."""
        n_before = bisect_left(self._starts, span.start)
        n_done = bisect_left(self._ends, span.end + 1)
        return Span(span.start + self._growths[n_before], span.end + self._growths[n_done])


class _Loader:
    """Another loader, with some of its files as they are at one time."""

    def __init__(self, loader: Loader, files: Sequence[SourceFile]) -> None:
        self._loader = loader
        self._files = {file.path: file for file in files}

    def load(self, name: str, *, includer: str) -> SourceFile:
        """Return the file that `name` means in the file `includer`."""
        source = self._loader.load(name, includer=includer)
        return self._files.get(source.path, source)
