"""From token kinds to a parse: Lark's LALR(1) table run over interned stacks.

An LALR parser's next move depends on its stack and the next token only, and real files need few
distinct stacks (the CIM schema some hundreds). So a stack is an object, a `Cell`: the state on top,
the cell below, and a dict from token kind to the cell after that token. The first time a cell sees
a kind, the table is run and the answer kept; every other time a step is one dict lookup, and the
whole run is a chain of lookups that `itertools.accumulate` drives without a line of Python.

A parse is the list of cells passed. `Cell.reductions` says which rules each step reduced, which is
all that is needed to build the tree (`tree.py`). Going back is cutting the list, which is what
error recovery does (`recovery.py`).

Steps that reduce a rule whose use the checker must see (`WATCHED`) are never kept: each is counted
in `Parser.suspicions`, so that a file that counted nothing needs no checker at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from operator import getitem
from typing import Final

from mofkit.syntax import _tables
from mofkit.syntax.lexer import KIND, NAME, Kinds

_KEYWORD_KINDS = frozenset(_tables.KEYWORDS)
_SEMICOLON = KIND["SEMICOLON"]
_SYMBOLS = _tables.TERMINALS + _tables.NONTERMINALS


def _is_watched(left: str, right: list[str]) -> bool:
    """Say whether a rule is one that real files need and the language forbids or restricts."""
    match left:
        case (
            "macro"
            | "next_macro"
            | "enumeration_literal"
            | "structure_declaration"
            | "enumeration_declaration"
            | "nested_structure"
            | "nested_enumeration"
            | "error"
        ):
            return True
        case "qualifier_list":
            return len(right) == 2  # []
        case "qualifier_parameter":
            return len(right) > 3  # ("a", "b")
        case "_parameter_value":
            return right == ["array_initializer"]  # ({"a"})
        case "value_initializer":
            return right == ["name", "SEMICOLON"]
        case "class_declaration":
            return right[-2:] == ["alias", "class_body"] and "superclass" in right
        case "property_declaration" | "method_declaration" | "parameter":
            return "array" in right and right.index("array") < right.index("name")
        case "instance_declaration" | "embedded_instance":
            return "VALUE" in right
    return False


DECLARATIONS: Final = frozenset(
    rule
    for rule, (left, *_) in enumerate(_tables.RULES)
    if _SYMBOLS[left]
    in {
        "class_declaration",
        "instance_declaration",
        "structure_declaration",
        "enumeration_declaration",
    }
)
"""Rules after which mofcomp requires a `;`, which the grammar takes as an item of its own."""

WATCHED: Final = frozenset(
    rule
    for rule, (left, right, *_) in enumerate(_tables.RULES)
    if _is_watched(_SYMBOLS[left], [_SYMBOLS[symbol] for symbol in right])
)

MAX_CELLS: Final = 20_000
"""Cells a parser keeps for the next file; one that needed more gives them all back."""


class UnexpectedToken(Exception):  # noqa: N818  # raised and caught inside the parser only
    """No parse goes on with this kind of token here."""


@cache
def row_of(state: int) -> dict[int, int]:
    """Return symbol → action of one state; see `_tables.py` for what an action is."""
    row = _tables.STATES[state]
    return dict(zip(row[::2], row[1::2], strict=True))


@cache
def _accessing_symbols() -> dict[int, int]:
    return {
        action: symbol
        for state in range(len(_tables.STATES))
        for symbol, action in row_of(state).items()
        if action >= 0
    }


def accessing_symbol(state: int) -> int:
    """Return the symbol that every way into an LALR state reads; -1 for the start."""
    return _accessing_symbols().get(state, -1)


def may_be_name(state: int) -> bool:
    """Say whether a state that has just read a keyword could take it for a name as well."""
    return any(action < 0 for action in row_of(state).values())


_ABOVE: Final = 1000  # beyond every kind


class Cell(dict[int, "Cell"]):
    """One interned stack: kind of the next token → the stack after it.

    The stacks with one more state on top are kept in the same dict, under `_ABOVE` and the state,
    since deep nesting makes a cell a level and a dict costs as much as the cell.

    Attributes:
        state: the LALR state on top.
        below: the rest of the stack, None for the start.
    """

    __slots__ = ("_reductions", "below", "parser", "state")

    def __init__(self, parser: Parser, state: int, below: Cell | None) -> None:
        # dict.__init__ has nothing to do: a cell starts empty.
        self.parser = parser
        self.state = state
        self.below = below
        self._reductions: dict[int, tuple[int, ...]] | None = None
        parser.cells += 1

    def __repr__(self) -> str:
        return f"Cell({self.state})"

    def __missing__(self, kind: int) -> Cell:
        return self.parser.step(self, kind)

    def above(self, state: int) -> Cell:
        """Return the stack with `state` pushed."""
        cell = self.get(_ABOVE + state)
        if cell is None:
            cell = self[_ABOVE + state] = Cell(self.parser, state, self)
        return cell

    def reductions(self, kind: int) -> tuple[int, ...]:
        """Return the rules reduced before a token of this kind is taken, in order.

        Those that change nothing in the tree are left out. The step must have been taken.
        """
        return self._reductions.get(kind, ()) if self._reductions else ()

    def remember(self, kind: int, rules: tuple[int, ...]) -> None:
        """Keep what `reductions` returns."""
        if self._reductions is None:
            self._reductions = {}
        self._reductions[kind] = rules

    def accepts(self, kind: int) -> bool:
        """Say whether a parse goes on with a token of this kind."""
        try:
            self[kind]
        except UnexpectedToken:
            return False
        return True


class Parser:
    """The interned stacks, shared by every parse that uses them, in any thread."""

    __slots__ = ("cells", "kinds", "start", "suspicions")

    def __init__(self) -> None:
        self.kinds = Kinds()
        self.suspicions = 0
        self.reset()

    def reset(self) -> None:
        """Forget every stack; running parses keep those they hold."""
        self.cells = 0
        self.start = Cell(self, 0, None)

    def step(self, cell: Cell, kind: int) -> Cell:
        """Run the table for one token and return the stack after it.

        Raises:
            UnexpectedToken: the token fits nowhere.
        """
        row = row_of(cell.state)
        action = row.get(kind, -1)
        if action >= 0:  # nothing to reduce
            after = cell[kind] = cell.above(action)
            return after
        top, state, rules = _reduce(cell, kind)
        after = top.above(state)
        if rules:
            cell.remember(kind, _building(rules))
            if not WATCHED.isdisjoint(rules) or (
                kind != _SEMICOLON and not DECLARATIONS.isdisjoint(rules)
            ):
                self.suspicions += 1
                return after
        cell[kind] = after
        return after

    def run(self, cells: list[Cell], kinds: Iterator[int]) -> bool:
        """Append to `cells` the stack after each of `kinds`; say whether all were taken."""
        try:
            cells.extend(accumulate(kinds, getitem, initial=cells.pop()))
        except UnexpectedToken:
            return False
        return True


@cache
def _building(rules: tuple[int, ...]) -> tuple[int, ...]:
    """Return the rules that change something in the tree."""
    return tuple(rule for rule in rules if _tables.RULES[rule][3] >= 0)


def as_usable(state: int, kind: int) -> int:
    """Return `kind`, or NAME for a keyword that the state cannot use as one."""
    return NAME if kind in _KEYWORD_KINDS and kind not in row_of(state) else kind


def _reduce(cell: Cell, kind: int) -> tuple[Cell, int, tuple[int, ...]]:
    """Do the reductions in front of a token.

    Return the stack that takes it, the state it leads to, and the rules. `state` runs ahead of
    `cell` by one symbol: chains of unit rules replace it without making a cell each.
    """
    kind = as_usable(cell.state, kind)
    rules: list[int] = []
    state = -1  # on top of `cell`, but for the first round
    while True:
        action = row_of(cell.state if state < 0 else state).get(kind)
        if action is None:
            raise UnexpectedToken
        if action >= 0:
            return cell if state < 0 else cell.above(state), action, tuple(rules)
        rule = ~action
        left, right, _, _ = _tables.RULES[rule]
        length = len(right)
        if state >= 0 and length:
            length -= 1
        elif state >= 0:
            cell = cell.above(state)
        for _ in range(length):
            assert cell.below is not None
            cell = cell.below
        state = row_of(cell.state)[left]
        rules.append(rule)
