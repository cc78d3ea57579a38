"""Lark's LALR(1) tables, run over interned stacks: the engine of every grammar in `grammars/`.

Takes the tables that `mofkit/syntax/generate_tables.py` makes of a grammar, and the kinds of a
text's tokens; gives the stacks that the parse passes, and the nodes that follow from them.

An LALR parser's next move depends on its stack and the next token only, and real files need few
distinct stacks (the CIM schema some hundreds). So a stack is an object, a `Cell`: the state on top,
the cell below, and a dict from token kind to the cell after that token. The first time a cell sees
a kind, the table is run and the answer kept; every other time a step is one dict lookup, and the
whole run is a chain of lookups that `itertools.accumulate` drives without a line of Python.

A parse is the list of cells passed. `Cell.reductions` says which rules each step reduced, which is
all that is needed to build the tree (`Reducer`). Going back is cutting the list, which is what
error recovery does (`recovery.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from operator import getitem
from types import ModuleType
from typing import Any, Final

__all__ = ["KEEP_NODE", "MAX_CELLS", "Cell", "Parser", "Reducer", "Table", "UnexpectedToken"]

KEEP_NODE: Final = 1
"""What the tables say of a rule that makes a node."""

MAX_CELLS: Final = 20_000
"""Cells a parser keeps for the next file; one that needed more gives them all back."""


class UnexpectedToken(Exception):  # noqa: N818  # raised and caught inside the parser only
    """No parse goes on with this kind of token here."""


class Table:
    """The tables of one grammar as the parser looks them up.

    Made from a generated module, whose docstring says what its tables are.

    Attributes:
        rules: left side, right side, node and keep of each rule.
        rows: state → symbol → action.
        keywords: the kinds that are names where the parser cannot use them.
        name: the kind of a name, -1 in a grammar without.
    """

    __slots__ = ("keywords", "name", "rows", "rules")

    def __init__(self, tables: ModuleType) -> None:
        self.rules: tuple[tuple[int, tuple[int, ...], str, int], ...] = tables.RULES
        self.rows = _Rows(tables.STATES)
        self.keywords: frozenset[int] = frozenset(tables.KEYWORDS)
        self.name: int = tables.TERMINALS.index("NAME") if "NAME" in tables.TERMINALS else -1

    def as_usable(self, state: int, kind: int) -> int:
        """Return `kind`, or that of a name for a keyword that the state cannot use as one."""
        return self.name if kind in self.keywords and kind not in self.rows[state] else kind

    def building(self, rules: tuple[int, ...]) -> tuple[int, ...]:
        """Return the rules that change something in the tree."""
        return tuple(rule for rule in rules if self.rules[rule][3] >= 0)


class _Rows(dict[int, dict[int, int]]):
    """The rows of the table, each taken apart when it is first asked for."""

    __slots__ = ("states",)

    def __init__(self, states: tuple[tuple[int, ...], ...]) -> None:
        super().__init__()
        self.states = states

    def __missing__(self, state: int) -> dict[int, int]:
        row = self.states[state]
        found = self[state] = dict(zip(row[::2], row[1::2], strict=True))
        return found


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

    __slots__ = ("cells", "start", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.reset()

    def reset(self) -> None:
        """Forget every stack; running parses keep those they hold."""
        self.cells = 0
        self.start = Cell(self, 0, None)

    def keeps(self, kind: int, rules: tuple[int, ...]) -> bool:  # noqa: ARG002  # for subclasses
        """Say whether a step that reduces `rules` in front of `kind` need not be seen again."""
        return True

    def step(self, cell: Cell, kind: int) -> Cell:
        """Run the table for one token and return the stack after it.

        Raises:
            UnexpectedToken: the token fits nowhere.
        """
        row = self.table.rows[cell.state]
        action = row.get(kind, -1)
        if action >= 0:  # nothing to reduce
            after = cell[kind] = cell.above(action)
            return after
        top, state, rules = _reduce(self.table, cell, kind)
        after = top.above(state)
        if rules:
            cell.remember(kind, self.table.building(rules))
            if not self.keeps(kind, rules):
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


def _reduce(table: Table, cell: Cell, kind: int) -> tuple[Cell, int, tuple[int, ...]]:
    """Do the reductions in front of a token.

    Return the stack that takes it, the state it leads to, and the rules. `state` runs ahead of
    `cell` by one symbol: chains of unit rules replace it without making a cell each.
    """
    kind = table.as_usable(cell.state, kind)
    rows = table.rows
    rules: list[int] = []
    state = -1  # on top of `cell`, but for the first round
    while True:
        action = rows[cell.state if state < 0 else state].get(kind)
        if action is None:
            raise UnexpectedToken
        if action >= 0:
            return cell if state < 0 else cell.above(state), action, tuple(rules)
        rule = ~action
        left, right, _, _ = table.rules[rule]
        length = len(right)
        if state >= 0 and length:
            length -= 1
        elif state >= 0:
            cell = cell.above(state)
        for _ in range(length):
            assert cell.below is not None
            cell = cell.below
        state = rows[cell.state][left]
        rules.append(rule)


class Reducer:
    """Replays a parse: tokens are pushed by index, reductions turn them into nodes.

    Attributes:
        owner: what a node belongs to, given to each that is made.
        kinds: kind of each token.
        shapes: length of each rule, and what makes its node: called with `owner`, the index of the
            first token, the one after the last, and the children, which are tokens and nodes. None
            for a rule whose children are spliced into the parent's.
        stack: tokens, nodes and splices.
    """

    def __init__(
        self,
        owner: Any,
        kinds: Sequence[int],
        shapes: Sequence[tuple[int, Callable[[Any, int, int, list[Any]], Any] | None]],
    ) -> None:
        self.owner = owner
        self.kinds = kinds
        self.shapes = shapes
        self.stack: list[Any] = []

    def replay(self, cells: Sequence[Cell], first: int) -> None:
        """Push the tokens from `first` on, one for each step, with the reductions before each."""
        stack, reduce = self.stack, self.reduce
        token = first
        for cell, kind in zip(cells[:-1], self.kinds[first:], strict=False):
            rules = cell.reductions(kind)
            if rules:
                reduce(rules, token)
            stack.append(token)
            token += 1

    def reduce(self, rules: tuple[int, ...], end: int) -> None:
        """Apply rules to what is on top of the stack, in front of token `end`."""
        stack, shapes, owner = self.stack, self.shapes, self.owner
        for rule in rules:
            length, make = shapes[rule]
            if not length:
                items: list[Any] = []
            else:
                items = stack[-length:]
                del stack[-length:]
            if make is None:
                stack.append(_spliced(items))
                continue
            children = _spliced(items) if list in map(type, items) else items
            if children:
                head = children[0]
                first = head if head.__class__ is int else head.first
            else:
                first = end
            stack.append(make(owner, first, end, children))


def _spliced(items: list[Any]) -> list[Any]:
    """Return the items with lists among them spliced in; a list in front is extended in place."""
    if items and items[0].__class__ is list:
        result: list[Any] = items[0]
        rest = items[1:]
    else:
        result, rest = [], items
    for item in rest:
        if item.__class__ is list:
            result += item
        else:
            result.append(item)
    return result
