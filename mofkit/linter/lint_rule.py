"""`LintRule`: what every rule of the linter is.

A rule is a class in a file of its own. Its docstring is its page (`page.py` says how one is read),
its class attributes are what lists show, and of the methods below it has those for what it wants to
see: the engine walks once and offers each element to the rules that asked. A rule yields findings,
and never prints, reads a file or edits one.

One object is made for each unit, so a rule may keep what it has seen in attributes of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, TypedDict, Unpack

from mofkit.cim import (
    CimClass,
    CimDirective,
    CimInstance,
    CimInstanceProperty,
    CimMethod,
    CimParameter,
    CimProperty,
    CimQualifier,
    CimQualifierDeclaration,
    Origin,
)
from mofkit.diagnostics import Cause, Diagnostic, Fix, Related, Severity
from mofkit.linter.page import rule_of
from mofkit.source import SourceFile, Span
from mofkit.syntax import ParseResult

if TYPE_CHECKING:
    from mofkit.linter.unit import Unit

__all__ = ["Details", "Findings", "LintRule", "Qualified", "owner_name", "related_to"]

Findings = Iterable[Diagnostic]
Qualified = CimClass | CimProperty | CimMethod | CimParameter | CimInstance
"""What can have qualifiers."""


class Details(TypedDict, total=False):
    """The fields of a `Diagnostic` that most do without."""

    severity: Severity
    related: tuple[Related, ...]
    notes: tuple[str, ...]
    help: str
    fix: Fix | None
    causes: tuple[Cause, ...]


class LintRule:
    """One kind of finding, and how it is found.

    Attributes:
        code: family and three digits; never reused.
        name: the module's name with hyphens; reads well after "allow".
        severity: what a finding has that says nothing else.
        about: lower-case names of qualifiers. Of properties, methods and parameters those are
            offered that have one of them, and of qualifiers those with such a name; all, where
            it is empty.
        unit: the file being looked at, with what it includes.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    about: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def check_file(self, file: ParseResult) -> Findings:
        """Look at the text of one file, its tokens or its tree."""
        return ()

    def check_unit(self) -> Findings:
        """Look at everything at once: `self.unit`, and `self.unit.files` beside it."""
        return ()

    def check_directive(self, directive: CimDirective) -> Findings:
        """Look at a pragma or an include."""
        return ()

    def check_qualifier_declaration(self, declaration: CimQualifierDeclaration) -> Findings:
        """Look at a qualifier type."""
        return ()

    def check_class(self, cim_class: CimClass) -> Findings:
        """Look at a class."""
        return ()

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        """Look at a property or a reference of a class."""
        return ()

    def check_method(self, cim_class: CimClass, method: CimMethod) -> Findings:
        """Look at a method."""
        return ()

    def check_parameter(
        self, cim_class: CimClass, method: CimMethod, parameter: CimParameter
    ) -> Findings:
        """Look at a parameter of a method."""
        return ()

    def check_instance(self, instance: CimInstance) -> Findings:
        """Look at an instance; those embedded in values come behind their owners."""
        return ()

    def check_qualifier(self, owner: Qualified, qualifier: CimQualifier) -> Findings:
        """Look at a qualifier of anything."""
        return ()

    def finding(
        self, message: str, at: Origin | None, span: Span | None = None, **details: Unpack[Details]
    ) -> Diagnostic:
        """Return a finding about an element: at its name, unless another span is given."""
        assert at is not None, "what a linter looks at was read from text"
        return self.finding_in(
            at.source, at.name_span if span is None else span, message, **details
        )

    def finding_in(
        self, source: SourceFile, span: Span, message: str, **details: Unpack[Details]
    ) -> Diagnostic:
        """Return a finding about a place of a file."""
        return Diagnostic(rule_of(type(self)), message, source, span, **details)


def related_to(origin: Origin | None, message: str) -> tuple[Related, ...]:
    """Return the name of an element as the place that is related to a finding."""
    return () if origin is None else (Related(origin.source, origin.name_span, message),)


def at_value(owner: CimQualifier | CimInstanceProperty) -> Origin | None:
    """Return where a value is written; where nothing says that, what has it."""
    origin = getattr(owner.value, "origin", None)
    return origin if isinstance(origin, Origin) else owner.origin


def owner_name(owner: Qualified) -> str:
    """Return the name of what has a qualifier; for an instance that of its class."""
    return owner.class_name if isinstance(owner, CimInstance) else owner.name
