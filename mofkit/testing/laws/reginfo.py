"""Laws of registration info: of buffers, of descriptions, and of updates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mofkit.binary import BinaryFormatError
from mofkit.reginfo import (
    Arch,
    BaseName,
    DynamicNames,
    ListNames,
    RegInfo,
    RegInfoReply,
    Request,
    TooSmall,
    decode,
    encode,
)
from mofkit.reginfo.annotate import annotate
from mofkit.reginfo.description import read, to_json, to_plain
from mofkit.reginfo.provider import UNREGISTERED, Provider
from mofkit.reginfo.registration import diff, register, update_guids
from mofkit.testing.codes import reginfo_codes
from mofkit.testing.laws.law import BOTH_WAYS, HOSTILE, PROMISE, Kind, Law, from_
from mofkit.testing.laws.places import annotation_fault, place_fault
from mofkit.testing.mutations import reginfo_mutations

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from mofkit.testing.strategies import RegBuffer

__all__ = ["REGINFO", "UPDATE"]


def _layout_means_reply(found: RegBuffer) -> str:
    reply = decode(found.data, found.arch, found.reply.request)
    return "" if reply == found.reply else f"it is read as {reply}"


def _reply_comes_back(found: RegBuffer) -> str:
    data = encode(found.reply, found.arch)
    reply = decode(data, found.arch, found.reply.request)
    assert isinstance(reply, RegInfoReply)
    if reply.infos != tuple(map(_as_written, found.reply.infos)):
        return f"it is read as {reply}"
    return "" if encode(reply, found.arch) == data else "another time it has other bytes"


def _as_written(info: RegInfo) -> RegInfo:
    """Return what the encoder makes of a count that means nothing: 0."""
    entries = [
        replace(entry, instance_count=0) if isinstance(entry.names, DynamicNames) else entry
        for entry in info.guids
    ]
    return replace(info, guids=tuple(entries))


def _is_described(found: RegBuffer) -> str:
    reply = found.reply
    if any(text.endswith("\0") for text in _texts(reply)):  # a description leaves that NUL out
        return ""
    again = read(to_json(reply, found.arch), path="a.json", format="json", arch=found.arch)
    return "" if again == reply else f"described and read again it is {again}"


def _texts(reply: RegInfoReply) -> Iterator[str]:
    for info in reply.infos:
        yield from filter(None, (info.registry_path, info.mof_resource))
        for entry in info.guids:
            match entry.names:
                case BaseName(base):
                    yield base or ""
                case ListNames(names):
                    yield from names


def _is_read_or_refused(data: bytes) -> str:
    for arch in Arch:
        for request in Request:
            if fault := _fault(data, arch, request):
                return f"{arch}, {request}: {fault}"
    return ""


def _fault(data: bytes, arch: Arch, request: Request) -> str:
    try:
        reply: RegInfoReply | TooSmall = decode(data, arch, request)
    except BinaryFormatError as error:
        return place_fault(error, data)
    written = encode(reply, arch, allow_remove_on_register=True)
    again = decode(written, arch, request)
    # Strings that end in NUL lose it, so it is the second time that counts.
    same = encode(again, arch, allow_remove_on_register=True) == written
    return "" if same else "written twice, it has other bytes"


def _is_explained(data: bytes) -> str:
    for arch in Arch:
        found = annotate(data, arch)
        if fault := annotation_fault(found):
            return f"{arch}: {fault}"
        if str(found.error) != _refusal(data, arch):
            return f"{arch}: inspect says {found.error}, the decoder does not"
    return ""


def _refusal(data: bytes, arch: Arch) -> str:
    try:
        decode(data, arch)
    except BinaryFormatError as error:
        return str(error)
    return "None"


def _codes(found: RegBuffer, data: bytes) -> list[str]:
    return reginfo_codes(data, found.arch, found.reply.request)


def _about(found: RegBuffer) -> dict[str, str]:
    return {"arch": found.arch.value, "request": found.reply.request.value}


# ------------------------------------------------------------------------------------- updates


def _update_leads_there(states: tuple[RegInfoReply, RegInfoReply]) -> str:
    before, after = map(_provider, states)
    for arch in Arch:
        update = decode(encode(diff(before, after), arch), arch, Request.UPDATE)
        assert isinstance(update, RegInfoReply)
        once = update_guids(before, update).state
        if once != after:
            return f"{arch}: it leads to {once}"
        if update_guids(once, update).state != once:
            return f"{arch}: applied twice it is not what it is applied once"
    return ""


def _provider(reply: RegInfoReply) -> Provider:
    return register(UNREGISTERED, reply).state


def _two_states() -> SearchStrategy[tuple[RegInfoReply, RegInfoReply]]:
    from hypothesis import strategies as st

    from mofkit.testing import strategies

    return st.tuples(strategies.reginfo_states(), strategies.reginfo_states())


# --------------------------------------------------------------------------------------- kinds


REGINFO: Final = Kind(
    from_("reginfo_buffers"),
    (
        Law(
            "any legal layout is read",
            'Windows driver documentation, "WMIREGINFOW structure"',
            _layout_means_reply,
        ),
        Law("a reply comes back", BOTH_WAYS, _reply_comes_back),
        Law("a description says the same", PROMISE, _is_described),
    ),
    (
        Law("a buffer is read or refused", HOSTILE, _is_read_or_refused),
        Law("inspect finds what the decoder finds", PROMISE, _is_explained),
    ),
    lambda found: found.data,
    lambda found: reginfo_mutations(found.data, found.arch, found.reply.request),
    _codes,
    about=_about,
    means=lambda found: to_plain(found.reply, found.arch),
)
UPDATE: Final = Kind(
    _two_states,
    (
        Law(
            "the difference of two states leads from one to the other",
            'Windows driver documentation, "IoWMIRegistrationControl": WMIREG_ACTION_UPDATE_GUIDS',
            _update_leads_there,
        ),
    ),
    to_bytes=lambda states: encode(diff(*map(_provider, states)), Arch.X64),
)
