"""Stock Lark over our grammar: the oracle whose tokens, nodes and verdicts ours must equal."""

from collections.abc import Iterator
from functools import cache
from itertools import zip_longest

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from mofkit.syntax import ParseResult
from mofkit.syntax.generate_tables import build_lark
from mofkit.syntax.lark_tree import to_lark_tree

__all__ = ["Event", "disagreement", "events_of"]

Event = tuple[str, str, int | None]
"""A node's name, "(" and no place; a leaf's terminal, text and start; or ")" where a node ends."""


def disagreement(result: ParseResult) -> str:
    """Return in what our reading of a file differs from Lark's, "" where it does not.

    What Lark refuses has no tree there; then only the verdict is compared.
    """
    text = result.source.text
    try:
        theirs = stock_lark().parse(text)
    except UnexpectedInput as error:
        return "" if result.tree.faults else f"only Lark refuses it: {error}"
    if result.tree.faults:
        place = result.source.position(result.tree.starts[result.tree.faults[0].token])
        return f"Lark accepts it, we see a fault at {place}"
    ours = to_lark_tree(result.tree)
    for one, other in zip_longest(events_of(ours), events_of(theirs)):
        if one != other:
            return f"we have {one}, Lark has {other}"
    return ""


@cache
def stock_lark() -> Lark:
    """Return the parser; building it takes half a second."""
    return build_lark()


def events_of(root: Tree[Token]) -> Iterator[Event]:
    """Yield the tree in the order of the file. Not recursive: values nest deeper than the stack."""
    todo: list[Tree[Token] | Token | None] = [root]
    while todo:
        match todo.pop():
            case None:
                yield ")", "", None
            case Tree(data=name, children=children):
                yield str(name), "(", None
                todo.append(None)
                todo += reversed(children)
            case token:
                yield token.type, str(token), token.start_pos
