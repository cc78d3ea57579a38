"""Typed views of the syntax tree: one class a production of `grammars/mof.lark`.

A node's children are what the production says, in file order; the properties here name the parts.
Names are token indexes (`tree.texts[node.name]` is the spelling), since a name carries nothing
else. A part that the file leaves out is None or an empty list.
"""

from __future__ import annotations

from typing import Final

from mofkit.syntax.tree import Node


class Error(Node):
    """What error recovery skipped: the parts already read, and the tokens up to a safe place."""

    __slots__ = ()
    production = "error"


class MofSpecification(Node):
    """DSP0004 mofSpecification: the whole file. Each declaration's `;` is a child of its own."""

    __slots__ = ()
    production = "mof_specification"


class StringValue(Node):
    """DSP0004 stringValue: adjacent literals (and C macro names), joined with nothing between."""

    __slots__ = ()
    production = "string_value"


class Number(Node):
    """DSP0004 integerValue or realValue, sign included."""

    __slots__ = ()
    production = "number"


class CharValue(Node):
    """DSP0004 charValue, quotes included."""

    __slots__ = ()
    production = "char_value"


class BooleanValue(Node):
    """DSP0004 booleanValue."""

    __slots__ = ()
    production = "boolean_value"


class NullValue(Node):
    """DSP0004 nullValue."""

    __slots__ = ()
    production = "null_value"


class EnumerationLiteral(Node):
    """DSP0221 `Enumeration.Literal`."""

    __slots__ = ()
    production = "enumeration_literal"


class ArrayInitializer(Node):
    """DSP0004 arrayInitializer: `{ value, ... }`."""

    __slots__ = ()
    production = "array_initializer"

    @property
    def values(self) -> list[Value]:
        """The elements in order."""
        return self.nodes  # type: ignore[return-value]  # the grammar allows nothing else


class AliasInitializer(Node):
    """DSP0004 aliasInitializer: `$Name`."""

    __slots__ = ()
    production = "alias_initializer"

    @property
    def alias(self) -> int:
        """The token, `$` included."""
        return self.first


class DefaultValue(Node):
    """DSP0004 defaultValue: `= initializer`."""

    __slots__ = ()
    production = "default_value"

    @property
    def value(self) -> Value:
        """The initializer."""
        return self.nodes[0]  # type: ignore[return-value]


class QualifierParameter(Node):
    """DSP0004 qualifierParameter: `( value )`. Several values are wrong, but readable."""

    __slots__ = ()
    production = "qualifier_parameter"

    @property
    def values(self) -> list[Value]:
        """The values in order; one where the text is right."""
        return self.nodes  # type: ignore[return-value]


class Qualifier(Node):
    """DSP0004 qualifier: `Name (value) : Flavor Flavor`."""

    __slots__ = ()
    production = "qualifier"

    @property
    def is_error(self) -> bool:
        """Whether error recovery gave the qualifier up."""
        return isinstance(self.children[0], Error)

    @property
    def name(self) -> int:
        """The token of the name."""
        return self.words[0]

    @property
    def value(self) -> Value | None:
        """The value: an ArrayInitializer for `{...}`, the first one of `(...)`, or None."""
        for child in self.children:
            if child.__class__ is ArrayInitializer:
                return child
            if child.__class__ is QualifierParameter:
                return child.values[0]
        return None

    @property
    def flavors(self) -> list[int]:
        """The tokens of the flavors."""
        return self.words[1:]


class QualifierList(Node):
    """DSP0004 qualifierList: `[ qualifier, ... ]`."""

    __slots__ = ()
    production = "qualifier_list"

    @property
    def qualifiers(self) -> list[Qualifier]:
        """The qualifiers in order, without those that recovery gave up."""
        return [qualifier for qualifier in self.all(Qualifier) if not qualifier.is_error]


class Array(Node):
    """DSP0004 array: `[ ]` or `[ size ]`, the size being a Number or a C macro's name."""

    __slots__ = ()
    production = "array"

    @property
    def size(self) -> Number | int | None:
        """The size: a Number, the token of a macro name, or None."""
        size = self.children[1] if len(self.children) > 2 else None
        return size if isinstance(size, Number | int) else None


class Alias(Node):
    """DSP0004 alias: `as $Name`."""

    __slots__ = ()
    production = "alias"

    @property
    def name(self) -> int:
        """The token of the alias, `$` included."""
        return self.words[-1]


