"""The dump for people in a terminal: a row a field, a heading a structure.

    WMIREGINFO[0].WmiRegGuid[0]
    0018  5e 3e 51 d5 ef ac b5 40  Guid            D5513E5E-ACEF-40B5-9361-1CEE4DFC3E5E
          93 61 1c ee 4d fc 3e 5e
    0028  08 00 00 00              Flags           0x00000008  WMIREG_FLAG_INSTANCE_BASENAME
    002c  02 00 00 00              InstanceCount   2           names made of the base name

What is wrong is marked under its row, as compilers do, and told again at the end. A payload follows
as a dump of its own. Nothing of the
file reaches the terminal raw: see `mofkit.diagnostics.render.glyphs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from mofkit.binary.annotation import Annotation, Field
from mofkit.binary.dump.table import (
    Group,
    Note,
    Row,
    gap_name,
    is_zero,
    make_groups,
    make_notes,
    make_remainders,
    remarks,
)
from mofkit.diagnostics.render.glyphs import cell_count
from mofkit.diagnostics.render.theme import Style, Theme

__all__ = ["render"]

_BYTES_A_LINE = 8
_BYTES_CELLS = 3 * _BYTES_A_LINE - 1
_MAX_LINES = 2  # of bytes; the rest is counted
_NAME_CELLS = 28  # at most; longer names push the rest to the right
_VALUE_CELLS = 12  # at most; a longer value has the room of the meaning, which goes below it
_MIN_TEXT_CELLS = 30
_MIN_MEANING_CELLS = 24  # a narrower column would make a ladder of a sentence
_STYLES = {"error": Style.ERROR, "warning": Style.WARNING}


def render(
    annotation: Annotation,
    *,
    color: bool = False,
    ascii_only: bool = False,
    width_cells: int = 100,
) -> str:
    """Return the dump; lines are at most `width_cells` wide where the columns leave the room.

    `color` adds ANSI sequences. `ascii_only` is for terminals that know nothing else.
    """
    theme = Theme(color=color, ascii_only=ascii_only, width_cells=width_cells)
    buffers = [annotation, *([annotation.payload] if annotation.payload else [])]
    return "\n".join(_buffer(buffer, theme) for buffer in buffers)


def _buffer(annotation: Annotation, theme: Theme) -> str:
    """Return the dump of one buffer."""
    groups = make_groups(annotation)
    page = _Page(theme, _columns(annotation, groups, theme), annotation)
    notes = [line for note in make_notes(annotation) for line in page.note(note)]
    notes += [line for text in make_remainders(annotation) for line in page.remainder(text)]
    blocks = [page.head(), *map(page.group, groups), *([notes] if notes else [])]
    return "\n".join("".join(f"{line.rstrip()}\n" for line in block) for block in blocks)


class _Columns(NamedTuple):
    """Cells of the columns; bytes have theirs fixed, and two cells stand between two columns."""

    offset: int
    name: int
    value: int
    text: int
    """Value and meaning together."""


def _columns(annotation: Annotation, groups: Sequence[Group], theme: Theme) -> _Columns:
    rows = [row for group in groups for row in group.rows]
    names = [cell_count(theme.visible(_name(row, annotation))) for row in rows]
    texts = (_value(row, annotation) for row in rows)
    values = [cell_count(theme.visible(text)) for text in texts if len(text) <= _VALUE_CELLS]
    offset = max(len(f"{len(annotation.data):x}"), len("offset"))
    name = min(max(names, default=0), _NAME_CELLS)
    value = max((cells for cells in values if cells <= _VALUE_CELLS), default=0)
    left = offset + 2 + _BYTES_CELLS + 2 + name + 2
    return _Columns(
        offset,
        max(name, len("field")),
        max(value, len("value")),
        max(theme.width_cells - left, _MIN_TEXT_CELLS),
    )


class _Page:
    """Draws the blocks of one dump, each a list of lines."""

    def __init__(self, theme: Theme, columns: _Columns, annotation: Annotation) -> None:
        self._theme = theme
        self._columns = columns
        self._annotation = annotation

    def head(self) -> list[str]:
        """Return the title and the columns' names."""
        count = len(self._annotation.data)
        size = "1 byte" if count == 1 else f"{count:,} bytes"
        title = f"{self._theme.visible(self._annotation.title)}, {size}"
        names = (
            f"{'offset':{self._columns.offset}}  {'bytes':{_BYTES_CELLS}}  "
            f"{'field':{self._columns.name}}  {'value':{self._columns.value}}  meaning"
        )
        paint = self._theme.paint
        return [paint(title, Style.STRONG), "", paint(names, Style.FAINT)]

    def group(self, group: Group) -> list[str]:
        """Return a structure: its path, and its rows."""
        lines = self._heading(group.path) if group.path else []
        for row in group.rows:
            lines += self._row(row)
            for note in row.notes:
                lines += self._mark(row, note)
        return lines

    def note(self, note: Note) -> list[str]:
        """Return a warning or the error as the end of the dump tells it."""
        label = self._theme.visible(f"{note.severity}[{note.code}]")
        place = self._theme.visible(f"{note.path}: {note.message}")
        room = max(self._theme.width_cells - 4, _MIN_TEXT_CELLS)
        first, *others = _worded(f"{label} at {note.offset_bytes:#x}, {place}", room)
        first = self._theme.paint(label, _STYLES[note.severity]) + first.removeprefix(label)
        return [first, *(f"    {line}" for line in others)]

    def remainder(self, text: str) -> list[str]:
        """Return a sentence about what the dump leaves out."""
        room = max(self._theme.width_cells - 4, _MIN_TEXT_CELLS)
        first, *others = _worded(self._theme.visible(f"note: {text}"), room)
        return [first, *(f"    {line}" for line in others)]

    def _heading(self, path: str) -> list[str]:
        """Return the path of a structure with its label: beside it, or below if it is long."""
        theme = self._theme
        heading, label = theme.visible(path), theme.visible(self._annotation.labels.get(path, ""))
        strong = theme.paint(heading, Style.STRONG)
        if not label:
            return [strong]
        if cell_count(heading) + 2 + cell_count(label) <= theme.width_cells:
            return [f"{strong}  {theme.paint(label, Style.INFO)}"]
        room = max(theme.width_cells - 4, _MIN_TEXT_CELLS)
        return [strong, *(f"    {theme.paint(line, Style.INFO)}" for line in _worded(label, room))]

    def _row(self, row: Row) -> Iterator[str]:
        theme, columns = self._theme, self._columns
        faint = Style.FAINT if row.number is None else Style.PLAIN
        bytes_lines = self._bytes(row)
        text_lines = self._text(row)
        name = theme.visible(_name(row, self._annotation))
        offset = f"{row.item.offset_bytes:0{max(4, columns.offset - 2)}x}".rjust(columns.offset)
        for shown, text in zip_longest(bytes_lines, text_lines, fillvalue=""):
            yield (
                f"{theme.paint(offset, Style.FRAME)}  "
                f"{theme.paint(_padded(shown, _BYTES_CELLS), faint)}  "
                f"{theme.paint(_padded(name, columns.name), faint or Style.INFO)}  {text}"
            )
            offset, name = " " * columns.offset, ""

    def _bytes(self, row: Row) -> list[str]:
        """Return the row's bytes in hex, a few lines of them; the last one counts the rest."""
        start, count = row.item.offset_bytes, row.item.length_bytes
        if count > _BYTES_A_LINE * _MAX_LINES:
            shown = _BYTES_A_LINE * (_MAX_LINES - 1)
            rest = f"{self._theme.strokes.cut} {count - shown:,} more bytes"
        else:
            shown, rest = count, ""
        data = self._annotation.data[start : start + shown]
        lines = [
            data[at : at + _BYTES_A_LINE].hex(" ") for at in range(0, len(data), _BYTES_A_LINE)
        ]
        return [*lines, rest] if rest else lines

    def _text(self, row: Row) -> list[str]:
        """Return the lines of value and meaning: side by side, or a long value above."""
        theme, columns = self._theme, self._columns
        value = theme.visible(_value(row, self._annotation))
        meanings = [theme.visible(text) for text in _meanings(row)]
        style = Style.FAINT if row.number is None else Style.STRONG
        room = columns.text - columns.value - 2
        if cell_count(value) > columns.value or not all(_suits(text, room) for text in meanings):
            lines = [theme.paint(line, style) for line in _broken(value, columns.text)]
            return lines + [line for text in meanings for line in _worded(text, columns.text)]
        right = [line for text in meanings for line in _worded(text, room)] or [""]
        first = f"{theme.paint(_padded(value, columns.value), style)}  {right[0]}"
        return [first, *(f"{' ' * columns.value}  {line}" for line in right[1:])]

    def _mark(self, row: Row, note: Note) -> Iterator[str]:
        """Yield the line under a row that says what is wrong with it, under its bytes."""
        theme, style = self._theme, _STYLES[note.severity]
        indent = " " * (self._columns.offset + 2)
        carets = "^" * max(3 * min(row.item.length_bytes, _BYTES_A_LINE) - 1, 1)
        message = theme.visible(f"{note.code}: {row.told(note)}")
        room = max(theme.width_cells - len(indent) - len(carets) - 1, _MIN_TEXT_CELLS)
        for line in _worded(message, room):
            yield f"{indent}{theme.paint(f'{carets} {line}', style)}"
            carets = " " * len(carets)


