"""How a file was read, step by step: what the tree is built from.

A parse without faults is one `Run`. Where error recovery stepped in (`recovery.py`), the steps
between the runs say what it did, so that replaying them gives a tree that still holds every token.

Plain classes rather than dataclasses: this is imported on every start, and those take a millisecond
each to make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mofkit.syntax.lexer import KIND

if TYPE_CHECKING:
    from mofkit.syntax.lalr import Cell
    from mofkit.syntax.parser import Parser
    from mofkit.syntax.recovery import Fault
    from mofkit.syntax.tree import Node, TreeBuilder

ERROR: Final = KIND["ERROR"]


class Run:
    """Tokens taken as they are: `cells[0]` is the stack in front of token `first`."""

    __slots__ = ("cells", "first")

    def __init__(self, cells: list[Cell], first: int) -> None:
        self.cells = cells
        self.first = first

    def replay(self, builder: TreeBuilder) -> None:
        """Push the tokens, with the reductions in front of each."""
        builder.replay(self.cells, self.first)


class Supplied:
    """A token that the file lacks, taken in front of token `place`.

    `stands_for` is the token it was taken for, -1 where it was put in.
    """

    __slots__ = ("cell", "kind", "place", "stands_for")

    def __init__(self, cell: Cell, kind: int, place: int, stands_for: int = -1) -> None:
        self.cell = cell
        self.kind = kind
        self.place = place
        self.stands_for = stands_for

    def replay(self, builder: TreeBuilder) -> None:
        """Push an empty splice, or the token that was replaced."""
        builder.reduce(self.cell.reductions(self.kind), self.place)
        builder.stack.append([] if self.stands_for < 0 else [self.stands_for])


class Deleted:
    """A token too many, left out of the parse."""

    __slots__ = ("token",)

    def __init__(self, token: int) -> None:
        self.token = token

    def replay(self, builder: TreeBuilder) -> None:
        """Hang the token, as an Error node, on what stands before it."""
        before = builder.stack.pop()
        parts = before if isinstance(before, list) else [before]
        builder.stack.append([*parts, builder.error(self.token)])


class Skipped:
    """What was given up: `popped` parts already read, and the tokens from `first` to `end`."""

    __slots__ = ("cell", "end", "first", "popped")

    def __init__(self, cell: Cell, popped: int, first: int, end: int) -> None:
        self.cell = cell
        self.popped = popped
        self.first = first
        self.end = end

    def replay(self, builder: TreeBuilder) -> None:
        """Push the parts and tokens as one splice, which becomes an Error node."""
        stack = builder.stack
        parts = stack[len(stack) - self.popped :]
        del stack[len(stack) - self.popped :]
        splice: list[Node | int] = []
        for part in parts:
            splice += part if isinstance(part, list) else [part]
        splice += range(self.first, self.end)
        first = self.first
        if splice:
            head = splice[0]
            first = head if isinstance(head, int) else head.first
        builder.reduce(self.cell.reductions(ERROR), first)
        stack.append(splice)


class Parse:
    """How a whole file was read.

    Attributes:
        kinds: kind of each token, END last.
        steps: what rebuilds the tree.
        faults: where the text did not fit the grammar, in order.
    """

    __slots__ = ("faults", "kinds", "steps")

    def __init__(self, kinds: list[int]) -> None:
        self.kinds = kinds
        self.steps: list[Run | Supplied | Deleted | Skipped] = []
        self.faults: list[Fault] = []


def parse_kinds(parser: Parser, kinds: list[int], text: str) -> Parse:
    """Read a whole file; never fails. `text` only helps to choose among repairs."""
    run = Run([parser.start], 0)
    if not parser.run(run.cells, iter(kinds)):
        from mofkit.syntax.recovery import recover

        return recover(parser, kinds, run, text)
    parse = Parse(kinds)
    parse.steps.append(run)
    return parse