class Superclass(Node):
    """DSP0004 superClass: `: Name`."""

    __slots__ = ()
    production = "superclass"

    @property
    def name(self) -> int:
        """The token of the name."""
        return self.words[-1]


class _Qualified(Node):
    """What may have a qualifier list in front."""

    __slots__ = ()

    @property
    def qualifier_list(self) -> QualifierList | None:
        """The list in brackets."""
        return self.one(QualifierList)

    @property
    def qualifiers(self) -> list[Qualifier]:
        """The qualifiers in order."""
        found = self.one(QualifierList)
        return found.qualifiers if found else []


class _Aliased(_Qualified):
    """What `$Name` may stand for."""

    __slots__ = ()

    @property
    def alias(self) -> Alias | None:
        """`as $Name`."""
        return self.one(Alias)


class _Member(_Qualified):
    """A member of a class, or a parameter: a type, then a name."""

    __slots__ = ()

    @property
    def type(self) -> int:
        """The token of the type: a basic type, a class, `object`, `void` or a C macro."""
        return self.words[0]

    @property
    def name(self) -> int:
        """The token of the name."""
        return self.words[1]

    @property
    def array(self) -> Array | None:
        """The brackets, before or after the name."""
        return self.one(Array)

    @property
    def default(self) -> Value | None:
        """The value after `=`."""
        default = self.one(DefaultValue)
        return default.value if default else None


class PropertyDeclaration(_Member):
    """DSP0004 propertyDeclaration."""

    __slots__ = ()
    production = "property_declaration"


class _MaybeReference(_Member):
    __slots__ = ()

    @property
    def is_reference(self) -> bool:
        """Whether `ref` stands between type and name."""
        return len(self.words) > 2  # type, `ref`, name

    @property
    def name(self) -> int:
        """The token of the name."""
        return self.words[-1]


class ReferenceDeclaration(_MaybeReference):
    """DSP0004 referenceDeclaration: `Class ref Name`."""

    __slots__ = ()
    production = "reference_declaration"


class Parameter(_MaybeReference):
    """DSP0004 parameter."""

    __slots__ = ()
    production = "parameter"

    @property
    def is_error(self) -> bool:
        """Whether error recovery gave the parameter up."""
        return isinstance(self.children[0], Error)


class ParameterList(Node):
    """DSP0004 parameterList, with its parentheses."""

    __slots__ = ()
    production = "parameter_list"

    @property
    def parameters(self) -> list[Parameter]:
        """The parameters in order, without those that recovery gave up."""
        return [parameter for parameter in self.all(Parameter) if not parameter.is_error]


class MethodDeclaration(_MaybeReference):
    """DSP0004 methodDeclaration; `array` is the result's."""

    __slots__ = ()
    production = "method_declaration"

    @property
    def parameters(self) -> list[Parameter]:
        """The parameters in order."""
        found = self.one(ParameterList)
        return found.parameters if found else []


class ClassBody(Node):
    """The braces of a class and what is between them."""

    __slots__ = ()
    production = "class_body"


class _Declared(_Aliased):
    """A class in all its forms: a keyword, then the name."""

    __slots__ = ()

    @property
    def name(self) -> int:
        """The token of the name."""
        return self.words[-1]

    @property
    def superclass(self) -> Superclass | None:
        """`: Name`."""
        return self.one(Superclass)

    @property
    def features(self) -> list[Node]:
        """Properties, references, methods, nested declarations and errors, in order."""
        body = self.one(ClassBody)
        return body.nodes if body else []


class ClassDeclaration(_Declared):
    """DSP0004 classDeclaration, assocDeclaration and indicDeclaration."""

    __slots__ = ()
    production = "class_declaration"


class StructureDeclaration(_Declared):
    """DSP0221 structureDeclaration and its `association` and `indication` forms."""

    __slots__ = ()
    production = "structure_declaration"


class NestedStructure(_Declared):
    """DSP0221: a structure inside a class; the first token is the word that says so."""

    __slots__ = ()
    production = "nested_structure"

    @property
    def word(self) -> int:
        """The token that should read `structure`."""
        return self.words[0]


class NestedEnumeration(_Declared):
    """DSP0221: an enumeration inside a class."""

    __slots__ = ()
    production = "nested_enumeration"

    @property
    def word(self) -> int:
        """The token that should read `enumeration`."""
        return self.words[0]


