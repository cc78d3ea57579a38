"""From values to a description: as plain data, as JSON, and as TOML that a person would write.

Strings lose the NULs at their end: a count may include one, and it is no part of the name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mofkit.binary import BinaryWarning
from mofkit.binary.guid_text import guid_text
from mofkit.binary.utf16 import has_lone_surrogate, strip_nul
from mofkit.reginfo.description.errors import DescriptionError, Key, Problem, key_text
from mofkit.reginfo.enums import KNOWN_FLAGS, Arch, flag_names
from mofkit.reginfo.model import (
    BaseName,
    DynamicNames,
    ListNames,
    PdoNames,
    RegGuid,
    RegInfo,
    RegInfoReply,
    TooSmall,
)

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Array, InlineTable, Item, String, Table

__all__ = ["to_json", "to_plain", "to_toml"]

_MAX_LINE_CHARS = 100
_NO_TITLES: Mapping[UUID, str] = {}


def to_plain(reply: RegInfoReply | TooSmall, arch: Arch | None) -> dict[str, Any]:
    """Return a reply as dicts, lists, strings and numbers; without an `arch` there is no such key.

    >>> plain = to_plain(RegInfoReply((RegInfo("Fan"),)), Arch.X64)
    >>> plain["infos"]
    [{'registry_path': 'Fan', 'mof_resource': None, 'guids': []}]
    """
    plain: dict[str, Any] = {} if arch is None else {"arch": arch.value}
    plain["request"] = reply.request.value
    if isinstance(reply, TooSmall):
        return plain | {"reply": "too-small", "required": reply.required_bytes}
    return plain | {
        "infos": [_plain_info(info) for info in reply.infos],
        "warnings": [_plain_warning(warning) for warning in reply.warnings],
    }


def to_json(reply: RegInfoReply | TooSmall, arch: Arch | None) -> str:
    """Return a reply as JSON in ASCII, with which any UTF-16 can be said."""
    return json.dumps(to_plain(reply, arch), indent=2) + "\n"


def to_toml(
    reply: RegInfoReply | TooSmall,
    arch: Arch | None,
    *,
    titles: Mapping[UUID, str] = _NO_TITLES,
) -> str:
    r"""Return a reply as TOML; what follows from something else is left out.

    `titles` has a comment for a block, such as the name of its class.

    Raises:
        DescriptionError: a string has an unpaired surrogate, for which TOML has no way to write.

    >>> fan = UUID("D510C931-ACEF-40B5-9361-1CEE4DFC3E5E")
    >>> reply = RegInfoReply((RegInfo("Fan", None, (RegGuid.with_base_name(fan, "Fan", 2),)),))
    >>> print(to_toml(reply, None, titles={fan: "Fenwick_Fan"}), end="")
    request = "register"
    <BLANKLINE>
    [[infos]]
    registry_path = "Fan"
    <BLANKLINE>
    # Fenwick_Fan
    [[infos.guids]]
    guid = "D510C931-ACEF-40B5-9361-1CEE4DFC3E5E"
    names = {kind = "basename", base = "Fan", count = 2}
    """
    import tomlkit

    plain = to_plain(reply, arch)
    _refuse_surrogates(plain)
    infos, warnings = plain.pop("infos", ()), plain.pop("warnings", ())
    document = tomlkit.document()
    _assign(document, plain)
    if isinstance(reply, RegInfoReply):
        pairs = zip(reply.infos, infos, strict=True)
        _add_tables(document, "infos", [_info_table(*pair, titles) for pair in pairs])
        _add_tables(document, "warnings", [_table(warning) for warning in warnings])
    return document.as_string()


# ------------------------------------------------------------------------------------ plain data


def _plain_info(info: RegInfo) -> dict[str, Any]:
    return {
        "registry_path": _bare(info.registry_path),
        "mof_resource": _bare(info.mof_resource),
        "guids": [_plain_entry(entry) for entry in info.guids],
    }


def _plain_entry(entry: RegGuid) -> dict[str, Any]:
    return {
        "guid": guid_text(entry.guid),
        "flags": int(entry.flags),
        "flag_names": flag_names(entry.flags),
        "instance_count": entry.instance_count,
        "names": _plain_names(entry),
    }


def _plain_names(entry: RegGuid) -> dict[str, Any]:
    match entry.names:
        case ListNames(names):
            return {"kind": "list", "names": [_bare(name) for name in names]}
        case BaseName(base):
            return {"kind": "basename", "base": _bare(base), "count": entry.instance_count}
        case PdoNames(pdo):
            return {"kind": "pdo", "pdo": f"0x{pdo:X}", "count": entry.instance_count}
        case DynamicNames():
            return {"kind": "dynamic"}


def _plain_warning(warning: BinaryWarning) -> dict[str, Any]:
    return {
        "code": warning.code,
        "offset": warning.offset_bytes,
        "path": warning.path,
        "message": warning.message,
    }


def _bare(text: str | None) -> str | None:
    return None if text is None else strip_nul(text)


# ------------------------------------------------------------------------------------------ TOML


def _brief(entry: RegGuid, plain: dict[str, Any]) -> dict[str, Any]:
    """Return an entry as a person would write it."""
    brief = {"guid": plain["guid"]}
    # As integers: `~` of a flag has none of the unknown bits.
    further = int(entry.flags) & ~int(entry.name_kind)
    if further & ~int(KNOWN_FLAGS):
        brief["flags"] = further
    elif further:
        brief["flag_names"] = flag_names(further)
    if isinstance(entry.names, DynamicNames | ListNames) and _count_is_news(entry):
        brief["instance_count"] = entry.instance_count
    if not isinstance(entry.names, DynamicNames):
        brief["names"] = plain["names"]
    return brief


def _count_is_news(entry: RegGuid) -> bool:
    names = entry.names.names if isinstance(entry.names, ListNames) else ()
    return entry.instance_count != len(names)


def _info_table(info: RegInfo, plain: dict[str, Any], titles: Mapping[UUID, str]) -> Table:
    entries = zip(info.guids, plain.pop("guids"), strict=True)
    table = _table(plain)
    tables = [_table(_brief(entry, body), titles.get(entry.guid)) for entry, body in entries]
    _add_tables(table, "guids", tables)
    return table


def _add_tables(parent: TOMLDocument | Table, key: str, tables: list[Table]) -> None:
    import tomlkit

    if tables:
        array = tomlkit.aot()
        for table in tables:
            array.append(table)
        parent.append(key, array)


def _table(plain: Mapping[str, Any], title: str | None = None) -> Table:
    """Return a table below an empty line and its title, which must be on one line."""
    import tomlkit

    table = tomlkit.table()
    _assign(table, plain)
    # Last, since what is put into a table is indented as the table is.
    table.trivia.indent = "\n" if title is None else f"\n# {' '.join(title.split())}\n"
    return table


def _assign(parent: TOMLDocument | Table | InlineTable, plain: Mapping[str, Any]) -> None:
    for key, value in plain.items():
        if value is not None:
            parent.append(key, _item(value, is_hex=key == "flags"))


def _item(value: Any, *, is_hex: bool = False) -> Item:
    import tomlkit

    match value:
        case str():
            return _string(value)
        case int():
            return tomlkit.value(f"0x{value:X}") if is_hex else tomlkit.integer(value)
        case list():
            return _array([_item(item) for item in value])
        case _:
            table = tomlkit.inline_table()
            _assign(table, value)
            return table


def _string(text: str) -> String:
    """Return a string; a path of the registry is easier to read without doubled backslashes."""
    import tomlkit

    is_literal = "\\" in text and "'" not in text and text.isprintable()
    return tomlkit.string(text, literal=is_literal)


def _array(items: list[Item]) -> Array:
    """Return an array, on lines of its own where it is long."""
    import tomlkit

    array = tomlkit.array()
    is_long = sum(len(item.as_string()) + 2 for item in items) > _MAX_LINE_CHARS
    if is_long:
        array.add_line(*items)
    else:
        array.extend(items)
    return array.multiline(is_long)


def _refuse_surrogates(plain: dict[str, Any]) -> None:
    reason = "has an unpaired surrogate, which TOML cannot say; write JSON instead"
    problems = [
        Problem("", None, key_text(key), reason)
        for key, text in _strings(plain)
        if has_lone_surrogate(text)
    ]
    if problems:
        raise DescriptionError(problems)


def _strings(value: Any, key: Key = ()) -> Iterator[tuple[Key, str]]:
    """Yield the strings of a description, each with the way to it."""
    match value:
        case str():
            yield key, value
        case dict():
            for name, item in value.items():
                yield from _strings(item, (*key, name))
        case list():
            for index, item in enumerate(value):
                yield from _strings(item, (*key, index))
