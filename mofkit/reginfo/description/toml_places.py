"""Where the values of a TOML text stand: tomlkit reads it, and writes it again with marks.

tomlkit keeps every character, but writes tables that belong together one behind the other. So each
line is given its number before it is read, as indentation, and takes that along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from mofkit.reginfo.description.errors import Key
from mofkit.source import Span

if TYPE_CHECKING:
    from tomlkit.container import Container
    from tomlkit.items import Item, Table

__all__ = ["toml_places"]

_MAX_CHARS: Final = 500_000
"""Of some thousand entries. tomlkit takes seconds for them, and more than twice that for twice."""

_MARK = re.compile("\0([0-9]*)\0")
"""Before a key its number, behind it no number; TOML has no NUL."""

_SPACES: Final = str.maketrans("01", " \t")
_DIGITS: Final = str.maketrans(" \t", "01")


def toml_places(text: str) -> dict[Key, Span]:
    r"""Return the places in a text that `tomllib` can read; none where tomlkit cannot.

    Nor in a very large one, for which tomlkit would take minutes.

    A table without a header of its own is where the first value in it is.

    >>> toml_places("[[a]]\nb.c = 1\n[d]\n[[a]]\n")[("a", 1)]
    Span(start=18, end=23)
    """
    if len(text) > _MAX_CHARS:
        return {}
    import tomlkit

    lines = _NumberedLines(text)
    marks = _Marks()
    try:
        document = tomlkit.parse(lines.text)
        marks.put_in(document, ())
        marked = document.as_string()
    except Exception:  # noqa: BLE001 - tomllib took the text; a line is worth no traceback
        return {}
    return _with_outer(sorted(marks.find_in(marked, lines), key=lambda found: found[1].start))


class _NumberedLines:
    """A text whose lines begin with their numbers, in binary.

    A tab is 1, a space 0. Ahead of them goes a space between tabs: where tomlkit indents a table as
    it does the one around it, it puts the spaces there.
    """

    def __init__(self, text: str) -> None:
        lines = text.split("\n")
        n_digits = len(lines).bit_length()
        self._number = re.compile(rf"\t +\t([ \t]{{{n_digits}}})")
        self._starts: list[int] = []
        start = 0
        for line in lines:
            self._starts.append(start)
            start += len(line) + 1
        self.text = "".join(
            f"\t \t{f'{n:0{n_digits}b}'.translate(_SPACES)}{line}\n" for n, line in enumerate(lines)
        )

    def read(self, line: str) -> tuple[int, str]:
        """Return the offset of a line in the text, and the line without its number."""
        number = self._number.match(line)
        if number is None:  # of what tomlkit writes, only what it added
            return 0, ""
        return self._starts[int(number[1].translate(_DIGITS), 2)], line[number.end() :]


class _Marks:
    """Marks in a document, and the keys that they stand for."""

    def __init__(self) -> None:
        self._keys: list[Key] = []
        self._n_tables: dict[Key, int] = {}
        """The lengths of arrays of tables, of which tomlkit may have several parts."""

    def put_in(self, container: Container, key: Key) -> None:
        """Mark the keys and headers in a container, and all that is in their values."""
        from tomlkit.items import AoT, Table

        for name, item in container.body:
            if name is None:
                continue
            inner = (*key, name.key)
            if isinstance(item, AoT):
                for table in item.body:
                    self._n_tables[inner] = self._n_tables.get(inner, 0) + 1
                    self._put_in_table(table, self._last(inner))
            elif isinstance(item, Table):
                self._put_in_table(item, self._last(inner))
            else:
                item.trivia.indent += self._next(inner)
                name.sep = f"\0\0{name.sep}"
                self._put_in_value(item, inner)

    def _put_in_table(self, table: Table, key: Key) -> None:
        table.trivia.indent += self._next(key)
        table.trivia.comment_ws = f"\0\0{table.trivia.comment_ws}"
        self.put_in(table.value, key)

    def _put_in_value(self, item: Item, key: Key) -> None:
        from tomlkit.items import Array, InlineTable, Whitespace

        if isinstance(item, InlineTable):
            self.put_in(item.value, key)
        elif isinstance(item, Array):
            for index, element in enumerate(item):
                inner = (*key, index)
                self._put_in_value(element, inner)
                text = element.as_string()
                # White space is what tomlkit writes as it is.
                item[index] = Whitespace(f"{self._next(inner)}{text[:1]}\0\0{text[1:]}")

    def _last(self, key: Key) -> Key:
        """Return the key of the last table of an array of tables, of other tables their own."""
        return (*key, self._n_tables[key] - 1) if key in self._n_tables else key

    def _next(self, key: Key) -> str:
        self._keys.append(key)
        return f"\0{len(self._keys) - 1}\0"

    def find_in(self, marked: str, lines: _NumberedLines) -> Iterator[tuple[Key, Span]]:
        """Yield the keys of a document that was written with its marks."""
        for line in marked.split("\n"):
            if "\0" in line:
                yield from self._find_in_line(*lines.read(line))

    def _find_in_line(self, offset: int, line: str) -> Iterator[tuple[Key, Span]]:
        """Yield the keys of a line; every second mark is the end of one."""
        before, *pieces = _MARK.split(line)
        start = offset + len(before)
        for number, text in zip(pieces[::2], pieces[1::2], strict=True):
            if number:
                yield self._keys[int(number)], Span(start, start + len(text.rstrip()))
            start += len(text)


def _with_outer(found: list[tuple[Key, Span]]) -> dict[Key, Span]:
    """Return places with those of tables that have none: where the first value in them is."""
    spans = dict(found)
    for key, span in found:
        outer = key[:-1]
        while outer and outer not in spans:
            spans[outer] = span
            outer = outer[:-1]
    return spans