def _name(row: Row, annotation: Annotation) -> str:
    return row.name if isinstance(row.item, Field) else f"({gap_name(annotation)})"


def _value(row: Row, annotation: Annotation) -> str:
    if isinstance(row.item, Field):
        return row.item.value
    return "all zero" if is_zero(row.item, annotation.data) else ""


def _meanings(row: Row) -> list[str]:
    if isinstance(row.item, Field):
        return remarks(row.item)
    count = row.item.length_bytes
    return ["1 byte" if count == 1 else f"{count:,} bytes"]


def _suits(text: str, room_cells: int) -> bool:
    """Say whether a sentence reads well in a column: on one line, or in words that fit."""
    if cell_count(text) <= room_cells:
        return True
    longest = max(map(cell_count, text.split(" ")))
    return max(longest, _MIN_MEANING_CELLS) <= room_cells


def _padded(text: str, cells: int) -> str:
    return text + " " * (cells - cell_count(text))


def _broken(text: str, width_cells: int) -> list[str]:
    """Return the lines of a value, which has its spaces where it has them."""
    lines, start = [], 0
    while start < len(text):
        line = text[start : start + max(width_cells, 1)]
        while len(line) > 1 and (beyond := cell_count(line) - width_cells) > 0:
            line = line[: max(len(line) - (beyond + 1) // 2, 1)]  # two cells a character at most
        lines.append(line)
        start += len(line)
    return lines or [""]


def _worded(text: str, width_cells: int) -> list[str]:
    """Return the lines of a sentence, broken between words where they fit."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cell_count(lines[-1]) + 1 + cell_count(word) <= width_cells:
            lines[-1] += f" {word}"
        else:
            lines += _broken(word, width_cells)
    return lines
