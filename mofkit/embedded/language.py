"""What the embedded languages share: from a text to the meaning of its productions.

Takes the tables of a grammar (`mofkit/syntax/generate_tables.py`), words for messages, and a reader
for each production; `Language.parse` gives the root of the tree. The engine is that of MOF
(`mofkit/syntax/lalr.py`), and as there nesting costs no Python stack: a reader is called as soon
as its production is complete, and finds in its children what their readers returned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from types import ModuleType
from typing import Any, Final, NamedTuple

from mofkit.embedded.error import EmbeddedError, Word
from mofkit.source import Span
from mofkit.syntax.lalr import KEEP_NODE, MAX_CELLS, Cell, Parser, Reducer, Table

__all__ = ["Language", "Part", "Phrase", "Tokens", "integer", "unescaped", "unquoted"]


class Phrase(NamedTuple):
    """What is said for terminals that are expected together, behind one of `after` if given."""

    text: str
    terminals: frozenset[str]
    after: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str, terminals: str, after: str = "") -> Phrase:
        """Return a phrase; names of terminals are separated by spaces."""
        return cls(text, frozenset(terminals.split()), frozenset(after.split()))


class Tokens:
    """The tokens of one text, the end's last.

    Attributes:
        text: what they are from.
        kinds: the kind of each; UNKNOWN for a character that begins none.
        spans: start and end of each.
    """

    __slots__ = ("kinds", "spans", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: list[int] = []
        self.spans: list[tuple[int, int]] = []

    def word(self, token: int) -> Word:
        """Return a token's text and place."""
        span = Span(*self.spans[token])
        return Word(self.text[span.start : span.end], span)


class Part:
    """A production of the grammar in a text.

    Attributes:
        production: its name.
        tokens: those of the text.
        first: index of its first token; of the next one where it has none.
        end: index after its last token.
        children: parts and token indexes.
        value: what its reader made of it.
    """

    __slots__ = ("children", "end", "first", "production", "tokens", "value")

    def __init__(
        self,
        production: str,
        read: Callable[[Part], Any],
        tokens: Tokens,
        first: int,
        end: int,
        children: list[Part | int],
    ) -> None:
        self.production = production
        self.tokens = tokens
        self.first = first
        self.end = end
        self.children = children
        self.value = read(self)

    @property
    def span(self) -> Span:
        """The place from the first token to the last; empty for a part without tokens."""
        spans = self.tokens.spans
        start = spans[self.first][0]
        return Span(start, spans[self.end - 1][1] if self.end > self.first else start)

    @property
    def word(self) -> Word:
        """Its text and place."""
        span = self.span
        return Word(self.tokens.text[span.start : span.end], span)

    @property
    def parts(self) -> list[Part]:
        """The parts among the children."""
        return [child for child in self.children if isinstance(child, Part)]

    @property
    def values(self) -> list[Any]:
        """What the parts among the children say."""
        return [child.value for child in self.parts]

    def all(self, production: str) -> list[Any]:
        """Return what the children of that production say."""
        return [child.value for child in self.parts if child.production == production]

    def one(self, production: str) -> Any:
        """Return what the first child of that production says, None where there is none."""
        return next(iter(self.all(production)), None)


UNKNOWN: Final = -1


