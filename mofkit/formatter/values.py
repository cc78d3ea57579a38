"""The layout of values.

Joined strings have a line each, since they were cut into lines by somebody. An array that does not
fit on a line has a line for each element, or as many on each as fit, if all are short.
"""

from __future__ import annotations

from typing import Final

from mofkit.formatter.document import ALIGN, DEDENT, FILL, LINE
from mofkit.formatter.layout import Layout, Part, below
from mofkit.syntax import Node, nodes

__all__ = ["array_initializer", "constant", "string_value"]

_MAX_FILLED: Final = 16
"""Columns an element of an array may have for several to stand on one line of a broken array."""


def string_value(_layout: Layout, node: Node) -> list[Part]:
    """Lay out joined strings: below one another."""
    first, *rest = node.children
    return [ALIGN, first, *below(rest), DEDENT] if rest else [first]


def array_initializer(layout: Layout, node: Node) -> list[Part]:
    """Lay out an array; one string stays in its braces, which alone on lines would not help."""
    values = node.nodes
    if len(values) == 1 and isinstance(values[0], nodes.StringValue):
        return list(node.children)
    are_short = all(_is_short(layout, value) for value in values)
    return layout.listed(node.children, FILL if are_short else LINE)


def _is_short(layout: Layout, value: Node) -> bool:
    text = layout.texts[value.first]
    has_lines = "\n" in text or "\r" in text
    return value.end - value.first == 1 and len(text) <= _MAX_FILLED and not has_lines


def constant(layout: Layout, node: Node) -> list[Part]:
    """Lay out TRUE, FALSE or NULL."""
    layout.set_case(node.first, str.upper)
    return [node.first]
