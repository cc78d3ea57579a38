"""The keys of an instance: what its path is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mofkit.cim import (
    CimBoolean,
    CimCharacter,
    CimInstance,
    CimInstanceProperty,
    CimInteger,
    CimNull,
    CimString,
    CimType,
    CimUnexpanded,
    CimValue,
)
from mofkit.cim.record import replace
from mofkit.repository.namespace import Namespace
from mofkit.repository.object_path import KeyValue, ObjectPath
from mofkit.repository.run import Refused
from mofkit.repository.status import WbemStatus

__all__ = ["path_of", "with_generated_keys"]

_PAGE: Final = "WmiSdk/creating-and-declaring-an-instance-using-c-"


def path_of(namespace: Namespace, instance: CimInstance) -> ObjectPath:
    """Return the path of an instance, in the spelling of its class, which must be there.

    Raises:
        Refused: a key has no value.
    """
    cim_class = namespace.find_class(instance.class_name)
    assert cim_class is not None, instance.class_name
    shape = namespace.shape(cim_class.name)
    path = ObjectPath(namespace.path, cim_class.name, ())
    if shape.is_singleton:
        return path
    if shape.keys:
        keys = {key: _key(namespace, path, instance, key) for key in shape.keys}
    else:
        keys = dict(_all_values(instance)) if shape.is_open else {}
    return ObjectPath.of_instance(namespace.path, cim_class.name, keys)


def with_generated_keys(namespace: Namespace, instance: CimInstance) -> CimInstance:
    """Return an instance with a GUID in each string key that has no value, as WMI makes one.

    WMI takes a random one, and so makes another instance each time. Here the GUID depends on how
    many instances there are: the same steps give the same repository.
    """
    missing = [
        name
        for name in namespace.shape(instance.class_name).keys
        if is_null(_value(namespace, instance, name)) and _is_string(namespace, instance, name)
    ]
    if not missing:
        return instance
    from uuid import NAMESPACE_OID, uuid5  # hardly ever needed

    names = {name.lower() for name in missing}
    kept = [found for found in instance.properties if found.name.lower() not in names]
    made = f"{namespace.path}:{instance.class_name}.{len(namespace.instances)}".lower()
    text = f"{{{uuid5(NAMESPACE_OID, made)}}}".upper()
    added = [CimInstanceProperty(name, CimString(text)) for name in missing]
    return replace(instance, properties=(*kept, *added))


def _is_string(namespace: Namespace, instance: CimInstance, name: str) -> bool:
    declared = namespace.property_of(instance.class_name, name)
    return declared is not None and declared.type is CimType.STRING


def _key(namespace: Namespace, path: ObjectPath, instance: CimInstance, name: str) -> KeyValue:
    value = _value(namespace, instance, name)
    key = _plain(value)
    if key is None:
        what = "has no value" if is_null(value) else "has a value that no key can have"
        raise Refused(
            path.class_path,
            WbemStatus.ILLEGAL_NULL if is_null(value) else WbemStatus.CANNOT_BE_KEY,
            _PAGE if is_null(value) else "WmiSdk/key-qualifier",
            f"key `{name}` of an instance of `{instance.class_name}` {what}",
        )
    return key


def _value(namespace: Namespace, instance: CimInstance, name: str) -> CimValue | None:
    wanted = name.lower()
    for found in instance.properties:
        if found.name.lower() == wanted and not is_null(found.value):
            return found.value
    declared = namespace.property_of(instance.class_name, name)
    return None if declared is None else declared.default


def is_null(value: CimValue | None) -> bool:
    """Say whether a value is NULL, said or not."""
    return value is None or isinstance(value, CimNull)


def _plain(value: CimValue | None) -> KeyValue | None:
    match value:
        case CimString(text) | CimCharacter(text) | CimUnexpanded(text):
            return text
        case CimInteger(number):
            return number
        case CimBoolean(truth):
            return truth
    return None


def _all_values(instance: CimInstance) -> Iterator[tuple[str, KeyValue]]:
    """Yield what tells instances apart whose keys are not known: everything they say."""
    for found in instance.properties:
        plain = _plain(found.value)
        if plain is not None:
            yield found.name, plain
