"""Where the values of a description stand in its text.

Reading a description goes through `json` and `tomllib`, which tell no places. Only when something
is wrong is the text gone through once more, here: it is then known to be well-formed, so that
a few kinds of tokens suffice. Nothing here recurses, since the text may nest as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from mofkit.reginfo.description.errors import Key
from mofkit.source import Span

__all__ = ["Format", "Places", "find_places", "first_deep_place", "line_of"]

Format: TypeAlias = Literal["json", "toml"]

_MAX_KEY_LENGTH: Final = 12
"""No key of a description is longer; below that, only doubled names are looked for."""

_MAX_DEPTH: Final = 100

_TOKENS: Final = {
    "json": re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[][{},:]|[^][{},:"\s]+', re.DOTALL),
    "toml": re.compile(
        r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})'
        r"|'''.*?'''(?:'{0,2})"
        r'|"(?:[^"\\\n]|\\.)*"'
        r"|'[^'\n]*'"
        r"|\#[^\n]*|\n|[][{}=,.]"
        r"""|[^][{}=,.\#"'\s]+""",
        re.DOTALL,
    ),
}
_ASSIGN: Final = frozenset(":=")
_LINE_ENDS: Final = frozenset(["\n", ""])
_SCALAR_ENDS: Final = frozenset([",", "]", "}", "\n", ""])
_NOTHING = re.compile("")


@dataclass(frozen=True, slots=True)
class Places:
    """What was found in a text.

    Attributes:
        spans: of each value the name of its key or, in an array, the value's first token, which
            in TOML may be a whole header.
        doubled: JSON objects' names that were there already, in order.
    """

    spans: dict[Key, Span] = field(default_factory=dict)
    doubled: list[tuple[Key, Span]] = field(default_factory=list)

    def span(self, key: Key) -> Span:
        """Return the place of a value, or of the nearest value around it that has one."""
        for length in range(len(key), 0, -1):
            if key[:length] in self.spans:
                return self.spans[key[:length]]
        return Span.at(0)


def find_places(
    text: str,
    format: Format,  # noqa: A002 - as --format
    wanted: Iterable[Key] | None = None,
) -> Places:
    r"""Return the places in a text that `json` or `tomllib` can read.

    With `wanted`, those of these keys and of what is around them: what is beside is passed over,
    and doubled names are not looked for.

    >>> find_places("a = 1\nb.c = [2, {d = 3}]", "toml").spans[("b", "c", 1, "d")]
    Span(start=17, end=18)
    """
    scanner = _Scanner(text, format, wanted)
    if format == "json":
        scanner.read_value(())
    else:
        scanner.read_document()
    return scanner.places


def first_deep_place(text: str, format: Format) -> int:  # noqa: A002 - as --format
    """Return the offset at which a text, well-formed or not, is nested too deeply to be read."""
    depth = 0
    for token in _TOKENS[format].finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > _MAX_DEPTH:
            return token.start()
    return 0


def line_of(text: str, offset: int) -> int:
    """Return the line of an offset, from 1."""
    return text.count("\n", 0, offset) + 1


@dataclass(slots=True)
class _Frame:
    """An array or an object that is being read."""

    key: Key
    next_index: int | None
    """The position of the next element; None in an object."""
    names: set[str] = field(default_factory=set)