class Language:
    """One language, ready to read texts.

    Attributes:
        noun: what a text is called in messages.
        openers: the characters that begin a token only where another closes it.
        kinds: terminal → kind.
    """

    def __init__(
        self,
        tables: ModuleType,
        *,
        noun: str,
        phrases: Sequence[Phrase],
        readers: Mapping[str, Callable[[Part], Any]],
        openers: str = "\"'",
    ) -> None:
        self.noun = noun
        self.openers = openers
        self.kinds = {name: kind for kind, name in enumerate(tables.TERMINALS)}
        self._tables = tables
        self._table = Table(tables)
        self._parser = Parser(self._table)
        self._phrases = phrases
        self._spelling: dict[int, str] = dict(tables.SPELLING)
        self._keywords: dict[str, int] = {self._spelling[k]: k for k in tables.KEYWORDS}
        self._shapes = [
            (len(right), partial(Part, name, readers[name]) if keep == KEEP_NODE else None)
            for _, right, name, keep in tables.RULES
        ]

    def parse(self, text: str, start: int = 0, end: int | None = None) -> Part:
        """Return the root of what stands between `start` and `end`; places are those in `text`.

        Raises:
            EmbeddedError: it is not of this language.
        """
        tokens = Tokens(text)
        cells = [self._parser.start]
        try:
            kinds = self.kinds_in(tokens, start, len(text) if end is None else end)
            if not self._parser.run(cells, kinds):
                raise self._fault(tokens, cells)
        finally:
            if self._parser.cells > MAX_CELLS:
                self._parser.reset()
        reducer = Reducer(tokens, tokens.kinds, self._shapes)
        reducer.replay(cells, 0)
        root = reducer.stack[0]
        assert isinstance(root, Part)
        return root

    def kinds_in(self, tokens: Tokens, start: int, end: int) -> Iterator[int]:
        """Yield the kinds of the tokens between two offsets, and note each in `tokens`.

        Keywords are keywords wherever they stand. A parse that fails asks for no more tokens, so
        that nothing behind a quote that is not closed is read, again and again, as a string.
        """
        kinds, spans = tokens.kinds, tokens.spans
        groups, name = self._groups, self._table.name
        for match in self._pattern.finditer(tokens.text, start, end):
            group = match.lastindex
            if group is None:
                break
            kind = groups[group - 1]
            if kind == name:
                kind = self._name_or_keyword(match[group])
            kinds.append(kind)
            spans.append(match.span(group))
            yield kind
        kinds.append(self.kinds["$END"])
        spans.append((end, end))
        yield kinds[-1]

    @cached_property
    def _groups(self) -> list[int]:
        return [*(kind for kind, _ in self._tables.TOKEN), UNKNOWN]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        trivia = "|".join(self._tables.TRIVIA)
        groups = "|".join(f"({pattern})" for _, pattern in self._tables.TOKEN)
        return re.compile(rf"(?:{trivia})*+(?:{groups}|([\s\S])|\Z)")

    def _name_or_keyword(self, text: str) -> int:
        if text.isascii():
            return self._keywords.get(text.lower(), self._table.name)
        # Lark ignores case as Unicode does: a long s is an s.
        found = (k for w, k in self._keywords.items() if re.fullmatch(w, text, re.IGNORECASE))
        return next(found, self._table.name)

    # -------------------------------------------------------------------------------- messages

    def _fault(self, tokens: Tokens, cells: list[Cell]) -> EmbeddedError:
        """Return what is wrong with the token that follows the last stack."""
        at = len(cells) - 1
        kind, word = tokens.kinds[at], tokens.word(at)
        if kind == UNKNOWN and word.text in self.openers:
            hidden = f"\\{word.text}" in tokens.text[word.span.end :]
            note = "; a `\\` hides the quote behind it" if hidden else ""
            return EmbeddedError(word.span, f"nothing closes this `{word.text}`{note}")
        if kind == UNKNOWN and (run := _RUN.match(tokens.text, word.span.start)):
            word = Word(run[0], Span(*run.span()))
        before = ""
        if at:
            usable = self._table.as_usable(cells[at - 1].state, tokens.kinds[at - 1])
            before = self._tables.TERMINALS[usable]
        is_end = kind == self.kinds["$END"]
        found = f"the end of the {self.noun}" if is_end else f"`{_short(word.text)}`"
        expected = _either(self._expected(cells[at], before))
        return EmbeddedError(word.span, f"expected {expected}, found {found}")

    def _expected(self, cell: Cell, before: str) -> list[str]:
        """Return in words what may follow a stack."""
        names = {name for name, kind in self.kinds.items() if self._takes(cell, kind)}
        words = []
        for phrase in self._phrases:
            if phrase.terminals <= names and (not phrase.after or before in phrase.after):
                words.append(phrase.text)
                names -= phrase.terminals
        words += [f"`{self._spelling[self.kinds[n]].upper()}`" for n in sorted(names - {"$END"})]
        return [*words, "the end"] if "$END" in names else words

    def _takes(self, cell: Cell, kind: int) -> bool:
        """Say whether a token fits, and a keyword as a keyword."""
        return kind in self._table.rows[cell.state] and cell.accepts(kind)


def _either(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


_LONGEST: Final = 40
_RUN: Final = re.compile(r"[\w.]+")
"""What a reader takes for one word, such as `5Where`, of which no token is made."""


def _short(text: str) -> str:
    first = text.splitlines()[0] if text else ""
    return first if text == first and len(text) <= _LONGEST else first[:_LONGEST] + "…"


# -------------------------------------------------------------------------------------- literals

_ESCAPE: Final = re.compile(r"\\([\s\S])")
_MAX_DIGITS: Final = 100
"""Python refuses to read numbers of thousands of digits, and reads long ones in quadratic time."""


def unescaped(text: str) -> str:
    r"""Return a text without the backslashes that escape.

    >>> unescaped(r'C:\\ \"x\"')
    'C:\\ "x"'
    """
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def unquoted(part: Part) -> str:
    """Return what a string between quotes says."""
    return unescaped(part.word.text[1:-1])


def integer(word: Word) -> int:
    """Return the number that decimal or `0x` digits spell.

    Raises:
        EmbeddedError: it is longer than any number in WMI.
    """
    if word.span.length > _MAX_DIGITS:
        raise EmbeddedError(word.span, f"a number of {word.span.length} digits is too long")
    return int(word.text, 16 if "x" in word.text.lower() else 10)
