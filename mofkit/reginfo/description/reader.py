"""From a description to values: what it may hold, and everything that is wrong with it.

A description has the shape that `to_plain` gives, and leaves out what can be known:

    arch, warnings    are not looked at: a description is for either architecture
    request           is `register` where nothing is said
    flags             or flag_names is enough; the flag of the name kind need not be among them
    instance_count    follows from `names`; with dynamic names it may be anything and means nothing
    names             is dynamic where it is absent
    pdo               may be {"x64", "x86"}, as `required` may be

An entry with WMIREG_FLAG_REMOVE_GUID may lack what its kind of names needs.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from mofkit.binary.guid_text import parse_guid
from mofkit.reginfo.description.errors import DescriptionError, Key, Problem, key_text, shown
from mofkit.reginfo.description.places import Format, find_places
from mofkit.reginfo.description.syntax import load
from mofkit.reginfo.description.values import ABSENT, Table, ValueReader
from mofkit.reginfo.enums import KNOWN_FLAGS, NAME_KIND_FLAGS, Arch, RegFlag, Request
from mofkit.reginfo.model import (
    BaseName,
    DynamicNames,
    InstanceNames,
    ListNames,
    PdoNames,
    RegGuid,
    RegInfo,
    RegInfoReply,
    TooSmall,
)

__all__ = ["read"]

_FLAG_OF_NAME: Final = {f"WMIREG_FLAG_{flag.name}": flag for flag in RegFlag}
_DYNAMIC: Final = DynamicNames()
_NO_GUID: Final = UUID(int=0)

_REPLY_KEYS: Final = ("$schema", "arch", "request", "infos", "warnings")
_TOO_SMALL_KEYS: Final = ("$schema", "arch", "request", "reply", "required", "warnings")
_INFO_KEYS: Final = ("registry_path", "mof_resource", "guids")
_ENTRY_KEYS: Final = ("guid", "flags", "flag_names", "instance_count", "names")
_NAMES_KEYS: Final = {
    "list": ("kind", "names", "count"),
    "basename": ("kind", "base", "count"),
    "pdo": ("kind", "pdo", "count"),
    "dynamic": ("kind",),
}
_KIND_FLAGS: Final = {
    "list": RegFlag.INSTANCE_LIST,
    "basename": RegFlag.INSTANCE_BASENAME,
    "pdo": RegFlag.INSTANCE_PDO,
    "dynamic": RegFlag(0),
}


def read(
    text: str,
    *,
    path: str,
    format: Format,  # noqa: A002 - as --format
    arch: Arch | None = None,
    request: Request | None = None,
) -> RegInfoReply | TooSmall:
    """Return what a description says.

    `arch` chooses where a value is given for each; `request` is taken instead of the description's.
    `path` is for messages only.

    Raises:
        DescriptionError: it is not well-formed, or does not describe registration info.

    >>> reply = read('''
    ... [[infos]]
    ... registry_path = 'Fan'
    ... [[infos.guids]]
    ... guid = "D510C931-ACEF-40B5-9361-1CEE4DFC3E5E"
    ... names = {kind = "list", names = ["Left", "Right"]}
    ... ''', path="fan.toml", format="toml")
    >>> reply.infos[0].guids[0].instance_count
    2
    """
    text = text.removeprefix("\ufeff")
    reader = _Reader(arch, request, "an object" if format == "json" else "a table")
    reply = reader.read(load(text, path=path, format=format))
    if reader.problems or reply is None:
        raise _error(reader.problems, text, path, format)
    return reply


def _error(
    problems: list[tuple[Key, str]],
    text: str,
    path: str,
    format: Format,  # noqa: A002 - as --format
) -> DescriptionError:
    """Look for the lines, which nobody needs as long as all is well."""
    places = find_places(text, format, [key for key, _ in problems])
    placed = [(places.span(key).start, key, reason) for key, reason in problems]
    found = []
    line, counted_to = 1, 0
    for start, key, reason in sorted(placed, key=itemgetter(0)):
        line += text.count("\n", counted_to, start)
        counted_to = start
        found.append(Problem(path, line, key_text(key), reason))
    return DescriptionError(found)


class _Reader(ValueReader):
    """Reads on after a problem, so that all of them are known in the end."""

    def __init__(self, arch: Arch | None, request: Request | None, table_word: str) -> None:
        super().__init__(arch, table_word)
        self._request = request
        self._flags: dict[int, RegFlag] = {}

    def read(self, value: Any) -> RegInfoReply | TooSmall | None:
        """Return what a description says; None, or anything, where there are problems."""
        if not isinstance(value, dict):
            self.complain((), f"must be {self.table_word}, is {self.what(value)}")
            return None
        request = self._read_request(value)
        if "reply" in value:
            return self._too_small(value, request)
        self.check_keys(value, (), (*_REPLY_KEYS, "reply"))
        infos = self.array(value, (), "infos")
        if infos == []:
            self.complain(("infos",), "is empty: a reply has at least one WMIREGINFO")
        return RegInfoReply(
            tuple([self._info(info, ("infos", index)) for index, info in enumerate(infos or [])]),
            request,
        )

    def _read_request(self, table: Table) -> Request:
        found = self.word(table, (), "request", [*Request], default=Request.REGISTER)
        return self._request or Request(found or Request.REGISTER)

    def _too_small(self, table: Table, request: Request) -> TooSmall:
        self.word(table, (), "reply", ["too-small"])
        self.check_keys(table, (), _TOO_SMALL_KEYS)
        required, place = self.for_arch(table, (), "required")
        if required is ABSENT:
            self.complain(place, "is missing")
            return TooSmall(0, request)
        return TooSmall(self.as_ulong(required, place) or 0, request)

    def _info(self, table: Any, key: Key) -> RegInfo:
        if not self.is_table(table, key):
            return RegInfo()
        self.check_keys(table, key, _INFO_KEYS)
        guids = self.array(table, key, "guids", optional=True) or ()
        key_of_guids = (*key, "guids")
        return RegInfo(
            self.text(table, key, "registry_path"),
            self.text(table, key, "mof_resource"),
            tuple([self._entry(entry, (*key_of_guids, n)) for n, entry in enumerate(guids)]),
        )

    # -------------------------------------------------------------------------- one entry

    def _entry(self, table: Any, key: Key) -> RegGuid:
        if not self.is_table(table, key):
            return RegGuid(_NO_GUID)
        self.check_keys(table, key, _ENTRY_KEYS)
        guid = self._guid(table, key)
        flags = self._read_flags(table, key)
        names_table = table.get("names", ABSENT)
        kind: str | None = "dynamic"
        if names_table is not ABSENT:
            kind = self._kind(names_table, (*key, "names"))
        if kind is None:
            return RegGuid(guid)
        flags = self._with_kind(table, key, flags, kind)
        names, count = self._names(kind, table, key, removes=bool(flags & RegFlag.REMOVE_GUID))
        return RegGuid(guid, flags, count, names)

    def _guid(self, table: Table, key: Key) -> UUID:
        text = table.get("guid", ABSENT)
        if isinstance(text, str):
            try:
                return parse_guid(text)
            except ValueError:
                self.complain((*key, "guid"), f"is no GUID: {shown(text)}")
        elif text is ABSENT:
            self.complain((*key, "guid"), "is missing")
        else:
            self.complain((*key, "guid"), f"must be a string, is {self.what(text)}")
        return _NO_GUID

    def _read_flags(self, table: Table, key: Key) -> RegFlag:
        bits = self.ulong(table, key, "flags")
        named = self._flag_names(table, key) if "flag_names" in table else None
        if bits is not None and named is not None and bits & KNOWN_FLAGS != named:
            self.complain((*key, "flags"), f"is {bits:#x}, but flag_names says {named:#x}")
        value = bits if bits is not None else named or 0
        if value not in self._flags:
            self._flags[value] = RegFlag(value)
        return self._flags[value]

    def _flag_names(self, table: Table, key: Key) -> int | None:
        """Return the bits; None where they are not known."""
        names = self.array(table, key, "flag_names") or ()
        bits = 0
        for index, name in enumerate(names):
            flag = _FLAG_OF_NAME.get(name) if isinstance(name, str) else None
            if flag is None:
                place = (*key, "flag_names", index)
                if isinstance(name, str):
                    hint = self.did_you_mean(name.upper(), _FLAG_OF_NAME)
                    self.complain(place, f"{shown(name)} is no flag{hint}")
                else:
                    self.complain(place, f"must be a string, is {self.what(name)}")
                return None
            bits |= flag.value
        return bits

    def _kind(self, table: Any, key: Key) -> str | None:
        if not self.is_table(table, key):
            return None
        kind = self.word(table, key, "kind", [*_NAMES_KEYS])
        if kind is not None:
            self.check_keys(table, key, _NAMES_KEYS[kind])
        return kind

    def _with_kind(self, table: Table, key: Key, flags: RegFlag, kind: str) -> RegFlag:
        """Return the flags with that of the kind; those given must say the same or nothing."""
        wanted = _KIND_FLAGS[kind]
        said = flags & NAME_KIND_FLAGS
        if said and said != wanted:
            words = " and ".join(flag.name or "" for flag in RegFlag if said & flag)
            what = f"names is of kind {kind}" if "names" in table else "there is no names"
            name = "flags" if "flags" in table else "flag_names"
            self.complain((*key, name), f"says {words}, but {what}")
        return flags | wanted

    def _names(
        self, kind: str, table: Table, key: Key, *, removes: bool
    ) -> tuple[InstanceNames, int]:
        """Return the names and the instance count of an entry."""
        match kind:
            case "list":
                return self._list_names(table, key, removes=removes)
            case "basename":
                return self._base_name(table, key, removes=removes)
            case "pdo":
                return self._pdo_names(table, key, removes=removes)
            case _:
                return _DYNAMIC, self._free_count(table, key)

    def _list_names(self, table: Table, key: Key, *, removes: bool) -> tuple[ListNames, int]:
        inner = (*key, "names")
        texts = self.array(table["names"], inner, "names", optional=removes)
        if not texts and (removes or texts is None):  # nothing for a count to agree with
            return ListNames(()), self._counted(table, key, removes=True)
        key_of_names = (*inner, "names")
        names = tuple(
            [self.as_text(text, (*key_of_names, n)) or "" for n, text in enumerate(texts or ())]
        )
        said = f"the list has {len(names)} name{'s' * (len(names) != 1)}"
        count = self.ulong(table["names"], inner, "count")
        if count is not None and count != len(names):
            self.complain((*inner, "count"), f"is {count}, but {said}")
        return ListNames(names), self._count(table, key, len(names), said)

    def _base_name(self, table: Table, key: Key, *, removes: bool) -> tuple[BaseName, int]:
        inner = (*key, "names")
        base = self.text(table["names"], inner, "base")
        if table["names"].get("base") is None and not removes:
            self.complain((*inner, "base"), "is missing")
        return BaseName(base), self._counted(table, key, removes=removes)

    def _pdo_names(self, table: Table, key: Key, *, removes: bool) -> tuple[PdoNames, int]:
        inner = (*key, "names")
        value, place = self.for_arch(table["names"], inner, "pdo")
        pdo = 0
        if value is not ABSENT:
            pdo = self.pointer(value, place)
        elif not removes:
            self.complain(place, "is missing")
        return PdoNames(pdo), self._counted(table, key, removes=removes)

    def _counted(self, table: Table, key: Key, *, removes: bool) -> int:
        """Return the count of names that WMI makes."""
        inner = (*key, "names")
        count = self.ulong(table["names"], inner, "count")
        if count is not None:
            return self._count(table, key, count, f"names.count is {count}")
        if "instance_count" not in table and "count" not in table["names"] and not removes:
            self.complain((*inner, "count"), "is missing")
        return self._free_count(table, key)

    def _free_count(self, table: Table, key: Key) -> int:
        """Return the instance_count, where nothing else says it."""
        return self.ulong(table, key, "instance_count") or 0

    def _count(self, table: Table, key: Key, said: int, why: str) -> int:
        """Return `said`, with which the instance_count must agree."""
        count = self.ulong(table, key, "instance_count")
        if count is not None and count != said:
            self.complain((*key, "instance_count"), f"is {count}, but {why}")
        return said
