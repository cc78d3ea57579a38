"""What mofcomp finds wrong before it stores anything, as far as a schema still shows it.

"As its first operation, the MOF compiler performs a syntax check on the MOF file" (WmiSdk/mofcomp).
Most of it is the business of `mofkit.compiler`, from which the schema comes.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from mofkit.cim import CimClass, CimDirective, CimEnumeration, CimInstance, ClassForm, SchemaItem
from mofkit.repository.object_path import ObjectPath
from mofkit.repository.run import Refused, Run
from mofkit.repository.status import WbemStatus

__all__ = ["check_syntax"]


class _Problem(NamedTuple):
    message: str
    status: WbemStatus
    page: str = "wbemcli/WBEMSTATUS"


_DELETIONS: Final = {
    "deleteclass": _Problem(
        "`deleteclass` takes a class, and fail or nofail",
        WbemStatus.INVALID_DELETECLASS_SYNTAX,
        "WmiSdk/pragma-deleteclass",
    ),
    "deleteinstance": _Problem(
        "`deleteinstance` takes the path of an instance, and fail or nofail",
        WbemStatus.INVALID_DELETEINSTANCE_SYNTAX,
        "WmiSdk/pragma-deleteinstance",
    ),
}


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
            path = ObjectPath(run.namespace_of(item.pragmas))
            raise Refused(path, found.status, found.page, f"{found.message}; nothing is stored")
    run.origin = None


def _problem(item: SchemaItem) -> _Problem | None:
    match item:
        case CimEnumeration():
            return _of_mof_3(f"enumeration `{item.name}`")
        case CimClass() if item.form is not ClassForm.CLASS:
            return _of_mof_3(f"{item.form} `{item.name}`")
        case CimInstance() if item.is_structure:
            return _of_mof_3(f"`value of {item.class_name}`")
        case CimInstance():
            return _twice(item)
        case CimDirective():
            return _deletion_problem(item)
    return None


def _of_mof_3(what: str) -> _Problem:
    return _Problem(f"{what} is MOF 3", WbemStatus.TYPEDEF_NOT_SUPPORTED)


def _twice(instance: CimInstance) -> _Problem | None:
    seen: set[str] = set()
    for found in instance.properties:
        if found.name.lower() in seen:
            message = f"`{found.name}` has two values in an instance of `{instance.class_name}`"
            return _Problem(message, WbemStatus.DUPLICATE_PROPERTY)
        seen.add(found.name.lower())
    return None


def _deletion_problem(directive: CimDirective) -> _Problem | None:
    match directive.arguments:
        case (str(name), str(word)) if name and word.lower() in {"fail", "nofail"}:
            return None
    return _DELETIONS.get(directive.name.lower())


def _alias_problem(item: SchemaItem, aliases: set[str]) -> _Problem | None:
    alias = item.alias if isinstance(item, CimClass | CimInstance) else None
    if alias is None:
        return None
    if alias.lower() in aliases:
        return _Problem(f"alias `${alias}` is given twice", WbemStatus.MULTIPLE_ALIASES)
    aliases.add(alias.lower())
    return None