class Enumerator(Node):
    """DSP0221: one literal of an enumeration."""

    __slots__ = ()
    production = "enumerator"


class EnumerationBody(Node):
    """The braces of an enumeration and what is between them."""

    __slots__ = ()
    production = "enumeration_body"


class EnumerationDeclaration(_Declared):
    """DSP0221 enumDeclaration."""

    __slots__ = ()
    production = "enumeration_declaration"


class QualifierClause(Node):
    """DSP0004 scope and defaultFlavor: `, Scope(...)`, `, Flavor(...)`; DSP0221 `Policy(...)`."""

    __slots__ = ()
    production = "qualifier_clause"

    @property
    def word(self) -> int:
        """The token that says which clause it is."""
        return self.words[0]

    @property
    def names(self) -> list[int]:
        """The tokens between the parentheses, commas left out."""
        return self.words[1:]


class QualifierDeclaration(Node):
    """DSP0004 qualifierDeclaration, and WMI's list of flavors."""

    __slots__ = ()
    production = "qualifier_declaration"

    @property
    def name(self) -> int:
        """The token of the name."""
        return self.words[1]

    @property
    def flavors_or_type(self) -> list[int]:
        """The tokens after the colon: one type (DMTF) or the flavors (WMI)."""
        return self.words[2:]

    @property
    def array(self) -> Array | None:
        """The brackets."""
        return self.one(Array)

    @property
    def default(self) -> Value | None:
        """The value after `=`."""
        default = self.one(DefaultValue)
        return default.value if default else None

    @property
    def clauses(self) -> list[QualifierClause]:
        """The clauses in order."""
        return self.all(QualifierClause)


class ValueInitializer(_Qualified):
    """DSP0004 valueInitializer: a property of an instance."""

    __slots__ = ()
    production = "value_initializer"

    @property
    def name(self) -> int:
        """The token of the name."""
        return self.words[0]

    @property
    def value(self) -> Value | None:
        """The value after `=`; None for WMI's instance properties without one."""
        default = self.one(DefaultValue)
        return default.value if default else None


class InstanceBody(Node):
    """The braces of an instance and what is between them."""

    __slots__ = ()
    production = "instance_body"


class _Instance(_Aliased):
    __slots__ = ()

    @property
    def class_name(self) -> int:
        """The token of the class name."""
        return self.words[-1]

    @property
    def initializers(self) -> list[ValueInitializer]:
        """The properties in order."""
        body = self.one(InstanceBody)
        return body.all(ValueInitializer) if body else []


class InstanceDeclaration(_Instance):
    """DSP0004 instanceDeclaration; DSP0221 `value of`."""

    __slots__ = ()
    production = "instance_declaration"


class EmbeddedInstance(_Instance):
    """mofcomp, DSP0221: an instance as a value."""

    __slots__ = ()
    production = "embedded_instance"


class CompilerDirective(Node):
    """DSP0004 compilerDirective: `#pragma name ( parameters )`."""

    __slots__ = ()
    production = "compiler_directive"

    @property
    def name(self) -> int:
        """The token of the pragma's name."""
        return self.words[1]

    @property
    def parameters(self) -> list[StringValue | Number]:
        """The parameters in order."""
        return self.nodes  # type: ignore[return-value]


class IncludeDirective(Node):
    """mofcomp: `#include ("file")`."""

    __slots__ = ()
    production = "include_directive"

    @property
    def parameter(self) -> StringValue | Number | None:
        """The file's name."""
        return self.nodes[0] if self.nodes else None  # type: ignore[return-value]


Value = (
    StringValue
    | Number
    | CharValue
    | BooleanValue
    | NullValue
    | EnumerationLiteral
    | ArrayInitializer
    | AliasInitializer
    | EmbeddedInstance
)
"""The nodes a value can be."""


def _node_types() -> dict[str, type[Node]]:
    found: dict[str, type[Node]] = {}
    todo: list[type[Node]] = [Node]
    while todo:
        node_type = todo.pop()
        todo += node_type.__subclasses__()
        if node_type.production:
            found[node_type.production] = node_type
    return found


NODE_TYPES: Final[dict[str, type[Node]]] = _node_types()
"""Production → node type. A test compares it with the grammar."""
