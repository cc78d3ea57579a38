"""Storing a class, as `IWbemServices::PutClass` does it for mofcomp."""

from __future__ import annotations

from typing import Final

from mofkit.cim import CimClass, CimType
from mofkit.cim.qualifiers import has_qualifier, qualifier_named
from mofkit.repository.class_changes import Conflict, conflicts, essence, without_qualifiers
from mofkit.repository.draft import Draft
from mofkit.repository.instance_keys import path_of
from mofkit.repository.namespace import StoredInstance
from mofkit.repository.object_path import ObjectPath
from mofkit.repository.run import (
    CREATE_ONLY,
    FORCE_UPDATE,
    SAFE_UPDATE,
    UPDATE_ONLY,
    Refused,
    Run,
)
from mofkit.repository.status import WbemStatus
from mofkit.repository.step import Change

__all__ = ["put_class"]

_PAGE: Final = "wbemcli/IWbemServices::PutClass"
_FLAGS_PAGE: Final = "WmiSdk/pragma-classflags"
_KEY_PAGE: Final = "WmiSdk/key-qualifier"
_SWITCH_PAGE: Final = "WmiSdk/mofcomp"
_ERRORS_PAGE: Final = "WmiSdk/wmi-error-constants"
_FORCE_POLICY: Final = "policy: force_with_instances"
_NOTHING_PAGE: Final = "WmiSdk/running-the-mof-compiler-on-a-file"


def put_class(run: Run, cim_class: CimClass) -> None:
    """Store a class, in place of the one of its name where the flags allow that.

    Raises:
        Refused: WMI would not.
    """
    draft = run.draft(run.namespace_of(cim_class.pragmas))
    flags = run.class_flags(cim_class.pragmas)
    path = ObjectPath(draft.path, cim_class.name)
    if _is_contradiction(run, path, flags) or not _is_allowed_name(run, path):
        return
    old = draft.classes.get(cim_class.name.lower())
    path = path if old is None else ObjectPath(draft.path, old.name)
    is_assumed = cim_class.name.lower() in draft.assumed
    _check_existence(path, old, flags, _flags_page(cim_class))
    _check_circle(draft, path, cim_class)
    # A translation repeats what it translates, in a namespace without the classes above it.
    if not has_qualifier(cim_class.qualifiers, "amendment"):
        _check_superclass(run, draft, path, cim_class)
        _check_types(draft, path, cim_class)
        _check_keys(draft, path, cim_class)
    if old is None or is_assumed:
        _store(draft, cim_class)
        run.note(Change.CREATED, path, _PAGE, after=cim_class)
    elif essence(old) == essence(cim_class):
        run.note(Change.UNCHANGED, path, _PAGE, before=old, after=cim_class)
    else:
        _update(run, draft, path, old, cim_class, flags)


def _store(draft: Draft, cim_class: CimClass) -> None:
    """Store a class; instances get the paths that its keys give them, where it was not known."""
    stored = [(draft.identity(found.path), found) for found in draft.instances_of(cim_class.name)]
    draft.put_class(cim_class)
    for identity, found in stored:
        assert identity is not None, found.path
        path = _path_now(draft, found)
        new_identity = draft.identity(path)
        assert new_identity is not None, path
        if new_identity != identity:
            draft.delete_instance(identity)
            draft.put_instance(new_identity, StoredInstance(path, found.instance))


def _path_now(draft: Draft, found: StoredInstance) -> ObjectPath:
    try:
        return path_of(draft, found.instance)
    except Refused:  # without a value for a key that it did not have: as it was
        return found.path


# ----------------------------------------------------------------------- what holds for any class


def _is_contradiction(run: Run, path: ObjectPath, flags: int) -> bool:
    """Say whether two flags contradict each other, so that nothing is done."""
    if flags & CREATE_ONLY and flags & UPDATE_ONLY:
        run.note(Change.SKIPPED, path, _NOTHING_PAGE, "createonly and updateonly: nothing is done")
        return True
    if flags & SAFE_UPDATE and flags & FORCE_UPDATE:
        run.note(Change.SKIPPED, path, _FLAGS_PAGE, "safeupdate and forceupdate: nothing is done")
        return True
    return False


