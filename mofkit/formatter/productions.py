"""The style: which function lays out which production."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mofkit.formatter import declarations, members, values
from mofkit.formatter.document import LINE
from mofkit.formatter.layout import Layout, Part
from mofkit.syntax import Node, nodes

__all__ = ["parts_of"]


def parts_of(layout: Layout, node: Node) -> list[Part]:
    """Return a node's parts, one level deep."""
    return _LAYOUTS.get(type(node), _spaced)(layout, node)


def _spaced(layout: Layout, node: Node) -> list[Part]:
    return layout.spaced(node.children)


def _tight(layout: Layout, node: Node) -> list[Part]:
    return layout.tight(node.children)


def _listed(layout: Layout, node: Node) -> list[Part]:
    return layout.listed(node.children, LINE)


def _alias(layout: Layout, node: Node) -> list[Part]:
    layout.keyword(node.tokens[0])
    return layout.spaced(node.children)


_LAYOUTS: Final[dict[type[Node], Callable[[Layout, Node], list[Part]]]] = {
    nodes.MofSpecification: declarations.mof_specification,
    nodes.CompilerDirective: declarations.directive,
    nodes.IncludeDirective: declarations.directive,
    nodes.ClassDeclaration: declarations.class_declaration,
    nodes.StructureDeclaration: declarations.class_declaration,
    nodes.NestedStructure: declarations.nested_structure,
    nodes.InstanceDeclaration: declarations.instance_declaration,
    nodes.EmbeddedInstance: declarations.embedded_instance,
    nodes.EnumerationDeclaration: declarations.enumeration_declaration,
    nodes.NestedEnumeration: declarations.nested_enumeration,
    nodes.QualifierDeclaration: declarations.qualifier_declaration,
    nodes.QualifierClause: declarations.qualifier_clause,
    nodes.Alias: _alias,
    nodes.PropertyDeclaration: members.member,
    nodes.ReferenceDeclaration: members.member,
    nodes.MethodDeclaration: members.member,
    nodes.ParameterList: _listed,
    nodes.Parameter: members.parameter,
    nodes.ValueInitializer: members.value_initializer,
    nodes.QualifierList: members.qualifier_list,
    nodes.Qualifier: members.qualifier,
    nodes.QualifierParameter: _tight,
    nodes.Array: _tight,
    nodes.ArrayInitializer: values.array_initializer,
    nodes.StringValue: values.string_value,
    nodes.EnumerationLiteral: _tight,
    nodes.BooleanValue: values.constant,
    nodes.NullValue: values.constant,
}
"""Everything else has a space between its parts."""
