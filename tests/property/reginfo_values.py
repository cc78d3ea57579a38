"""Hypothesis strategies for registration info: replies of every name kind, flag and chain."""

import re
from uuid import UUID

from hypothesis import strategies as st

from mofkit.reginfo import (
    Arch,
    BaseName,
    DynamicNames,
    ListNames,
    PdoNames,
    RegFlag,
    RegGuid,
    RegInfo,
    RegInfoReply,
    Request,
)

__all__ = ["archs", "guids", "replies", "states", "strings"]

archs = st.sampled_from(Arch)
guids = st.builds(UUID, int=st.integers(0, 2**128 - 1))
some_guids = st.sampled_from([UUID(int=number) for number in range(6)])

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")

_notable = st.sampled_from("aZ _\0é漢😀\ud800\udbff\udc00")

# A list, since st.text would join both into one alphabet, in which the notable ones are rare.
strings = (
    st.lists(_notable | st.characters(exclude_categories=()), max_size=6)
    .map("".join)
    .filter(lambda text: not _PAIR.search(text))  # a pair is read as the character it stands for
)
"""Any counted string, lone surrogates and NULs included."""

_OTHER_FLAGS = st.sampled_from(
    [
        RegFlag(0),
        RegFlag.EXPENSIVE,
        RegFlag.EVENT_ONLY_GUID,
        RegFlag.EXPENSIVE | RegFlag.EVENT_ONLY_GUID,
        RegFlag.TRACED_GUID,
        RegFlag.TRACED_GUID | RegFlag.TRACE_CONTROL_GUID,
        RegFlag.RESERVED1,
        RegFlag(0x80000010),  # unknown bits
    ]
)
_COUNTS = st.integers(0, 3) | st.just(2**32 - 1)


@st.composite
def entries(draw: st.DrawFn, guid: st.SearchStrategy[UUID], *, may_remove: bool) -> RegGuid:
    """Return an entry whose fields agree."""
    flags = draw(_OTHER_FLAGS)
    if may_remove and draw(st.booleans()):
        flags |= RegFlag.REMOVE_GUID
    removes = bool(flags & RegFlag.REMOVE_GUID)
    match draw(st.sampled_from(["list", "base", "pdo", "dynamic"])):
        case "list":
            names = tuple(draw(st.lists(strings, max_size=4)))
            count = draw(_COUNTS) if removes and not names else len(names)
            return RegGuid(draw(guid), flags | RegFlag.INSTANCE_LIST, count, ListNames(names))
        case "base":
            base = draw(st.none() | strings if removes else strings)
            flags |= RegFlag.INSTANCE_BASENAME
            return RegGuid(draw(guid), flags, draw(_COUNTS), BaseName(base))
        case "pdo":
            pdo = PdoNames(draw(st.integers(0, 2**32 - 1)))
            return RegGuid(draw(guid), flags | RegFlag.INSTANCE_PDO, draw(_COUNTS), pdo)
        case _:
            return RegGuid(draw(guid), flags, 0, DynamicNames())


def infos(guid: st.SearchStrategy[UUID], *, may_remove: bool) -> st.SearchStrategy[RegInfo]:
    """Return a strategy for one WMIREGINFO."""
    return st.builds(
        RegInfo,
        st.none() | strings,
        st.none() | strings,
        st.lists(entries(guid, may_remove=may_remove), max_size=5).map(tuple),
    )


@st.composite
def replies(
    draw: st.DrawFn,
    request: Request | None = None,
    guid: st.SearchStrategy[UUID] = guids | some_guids,
) -> RegInfoReply:
    """Return a reply that can be encoded; GUIDs may repeat."""
    answered = request or draw(st.sampled_from(Request))
    may_remove = answered is Request.UPDATE
    parts = draw(st.lists(infos(guid, may_remove=may_remove), min_size=1, max_size=3))
    return RegInfoReply(tuple(parts), answered)


def states() -> st.SearchStrategy[RegInfoReply]:
    """Return a strategy for WMIREGISTER replies over a few GUIDs, all of one driver's names."""
    parts = st.lists(entries(some_guids, may_remove=False), max_size=6)
    return parts.map(lambda found: RegInfoReply((RegInfo("Path", "Mof", tuple(found)),)))