def _is_allowed_name(run: Run, path: ObjectPath) -> bool:
    name = path.class_name
    if name.startswith("__"):
        message = "mofcomp compiles no class whose name begins with `__`"
        if run.options.policy.system_class == "skip":
            run.note(Change.SKIPPED, path, "policy: system_class", message)
            return False
        page = "WmiSdk/wmi-system-classes"
        raise Refused(path, WbemStatus.INVALID_OPERATION, page, message)
    if name.startswith("_") or name.endswith("_"):
        message = f"the name of class `{name}` begins or ends with `_`"
        raise Refused(path, WbemStatus.INVALID_PARAMETER, _PAGE, message)
    return True


def _check_existence(path: ObjectPath, old: CimClass | None, flags: int, page: str) -> None:
    if old is None and flags & UPDATE_ONLY:
        message = "there is no such class to update (updateonly)"
        raise Refused(path, WbemStatus.NOT_FOUND, page, message)
    if old is not None and flags & CREATE_ONLY:
        message = "the class is there already (createonly)"
        raise Refused(path, WbemStatus.ALREADY_EXISTS, page, message)


def _check_circle(draft: Draft, path: ObjectPath, cim_class: CimClass) -> None:
    above = (cim_class.superclass or "").lower()
    if above == cim_class.name.lower() or above in draft.descendants(cim_class.name):
        message = f"superclass `{cim_class.superclass}` is the class itself or derived from it"
        raise Refused(path, WbemStatus.INVALID_SUPERCLASS, _ERRORS_PAGE, message)


def _check_superclass(run: Run, draft: Draft, path: ObjectPath, cim_class: CimClass) -> None:
    above = cim_class.superclass
    if above is not None and run.find_class(draft, above) is None:
        message = f"there is no superclass `{above}` in `{draft.path}`"
        raise Refused(path, WbemStatus.INVALID_SUPERCLASS, _ERRORS_PAGE, message)


def _check_types(draft: Draft, path: ObjectPath, cim_class: CimClass) -> None:
    if cim_class.superclass is None:
        return
    for found in cim_class.properties:
        above = draft.property_of(cim_class.superclass, found.name)
        if above is not None and (above.type, above.is_array) != (found.type, found.is_array):
            message = f"`{found.name}` has another type than the property it inherits"
            raise Refused(path, WbemStatus.TYPE_MISMATCH, "wbemcli/IWbemClassObject::Put", message)


def _check_keys(draft: Draft, path: ObjectPath, cim_class: CimClass) -> None:
    above = None if cim_class.superclass is None else draft.shape(cim_class.superclass)
    inherited = set() if above is None else {key.lower() for key in above.keys}
    keys = [found for found in cim_class.properties if qualifier_named(found.qualifiers, "key")]
    is_singleton = has_qualifier(cim_class.qualifiers, "singleton")
    if (is_singleton and (keys or inherited)) or (keys and above and above.is_singleton):
        message = f"class `{cim_class.name}` is a singleton and has a key"
        raise Refused(path, WbemStatus.CANNOT_BE_SINGLETON, _KEY_PAGE, message)
    for key in keys:
        if key.is_array or key.type.is_real or key.type is CimType.OBJECT:
            message = f"`{key.name}` of class `{cim_class.name}` has a type that no key can have"
            raise Refused(path, WbemStatus.CANNOT_BE_KEY, _KEY_PAGE, message)
        if inherited and key.name.lower() not in inherited:
            message = f"class `{cim_class.name}` adds key `{key.name}` to those it inherits"
            raise Refused(path, WbemStatus.CANNOT_BE_KEY, _KEY_PAGE, message)


def _flags_page(cim_class: CimClass) -> str:
    """Return the page of what set the flags: the pragma, or else the switch."""
    return _SWITCH_PAGE if cim_class.pragmas.class_flags is None else _FLAGS_PAGE


# ---------------------------------------------------------------------------------------- updates


