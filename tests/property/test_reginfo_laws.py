"""Laws of registration info: both directions agree, nothing breaks the decoder, updates add up."""

import struct
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from mofkit.binary import BinaryFormatError
from mofkit.binary.utf16 import decode_units
from mofkit.reginfo import Arch, RegInfoReply, Request, TooSmall, decode, encode
from mofkit.reginfo.provider import UNREGISTERED, Provider
from mofkit.reginfo.registration import diff, register, reregister, update_guids
from mofkit.reginfo.structs import CountedString, layout
from mofkit.testing.strategies import (
    RegBuffer,
    archs,
    reginfo_buffers,
    reginfo_replies,
    reginfo_states,
)

EDGES = [0, 1, 2, 3, 0x13, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF]


def provider(reply: RegInfoReply) -> Provider:
    return register(UNREGISTERED, reply).state


class TestBothDirections:
    """BufferSize = sizeof(header) + GuidCount*sizeof(entry) + additional data of this header."""

    @given(reginfo_replies(), archs())
    def test_decode_of_encode_is_the_reply(self, reply: RegInfoReply, arch: Arch) -> None:
        assert decode(encode(reply, arch), arch, reply.request) == reply

    @given(reginfo_replies(), archs())
    def test_encode_of_decode_is_the_bytes(self, reply: RegInfoReply, arch: Arch) -> None:
        data = encode(reply, arch)
        again = decode(data, arch, reply.request)
        assert encode(again, arch) == data

    @given(reginfo_replies(), archs())
    def test_construct_reads_the_same_array(self, reply: RegInfoReply, arch: Arch) -> None:
        """The schema is the description; the quick rows are derived from it."""
        parsed = layout(arch).reginfo.parse(encode(reply, arch))
        entries = reply.infos[0].guids
        assert [row.Guid for row in parsed.WmiRegGuid] == [entry.guid for entry in entries]
        assert [row.Flags for row in parsed.WmiRegGuid] == [int(entry.flags) for entry in entries]

    @given(reginfo_replies(), archs())
    def test_construct_reads_the_same_strings(self, reply: RegInfoReply, arch: Arch) -> None:
        data, first = encode(reply, arch), reply.infos[0]
        header = layout(arch).header.parse(data)
        for offset, text in (
            (header.RegistryPath, first.registry_path),
            (header.MofResourceName, first.mof_resource),
        ):
            read = decode_units(CountedString.parse(data[offset:]).Data) if offset else None
            assert read == text

    @given(reginfo_buffers())
    def test_any_legal_layout_is_read(self, buffer: RegBuffer) -> None:
        """The documentation sets no order for the trailing data; gaps are legal."""
        assert decode(buffer.data, buffer.arch, buffer.reply.request) == buffer.reply

    @given(st.integers(0, 2**32 - 1), archs())
    def test_too_small(self, required: int, arch: Arch) -> None:
        """If the buffer cannot hold everything the driver writes one ULONG, the size needed."""
        assert decode(encode(TooSmall(required), arch), arch) == TooSmall(required)

    @given(reginfo_replies())
    def test_both_buffer_sizes_of_a_chain_are_read(self, reply: RegInfoReply) -> None:
        """For the first header two values occur: its own part, or the whole chain."""
        assume(len(reply.infos) > 1)
        data = encode(reply, Arch.X64)
        whole = struct.pack("<I", len(data)) + data[4:]
        assert decode(whole, Arch.X64, reply.request) == reply


