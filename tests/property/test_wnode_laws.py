"""Laws of WNODEs and of the data in them: there and back again, and nothing breaks the reader."""

import struct
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mofkit.binary import BinaryFormatError
from mofkit.testing.strategies import BlockData, driver_blocks, wnode_chains, wnodes
from mofkit.wnode import (
    BlockValue,
    SingleInstance,
    StaticIndex,
    Wnode,
    WnodeFlag,
    WnodeHeader,
    decode,
    decode_block,
    decode_chain,
    encode,
    encode_block,
    encode_chain,
)
from mofkit.wnode.annotate import annotate

T = TypeVar("T")
ULONGS = st.integers(0, (1 << 32) - 1)
ULONG64S = st.integers(0, (1 << 64) - 1)
STATIC = WnodeFlag.STATIC_INSTANCE_NAMES


def attempt(call: Callable[[], T]) -> T | BinaryFormatError:
    """Return the result or the refusal. Anything else that is raised is a defect."""
    try:
        return call()
    except BinaryFormatError as error:
        return error


class TestRoundTrip:
    """Decode of encode is the value."""

    @given(wnodes())
    def test_one(self, wnode: Wnode) -> None:
        data = encode(wnode)
        assert decode(data) == wnode
        assert decode(data).warnings == ()
        assert encode(decode(data)) == data

    @given(wnode_chains())
    def test_a_chain(self, wnodes: list[Wnode]) -> None:
        assert decode_chain(encode_chain(wnodes)) == tuple(wnodes)

    @given(wnodes())
    def test_annotation_explains_every_byte(self, wnode: Wnode) -> None:
        data = encode(wnode)
        annotation = annotate(data)
        explained = {
            offset
            for field in annotation.fields
            for offset in range(field.offset_bytes, field.offset_bytes + field.length_bytes)
        }
        assert annotation.error is None
        assert explained == {*range(len(data))}


class TestAnyBytes:
    """Any bytes give a result or `BinaryFormatError`, and annotations agree with the decoder."""

    @given(st.binary(max_size=200))
    def test_noise(self, data: bytes) -> None:
        check(data)

    @given(wnodes())
    def test_cut_anywhere(self, wnode: Wnode) -> None:
        data = encode(wnode)
        for length in range(len(data)):
            cut = attempt(lambda n=length: decode(data[:n]))  # type: ignore[misc]
            assert isinstance(cut, BinaryFormatError)
            assert 0 <= cut.offset_bytes <= length

    @given(wnodes(), st.data())
    def test_any_ulong_changed(self, wnode: Wnode, draw: st.DataObject) -> None:
        data = bytearray(encode(wnode))
        n_bytes = len(data)
        odd_values = [0, 1, 7, n_bytes - 1, n_bytes, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFF]
        values = st.sampled_from(odd_values) | ULONGS
        for _ in range(draw.draw(st.integers(1, 3))):
            at = draw.draw(st.sampled_from(range(0, n_bytes - 3, 4)))
            struct.pack_into("<I", data, at, draw.draw(values))
        check(bytes(data))

    @pytest.mark.slow
    @given(wnodes())
    @settings(max_examples=20)  # each is a hundred buffers
    def test_every_ulong_of_the_fixed_part_at_its_limits(self, wnode: Wnode) -> None:
        data = encode(wnode)
        for at in range(0, min(len(data), 72) - 3, 4):
            for value in (0, 1, 3, len(data), 0x1FFFFFFF, 0xFFFFFFF8, 0xFFFFFFFF):
                check(data[:at] + struct.pack("<I", value) + data[at + 4 :])


def check(data: bytes) -> None:
    """Look at bytes in every way; what can be read can be written."""
    wnode, annotation = attempt(lambda: decode(data)), annotate(data)
    for field in annotation.fields:
        assert 0 < field.length_bytes <= len(data) - field.offset_bytes
    if isinstance(wnode, BinaryFormatError):
        assert 0 <= wnode.offset_bytes <= len(data)
        assert annotation.error is not None
        assert annotation.error.code == wnode.code
        assert annotation.error.offset_bytes == wnode.offset_bytes
    elif annotation.error is not None:
        assert wnode.header.linkage  # a later one of the chain is broken
    chain = attempt(lambda: decode_chain(data))
    if not isinstance(chain, BinaryFormatError):
        assert decode_chain(encode_chain(chain)) == chain


# ---------------------------------------------------------------------------------------- data


class TestBlocks:
    """wnode.md: items in WmiDataId order, laid out like a C struct, no tail padding."""

    @given(driver_blocks())
    def test_decode_of_encode_is_the_values(self, block: BlockData) -> None:
        schema, cim_class, values = block
        data = encode_block(schema, cim_class, values)
        found = decode_block(schema, cim_class, data, 1000)
        assert found.values == values
        assert found.warnings == ()
        assert encode_block(schema, cim_class, found.values) == data
        ends = [item.offset_bytes + item.length_bytes for item in found.items]
        starts = [item.offset_bytes for item in found.items]
        assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
        # Only an empty array at the end may have an end behind the data.
        assert ends[-1] == 1000 + len(data) or values[found.items[-1].name] == []

    @pytest.mark.slow
    @given(driver_blocks())
    @settings(max_examples=50)  # each looks at a hundred prefixes
    def test_every_prefix_is_refused(self, block: BlockData) -> None:
        schema, cim_class, values = block
        data = encode_block(schema, cim_class, values)
        for length in range(len(data)):
            cut = attempt(lambda n=length: decode_block(schema, cim_class, data[:n]))  # type: ignore[misc]
            if isinstance(cut, BinaryFormatError):
                assert cut.code == "E-WITEM"
            else:  # an empty array was in the way, and its padding was cut
                assert has_empty(values)
                assert [item.name for item in cut.items] == [*values]

    @given(driver_blocks(), st.binary(max_size=120))
    def test_any_bytes_give_values_or_an_error(self, block: BlockData, data: bytes) -> None:
        schema, cim_class, _ = block
        found = attempt(lambda: decode_block(schema, cim_class, data))
        if isinstance(found, BinaryFormatError):
            assert found.code == "E-WITEM"
            assert found.path.startswith(f"{cim_class.name}.")
            return
        again = encode_block(schema, cim_class, found.values)
        assert decode_block(schema, cim_class, again).values == found.values

    @given(driver_blocks())
    def test_annotation_explains_every_byte(self, block: BlockData) -> None:
        schema, cim_class, values = block
        flags = WnodeFlag.SINGLE_INSTANCE | STATIC
        data = encode_block(schema, cim_class, values)
        wnode = encode(SingleInstance(WnodeHeader(UUID(int=1), flags), StaticIndex(0), data))
        annotation = annotate(wnode, schema=schema, class_name=cim_class.name)
        assert annotation.error is None
        explained = {
            offset
            for field in annotation.fields
            for offset in range(field.offset_bytes, field.offset_bytes + field.length_bytes)
        }
        assert explained == {*range(len(wnode))}


def has_empty(value: BlockValue) -> bool:
    """Say whether there is an array without elements anywhere in a value."""
    if isinstance(value, dict):
        return any(map(has_empty, value.values()))
    return isinstance(value, list) and (not value or any(map(has_empty, value)))
