"""Walking a syntax tree: in order, without recursion, so that nesting has no limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mofkit.syntax.tree import Node


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and every node below it, each in front of its children, in file order."""
    todo = [node]
    while todo:
        node = todo.pop()
        yield node
        todo += [child for child in reversed(node.children) if isinstance(child, Node)]


class Visitor:
    """Calls `visit_<production>(node)` for each node whose production a subclass has a method for.

    >>> from mofkit.syntax import parse_source
    >>> class Names(Visitor):
    ...     def visit_property_declaration(self, node):
    ...         print(node.tree.texts[node.name])
    >>> Names().visit(parse_source("class A { uint8 X; string Y; };").tree.root)
    X
    Y
    """

    def visit(self, node: Node) -> None:
        """Walk a node and everything below it."""
        methods: dict[str, Callable[[Any], None] | None] = {}
        for below in walk(node):
            production = below.production
            if production not in methods:
                methods[production] = getattr(self, f"visit_{production}", None)
            method = methods[production]
            if method is not None:
                method(below)