class _Scanner:
    """The tokens of a text, read one after the other. A key of None is one that nobody wants."""

    def __init__(self, text: str, format: Format, wanted: Iterable[Key] | None) -> None:  # noqa: A002
        self.places = Places()
        self._wanted = (
            None if wanted is None else {k[:n] for k in wanted for n in range(len(k) + 1)}
        )
        self._is_json = format == "json"
        self._tokens = _tokens(text, format)
        self._token = next(self._tokens)
        self._array_lengths: dict[Key, int] = {}

    def read_document(self) -> None:
        """Read TOML: headers and assignments."""
        table: Key | None = ()
        while self._token[0]:
            if self._token[0] == "\n":
                self._next()
            elif self._token[0] == "[":
                table = self._read_header()
            else:
                self.read_value(self._read_name(table))

    def read_value(self, key: Key | None) -> None:
        """Read a value and all that is in it."""
        frames: list[_Frame] = []
        self._open(key, frames)
        while frames:
            frame = frames[-1]
            text = self._token[0]
            if text in ("]", "}"):
                frames.pop()
                self._next()
            elif text in (",", "\n"):
                self._next()
            elif frame.next_index is None:
                self._open(self._read_name(frame.key, frame), frames)
            else:
                inner = self._inner(frame.key, frame.next_index)
                frame.next_index += 1
                self._note(inner, Span(*self._token.span()))
                self._open(inner, frames)

    def _open(self, key: Key | None, frames: list[_Frame]) -> None:
        """Step into an array or object, or over anything else."""
        text = self._token[0]
        if text not in ("[", "{"):
            while self._token[0] not in _SCALAR_ENDS:
                self._next()
        elif key is None:
            self._pass_over()
        else:
            frames.append(_Frame(key, 0 if text == "[" else None))
            self._next()

    def _pass_over(self) -> None:
        """Step over an array or object."""
        depth = 1
        for token in self._tokens:
            text = token[0]
            if text in ("[", "{"):
                depth += 1
            elif text in ("]", "}"):
                depth -= 1
                if not depth:
                    break
        self._next()

    def _read_name(self, table: Key | None, frame: _Frame | None = None) -> Key | None:
        """Read `name =`, `dotted.name =` or `"name":` and return the key."""
        first = self._token
        key = table
        while self._token[0] not in _ASSIGN:
            if self._token[0] != ".":
                key = self._step(key, self._token)
            self._next()
        self._next()
        if self._is_json and frame is not None and key is not None:
            self._look_for_double(frame, key, first)
        return key

    def _look_for_double(self, frame: _Frame, key: Key, token: re.Match[str]) -> None:
        name = self._decoded(token[0])
        if name in frame.names:
            self.places.doubled.append((key, Span(*token.span())))
        frame.names.add(name)

    def _read_header(self) -> Key | None:
        """Read `[table]` or `[[array]]` and return the key of the table that begins."""
        start = self._next().start()
        is_element = self._token[0] == "[" and self._token.start() == start + 1
        key: Key | None = ()
        end = start
        while self._token[0] not in _LINE_ENDS:
            if self._token[0] not in ("[", "]", "."):
                key = self._step(self._current(key), self._token)
            end = self._next().end()
        if key is None or not is_element:
            return self._current(key)
        index = self._array_lengths.get(key, 0)
        self._array_lengths[key] = index + 1
        inner = self._inner(key, index)
        self._note(inner, Span(start, end))
        return inner

    def _current(self, key: Key | None) -> Key | None:
        """Return the key of the last table of an array of tables, of other tables their own."""
        length = self._array_lengths.get(key) if key is not None else None
        return key if length is None else self._inner(key, length - 1)

    def _step(self, key: Key | None, token: re.Match[str]) -> Key | None:
        if key is None:
            return None
        inner = self._inner(key, self._decoded(token[0]))
        self._note(inner, Span(*token.span()))
        return inner

    def _inner(self, key: Key | None, part: str | int) -> Key | None:
        """Return the key of a part, if that is wanted."""
        if key is None or len(key) == _MAX_KEY_LENGTH:
            return key
        inner = (*key, part)
        return inner if self._wanted is None or inner in self._wanted else None

    def _note(self, key: Key | None, span: Span) -> None:
        if key is not None:
            self.places.spans.setdefault(key, span)

    def _decoded(self, name: str) -> str:
        """Return what a name means that may be in quotes."""
        if name[0] not in "\"'":
            return name
        if name[0] == "'" or "\\" not in name:
            return name[1:-1]
        return _unescaped(name, is_json=self._is_json)

    def _next(self) -> re.Match[str]:
        """Return the token and go to the one behind it; the last one is empty."""
        token = self._token
        self._token = next(self._tokens)
        return token


def _tokens(text: str, format: Format) -> Iterator[re.Match[str]]:  # noqa: A002 - as --format
    for token in _TOKENS[format].finditer(text):
        if format == "json" or not token[0].startswith("#"):
            yield token
    end = _NOTHING.match(text, len(text))
    assert end is not None
    while True:
        yield end


def _unescaped(name: str, *, is_json: bool) -> str:
    if is_json:
        import json

        return str(json.loads(name))
    import tomllib

    return str(tomllib.loads(f"name = {name}")["name"])
