"""The style: for each production, what goes before, between and after its parts.

A function takes a node and gives its children in order, with the operations of `document.py` among
them, and `Leading` where the comments in front of a token belong into the line above. Words of the
language are put into their usual case here; nothing else of a token ever changes.

Declarations have their braces on lines of their own, as in the samples of the Windows driver kit;
values open theirs on the line they stand on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from mofkit.formatter.document import (
    ALIGN,
    BETWEEN,
    BETWEEN_BLANK,
    CLOSE,
    DEDENT,
    END_MEMBER,
    FILL,
    HARD,
    INDENT,
    LINE,
    MEMBER,
    OPEN,
    QUALIFIED,
    SOFT,
    SPACE,
)
from mofkit.formatter.gaps import Gap, n_line_ends
from mofkit.syntax import Node, nodes
from mofkit.syntax.lexer import KIND

if TYPE_CHECKING:
    from mofkit.syntax import SyntaxTree

__all__ = ["Layout", "Leading", "Part"]

_MAX_FILLED: Final = 16
"""Columns an element of an array may have for several to stand on one line of a broken array."""

_SEMICOLON: Final = KIND["SEMICOLON"]
_COMMA: Final = KIND["COMMA"]
_TRUE_FALSE_NULL: Final = (nodes.BooleanValue, nodes.NullValue)
_SHORT_VALUES: Final = (nodes.Number, *_TRUE_FALSE_NULL)


class Leading(NamedTuple):
    """The comments in front of a token, ahead of the operations that come before it."""

    token: int
    keep_blank: bool = False


Part: TypeAlias = int | Node | Leading


class Layout:
    """The layout of one file's nodes.

    Attributes:
        texts: what to write for each token.
    """

    def __init__(self, tree: SyntaxTree, gaps: dict[int, Gap]) -> None:
        self.tree = tree
        self.texts = list(tree.texts)
        self._kinds = tree.kinds
        self._gaps = gaps
        # Where the C preprocessor reads the file too, `true` may be a macro, and `TRUE` none.
        self._may_change_case = not tree.has_c_directives

    def parts(self, node: Node) -> list[Part]:
        """Return a node's parts, one level deep."""
        return _LAYOUTS.get(node.__class__, Layout._spaced)(self, node)

    # ------------------------------------------------------------------------------------- files

    def _file(self, node: Node) -> list[Part]:
        parts: list[Part] = []
        before: Node | None = None
        for child in node.children:
            if isinstance(child, int):
                parts += [*self._leading(child), child]
            else:
                if parts:
                    parts.append(self._between_declarations(before, child))
                parts += [*self._leading(child.first, keep_blank=True), child]
                before = child
        if node.end in self._gaps and self._gaps[node.end].leading:
            parts += [self._between(node.end)] if parts else []
        return [*parts, Leading(node.end)]

    def _between_declarations(self, before: Node | None, after: Node) -> int:
        """Return the operation for two declarations: one-liners of a kind may stand together."""
        is_group = any(
            isinstance(before, kinds) and isinstance(after, kinds) for kinds in _STAND_TOGETHER
        )
        return self._between(after.first) if is_group else BETWEEN_BLANK

    def _between(self, token: int) -> int:
        """Return the operation in front of a token, which keeps one blank line of the source."""
        gap = self._gaps.get(token)
        if gap is not None:
            return BETWEEN_BLANK if gap.blank_before else BETWEEN
        white_space = self.tree.source.text[slice(*self.tree.trivia_before(token))]
        return BETWEEN_BLANK if n_line_ends(white_space) > 1 else BETWEEN

    def _leading(self, token: int, *, keep_blank: bool = False) -> list[Leading]:
        return [Leading(token, keep_blank)] if token in self._gaps else []

    # ------------------------------------------------------------------------------ declarations

    def _class(self, node: Node) -> list[Part]:
        self._keyword(node.tokens[0])
        return self._with_body(node)

    def _with_body(self, node: Node) -> list[Part]:
        """Lay out a class in any of its forms."""
        *header, body = self._header(node, HARD)
        assert isinstance(body, Node)
        return [*header, *self._body(body, HARD)]

    def _header(self, node: Node, behind_qualifiers: int) -> list[Part]:
        """Lay out what is in front of the braces, one space between; then comes the body."""
        parts: list[Part] = []
        for child in node.children:
            if child.__class__ is nodes.QualifierList:
                parts += [child, behind_qualifiers]
            else:
                parts += [SPACE, child] if parts and parts[-1] != behind_qualifiers else [child]
        if parts[-2:-1] == [SPACE]:
            del parts[-2]
        return parts

    def _instance(self, node: Node) -> list[Part]:
        """Lay out a declaration; with a single plain property it may be on one line."""
        self._instance_words(node)
        *header, body = self._header(node, HARD)
        assert isinstance(body, Node)
        items = body.children[1:-1]
        is_single = [type(item) for item in items] == [nodes.ValueInitializer]
        if is_single and node.children[0].__class__ is not nodes.QualifierList:
            return [OPEN, *header, *self._body(body, LINE), CLOSE]
        return [*header, *self._body(body, HARD)]

    def _embedded(self, node: Node) -> list[Part]:
        self._instance_words(node)
        *header, body = self._header(node, SPACE)
        assert isinstance(body, Node)
        return [OPEN, *header, *self._body(body, LINE, opens_line=False), CLOSE]

    def _instance_words(self, node: Node) -> None:
        for token in node.tokens[:2]:
            self._keyword(token)

    def _body(self, body: Node, line: int, *, opens_line: bool = True) -> list[Part]:
        """Lay out braces with members between them.

        `line` is HARD where the body is always broken, else LINE; `opens_line` puts the brace on a
        line of its own then.
        """
        opener, *items, closer = body.children
        assert isinstance(opener, int)
        assert isinstance(closer, int)
        if not items and closer not in self._gaps:
            return [SPACE, opener, closer]
        parts: list[Part] = [line if opens_line else SPACE, opener, INDENT, line]
        for number, item in enumerate(items):
            if isinstance(item, int):
                parts += [*self._leading(item), item]
                continue
            parts += [self._between(item.first)] if number else []
            parts += [*self._leading(item.first, keep_blank=True), item]
        return [*parts, *self._leading(closer), DEDENT, line, closer]

    def _enumeration(self, node: Node) -> list[Part]:
        if node.__class__ is nodes.EnumerationDeclaration:
            self._keyword(node.tokens[0])
        *header, body = self._header(node, HARD)
        return [OPEN, *header, LINE, body, CLOSE]

    def _nested_enumeration(self, node: Node) -> list[Part]:
        """Lay out an enumeration in a class, whose braces are its own children."""
        brace = next(n for n, child in enumerate(node.children) if self._is_opener(child))
        header: list[Part] = []
        for child in node.children[:brace]:
            if child.__class__ is nodes.QualifierList:
                header += [child, HARD]
            else:
                header += [child, SPACE]
        body = self._listed(node.children[brace:], LINE)
        return [MEMBER, OPEN, *header[:-1], LINE, *body, CLOSE, END_MEMBER]

    def _is_opener(self, child: Node | int) -> bool:
        return isinstance(child, int) and self._kinds[child] == KIND["LBRACE"]

    def _enumeration_body(self, node: Node) -> list[Part]:
        return self._listed(node.children, LINE)

    def _qualifier_declaration(self, node: Node) -> list[Part]:
        self._keyword(node.tokens[0])
        return [OPEN, *self._spaced(node)[:1], INDENT, *self._spaced(node)[1:], DEDENT, CLOSE]

    def _qualifier_clause(self, node: Node) -> list[Part]:
        comma, *rest = node.children
        return [comma, LINE, *self._tight_list(rest)]

    # ---------------------------------------------------------------------------------- members

    def _member(self, node: Node) -> list[Part]:
        self._reference(node)
        return [MEMBER, *self._qualified(node), END_MEMBER]

    def _property_value(self, node: Node) -> list[Part]:
        parts = self._qualified(node)
        return [MEMBER, *parts, END_MEMBER] if parts[0] == OPEN else parts

    def _nested_structure(self, node: Node) -> list[Part]:
        return [MEMBER, *self._with_body(node), END_MEMBER]

    def _parameter(self, node: Node) -> list[Part]:
        self._reference(node)
        return self._qualified(node)

    def _qualified(self, node: Node) -> list[Part]:
        """Lay out what may have qualifiers on its line, if they are short, or else above it."""
        if node.children[0].__class__ is not nodes.QualifierList:
            return self._spaced(node)
        qualifiers, *rest = node.children
        line = HARD if self._describes(qualifiers) else QUALIFIED
        return [OPEN, qualifiers, line, CLOSE, *self._join(rest)]

    def _describes(self, qualifiers: Node | int) -> bool:
        """Say whether a description is among the qualifiers, which belongs above what it is of."""
        return isinstance(qualifiers, Node) and any(
            isinstance(item, nodes.Qualifier) and self.texts[item.first].lower() == "description"
            for item in qualifiers.children
        )

    def _reference(self, node: Node) -> None:
        """Put `ref` into its case, if this is a reference: TYPE ref NAME."""
        words = [token for token in node.tokens if self._kinds[token] != _SEMICOLON]
        if len(words) == len(("type", "ref", "name")):
            self._keyword(words[1])

    def _parameters(self, node: Node) -> list[Part]:
        return self._listed(node.children, LINE)

    # ------------------------------------------------------------------------------- qualifiers

    def _qualifiers(self, node: Node) -> list[Part]:
        """Lay out a list: broken, it has short qualifiers side by side, and others a line each."""
        opener, *items, closer = node.children
        parts: list[Part] = [OPEN, opener, ALIGN]
        for number, item in enumerate(items):
            if isinstance(item, Node):
                parts += [*self._leading(item.first), item]
            else:
                short = all(map(self._is_short, items[number - 1 : number + 2]))
                parts += [item, FILL if short else LINE]
        return [*parts, DEDENT, closer, CLOSE]

    def _is_short(self, item: Node | int) -> bool:
        """Say whether a qualifier is a bare name, or one with a number or the like behind it."""
        if isinstance(item, int) or len(item.children) == 1:
            return True
        if len(item.children) > 2 or not isinstance(item.children[1], nodes.QualifierParameter):
            return False
        return all(isinstance(value, _SHORT_VALUES) for value in item.children[1].nodes)

    def _qualifier(self, node: Node) -> list[Part]:
        """Lay out `Name(value) : flavor flavor`."""
        name, *rest = node.children
        if rest and isinstance(rest[0], Node):
            return [name, *self._join(rest)]
        return [name, SPACE, *self._join(rest)] if rest else [name]

    # ----------------------------------------------------------------------------------- values

    def _strings(self, node: Node) -> list[Part]:
        """Lay out joined strings: a line each, below one another."""
        first, *rest = node.children
        return [ALIGN, first, *_below(rest), DEDENT] if rest else [first]

    def _element(self, value: Node) -> list[Part]:
        """Lay out one of several values; joined strings are indented, lest they look like more."""
        if not isinstance(value, nodes.StringValue) or len(value.children) == 1:
            return [value]
        first, *rest = value.children
        return [first, INDENT, *_below(rest), DEDENT]

    def _array(self, node: Node) -> list[Part]:
        values = node.nodes
        if len(values) == 1 and isinstance(values[0], nodes.StringValue):
            return list(node.children)  # a brace alone on a line would only make it longer
        texts, tree = self.texts, self.tree
        short = all(
            value.end - value.first == 1 and len(texts[value.first]) <= _MAX_FILLED
            for value in values
        )
        if short and any(tree.kind(value.first) == "MULTILINE_STRING" for value in values):
            short = False
        return self._listed(node.children, FILL if short else LINE)

    def _listed(self, children: Sequence[Node | int], separator: int) -> list[Part]:
        """Lay out brackets with commas: on one line, or with each bracket at the end of one."""
        opener, *items, closer = children
        if not items:
            return [opener, closer]
        assert isinstance(closer, int)
        parts: list[Part] = [OPEN, opener, INDENT, SOFT]
        for item in items:
            if isinstance(item, Node):
                parts += [*self._leading(item.first), *self._element(item)]
            else:
                parts += [item, separator]
        return [*parts, *self._leading(closer), DEDENT, SOFT, closer, CLOSE]

    def _constant(self, node: Node) -> list[Part]:
        self._set_case(node.first, str.upper)
        return [node.first]

    # ------------------------------------------------------------------------- words and spaces

    def _directive(self, node: Node) -> list[Part]:
        """Lay out `#pragma name(...)` and `#include(...)`."""
        self._keyword(node.tokens[1])
        hash_, word, *rest = node.children
        has_name = bool(rest) and node.__class__ is nodes.CompilerDirective
        return [hash_, word, *([SPACE] if has_name else []), *self._tight_list(rest)]

    def _tight_list(self, children: Iterable[Node | int]) -> list[Part]:
        """Lay out `name(a, b)` without a place to break."""
        parts: list[Part] = []
        for child in children:
            is_comma = isinstance(child, int) and self._kinds[child] == _COMMA
            parts += [child, SPACE] if is_comma else [child]
        return parts

    def _tight(self, node: Node) -> list[Part]:
        return self._tight_list(node.children)

    def _alias(self, node: Node) -> list[Part]:
        self._keyword(node.tokens[0])
        return self._spaced(node)

    def _spaced(self, node: Node) -> list[Part]:
        return self._join(node.children)

    def _join(self, children: Sequence[Node | int]) -> list[Part]:
        """Return the children with a space between, but where none is usual."""
        parts: list[Part] = []
        for child in children:
            if parts and not (
                self._kinds[child] in (_SEMICOLON, _COMMA)
                if isinstance(child, int)
                else isinstance(child, _ATTACHED)
            ):
                parts.append(SPACE)
            parts.append(child)
        return parts

    def _keyword(self, token: int) -> None:
        self._set_case(token, str.lower)

    def _set_case(self, token: int, case: Callable[[str], str]) -> None:
        # A long s is an s to the lexer; what it becomes in another case is not.
        if self._may_change_case and self.texts[token].isascii():
            self.texts[token] = case(self.texts[token])


