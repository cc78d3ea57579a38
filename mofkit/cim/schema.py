"""`Schema`: everything one or more MOF files declare, in the order in which they say it.

Nothing is merged: a class that is defined twice is there twice, as in the binary MOF. Names are
looked up without regard to case.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TypeAlias, TypeVar

from mofkit.cim.elements import (
    CimClass,
    CimDirective,
    CimEnumeration,
    CimInstance,
    CimQualifierDeclaration,
)
from mofkit.cim.namespace import namespace_key

__all__ = ["Schema", "SchemaItem"]

SchemaItem: TypeAlias = (
    CimClass | CimInstance | CimQualifierDeclaration | CimEnumeration | CimDirective
)
"""What stands at the top of a file."""

_I = TypeVar("_I", bound=SchemaItem)


class Schema:
    """The items of all files, included ones where they are included.

    >>> schema = Schema((CimClass("Fan"), CimInstance("Fan"), CimClass("TurboFan", "Fan")))
    >>> [found.name for found in schema.lineage(schema.classes[1])]
    ['TurboFan', 'Fan']
    """

    def __init__(self, items: tuple[SchemaItem, ...] = ()) -> None:
        self.items = items

    def __eq__(self, other: object) -> bool:
        return self.items == other.items if isinstance(other, Schema) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as its items

    def __repr__(self) -> str:
        return f"Schema({self.items!r})"

    @cached_property
    def classes(self) -> tuple[CimClass, ...]:
        """The classes in order; those inside other classes (MOF 3) are features of these."""
        return self._of_type(CimClass)

    @cached_property
    def instances(self) -> tuple[CimInstance, ...]:
        """The instances in order, without embedded ones."""
        return self._of_type(CimInstance)

    @cached_property
    def qualifier_declarations(self) -> tuple[CimQualifierDeclaration, ...]:
        """The qualifier declarations in order."""
        return self._of_type(CimQualifierDeclaration)

    @cached_property
    def enumerations(self) -> tuple[CimEnumeration, ...]:
        """The enumerations of MOF 3 in order."""
        return self._of_type(CimEnumeration)

    @cached_property
    def directives(self) -> tuple[CimDirective, ...]:
        """The pragmas and includes in order."""
        return self._of_type(CimDirective)

    def find_class(self, name: str, namespace: str | None = None) -> CimClass | None:
        r"""Return the last definition of a class in a namespace; None where there is none.

        The namespace may be spelled in any way that means it; None is WMI's `root\default`.
        """
        return self._classes_by_name.get((namespace_key(namespace), name.lower()))

    def superclass_of(self, cim_class: CimClass) -> CimClass | None:
        """Return the definition of the superclass; None without one, or where it is not here."""
        if cim_class.superclass is None:
            return None
        return self.find_class(cim_class.superclass, cim_class.pragmas.namespace)

    def lineage(self, cim_class: CimClass) -> Iterator[CimClass]:
        """Yield a class, its superclass, and so on, as far as defined here; no class twice."""
        seen: set[str] = set()
        ancestor: CimClass | None = cim_class
        while ancestor is not None and ancestor.name.lower() not in seen:
            yield ancestor
            seen.add(ancestor.name.lower())
            ancestor = self.superclass_of(ancestor)

    def _of_type(self, item_type: type[_I]) -> tuple[_I, ...]:
        return tuple(item for item in self.items if isinstance(item, item_type))

    @cached_property
    def _classes_by_name(self) -> dict[tuple[str, str], CimClass]:
        return {
            (namespace_key(found.pragmas.namespace), found.name.lower()): found
            for found in self.classes
        }
