"""What the reading of a payload has seen: each field with its place, for `annotate`.

The reader tells of a header before it judges it, and of a value once it is read. What it tells
never overlaps, since it reads each byte once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mofkit.binary import Field
from mofkit.binary.field_budget import FieldBudget, quoted
from mofkit.binary.rows import Row
from mofkit.binary.utf16 import n_units
from mofkit.bmf.enums import BmfType, ObjectKind
from mofkit.bmf.explain import Explained, explain_header, flavor_text, number_text, values_of
from mofkit.bmf.findings import Findings
from mofkit.bmf.labels import Labels
from mofkit.bmf.structs import flavor_entry_row, object_row, property_row, qualifier_row
from mofkit.cim import CimValue

__all__ = ["PayloadTrace"]

_FREE_PATH_CHARS = 200
_CHARS_A_BYTE = 16
"""So long a path costs nothing. Objects in objects have longer ones, which take room: so many more
characters count for a byte of the payload."""

_LABELLED = (object_row, property_row, qualifier_row)


class PayloadTrace:
    """Makes a field of all that a reader tells, as far as the budget goes.

    Attributes:
        labels: what the records are about.
        counts: of qualifiers, strings and flavors; also of those without a field.
    """

    def __init__(self, payload: bytes, findings: Findings, budget: FieldBudget) -> None:
        self.labels = Labels()
        self.counts: Counter[str] = Counter()
        self._data = payload
        self._findings = findings
        self._budget = budget
        self._fields: list[Field] = []
        self._flavors: dict[int, tuple[int, int]] = {}  # of qualifiers: entry, flavor
        self._entries: list[tuple[int, int, int]] = []
        self._qualifier_paths: dict[int, str] = {}

    def fields(self) -> list[Field]:
        """Return the fields by offset; call it when all is read."""
        found = self._fields + self._budget.kept(self._entry_fields())
        return sorted(found, key=lambda field: field.offset_bytes)

    def header(self, row: Row, start: int, field: str = "") -> None:
        """Take down a header, all of whose bytes are there; `field` is what it heads."""
        if row is qualifier_row:
            self.counts["qualifiers"] += 1
        if self._budget.is_exhausted:
            return
        path = self._findings.path(field)
        values = values_of(row, self._data, start)
        explained = explain_header(row, values, start)
        if row is qualifier_row:
            self._qualifier_paths[start] = path
            explained["Size"] = self._with_flavor(explained["Size"], start)
        if row in _LABELLED:
            self.labels.open(path, is_class=values.get("Kind") == ObjectKind.CLASS)
        for column in row.columns:
            shown = explained[column.name]
            self._add(
                start + column.offset_bytes, column.length_bytes, f"{path}.{column.name}", shown
            )

    def strings(self, texts: Sequence[str], start: int, end: int, field: str) -> None:
        """Take down strings one behind the other, and the padding up to `end`."""
        self.counts["strings"] += len(texts)
        if self._budget.is_exhausted:
            return
        path = self._findings.path()
        if field == "name":
            self.labels.name(path, texts[0])
        elif field == "value":
            self.labels.value(path, texts[0])
        at = start
        for index, text in enumerate(texts):
            length = 2 * n_units(text) + 2
            shown = Explained("wstr", quoted(text))
            if not self._add(at, length, f"{path}.{_told(field, index)}", shown):
                return
            at += length
        self._pad(at, end, path, field)

    def numbers(
        self, code: int, width: int, values: Sequence[CimValue], start: int, end: int, field: str
    ) -> None:
        """Take down numbers of `width` bytes one behind the other, and the padding up to `end`."""
        if self._budget.is_exhausted:
            return
        path = self._findings.path()
        type_name = "character" if code == BmfType.SINT16 else BmfType(code).name.lower()
        at = start
        for index, value in enumerate(values):
            shown = Explained(type_name, *number_text(value, self._data[at : at + width]))
            if not self._add(at, width, f"{path}.{_told(field, index)}", shown):
                return
            at += width
        self._pad(at, end, path, field)

    def flavor_entry(self, at: int, offset_bytes: int, flavor: int) -> None:
        """Take down an entry of the flavor table, which is read before the qualifiers are."""
        self.counts["flavors"] += 1
        if self.counts["flavors"] <= self._budget.max_fields:
            self._flavors[offset_bytes] = len(self._entries), flavor
            self._entries.append((at, offset_bytes, flavor))

    def _with_flavor(self, size: Explained, start: int) -> Explained:
        entry = self._flavors.get(start)
        if entry is None:
            return size
        index, flavor = entry
        self.labels.flavor(self._findings.path(), flavor_text(flavor))
        return Explained(size.type, size.value, f"{size.meaning}; flavor entry {index}")

    def _entry_fields(self) -> Iterator[Field]:
        offset_column, flavor_column = flavor_entry_row.columns
        for index, (at, offset_bytes, flavor) in enumerate(self._entries):
            path = f"flavor table.Entry[{index}]"
            target = self._qualifier_paths.get(offset_bytes)
            meaning = "no qualifier was read there"
            if target:
                meaning = self.labels.label(target, with_flavor=False) or target
            yield Field(
                at + offset_column.offset_bytes,
                offset_column.length_bytes,
                f"{path}.Offset",
                "uint32",
                f"{offset_bytes:#x}",
                meaning,
                leads_to_bytes=offset_bytes if target else None,
            )
            yield Field(
                at + flavor_column.offset_bytes,
                flavor_column.length_bytes,
                f"{path}.Flavor",
                "uint32",
                f"{flavor:#x}",
                flavor_text(flavor),
            )

    def _pad(self, at: int, end: int, path: str, field: str) -> None:
        if at < end:
            value = self._data[at:end].hex(" ") if any(self._data[at:end]) else "0"
            what = "array.(padding)" if field == "items" else f"(padding of {field.capitalize()})"
            self._add(at, end - at, f"{path}.{what}", Explained("bytes", value[:80]))

    def _add(self, at: int, length: int, path: str, shown: Explained) -> bool:
        """Make a field, and say whether there was room for it."""
        n_path_bytes = max(len(path) - _FREE_PATH_CHARS, 0) // _CHARS_A_BYTE
        if not self._budget.take(length + n_path_bytes):
            return False
        leads_to = shown.leads_to_bytes
        if leads_to is not None and not 0 <= leads_to < len(self._data):
            leads_to = None
        self._fields.append(
            Field(at, length, path, shown.type, shown.value, shown.meaning, (), leads_to)
        )
        return True


def _told(field: str, index: int) -> str:
    return f"array.Item[{index}]" if field == "items" else field.capitalize()
