"""Storing an instance, as `IWbemServices::PutInstance` does it for mofcomp."""

from __future__ import annotations

from typing import Final

from mofkit.cim import CimAlias, CimArray, CimClass, CimInstance, CimType
from mofkit.cim.qualifiers import has_qualifier
from mofkit.repository.aliases import Aliases
from mofkit.repository.draft import Draft
from mofkit.repository.instance_keys import path_of, with_generated_keys
from mofkit.repository.namespace import StoredInstance
from mofkit.repository.object_path import ObjectPath
from mofkit.repository.run import CREATE_ONLY, UPDATE_ONLY, Refused, Run
from mofkit.repository.status import WbemStatus
from mofkit.repository.step import Change

__all__ = ["put_instance"]

_PAGE: Final = "wbemcli/IWbemServices::PutInstance"
_AMENDED_PAGE: Final = "WmiSdk/amended-class-considerations"
_FLAGS_PAGE: Final = "WmiSdk/pragma-instanceflags"
_SWITCH_PAGE: Final = "WmiSdk/mofcomp"
_NOTHING_PAGE: Final = "WmiSdk/running-the-mof-compiler-on-a-file"


def put_instance(run: Run, aliases: Aliases, instance: CimInstance) -> None:
    """Store an instance, in place of the one with its keys.

    Raises:
        Refused: WMI would not.
    """
    draft = run.draft(run.namespace_of(instance.pragmas))
    flags = run.instance_flags(instance.pragmas)
    class_path = ObjectPath(draft.path, instance.class_name)
    if flags & CREATE_ONLY and flags & UPDATE_ONLY:
        run.note(Change.SKIPPED, class_path, _NOTHING_PAGE, "createonly and updateonly: nothing")
        return
    cim_class = _class_of(run, draft, class_path)
    _check_properties(draft, class_path, instance)
    resolved = aliases.resolve(instance, draft.path)
    if has_qualifier(cim_class.qualifiers, "dynamic"):
        message = "the provider of the class gets it; the repository does not hold it"
        run.note(Change.FORWARDED, class_path, _PAGE, message, after=resolved)
        return
    _check_keyless(run, draft, class_path)
    resolved = with_generated_keys(draft, resolved)
    stored = StoredInstance(path_of(draft, resolved), resolved)
    page = _SWITCH_PAGE if instance.pragmas.instance_flags is None else _FLAGS_PAGE
    _store(run, draft, stored, flags, page)
    aliases.note_stored(instance, stored.path)


def _class_of(run: Run, draft: Draft, path: ObjectPath) -> CimClass:
    found = run.find_class(draft, path.class_name)
    if found is None:
        message = f"there is no class `{path.class_name}` in `{draft.path}`"
        raise Refused(path, WbemStatus.INVALID_CLASS, _PAGE, message)
    is_translation = has_qualifier(found.qualifiers, "amendment")
    if is_translation or has_qualifier(found.qualifiers, "abstract"):
        page = _AMENDED_PAGE if is_translation else _PAGE
        what = "a translation, which counts as abstract" if is_translation else "abstract"
        message = f"class `{found.name}` is {what}: it has no instances of its own"
        raise Refused(path, WbemStatus.ILLEGAL_OPERATION, page, message)
    return found


def _check_properties(draft: Draft, path: ObjectPath, instance: CimInstance) -> None:
    is_open = draft.shape(path.class_name).is_open
    for found in instance.properties:
        declared = draft.property_of(path.class_name, found.name)
        if declared is None:
            if is_open or found.name.startswith("__"):
                continue
            message = f"class `{path.class_name}` has no property `{found.name}`"
            raise Refused(path, WbemStatus.NOT_FOUND, "wbemcli/IWbemClassObject::Put", message)
        values = found.value.values if isinstance(found.value, CimArray) else (found.value,)
        is_reference = declared.type is CimType.REFERENCE
        if not is_reference and any(isinstance(value, CimAlias) for value in values):
            message = f"`{found.name}` is no reference and cannot be an alias"
            raise Refused(path, WbemStatus.UNEXPECTED_ALIAS, "wbemcli/WBEMSTATUS", message)


def _check_keyless(run: Run, draft: Draft, path: ObjectPath) -> None:
    shape = draft.shape(path.class_name)
    is_keyless = not (shape.keys or shape.is_singleton or shape.is_open)
    if is_keyless and run.options.policy.keyless == "refuse":
        message = f"class `{path.class_name}` has no key and is no singleton"
        raise Refused(path, WbemStatus.ILLEGAL_OPERATION, "policy: keyless", message)


def _store(run: Run, draft: Draft, new: StoredInstance, flags: int, page: str) -> None:
    """Store an instance as the flags allow, which come from what `page` describes."""
    identity = draft.identity(new.path)
    assert identity is not None, new.path
    old = draft.instances.get(identity)
    if old is None and flags & UPDATE_ONLY:
        message = "there is no such instance to update (updateonly)"
        raise Refused(new.path, WbemStatus.NOT_FOUND, page, message)
    if old is not None and flags & CREATE_ONLY:
        message = "the instance is there already (createonly)"
        raise Refused(new.path, WbemStatus.ALREADY_EXISTS, page, message)
    if old is not None and _is_same(old.instance, new.instance):
        run.note(Change.UNCHANGED, old.path, _PAGE, before=old.instance, after=new.instance)
        return
    _make_namespace(run, new)
    if old is not None and old.path.class_name.lower() != new.path.class_name.lower():
        _move(run, old, new)
        old = None
    draft.put_instance(identity, new)
    before = None if old is None else old.instance
    change = Change.CREATED if old is None else Change.UPDATED
    run.note(change, new.path, _PAGE, before=before, after=new.instance)


def _move(run: Run, old: StoredInstance, new: StoredInstance) -> None:
    run.note(
        Change.DELETED,
        old.path,
        "WmiSdk/changing-the-inheritance-of-an-instance",
        f"an instance of `{new.path.class_name}` takes its keys",
        before=old.instance,
    )


def _make_namespace(run: Run, new: StoredInstance) -> None:
    if new.path.class_name.lower() != "__namespace":
        return
    assert new.path.keys is not None
    name = str(new.path.keys[0][1])
    if not name or any(character in name for character in '\\/:"'):
        message = f"{name!r} is no name for a namespace"
        raise Refused(new.path, WbemStatus.INVALID_PARAMETER, "WmiSdk/--namespace", message)
    run.add_namespace(f"{new.path.namespace}\\{name}")


def _is_same(old: CimInstance, new: CimInstance) -> bool:
    return _content(old) == _content(new)


def _content(instance: CimInstance) -> tuple[object, ...]:
    values = {found.name.lower(): (found.value, found.qualifiers) for found in instance.properties}
    return instance.class_name.lower(), values, instance.qualifiers
