"""Which parts of a file stay as they are: those that the parser could not read.

The smallest region is a member of a class, a property of an instance, a list of qualifiers, or a
piece that error recovery gave up; what is wrong outside of those takes the whole declaration.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from mofkit.syntax import Node, nodes
from mofkit.syntax.lexer import KIND, UNKNOWN
from mofkit.syntax.steps import Deleted, Run, Skipped, Supplied

if TYPE_CHECKING:
    from mofkit.syntax import SyntaxTree

__all__ = ["Untouched", "step_places"]

_UNTERMINATED: Final = KIND["UNTERMINATED_STRING"]
_BODIES: Final = (nodes.ClassBody, nodes.InstanceBody)
_WITH_ERRORS: Final = (*_BODIES, nodes.MofSpecification)
_HOLDERS: Final = (
    *_WITH_ERRORS,
    nodes.ClassDeclaration,
    nodes.StructureDeclaration,
    nodes.InstanceDeclaration,
    nodes.PropertyDeclaration,
    nodes.ReferenceDeclaration,
    nodes.MethodDeclaration,
    nodes.ValueInitializer,
    nodes.QualifierList,
)
"""What may be laid out although a part of it is untouched."""

_CLOSER: Final = {
    nodes.ClassBody: KIND["RBRACE"],
    nodes.InstanceBody: KIND["RBRACE"],
    nodes.QualifierList: KIND["RBRACKET"],
}


class Untouched:
    """The tokens of a file that do not fit, and the nodes they spoil."""

    def __init__(self, tree: SyntaxTree) -> None:
        self._kinds = tree.kinds
        self._bad = sorted(set(_bad_tokens(tree)))

    def __bool__(self) -> bool:
        return bool(self._bad)

    def covers(self, node: Node) -> bool:
        """Say whether a node, with no such one around it, stays as it is."""
        if node.production == "error":
            return True
        if not self._is_spoiled(node):
            return False
        return not isinstance(node, _HOLDERS) or not all(
            self._is_sound(child, node) for child in node.children
        )

    def _is_spoiled(self, node: Node) -> bool:
        at = bisect_left(self._bad, node.first)
        return at < len(self._bad) and self._bad[at] < node.end

    def _is_sound(self, child: Node | int, parent: Node) -> bool:
        """Say whether `parent` can be laid out with the child, which may be untouched itself."""
        if isinstance(child, int):
            at = bisect_left(self._bad, child)
            return at == len(self._bad) or self._bad[at] != child
        if child.production == "error":
            return isinstance(parent, _WITH_ERRORS)
        if isinstance(child, _BODIES):
            return self._is_closed(child) and not self.covers(child)
        if isinstance(child, nodes.QualifierList) and self._is_spoiled(child):
            return self._is_closed(child)
        if isinstance(child, _HOLDERS) or isinstance(parent, _WITH_ERRORS):
            return True
        return not self._is_spoiled(child)

    def _is_closed(self, node: Node) -> bool:
        last = node.children[-1] if node.children else None
        return isinstance(last, int) and self._kinds[last] == _CLOSER[type(node)]


def _bad_tokens(tree: SyntaxTree) -> list[int]:
    kinds = tree.kinds
    found: list[int] = []
    if UNKNOWN in kinds or _UNTERMINATED in kinds:
        found += [token for token, kind in enumerate(kinds) if kind in (UNKNOWN, _UNTERMINATED)]
    for step in tree.steps:
        match step:
            case Supplied():
                found += [max(step.place - 1, 0), *([step.stands_for] * (step.stands_for >= 0))]
            case Deleted():
                found.append(step.token)
            case Skipped():
                found += range(step.first, step.end)
    return found


def step_places(tree: SyntaxTree) -> list[tuple[str, int, int]]:
    """Return how a file was read, in a form that can be compared."""
    return [(type(step).__name__, *_place(step)) for step in tree.steps]


def _place(step: Run | Supplied | Deleted | Skipped) -> tuple[int, int]:
    match step:
        case Run():
            return step.first, len(step.cells)
        case Supplied():
            return step.place, step.kind
        case Deleted():
            return step.token, 0
        case Skipped():
            return step.first, step.end