def _update(
    run: Run, draft: Draft, path: ObjectPath, old: CimClass, new: CimClass, flags: int
) -> None:
    important = run.options.policy.important_qualifiers
    page = _FLAGS_PAGE
    if essence(old, important) == essence(new, important):
        page = _PAGE  # no more than nonimportant qualifiers: "in all cases"
    elif flags & FORCE_UPDATE:
        _force(run, draft, path, old, new)
    elif flags & SAFE_UPDATE:
        _check_instances(draft, path, "safeupdate", _PAGE)
        _check_conflicts(path, _conflicts_below(draft, old, new))
    else:
        page = _PAGE
        _check_compatible(draft, path)
    _store(draft, new)
    run.note(Change.UPDATED, path, page, before=old, after=new)


def _check_compatible(draft: Draft, path: ObjectPath) -> None:
    below = draft.descendants(path.class_name)
    if below:
        name = draft.classes[below[0]].name
        message = f"class `{name}` is derived from it; see safeupdate and forceupdate"
        raise Refused(path, WbemStatus.CLASS_HAS_CHILDREN, _PAGE, message)
    if any(draft.instances_of(path.class_name)):
        message = "the class has instances"
        raise Refused(path, WbemStatus.CLASS_HAS_INSTANCES, _PAGE, message)


def _check_instances(draft: Draft, path: ObjectPath, mode: str, own_basis: str | None) -> None:
    """Refuse where there are instances of the class or below it.

    `own_basis` says why not those of the class itself; where it is None, they are no matter.
    """
    for found in draft.instances_of(path.class_name):
        is_own = found.path.class_name.lower() == path.class_name.lower()
        basis = own_basis if is_own else "WmiSdk/mofcomp"
        if basis is not None:
            message = f"there is an instance, `{found.path.relative}`, which {mode} does not change"
            raise Refused(path, WbemStatus.CLASS_HAS_INSTANCES, basis, message)


def _conflicts_below(draft: Draft, old: CimClass, new: CimClass) -> list[Conflict]:
    below = [draft.classes[name] for name in draft.descendants(old.name)]
    found = [conflict for each in below for conflict in conflicts(old, new, each)]
    if below and _keys(old) != _keys(new):
        found.append(Conflict(below[0].name, ", ".join(_keys(old) ^ _keys(new)), ""))
    return found


def _keys(cim_class: CimClass) -> frozenset[str]:
    return frozenset(
        found.name.lower()
        for found in cim_class.properties
        if qualifier_named(found.qualifiers, "key")
    )


def _check_conflicts(path: ObjectPath, found: list[Conflict]) -> None:
    if found:
        message = f"the change conflicts with {found[0]}"
        raise Refused(path, WbemStatus.CLASS_HAS_CHILDREN, _FLAGS_PAGE, message)


def _force(run: Run, draft: Draft, path: ObjectPath, old: CimClass, new: CimClass) -> None:
    """Make room for the new definition: conflicting qualifiers of classes below are deleted."""
    deletes = run.options.policy.force_with_instances == "delete"
    _check_instances(draft, path, "forceupdate", None if deletes else _FORCE_POLICY)
    found_below = _conflicts_below(draft, old, new)
    _check_conflicts(path, [conflict for conflict in found_below if not conflict.qualifier])
    for found in list(draft.instances_of(path.class_name, derived=False)):
        identity = draft.identity(found.path)
        assert identity is not None, found.path
        draft.delete_instance(identity)
        run.note(Change.DELETED, found.path, _FORCE_POLICY, before=found.instance)
    by_class: dict[str, list[Conflict]] = {}
    for conflict in found_below:
        by_class.setdefault(conflict.class_name, []).append(conflict)
    for name, mine in by_class.items():
        _loses(run, draft, ObjectPath(draft.path, name), mine)


def _loses(run: Run, draft: Draft, path: ObjectPath, conflicting: list[Conflict]) -> None:
    below = draft.classes[path.class_name.lower()]
    changed = without_qualifiers(below, conflicting)
    draft.put_class(changed)
    message = f"loses {', '.join(map(str, conflicting))}"
    run.note(Change.UPDATED, path, _FLAGS_PAGE, message, before=below, after=changed)
