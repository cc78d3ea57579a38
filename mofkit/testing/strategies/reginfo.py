"""Registration info: replies of every name kind and flag, chains, buffers in any layout."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple
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
from mofkit.testing.choices import Choices
from mofkit.testing.reginfo_layout import lay_out
from mofkit.testing.strategies.names import choices, guids, utf16_texts
from mofkit.testing.strategies.steps import several

__all__ = [
    "RegBuffer",
    "archs",
    "few_guids",
    "reg_guids",
    "reg_infos",
    "reginfo_buffers",
    "reginfo_replies",
    "reginfo_states",
]


class RegBuffer(NamedTuple):
    """Bytes, the pointer size they are laid out for, and what they say."""

    data: bytes
    arch: Arch
    reply: RegInfoReply


def archs() -> st.SearchStrategy[Arch]:
    """Return pointer sizes."""
    return st.sampled_from(Arch)


def few_guids() -> st.SearchStrategy[UUID]:
    """Return one of six GUIDs: for blocks that are to meet."""
    return st.sampled_from(_FEW)


@st.composite
def reg_guids(
    draw: st.DrawFn,
    guid: st.SearchStrategy[UUID] | None = None,
    *,
    may_remove: bool = False,
) -> RegGuid:
    """Return an entry whose fields agree: its names are of the kind that its flags say.

    Flags are known ones, reserved ones and unknown ones. The count of dynamic names is 0, as the
    encoder writes it.

    Args:
        draw: given by Hypothesis.
        guid: of the block; any, or one of a few, if none are given.
        may_remove: REMOVE_GUID is among the flags, which is for replies to WMIUPDATE.
    """
    block = draw(_any_or_few if guid is None else guid)
    flags = draw(_OTHER_FLAGS)
    if may_remove and draw(st.booleans()):
        flags |= RegFlag.REMOVE_GUID
    removes = bool(flags & RegFlag.REMOVE_GUID)
    match draw(_KINDS):
        case "list":
            names = tuple(draw(_NAME_LISTS))
            count = draw(_COUNTS) if removes and not names else len(names)
            return RegGuid(block, flags | RegFlag.INSTANCE_LIST, count, ListNames(names))
        case "base":
            base = draw(st.none() | _strings if removes else _strings)
            flags |= RegFlag.INSTANCE_BASENAME
            return RegGuid(block, flags, draw(_COUNTS), BaseName(base))
        case "pdo":
            pdo = PdoNames(draw(st.integers(0, 2**32 - 1)))
            return RegGuid(block, flags | RegFlag.INSTANCE_PDO, draw(_COUNTS), pdo)
        case _:
            return RegGuid(block, flags, 0, DynamicNames())


def reg_infos(
    guid: st.SearchStrategy[UUID] | None = None, *, may_remove: bool = False
) -> st.SearchStrategy[RegInfo]:
    """Return one WMIREGINFO with up to five entries; GUIDs may repeat."""
    entries = several(reg_guids(guid, may_remove=may_remove), 5).map(tuple)
    return st.builds(RegInfo, _OPTIONAL, _OPTIONAL, entries)


@st.composite
def reginfo_replies(
    draw: st.DrawFn,
    request: Request | None = None,
    guid: st.SearchStrategy[UUID] | None = None,
) -> RegInfoReply:
    """Return a reply that can be encoded for either architecture, a chain of one to three.

    Not generated: TooSmall, strings of more than some ten units, and pointers above 32 bits.

    >>> from hypothesis import find
    >>> found = find(reginfo_replies(), lambda reply: any(entry.names for entry in reply.guids()))
    >>> [len(info.guids) for info in found.infos]
    [1]
    """
    answered = request or draw(st.sampled_from(Request))
    may_remove = answered is Request.UPDATE
    parts = draw(st.lists(reg_infos(guid, may_remove=may_remove), min_size=1, max_size=3))
    return RegInfoReply(tuple(parts), answered)


def reginfo_states() -> st.SearchStrategy[RegInfoReply]:
    """Return replies to WMIREGISTER over a few GUIDs, all of them with one driver's names."""
    parts = several(reg_guids(few_guids()), 6)
    return parts.map(lambda found: RegInfoReply((RegInfo("Path", "Mof", tuple(found)),)))


def reginfo_buffers(
    replies: st.SearchStrategy[RegInfoReply] | None = None,
) -> st.SearchStrategy[RegBuffer]:
    """Return buffers in the layout of the encoder and in others that are legal as well.

    Counts of dynamic names, which mean nothing, may be any; `reply` has what the buffer has.

    Args:
        replies: what to say; those of `reginfo_replies()` if none are given.
    """
    return st.builds(
        _buffer, reginfo_replies() if replies is None else replies, archs(), choices(), _COUNTS
    )


def _buffer(reply: RegInfoReply, arch: Arch, found: Choices, stale_count: int) -> RegBuffer:
    stale = RegInfoReply(
        tuple(
            [
                replace(
                    info, guids=tuple([_with_count(entry, stale_count) for entry in info.guids])
                )
                for info in reply.infos
            ]
        ),
        reply.request,
    )
    return RegBuffer(lay_out(stale, arch, found), arch, stale)


def _with_count(entry: RegGuid, count: int) -> RegGuid:
    is_dynamic = isinstance(entry.names, DynamicNames)
    return replace(entry, instance_count=count) if is_dynamic else entry


_FEW = [UUID(int=number) for number in range(6)]
_any_or_few = guids() | few_guids()
_strings = utf16_texts()
_OPTIONAL = st.none() | _strings
_NAME_LISTS = st.lists(_strings, max_size=4)
_KINDS = st.sampled_from(["list", "base", "pdo", "dynamic"])
_COUNTS = st.integers(0, 3) | st.just(2**32 - 1)
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
