"""What mofcomp finds wrong before it stores anything, as far as a schema still shows it.

"As its first operation, the MOF compiler performs a syntax check on the MOF file" (WmiSdk/mofcomp).
Checked here is what mofcomp has an error for and a schema can still hold. Types and ranges of
values are the business of `mofkit.compiler`, from which the schema comes, like all of the grammar:
a value that does not fit is stored as it is, so ask the compiler first whether there are errors.
A reference may name an object of any class, there or not: no page says that mofcomp looks.
"""

from __future__ import annotations

from collections.abc import Iterable

from mofkit.cim import (
    NO_PRAGMAS,
    CimClass,
    CimDirective,
    CimEnumeration,
    CimInstance,
    ClassForm,
    PragmaState,
    SchemaItem,
)
from mofkit.repository.object_path import ObjectPath
from mofkit.repository.pragma_check import Problem, pragma_problem
from mofkit.repository.run import Refused, Run
from mofkit.repository.status import WbemStatus

__all__ = ["check_syntax"]


def check_syntax(run: Run) -> None:
    """Refuse what is no MOF to mofcomp.

    Raises:
        Refused: something is; `run.origin` says where.
    """
    aliases: set[str] = set()
    for item in run.schema.items:
        run.origin = item.origin
        found = _problem(item) or _alias_problem(item, aliases)
        if found is not None:
            path = ObjectPath(run.namespace_of(_pragmas_above(item)))
            raise Refused(path, found.status, found.page, f"{found.message}; nothing is stored")
    run.origin = None


def _pragmas_above(item: SchemaItem) -> PragmaState:
    """Return the pragmas that say where an item belongs; the path in one may be none."""
    is_path = isinstance(item, CimDirective) and item.name.lower() == "namespace"
    return NO_PRAGMAS if is_path else item.pragmas


def _problem(item: SchemaItem) -> Problem | None:
    match item:
        case CimEnumeration():
            return _of_mof_3(f"enumeration `{item.name}`")
        case CimClass() if item.form is not ClassForm.CLASS:
            return _of_mof_3(f"{item.form} `{item.name}`")
        case CimClass():
            return _property_twice(item)
        case CimInstance() if item.is_structure:
            return _of_mof_3(f"`value of {item.class_name}`")
        case CimInstance():
            return _value_twice(item)
        case CimDirective():
            return pragma_problem(item)
    return None


def _of_mof_3(what: str) -> Problem:
    return Problem(f"{what} is MOF 3", WbemStatus.TYPEDEF_NOT_SUPPORTED)


def _property_twice(cim_class: CimClass) -> Problem | None:
    name = _second([found.name for found in cim_class.properties])
    if name is None:
        return None
    message = f"class `{cim_class.name}` has property `{name}` twice"
    return Problem(message, WbemStatus.DUPLICATE_PROPERTY)


def _value_twice(instance: CimInstance) -> Problem | None:
    name = _second([found.name for found in instance.properties])
    if name is None:
        return None
    message = f"`{name}` has two values in an instance of `{instance.class_name}`"
    return Problem(message, WbemStatus.DUPLICATE_PROPERTY)


def _second(names: Iterable[str]) -> str | None:
    """Return the first name that was there before, without regard to case."""
    seen: set[str] = set()
    for name in names:
        if name.lower() in seen:
            return name
        seen.add(name.lower())
    return None


def _alias_problem(item: SchemaItem, aliases: set[str]) -> Problem | None:
    alias = item.alias if isinstance(item, CimClass | CimInstance) else None
    if alias is None:
        return None
    if alias.lower() in aliases:
        return Problem(f"alias `${alias}` is given twice", WbemStatus.MULTIPLE_ALIASES)
    aliases.add(alias.lower())
    return None
