"""System properties: what an object says of itself, behind its ordinary properties.

They are told from these by having no qualifier list, not by their names. The order is that of
known files, which have superclass, instance flags and alias never together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from mofkit.bmf.enums import BmfType
from mofkit.bmf.findings import Findings
from mofkit.bmf.records import ObjectRecord, PropertyRecord
from mofkit.cim import DEFAULT_NAMESPACE, CimInteger, CimString, PragmaState

__all__ = ["SystemProperties", "read_system", "system_records"]


class SystemProperties(NamedTuple):
    """What an object says of itself; the namespace as written, None where it is the default."""

    class_name: str
    superclass: str | None = None
    alias: str | None = None
    pragmas: PragmaState = PragmaState()


_TEXTS: Final = ("__CLASS", "__NAMESPACE", "__SUPERCLASS", "__ALIAS")
_NUMBERS: Final = ("__CLASSFLAGS", "__INSTANCEFLAGS")


def read_system(found: ObjectRecord, findings: Findings) -> SystemProperties:
    """Return what the system properties of an object say.

    Raises:
        BinaryFormatError: E-CLASS, the name of the class is missing.
    """
    texts: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for record in found.properties:
        if record.qualifiers is not None:
            continue
        match record.value:
            case CimString(text) if record.name in _TEXTS and record.name not in texts:
                texts[record.name] = text
            case CimInteger(number) if record.name in _NUMBERS and record.name not in numbers:
                numbers[record.name] = number
            case _:
                message = f"system property `{record.name}` is unknown, a second one, or of type"
                message = f"{message} {record.type:#x}; it is left out"
                findings.note("W-SYSTEM", record.offset_bytes, "properties", message)
    if "__CLASS" not in texts:
        findings.refuse("E-CLASS", found.offset_bytes, "properties", "there is no `__CLASS`")
    if "__NAMESPACE" not in texts:
        findings.note("W-SYSTEM", found.offset_bytes, "properties", "there is no `__NAMESPACE`")
    namespace = texts.get("__NAMESPACE", DEFAULT_NAMESPACE)
    pragmas = PragmaState(
        None if namespace == DEFAULT_NAMESPACE else namespace,
        numbers.get("__CLASSFLAGS"),
        numbers.get("__INSTANCEFLAGS"),
    )
    return SystemProperties(
        texts["__CLASS"], texts.get("__SUPERCLASS"), texts.get("__ALIAS"), pragmas
    )


def system_records(system: SystemProperties) -> Iterator[PropertyRecord]:
    """Yield the records of what an object says of itself, in order."""
    namespace, class_flags, instance_flags = system.pragmas
    yield _text("__CLASS", system.class_name)
    yield _text("__NAMESPACE", DEFAULT_NAMESPACE if namespace is None else namespace)
    if class_flags is not None:
        yield _number("__CLASSFLAGS", class_flags)
    if instance_flags is not None:
        yield _number("__INSTANCEFLAGS", instance_flags)
    if system.superclass is not None:
        yield _text("__SUPERCLASS", system.superclass)
    if system.alias is not None:
        yield _text("__ALIAS", system.alias)


def _text(name: str, text: str) -> PropertyRecord:
    return PropertyRecord(BmfType.STRING, name, CimString(text))


def _number(name: str, number: int) -> PropertyRecord:
    return PropertyRecord(BmfType.SINT32, name, CimInteger(number))
