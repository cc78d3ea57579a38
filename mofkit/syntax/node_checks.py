"""Constructs that the grammar reads and the language forbids, or that only some compilers know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from mofkit.diagnostics import Diagnostic, Fix, Safety, Severity
from mofkit.source import Edit, Span
from mofkit.syntax import nodes, rules
from mofkit.syntax.lexer import KIND, STRING_KINDS
from mofkit.syntax.messages import describe
from mofkit.syntax.tree import Node, SyntaxTree
from mofkit.syntax.visitor import walk


def check_nodes(tree: SyntaxTree) -> Iterator[Diagnostic]:
    """Yield the findings of every node, in file order."""
    seen = _Surroundings(tree)
    for node in walk(tree.root):
        check_node = _CHECKS.get(type(node))
        if check_node:
            yield from check_node(node, seen)


class _Surroundings:
    """What checks of single nodes need to know of the file."""

    def __init__(self, tree: SyntaxTree) -> None:
        self.has_macros = bool(_MACRO_SOURCE.search(tree.source.text))
        self.has_mof3 = any(isinstance(node, _MOF3_DECLARATIONS) for node in tree.root.children)
        # Words may stand bare among a pragma's parameters: deleteclass("A", nofail).
        self.pragma_parameters = {
            parameter.first
            for node in tree.root.all(nodes.CompilerDirective)
            for parameter in node.parameters
        }


_MACRO_SOURCE = re.compile(r"#[ \t]*(?:define|if|ifdef|ifndef|include[ \t]*[\"<])")
"""Lines that may define the macros a file uses."""

_MOF3_DECLARATIONS = (nodes.StructureDeclaration, nodes.EnumerationDeclaration)


def _check_specification(root: nodes.MofSpecification, seen: _Surroundings) -> Iterator[Diagnostic]:
    """Report declarations without their `;`."""
    tree = root.tree
    for child, after in zip(root.children, [*root.children[1:], None], strict=False):
        if not isinstance(child, Node) or not isinstance(child, _TERMINATED):
            continue
        if isinstance(after, int | nodes.Error) or child.end in tree.supplied:
            continue
        span = Span.at(child.span.end)
        yield Diagnostic(
            rules.MISSING_SEMICOLON,
            f"expected `;` after {describe(child)}",
            tree.source,
            span,
            fix=Fix("insert `;`", (Edit(span, ";"),)),
        )


_TERMINATED = (
    nodes.ClassDeclaration,
    nodes.InstanceDeclaration,
    nodes.StructureDeclaration,
    nodes.EnumerationDeclaration,
)


def _check_string_value(value: nodes.StringValue, seen: _Surroundings) -> Iterator[Diagnostic]:
    """Report words that stand where a string should."""
    tree = value.tree
    words = [token for token in value.tokens if tree.kinds[token] not in STRING_KINDS]
    if not words or seen.has_macros or value.first in seen.pragma_parameters:
        return
    alone = len(words) == len(value.tokens)
    if seen.has_mof3 and alone and len(words) == 1:
        return
    span = value.span if alone else tree.token_span(words[0])
    text = tree.source.text[span.start : span.end]
    looks_like_macro = all(_MACRO_NAME.fullmatch(tree.texts[word]) for word in words)
    single_line = "\n" not in text and "\r" not in text
    yield Diagnostic(
        rules.UNQUOTED_STRING,
        f"`{text}` is not a value" if single_line else "these words are not a value",
        tree.source,
        span,
        severity=Severity.WARNING if looks_like_macro or not alone else Severity.ERROR,
        help="a string needs quotes; a C macro needs a `#define`, and the preprocessor before mofcomp"
        if looks_like_macro or not alone
        else "a string needs quotes",
        fix=Fix("put it in quotes", (Edit(span, f'"{text}"'),), Safety.UNSAFE)
        if alone and single_line and "/" not in text
        else None,
    )


_MACRO_NAME = re.compile(r"[A-Z][A-Z0-9]*_[A-Z0-9_]*")


def _check_value_initializer(
    node: nodes.ValueInitializer, seen: _Surroundings
) -> Iterator[Diagnostic]:
    tree = node.tree
    is_broken = node.end in tree.supplied and not tree.starts_line(node.end)
    if node.value is None and node.qualifier_list is None and not is_broken:
        name = tree.texts[node.name]
        yield Diagnostic(
            rules.MISSING_VALUE,
            f"property `{name}` has no value",
            tree.source,
            tree.token_span(node.name),
            help="give it one with `=`; only a property provider's instances have none, "
            "and there a `PropertyContext` qualifier stands in front",
        )


def _check_qualifier(node: nodes.Qualifier, seen: _Surroundings) -> Iterator[Diagnostic]:
    parameter = node.one(nodes.QualifierParameter)
    if parameter is None:
        return
    tree, values = node.tree, parameter.values
    array = (
        values[0] if len(values) == 1 and isinstance(values[0], nodes.ArrayInitializer) else None
    )
    if len(values) < 2 and array is None:
        return
    span = parameter.span
    text = tree.source.text
    inside = array.text if array else "{" + text[span.start + 1 : span.end - 1] + "}"
    yield Diagnostic(
        rules.VALUES_IN_PARENTHESES,
        f"several values of qualifier `{tree.texts[node.name]}` in parentheses"
        if array is None
        else f"braces inside the parentheses of qualifier `{tree.texts[node.name]}`",
        tree.source,
        span,
        help="an array goes in braces alone: `Name{...}`",
        fix=Fix("use braces", (Edit(span, inside),)),
    )


def _check_qualifier_list(node: nodes.QualifierList, seen: _Surroundings) -> Iterator[Diagnostic]:
    if len(node.children) == len(node.tokens) == 2:  # the brackets alone
        yield Diagnostic(
            rules.EMPTY_QUALIFIER_LIST,
            "expected a qualifier name between `[` and `]`",
            node.tree.source,
            node.span,
            fix=Fix("remove the brackets", (Edit(node.span, ""),)),
        )


def _check_class(node: nodes.ClassDeclaration, seen: _Surroundings) -> Iterator[Diagnostic]:
    alias, superclass = node.alias, node.superclass
    if alias and superclass and alias.first > superclass.first:
        yield Diagnostic(
            rules.ALIAS_AFTER_SUPERCLASS,
            f"alias `{node.tree.texts[alias.name]}` stands after the superclass",
            node.tree.source,
            alias.span,
            help="DSP0004 puts it right after the class name; other compilers may refuse this",
        )


def _mof3(node: Node, what: str, token: int) -> Diagnostic:
    return Diagnostic(
        rules.MOF3_CONSTRUCT,
        f"{what} is MOF 3.0, which mofcomp does not read",
        node.tree.source,
        node.tree.token_span(token),
    )


def _check_mof3_declaration(
    node: nodes.StructureDeclaration | nodes.EnumerationDeclaration, seen: _Surroundings
) -> Iterator[Diagnostic]:
    word = node.tokens[0]
    yield _mof3(node, f"`{node.tree.texts[word].lower()}` as a declaration", word)


def _check_nested(
    node: nodes.NestedStructure | nodes.NestedEnumeration, seen: _Surroundings
) -> Iterator[Diagnostic]:
    word = node.tree.texts[node.word]
    wanted = "structure" if isinstance(node, nodes.NestedStructure) else "enumeration"
    if word.lower() == wanted:
        yield _mof3(node, f"{'an' if wanted[0] == 'e' else 'a'} {wanted} inside a class", node.word)
    else:
        yield Diagnostic(
            rules.NESTED_DECLARATION,
            f"`{word} {node.tree.texts[node.name]}` opens braces inside a class",
            node.tree.source,
            Span(node.tree.starts[node.word], node.tree.token_end(node.name)),
            help="a member ends in `;`; classes cannot be nested",
        )


def _check_instance(
    node: nodes.InstanceDeclaration | nodes.EmbeddedInstance, seen: _Surroundings
) -> Iterator[Diagnostic]:
    word = node.tokens[0]
    if node.tree.kinds[word] == KIND["VALUE"]:
        yield _mof3(node, "`value of`", word)


def _check_enumeration_literal(
    node: nodes.EnumerationLiteral, seen: _Surroundings
) -> Iterator[Diagnostic]:
    if not seen.has_macros:
        yield _mof3(node, f"the enumeration literal `{node.text}`", node.first)


def _check_array_place(
    node: nodes.PropertyDeclaration | nodes.Parameter, seen: _Surroundings
) -> Iterator[Diagnostic]:
    array = node.array
    if array is None or array.first > node.name:
        return
    tree = node.tree
    moved = (Edit(array.span, ""), Edit(Span.at(tree.token_end(node.name)), array.text))
    yield Diagnostic(
        rules.MISPLACED_ARRAY,
        f"the brackets belong after the name: `{tree.texts[node.name]}{array.text}`",
        tree.source,
        array.span,
        fix=Fix("move them behind the name", moved),
    )


def _check_method(node: nodes.MethodDeclaration, seen: _Surroundings) -> Iterator[Diagnostic]:
    if node.array is not None:
        yield _mof3(node, f"an array as result of method `{node.tree.texts[node.name]}`", node.type)


_CHECKS: Final[dict[type[Node], Callable[[Any, _Surroundings], Iterator[Diagnostic]]]] = {
    nodes.MofSpecification: _check_specification,
    nodes.StringValue: _check_string_value,
    nodes.ValueInitializer: _check_value_initializer,
    nodes.Qualifier: _check_qualifier,
    nodes.QualifierList: _check_qualifier_list,
    nodes.ClassDeclaration: _check_class,
    nodes.StructureDeclaration: _check_mof3_declaration,
    nodes.EnumerationDeclaration: _check_mof3_declaration,
    nodes.NestedStructure: _check_nested,
    nodes.NestedEnumeration: _check_nested,
    nodes.InstanceDeclaration: _check_instance,
    nodes.EmbeddedInstance: _check_instance,
    nodes.EnumerationLiteral: _check_enumeration_literal,
    nodes.PropertyDeclaration: _check_array_place,
    nodes.Parameter: _check_array_place,
    nodes.MethodDeclaration: _check_method,
}