def _below(children: Iterable[Node | int]) -> list[Part]:
    return [part for child in children for part in (HARD, child)]


_ATTACHED: Final = (
    nodes.Array,
    nodes.ParameterList,
    nodes.QualifierParameter,
    nodes.QualifierClause,
)
"""What stands right behind the word before it."""

_STAND_TOGETHER: Final[tuple[tuple[type[Node], ...], ...]] = (
    (nodes.CompilerDirective, nodes.IncludeDirective),
    (nodes.QualifierDeclaration,),
)

_LAYOUTS: Final[dict[type[Node], Callable[[Layout, Node], list[Part]]]] = {
    nodes.MofSpecification: Layout._file,
    nodes.CompilerDirective: Layout._directive,
    nodes.IncludeDirective: Layout._directive,
    nodes.ClassDeclaration: Layout._class,
    nodes.StructureDeclaration: Layout._class,
    nodes.NestedStructure: Layout._nested_structure,
    nodes.Alias: Layout._alias,
    nodes.PropertyDeclaration: Layout._member,
    nodes.ReferenceDeclaration: Layout._member,
    nodes.MethodDeclaration: Layout._member,
    nodes.NestedEnumeration: Layout._nested_enumeration,
    nodes.ParameterList: Layout._parameters,
    nodes.Parameter: Layout._parameter,
    nodes.Array: Layout._tight,
    nodes.QualifierList: Layout._qualifiers,
    nodes.Qualifier: Layout._qualifier,
    nodes.QualifierParameter: Layout._tight,
    nodes.QualifierDeclaration: Layout._qualifier_declaration,
    nodes.QualifierClause: Layout._qualifier_clause,
    nodes.InstanceDeclaration: Layout._instance,
    nodes.EmbeddedInstance: Layout._embedded,
    nodes.ValueInitializer: Layout._property_value,
    nodes.EnumerationDeclaration: Layout._enumeration,
    nodes.EnumerationBody: Layout._enumeration_body,
    nodes.ArrayInitializer: Layout._array,
    nodes.StringValue: Layout._strings,
    nodes.EnumerationLiteral: Layout._tight,
    nodes.BooleanValue: Layout._constant,
    nodes.NullValue: Layout._constant,
}
