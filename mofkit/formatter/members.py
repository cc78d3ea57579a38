"""The layout of members, parameters and qualifiers.

Qualifiers stand on the line of what they qualify if they are short (`Style.inline`) and hold no
description, else above it. A list of them that does not fit on a line has a line for each; bare
names, and those with a number or the like, share one.
"""

from __future__ import annotations

from typing import Final

from mofkit.formatter.document import (
    ALIGN,
    CLOSE,
    DEDENT,
    END_MEMBER,
    FILL,
    HARD,
    LINE,
    MEMBER,
    OPEN,
    QUALIFIED,
    SPACE,
)
from mofkit.formatter.layout import Layout, Part
from mofkit.syntax import Node, nodes
from mofkit.syntax.lexer import KIND

__all__ = [
    "member",
    "parameter",
    "qualifier",
    "qualifier_list",
    "value_initializer",
]

_SEMICOLON: Final = KIND["SEMICOLON"]
_SHORT_VALUES: Final = (nodes.Number, nodes.BooleanValue, nodes.NullValue)


def member(layout: Layout, node: Node) -> list[Part]:
    """Lay out a property, a reference or a method."""
    _reference(layout, node)
    return [MEMBER, *_qualified(layout, node), END_MEMBER]


def parameter(layout: Layout, node: Node) -> list[Part]:
    """Lay out a parameter."""
    _reference(layout, node)
    return _qualified(layout, node)


def value_initializer(layout: Layout, node: Node) -> list[Part]:
    """Lay out a property of an instance; one with qualifiers is set off as members are."""
    parts = _qualified(layout, node)
    return [MEMBER, *parts, END_MEMBER] if parts[0] == OPEN else parts


def _qualified(layout: Layout, node: Node) -> list[Part]:
    first, *rest = node.children
    if not isinstance(first, nodes.QualifierList):
        return layout.spaced(node.children)
    line = HARD if _describes(layout, first) else QUALIFIED
    return [OPEN, first, line, CLOSE, *layout.spaced(rest)]


def _describes(layout: Layout, qualifiers: Node) -> bool:
    return any(
        isinstance(item, nodes.Qualifier) and layout.texts[item.first].lower() == "description"
        for item in qualifiers.children
    )


def _reference(layout: Layout, node: Node) -> None:
    """Put `ref` into its case, if this is a reference: TYPE ref NAME."""
    words = [token for token in node.tokens if not layout.is_kind(token, _SEMICOLON)]
    if len(words) == len(("type", "ref", "name")):
        layout.keyword(words[1])


def qualifier_list(layout: Layout, node: Node) -> list[Part]:
    """Lay out a list of qualifiers, below one another if it is broken."""
    opener, *items, closer = node.children
    parts: list[Part] = [OPEN, opener, ALIGN]
    for number, item in enumerate(items):
        if isinstance(item, Node):
            parts += [*layout.leading(item.first), item]
        else:
            are_short = all(map(_is_short, items[number - 1 : number + 2]))
            parts += [item, FILL if are_short else LINE]
    return [*parts, DEDENT, closer, CLOSE]


def _is_short(item: Node | int) -> bool:
    """Say whether a qualifier is a bare name, or one with a number or the like behind it."""
    if isinstance(item, int) or len(item.children) == 1:
        return True
    if len(item.children) > 2 or not isinstance(item.children[1], nodes.QualifierParameter):
        return False
    return all(isinstance(value, _SHORT_VALUES) for value in item.children[1].nodes)


def qualifier(layout: Layout, node: Node) -> list[Part]:
    """Lay out `Name(value) : flavor flavor`."""
    name, *rest = node.children
    if rest and isinstance(rest[0], Node):
        return [name, *layout.spaced(rest)]
    return [name, SPACE, *layout.spaced(rest)] if rest else [name]