class TestAnyBytes:
    """Any bytes give a result or an error with its place, and nothing else."""

    @given(st.binary(max_size=300), archs(), st.sampled_from(Request))
    def test_noise(self, data: bytes, arch: Arch, request: Request) -> None:
        read(data, arch, request)

    @given(reginfo_replies(), archs(), st.data())
    def test_cut(self, reply: RegInfoReply, arch: Arch, data: st.DataObject) -> None:
        whole = encode(reply, arch)
        length = data.draw(st.integers(0, len(whole) - 1))
        read(whole[:length], arch, reply.request)

    @given(reginfo_replies(), archs(), st.data())
    def test_changed_numbers(self, reply: RegInfoReply, arch: Arch, data: st.DataObject) -> None:
        whole = bytearray(encode(reply, arch))
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, max(len(whole) // 2 - 2, 0))) * 2
            value = data.draw(st.sampled_from([*EDGES, len(whole), at, -at & 0xFFFFFFFF]))
            whole[at : at + 4] = struct.pack("<I", value)
        read(bytes(whole), arch, reply.request)


def read(data: bytes, arch: Arch, request: Request) -> None:
    fault = None
    places: list[int] = []
    try:
        reply = decode(data, arch, request)
        places = [warning.offset_bytes for warning in getattr(reply, "warnings", ())]
    except BinaryFormatError as error:
        fault = error
    if fault is not None:
        assert fault.code.startswith("E-")
        assert 0 <= fault.offset_bytes <= len(data)
        assert fault.path.startswith("WMIREGINFO[")
    assert places == sorted(places)
    assert all(0 <= place < len(data) for place in places)


class TestUpdates:
    """WMIUPDATE: block A restated unchanged, block B removed, others left alone."""

    @given(reginfo_states(), reginfo_states())
    def test_applying_the_difference(self, old: RegInfoReply, new: RegInfoReply) -> None:
        before, after = provider(old), provider(new)
        assert update_guids(before, diff(before, after)).state == after

    @given(reginfo_states())
    def test_no_difference_to_itself(self, reply: RegInfoReply) -> None:
        state = provider(reply)
        assert diff(state, state).infos[0].guids == ()

    @given(reginfo_states(), reginfo_replies(Request.UPDATE))
    def test_applying_twice_is_applying_once(self, old: RegInfoReply, update: RegInfoReply) -> None:
        once = update_guids(provider(old), update).state
        assert update_guids(once, update).state == once

    @given(reginfo_states(), reginfo_states(), archs())
    def test_the_difference_survives_the_bytes(
        self, old: RegInfoReply, new: RegInfoReply, arch: Arch
    ) -> None:
        before, after = provider(old), provider(new)
        update = decode(encode(diff(before, after), arch), arch, Request.UPDATE)
        assert update_guids(before, update).state == after

    @given(reginfo_states(), reginfo_states())
    def test_no_entry_of_the_difference_can_go(self, old: RegInfoReply, new: RegInfoReply) -> None:
        before, after = provider(old), provider(new)
        entries = diff(before, after).infos[0].guids
        for left_out in range(len(entries)):
            rest = entries[:left_out] + entries[left_out + 1 :]
            fewer = RegInfoReply((replace(old.infos[0], guids=rest),), Request.UPDATE)
            assert update_guids(before, fewer).state != after

    @given(reginfo_states(), reginfo_states())
    def test_reregister_replaces_everything(self, old: RegInfoReply, new: RegInfoReply) -> None:
        assert reregister(provider(old), new).state == provider(new)

    @given(reginfo_replies(Request.REGISTER))
    def test_the_reply_of_a_state_leads_to_it(self, reply: RegInfoReply) -> None:
        state = provider(reply)
        assert provider(state.to_reply()) == state

    @given(reginfo_states(), reginfo_replies(Request.UPDATE))
    def test_every_block_has_one_effect(self, old: RegInfoReply, update: RegInfoReply) -> None:
        before = provider(old)
        outcome = update_guids(before, update)
        named = [effect.guid for effect in outcome.effects]
        assert len(named) == len(set(named))
        assert set(named) == set(before.blocks) | {entry.guid for entry in update.guids()}
        for effect in outcome.effects:
            held = outcome.state.blocks.get(effect.guid)
            assert effect.after == (held.entry if held else None)
