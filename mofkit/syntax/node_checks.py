"""Constructs that the grammar reads and the language forbids, or that only some compilers know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from mofkit.diagnostics import Diagnostic, Fix
from mofkit.source import Edit, Span
from mofkit.syntax import nodes, rules
from mofkit.syntax.lexer import KIND
from mofkit.syntax.messages import describe
from mofkit.syntax.tree import Node, SyntaxTree
from mofkit.syntax.visitor import walk


def check_nodes(tree: SyntaxTree) -> Iterator[Diagnostic]:
    """Yield the findings of every node, in file order."""
    for node in walk(tree.root):
        check_node = _CHECKS.get(type(node))
        if check_node:
            yield from check_node(node)


def _check_specification(root: nodes.MofSpecification) -> Iterator[Diagnostic]:
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


def _check_value_initializer(node: nodes.ValueInitializer) -> Iterator[Diagnostic]:
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


def _check_qualifier(node: nodes.Qualifier) -> Iterator[Diagnostic]:
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


def _check_qualifier_list(node: nodes.QualifierList) -> Iterator[Diagnostic]:
    if len(node.children) == len(node.tokens) == 2:  # the brackets alone
        yield Diagnostic(
            rules.EMPTY_QUALIFIER_LIST,
            "expected a qualifier name between `[` and `]`",
            node.tree.source,
            node.span,
            fix=Fix("remove the brackets", (Edit(node.span, ""),)),
        )


def _check_class(node: nodes.ClassDeclaration) -> Iterator[Diagnostic]:
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
    node: nodes.StructureDeclaration | nodes.EnumerationDeclaration,
) -> Iterator[Diagnostic]:
    word = node.tokens[0]
    yield _mof3(node, f"`{node.tree.texts[word].lower()}` as a declaration", word)


def _check_nested(node: nodes.NestedStructure | nodes.NestedEnumeration) -> Iterator[Diagnostic]:
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
    node: nodes.InstanceDeclaration | nodes.EmbeddedInstance,
) -> Iterator[Diagnostic]:
    word = node.tokens[0]
    if node.tree.kinds[word] == KIND["VALUE"]:
        yield _mof3(node, "`value of`", word)


def _check_enumeration_literal(node: nodes.EnumerationLiteral) -> Iterator[Diagnostic]:
    if not node.tree.has_c_directives:
        yield _mof3(node, f"the enumeration literal `{node.text}`", node.first)


def _check_array_place(node: nodes.PropertyDeclaration | nodes.Parameter) -> Iterator[Diagnostic]:
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


def _check_method(node: nodes.MethodDeclaration) -> Iterator[Diagnostic]:
    if node.array is not None:
        yield _mof3(node, f"an array as result of method `{node.tree.texts[node.name]}`", node.type)


_CHECKS: Final[dict[type[Node], Callable[[Any], Iterator[Diagnostic]]]] = {
    nodes.MofSpecification: _check_specification,
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
