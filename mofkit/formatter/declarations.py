"""The layout of files and of what is declared in them.

Declarations have their braces on lines of their own, as in the samples of the Windows driver kit,
and a blank line between; directives in a row stay together, and so do qualifier declarations. An
instance with a single property may be on one line. Embedded instances open their brace on the line
they stand on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mofkit.formatter.document import (
    BETWEEN_BLANK,
    CLOSE,
    DEDENT,
    END_MEMBER,
    HARD,
    INDENT,
    LINE,
    MEMBER,
    OPEN,
    SPACE,
)
from mofkit.formatter.layout import Layout, Leading, Part
from mofkit.syntax import Node, nodes
from mofkit.syntax.lexer import KIND

__all__ = [
    "class_declaration",
    "directive",
    "embedded_instance",
    "enumeration_declaration",
    "instance_declaration",
    "mof_specification",
    "nested_enumeration",
    "nested_structure",
    "qualifier_clause",
    "qualifier_declaration",
]

_STAND_TOGETHER: Final[tuple[tuple[type[Node], ...], ...]] = (
    (nodes.CompilerDirective, nodes.IncludeDirective),
    (nodes.QualifierDeclaration,),
)


def mof_specification(layout: Layout, node: Node) -> list[Part]:
    """Lay out a file; a `;` goes behind what is in front of it."""
    parts: list[Part] = []
    before: Node | None = None
    for child in node.children:
        if isinstance(child, int):
            parts += [*layout.leading(child), child]
            continue
        if parts:
            parts.append(_between_declarations(layout, before, child))
        parts += [*layout.leading(child.first, keep_blank=True), child]
        before = child
    if parts and layout.has_leading(node.end):
        parts.append(layout.between(node.end))
    return [*parts, Leading(node.end, ends_line=True)]


def _between_declarations(layout: Layout, before: Node | None, after: Node) -> int:
    is_group = any(
        isinstance(before, kinds) and isinstance(after, kinds) for kinds in _STAND_TOGETHER
    )
    return layout.between(after.first) if is_group else BETWEEN_BLANK


def directive(layout: Layout, node: Node) -> list[Part]:
    """Lay out `#pragma name(...)` and `#include(...)`."""
    layout.keyword(node.tokens[1])
    hash_, word, *rest = node.children
    has_name = bool(rest) and isinstance(node, nodes.CompilerDirective)
    return [hash_, word, *([SPACE] if has_name else []), *layout.tight(rest)]


def class_declaration(layout: Layout, node: Node) -> list[Part]:
    """Lay out a class, or what MOF 3 declares in its manner."""
    layout.keyword(node.tokens[0])
    return _with_body(layout, node)


def nested_structure(layout: Layout, node: Node) -> list[Part]:
    """Lay out a structure of MOF 3 within a class."""
    return [MEMBER, *_with_body(layout, node), END_MEMBER]


def _with_body(layout: Layout, node: Node) -> list[Part]:
    header, body = _split(node, HARD)
    return [*header, *_body(layout, body, HARD)]


def _split(node: Node, behind_qualifiers: int) -> tuple[list[Part], Node]:
    """Return what is in front of the body, laid out, and the body."""
    *children, body = node.children
    assert isinstance(body, Node)
    parts: list[Part] = []
    for child in children:
        if isinstance(child, nodes.QualifierList):
            parts += [child, behind_qualifiers]
        else:
            parts += [child, SPACE]
    return parts[:-1], body


def _body(layout: Layout, body: Node, line: int, *, has_own_line: bool = True) -> list[Part]:
    """Lay out braces with members between them.

    `line` is HARD where the body is always broken, else LINE; then `has_own_line` says whether the
    first brace is on a line of its own.
    """
    opener, *items, closer = body.children
    assert isinstance(opener, int)
    assert isinstance(closer, int)
    if not items and not layout.has_comments(closer):
        return [SPACE, opener, closer]
    parts: list[Part] = [line if has_own_line else SPACE, opener, INDENT, line]
    for number, item in enumerate(items):
        if isinstance(item, int):
            parts += [*layout.leading(item), item]
            continue
        parts += [layout.between(item.first)] if number else []
        parts += [*layout.leading(item.first, keep_blank=True), item]
    parts += [layout.between(closer)] if items and layout.has_leading(closer) else []
    return [*parts, *layout.leading_of_closer(closer), DEDENT, line, closer]


def instance_declaration(layout: Layout, node: Node) -> list[Part]:
    """Lay out an instance."""
    _instance_words(layout, node)
    header, body = _split(node, HARD)
    is_single = [type(item) for item in body.children[1:-1]] == [nodes.ValueInitializer]
    if is_single and not isinstance(node.children[0], nodes.QualifierList):
        return [OPEN, *header, *_body(layout, body, LINE), CLOSE]
    return [*header, *_body(layout, body, HARD)]


def embedded_instance(layout: Layout, node: Node) -> list[Part]:
    """Lay out an instance that is a value: on one line, or as a list is."""
    _instance_words(layout, node)
    header, body = _split(node, SPACE)
    return [OPEN, *header, *_body(layout, body, LINE, has_own_line=False), CLOSE]


def _instance_words(layout: Layout, node: Node) -> None:
    for token in node.tokens[:2]:
        layout.keyword(token)


def enumeration_declaration(layout: Layout, node: Node) -> list[Part]:
    """Lay out an enumeration of MOF 3: on one line, or as a class is."""
    layout.keyword(node.tokens[0])
    header, body = _split(node, HARD)
    return [OPEN, *header, *_enumerators(layout, body.children), CLOSE]


def nested_enumeration(layout: Layout, node: Node) -> list[Part]:
    """Lay out an enumeration in a class, whose braces are its own children."""
    brace = next(n for n, child in enumerate(node.children) if layout.is_kind(child, _LBRACE))
    header: list[Part] = []
    for child in node.children[:brace]:
        header += [child, HARD if isinstance(child, nodes.QualifierList) else SPACE]
    body = _enumerators(layout, node.children[brace:])
    return [MEMBER, OPEN, *header[:-1], *body, CLOSE, END_MEMBER]


_LBRACE: Final = KIND["LBRACE"]


def _enumerators(layout: Layout, children: Sequence[Node | int]) -> list[Part]:
    opener, *items, closer = children
    assert isinstance(closer, int)
    if not items and not layout.has_comments(closer):
        return [SPACE, opener, closer]
    parts: list[Part] = [LINE, opener, INDENT, LINE]
    for item in items:
        parts += [*layout.leading(item.first), item] if isinstance(item, Node) else [item, LINE]
    return [*parts, *layout.leading_of_closer(closer), DEDENT, LINE, closer]


def qualifier_declaration(layout: Layout, node: Node) -> list[Part]:
    """Lay out a qualifier declaration; broken, it has scope and flavor on lines of their own."""
    layout.keyword(node.tokens[0])
    first, *rest = layout.spaced(node.children)
    return [OPEN, first, INDENT, *rest, DEDENT, CLOSE]


def qualifier_clause(layout: Layout, node: Node) -> list[Part]:
    """Lay out `, Scope(...)`."""
    comma, *rest = node.children
    return [comma, LINE, *layout.tight(rest)]
