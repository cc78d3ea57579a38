"""WNODEs and classes for tests. The GUID, the names and the classes are our own."""

import re
from uuid import UUID

from mofkit import bind, parse_source
from mofkit.cim import CimClass, Schema
from mofkit.wnode import DynamicName, InstanceName, WnodeFlag, WnodeHeader

__all__ = ["FAN", "class_from", "declared", "header", "schema_of"]

FAN = UUID("D510C931-ACEF-40B5-9361-1CEE4DFC3E5E")

_ITEM = re.compile(r"(?P<type>\w+) (?P<name>\w+)(\[(?P<count>\w+)\])?( *\{(?P<items>.*)\})?")


def schema_of(text: str) -> Schema:
    return bind([parse_source(text)]).schema


def class_from(text: str) -> tuple[Schema, CimClass]:
    """Return the schema of a text and its last class."""
    schema = schema_of(text)
    return schema, schema.classes[-1]


def declared(items: list[str], *, first_id: int = 1, method_id: int = 0) -> tuple[Schema, CimClass]:
    """Return a class with items in that order, or with a method that has them as parameters.

    An item is `uint32 a`, `uint16 a[4]`, `uint8 a[n]` with `n` another item, or
    `Inner a {uint8 b; uint8 c}`, which declares the class too.
    """
    classes: list[str] = []
    members = [_member(item, i + first_id, method_id, classes) for i, item in enumerate(items)]
    body = "; ".join([*members, ""])
    if method_id:
        body = f"[WmiMethodId({method_id})] void Run({', '.join(members)});"
    required = "[key] string InstanceName; boolean Active;"
    return class_from(f"{''.join(classes)} class Block {{ {required} {body} }};")


def _member(item: str, number: int, method_id: int, classes: list[str]) -> str:
    found = _ITEM.fullmatch(item.strip())
    assert found, item
    if found["items"]:
        inner = (_member(one, i + 1, 0, classes) for i, one in enumerate(found["items"].split(";")))
        classes.append(f"class {found['type']} {{ {'; '.join(inner)}; }};")
    qualifiers = [f"in, ID({number - 1})" if method_id else f"WmiDataId({number})"]
    size = ""
    if found["count"]:
        is_fixed = found["count"].isdigit()
        size = f"[{found['count']}]" if is_fixed else "[]"
        qualifiers += [] if is_fixed else [f'WmiSizeIs("{found["count"]}")']
    return f"[{', '.join(qualifiers)}] {found['type']} {found['name']}{size}"


def header(flags: WnodeFlag, name: InstanceName | tuple[str, ...] | None = None) -> WnodeHeader:
    """Return a header whose flags suit the names: None is those of an AllData with static names."""
    is_dynamic = isinstance(name, DynamicName | tuple)
    static = WnodeFlag(0) if is_dynamic else WnodeFlag.STATIC_INSTANCE_NAMES
    return WnodeHeader(FAN, flags | static)
