"""Laws of new CLSIDs: a bump can be undone, and changes digits of GUIDs only."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import mofkit
from mofkit.cim import CimString, Schema
from mofkit.rewriter import BumpError
from mofkit.source import SourceFile
from mofkit.testing.laws.law import PROMISE, Kind, Law, from_
from mofkit.testing.spelling import spell

__all__ = ["BUMP"]

_NEW_CLSID: Final = UUID("6A1F0E52-7D0B-4B53-9C0B-9F7E8B6D2C11")
_PROVIDER: Final = "__win32provider"


def _is_undone(data: bytes) -> str:
    """Give each provider of a file another CLSID, and take that back."""
    source = SourceFile.from_bytes(data)
    for name in _providers(source):
        try:
            result = mofkit.bump_clsid([source], name, _NEW_CLSID)
        except BumpError:
            continue
        if fault := _fault(source, result):
            return f"provider {name!r}: {fault}"
    return ""


def _fault(source: SourceFile, result: mofkit.BumpResult) -> str:
    after = result.files[0]
    if result.inverse().files[0].to_bytes() != source.to_bytes():
        return "the inverse gives other bytes"
    if len(after.text) != len(source.text):
        return "the text is longer or shorter"
    changed = [one for one, other in zip(source.text, after.text, strict=True) if one != other]
    if not set(changed) <= set("0123456789abcdefABCDEF"):
        return "more than digits changed"
    return ""


def _is_bumped(schema: Schema) -> str:
    """Take the provider of a registration, which can be bumped."""
    source = SourceFile.from_text(spell(schema))
    (name,) = _providers(source)
    result = mofkit.bump_clsid([source], name, _NEW_CLSID)
    if str(_NEW_CLSID).lower() not in result.files[0].text.lower():
        return "the new CLSID is nowhere"
    return _fault(source, result)


def _providers(source: SourceFile) -> list[str]:
    found = []
    for instance in mofkit.bind([mofkit.parse_bytes(source.to_bytes())]).schema.instances:
        if instance.class_name.lower() == _PROVIDER:
            found += [
                each.value.value
                for each in instance.properties
                if each.name.lower() == "name" and isinstance(each.value, CimString)
            ]
    return found


BUMP: Final = Kind(
    from_("provider_registrations"),
    (Law("a provider gets a new CLSID", PROMISE, _is_bumped),),
    (Law("a bump can be undone", PROMISE, _is_undone),),
    lambda schema: spell(schema).encode(),
    suffix=".mof",
    is_text=True,
)
