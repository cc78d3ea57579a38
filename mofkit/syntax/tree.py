"""The syntax tree: every token of the file, in nodes named after the grammar's productions.

Takes a parse (`steps.Parse`), gives a `SyntaxTree`. A leaf is a token's index, a node is a
`Node`; the two keep the order of the file, so the leaves from left to right are the whole file less
its trivia, and the trivia is the text between two tokens. Error recovery leaves `Error` nodes that
hold what was skipped; a token that recovery supplied has no leaf, since the file does not have it.

Texts and places are computed for the whole file when the first of them is asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple, TypeVar

from mofkit.collector import garbage_collector_paused
from mofkit.source import Span
from mofkit.syntax import _tables
from mofkit.syntax.lalr import KEEP_NODE, Reducer
from mofkit.syntax.lexer import KIND, PUNCTUATION, UNKNOWN, token_starts, with_strings
from mofkit.syntax.parser import TABLE
from mofkit.syntax.steps import Deleted, Parse, Run, Skipped, Supplied

if TYPE_CHECKING:
    from mofkit.source import SourceFile
    from mofkit.syntax.recovery import Fault

N = TypeVar("N", bound="Node")
_DECLARATION_ENDS: Final = (KIND["SEMICOLON"], KIND["RBRACE"])
_C_DIRECTIVE: Final = re.compile(r"#[ \t]*(?:define|if|ifdef|ifndef|include[ \t]*[\"<])")
_PUNCTUATION: Final = frozenset(PUNCTUATION.values())


class Token(NamedTuple):
    """One token as people see it. `kind` is a terminal of the grammar, or UNKNOWN."""

    number: int
    kind: str
    text: str
    span: Span


class Node:
    """A production of the grammar.

    Attributes:
        tree: the tree it belongs to.
        first: index of its first token; of the next one in the file where it has none.
        end: index after its last token.
        children: nodes and token indexes, in the order of the file.
    """

    __slots__ = ("children", "end", "first", "tree")
    production: ClassVar[str] = ""

    def __init__(self, tree: SyntaxTree, first: int, end: int, children: list[Node | int]) -> None:
        self.tree = tree
        self.first = first
        self.end = end
        self.children = children

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"

    @property
    def span(self) -> Span:
        """The code points from the first token to the last; empty for a node without tokens."""
        if self.first == self.end:
            return Span.at(self.tree.starts[self.first])
        return Span(self.tree.starts[self.first], self.tree.token_end(self.end - 1))

    @property
    def text(self) -> str:
        """The source text of `span`."""
        start, end = self.span
        return self.tree.source.text[start:end]

    @property
    def tokens(self) -> list[int]:
        """The token indexes among the children."""
        return [child for child in self.children if child.__class__ is int]

    @property
    def words(self) -> list[int]:
        """The token indexes among the children, punctuation left out."""
        kinds = self.tree.kinds
        return [token for token in self.tokens if kinds[token] not in _PUNCTUATION]

    @property
    def nodes(self) -> list[Node]:
        """The nodes among the children, errors left out."""
        return [
            child
            for child in self.children
            if isinstance(child, Node) and child.production != "error"
        ]

    def all(self, kind: type[N]) -> list[N]:
        """Return the children of that node type."""
        return [child for child in self.children if child.__class__ is kind]

    def one(self, kind: type[N]) -> N | None:
        """Return the first child of that node type, None where there is none."""
        for child in self.children:
            if child.__class__ is kind:
                return child
        return None


class SyntaxTree:
    """A file's tokens and nodes.

    Attributes:
        source: the file.
        kinds: kind of each token, the end's last.
    """

    def __init__(self, source: SourceFile, parse: Parse, tokens: list[str]) -> None:
        """Make the tree of a parse; `tokens` is what `read_tokens` gave."""
        self.source = source
        self.kinds = parse.kinds
        self._parse = parse
        self._tokens = tokens

    @property
    def faults(self) -> list[Fault]:
        """Where the text did not fit the grammar, in order."""
        return self._parse.faults

    @property
    def steps(self) -> list[Run | Supplied | Deleted | Skipped]:
        """How the parser came through the file: one `Run` where nothing is wrong."""
        return self._parse.steps

    @cached_property
    def supplied(self) -> frozenset[int]:
        """The tokens in front of which error recovery supplied a `;` or a `}`."""
        return frozenset(
            step.place
            for step in self._parse.steps
            if isinstance(step, Supplied) and step.kind in _DECLARATION_ENDS
        )

    @cached_property
    def root(self) -> Node:
        """The whole file, a `MofSpecification`."""
        with garbage_collector_paused(makes_cycles=True):
            return TreeBuilder(self).build(self._parse)

    @cached_property
    def texts(self) -> list[str]:
        """The text of each token; the end's is empty."""
        return with_strings(self._tokens, self.source.text)

    @cached_property
    def words(self) -> set[str]:
        """The distinct texts of the tokens, strings without a fault left out."""
        return set(self._tokens) - {""}

    @cached_property
    def starts(self) -> list[int]:
        """The offset of each token; the end's is the length of the text."""
        return token_starts(self.source.text)

    def token_end(self, token: int) -> int:
        """Return the offset after a token."""
        return self.starts[token] + len(self.texts[token])

    def token_span(self, token: int) -> Span:
        """Return the code points of a token."""
        return Span(self.starts[token], self.token_end(token))

    @cached_property
    def _kinds_in_use(self) -> list[int]:
        """`kinds`, but NAME for each keyword that the parser took for a name."""
        kinds = list(self.kinds)
        for step in self._parse.steps:
            if isinstance(step, Run):
                for token, cell in enumerate(step.cells[:-1], step.first):
                    kinds[token] = TABLE.as_usable(cell.state, kinds[token])
        return kinds

    def kind(self, token: int) -> str:
        """Return the terminal's name, "UNKNOWN" for a character that begins no token.

        A keyword that the file uses as a name is a NAME.
        """
        kind = self._kinds_in_use[token]
        return "UNKNOWN" if kind == UNKNOWN else _tables.TERMINALS[kind]

    def token(self, index: int) -> Token:
        """Return one token with its text and place."""
        return Token(index, self.kind(index), self.texts[index], self.token_span(index))

    def tokens(self) -> Iterator[Token]:
        """Yield every token but the end."""
        for index in range(len(self.kinds) - 1):
            yield self.token(index)

    def token_at(self, offset: int) -> int:
        """Return the token that covers `offset`, or else the one before it; -1 before the first."""
        return bisect_right(self.starts, offset) - 1

    def trivia_before(self, token: int) -> Span:
        """Return the white space and comments in front of a token (of the end: at the end)."""
        return Span(self.token_end(token - 1) if token else 0, self.starts[token])

    @cached_property
    def has_c_directives(self) -> bool:
        """Whether the file has lines that may define C macros: #define, #if, #include "file"."""
        return bool(_C_DIRECTIVE.search(self.source.text))

    def starts_line(self, token: int) -> bool:
        """Say whether no other token stands in front of this one on its line."""
        gap = self.source.text[slice(*self.trivia_before(token))]
        return not token or "\n" in gap or "\r" in gap

    def touches_next(self, token: int) -> bool:
        """Say whether nothing stands between a token and the next."""
        return self.token_end(token) == self.starts[token + 1]

    def to_bytes(self) -> bytes:
        """Return the bytes of the file."""
        return self.source.to_bytes()


class TreeBuilder(Reducer):
    """Replays a parse of a file into its tree."""

    def __init__(self, tree: SyntaxTree) -> None:
        from mofkit.syntax.nodes import NODE_TYPES

        super().__init__(
            tree,
            tree.kinds,
            [
                (len(right), NODE_TYPES[name] if keep == KEEP_NODE else None)
                for _, right, name, keep in _tables.RULES
            ],
        )
        self.tree = tree
        self.error_type = NODE_TYPES["error"]

    def build(self, parse: Parse) -> Node:
        """Return the root of the tree."""
        for step in parse.steps:
            step.replay(self)
        (root,) = self.stack[:1]
        assert isinstance(root, Node)
        return root

    def error(self, token: int) -> Node:
        """Return an Error node for one token."""
        return self.error_type(self.tree, token, token + 1, [token])
