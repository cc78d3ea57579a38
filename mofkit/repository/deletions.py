"""`#pragma deleteclass` and `deleteinstance` (WmiSdk/pragma-deleteclass, pragma-deleteinstance)."""

from __future__ import annotations

from mofkit.cim import CimClass, CimDirective, CimInstance
from mofkit.repository.draft import Draft
from mofkit.repository.namespace import StoredInstance
from mofkit.repository.object_path import ObjectPath, path_in
from mofkit.repository.run import Refused, Run
from mofkit.repository.status import WbemStatus
from mofkit.repository.step import Change
from mofkit.repository.system_classes import system_classes

__all__ = ["delete_class", "delete_instance"]

_CLASS_PAGE = "WmiSdk/pragma-deleteclass"
_INSTANCE_PAGE = "WmiSdk/pragma-deleteinstance"
_NAMESPACE_PAGE = "WmiSdk/--namespace"
_METHOD_PAGE = "wbemcli/IWbemServices::DeleteClass"
_NOT_THERE = "it is not there, and need not be (nofail)"


def delete_class(run: Run, namespace: str, directive: CimDirective) -> None:
    """Delete a class with its instances, the classes below it, and theirs."""
    name, word = map(str, directive.arguments)
    draft = run.draft(namespace)
    path = ObjectPath(draft.path, name)
    if name.lower() in system_classes():
        raise Refused(
            path,
            WbemStatus.INVALID_OPERATION,
            _METHOD_PAGE,
            f"`{name}` is a system class, which cannot be deleted",
        )
    if name.lower() in draft.classes:
        below = draft.descendants(name)
        for each in (*reversed(below), name.lower()):
            _delete_one(run, draft, each, _METHOD_PAGE if below else _CLASS_PAGE)
    elif word.lower() == "nofail":
        run.note(Change.SKIPPED, path, _CLASS_PAGE, _NOT_THERE)
    elif run.options.assume_classes:
        run.note(Change.ASSUMED, path, "policy: assume_classes", "taken to be there and deleted")
    else:
        message = f"there is no class `{name}` to delete (fail)"
        raise Refused(path, WbemStatus.INVALID_CLASS, _CLASS_PAGE, message)


def _delete_one(run: Run, draft: Draft, name: str, page: str) -> None:
    for found in list(draft.instances_of(name, derived=False)):
        run.note(Change.DELETED, found.path, _CLASS_PAGE, "with its class", before=found.instance)
    gone = draft.classes[name]
    draft.delete_class(name)
    run.note(Change.DELETED, ObjectPath(draft.path, gone.name), page, before=gone)


def delete_instance(run: Run, namespace: str, directive: CimDirective) -> None:
    """Delete an instance; one of `__Namespace` takes its namespace along."""
    text, word = map(str, directive.arguments)
    path = path_in(text, run.draft(namespace).path)
    if path is None or not path.is_instance:
        message = f"{text!r} is not the path of an instance"
        status = WbemStatus.INVALID_DELETEINSTANCE_SYNTAX
        raise Refused(ObjectPath(namespace), status, _INSTANCE_PAGE, message)
    if word.lower() == "nofail" and not run.has_namespace(path.namespace):
        run.note(Change.SKIPPED, path, _INSTANCE_PAGE, _NOT_THERE)
        return
    draft = run.draft(path.namespace)
    found = draft.find_instance(path)
    identity = None if found is None else draft.identity(found.path)
    if found is not None and identity is not None:
        _delete_namespace(run, found)
        draft.delete_instance(identity)
        run.note(Change.DELETED, found.path, _INSTANCE_PAGE, before=found.instance)
    elif word.lower() == "nofail":
        run.note(Change.SKIPPED, path, _INSTANCE_PAGE, _NOT_THERE)
    elif run.options.assume_classes and not _is_known(draft, path.class_name):
        run.note(Change.ASSUMED, path, "policy: assume_classes", "taken to be there and deleted")
    else:
        message = f"there is no `{path.relative}` to delete (fail)"
        raise Refused(path, WbemStatus.NOT_FOUND, _INSTANCE_PAGE, message)


def _is_known(draft: Draft, class_name: str) -> bool:
    return draft.find_class(class_name) is not None and not draft.shape(class_name).is_open


def _delete_namespace(run: Run, found: StoredInstance) -> None:
    """Delete what an instance of `__Namespace` stands for; the steps name all that was in it."""
    if found.path.class_name.lower() != "__namespace" or not found.path.keys:
        return
    for gone in reversed(run.remove_namespace(f"{found.path.namespace}\\{found.path.keys[0][1]}")):
        for stored in gone.instances.values():
            _goes_along(run, stored.path, stored.instance)
        for cim_class in reversed(list(gone.classes.values())):
            _goes_along(run, ObjectPath(gone.path, cim_class.name), cim_class)
        run.note(Change.DELETED, ObjectPath(gone.path), _NAMESPACE_PAGE, "with all that is in it")


def _goes_along(run: Run, path: ObjectPath, before: CimClass | CimInstance) -> None:
    run.note(Change.DELETED, path, _NAMESPACE_PAGE, "with its namespace", before=before)
