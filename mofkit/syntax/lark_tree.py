"""The same tree as stock Lark would build, for tools written against Lark.

This is also the oracle's side of the tests: what `to_lark_tree` returns must equal what
`Lark(grammar).parse` returns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mofkit.syntax.tree import Node, SyntaxTree

if TYPE_CHECKING:
    from lark import Token, Tree


def to_lark_tree(tree: SyntaxTree) -> Tree[Token]:
    """Return a `lark.Tree` of `lark.Token`s, without positions beyond `start_pos` and `end_pos`.

    Keywords that stand where only a name fits are tokens of type NAME, as in Lark.
    """
    from lark import Token, Tree

    def leaf(index: int) -> Token:
        token = tree.token(index)
        return Token(token.kind, token.text, token.span.start, end_pos=token.span.end)

    # Not recursive: values may nest deeper than Python's stack.
    top: Tree[Token] = Tree("", [])
    todo: list[tuple[Node, Tree[Token]]] = [(tree.root, top)]
    while todo:
        node, parent = todo.pop()
        branch: Tree[Token] = Tree(node.production, [])
        parent.children.append(branch)
        for child in node.children:
            if isinstance(child, Node):
                holder: Tree[Token] = Tree("", [])
                branch.children.append(holder)
                todo.append((child, holder))
            else:
                branch.children.append(leaf(child))
    return _unwrapped(top)


def _unwrapped(top: Tree[Token]) -> Tree[Token]:
    """Replace each holder by the one branch it holds."""
    from lark import Tree

    todo = [top]
    while todo:
        branch = todo.pop()
        branch.children = [
            child.children[0] if isinstance(child, Tree) and not child.data else child
            for child in branch.children
        ]
        todo += [child for child in branch.children if isinstance(child, Tree)]
    root = top.children[0]
    assert isinstance(root, Tree)
    return root
