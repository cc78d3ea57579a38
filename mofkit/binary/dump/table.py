"""What a dump shows, whatever its form: the fields, the bytes that none claims, what is wrong.

Rows stand in the order of the bytes, those of one structure together under the structure's path.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from mofkit.binary.annotation import Annotation, Field

__all__ = [
    "Gap",
    "Group",
    "Note",
    "Row",
    "gap_name",
    "in_order",
    "is_zero",
    "make_groups",
    "make_notes",
    "make_remainders",
    "remarks",
]

_MAX_FOLDED = 2
"""An element of an array with so few fields, such as a counted string, gets no group of its own:
the array's group has them, and their names begin with the element's index."""

_MAX_NAMED = 3
_MAX_WARNINGS = 500


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes that no field claims, at least one."""

    offset_bytes: int
    length_bytes: int


@dataclass(frozen=True, slots=True)
class Note:
    """A warning, or the error."""

    severity: Literal["warning", "error"]
    code: str
    offset_bytes: int
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """A field or a gap.

    `name` is the field's path without what its group's path says. `number` counts the fields from
    0, in order; it is None for a gap.
    """

    item: Field | Gap
    name: str
    number: int | None
    notes: tuple[Note, ...]

    def told(self, note: Note) -> str:
        """Return a note's message as it is read beside this row, with the rest of its path."""
        path = self.item.path if isinstance(self.item, Field) else note.path
        inner = note.path.removeprefix(path) if note.path.startswith(path) else ""
        return f"{inner} {note.message}" if inner else note.message


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring rows of one structure; the path of a group that has only a gap is empty."""

    path: str
    rows: tuple[Row, ...]


def in_order(annotation: Annotation) -> list[Field]:
    """Return the fields by offset, those at one offset in their given order."""
    return sorted(annotation.fields, key=lambda field: field.offset_bytes)


def make_notes(annotation: Annotation) -> list[Note]:
    """Return the warnings in their order, the first 500 of them, then the error."""
    notes = [
        Note("warning", warning.code, warning.offset_bytes, warning.path, warning.message)
        for warning in annotation.warnings[:_MAX_WARNINGS]
    ]
    error = annotation.error
    if error is not None:
        notes.append(Note("error", error.code, error.offset_bytes, error.path, error.reason))
    return notes


def make_remainders(annotation: Annotation) -> list[str]:
    """Return sentences about what a dump for people leaves out; none where it shows all."""
    found = [annotation.left_out] if annotation.left_out else []
    if (n_more := len(annotation.warnings) - _MAX_WARNINGS) > 0:
        found.append(f"{n_more:,} more warnings")
    return found


def make_groups(annotation: Annotation) -> list[Group]:
    """Return the rows of the dump; each byte of the data is in a field or in one gap."""
    items = list(_with_gaps(in_order(annotation), len(annotation.data)))
    places = _places(items)
    notes: list[list[Note]] = [[] for _ in items]
    finder = _Finder(items)
    for note in make_notes(annotation):
        index = finder.row_idx(note)
        if index is not None:
            notes[index].append(note)
    numbers = iter(range(len(items)))
    rows = [
        (path, Row(item, name, next(numbers) if isinstance(item, Field) else None, tuple(found)))
        for item, (path, name), found in zip(items, places, notes, strict=True)
    ]
    return [
        Group(path, tuple(row for _, row in members))
        for path, members in groupby(rows, key=lambda row: row[0])
    ]


def remarks(field: Field) -> list[str]:
    """Return what to say beside a field's value: its meaning, and what else names its bytes."""
    found = [field.meaning] if field.meaning else []
    if field.also_paths:
        named, others = field.also_paths[:_MAX_NAMED], len(field.also_paths) - _MAX_NAMED
        more = f" and {others:,} more" if others > 0 else ""
        found.append(f"also {', '.join(named)}{more}")
    return found


def gap_name(annotation: Annotation) -> str:
    """Return what to call bytes that no field claims: behind a fault nobody has read them."""
    is_whole = annotation.error is None and not annotation.left_out
    return "not used" if is_whole else "not explained"


def is_zero(item: Field | Gap, data: bytes) -> bool:
    """Say whether all bytes of a row are 0."""
    return not data[item.offset_bytes : item.offset_bytes + item.length_bytes].strip(b"\0")


def _with_gaps(fields: Sequence[Field], n_bytes: int) -> Iterator[Field | Gap]:
    """Yield the fields, and each gap where its bytes are."""
    end = 0
    for field in fields:
        if field.offset_bytes > end:
            yield Gap(end, field.offset_bytes - end)
        yield field
        end = max(end, field.offset_bytes + field.length_bytes)
    if end < n_bytes:
        yield Gap(end, n_bytes - end)


def _places(items: Sequence[Field | Gap]) -> list[tuple[str, str]]:
    """Return each item's group and name; what has no group belongs to the one around it."""
    paths = [item.path if isinstance(item, Field) else "" for item in items]
    split = [path.rpartition(".") for path in paths]
    sizes = Counter(parent for parent, _, _ in split)
    places = [_folded(parent, name, sizes) for parent, _, name in split]
    around = zip(
        ["", *(group for group, _ in places)], places, [*places[1:], ("", "")], strict=False
    )
    return [
        (group or (before if before == after else ""), name)
        for before, (group, name), (after, _) in around
    ]


def _folded(parent: str, name: str, sizes: Counter[str]) -> tuple[str, str]:
    if parent.endswith("]") and sizes[parent] <= _MAX_FOLDED:
        array = parent[: parent.rindex("[")]
        return array, f"{parent[len(array) :]}.{name}"
    return parent, name


class _Finder:
    """Finds the row that a note is about."""

    def __init__(self, items: Sequence[Field | Gap]) -> None:
        self._items = items
        self._by_path: dict[str, int] = {}
        for index, item in enumerate(items):
            if isinstance(item, Field):
                self._by_path.setdefault(item.path, index)

    def row_idx(self, note: Note) -> int | None:
        """Return the row at the note's offset if it is in the note's path, or the path in it.

        Otherwise the row that the path is in: what is missing has no row of its own. Else the one
        at the offset, if any.
        """
        found = self._by_path.get(note.path)
        if found is not None and self._items[found].offset_bytes == note.offset_bytes:
            return found
        at_offset = self._at(note.offset_bytes)
        if at_offset is not None and _is_akin(self._items[at_offset], note.path):
            return at_offset
        path = note.path
        while path:
            if path in self._by_path:
                return self._by_path[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return at_offset

    def _at(self, offset_bytes: int) -> int | None:
        index = bisect_right(self._items, offset_bytes, key=lambda item: item.offset_bytes) - 1
        if index < 0:
            return None
        item = self._items[index]
        return index if offset_bytes < item.offset_bytes + item.length_bytes else None


def _is_akin(item: Field | Gap, path: str) -> bool:
    return isinstance(item, Gap) or item.path.startswith(path) or path.startswith(item.path)
