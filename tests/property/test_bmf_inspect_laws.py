"""Laws of what `inspect` says of binary MOF: every byte is accounted for, once."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mofkit.binary import Annotation, BinaryFormatError
from mofkit.binary.dump import text
from mofkit.bmf import IrregularError, decode, encode, encode_payload
from mofkit.bmf.annotate import annotate
from mofkit.bmf.container import write_container
from mofkit.cim import Schema
from mofkit.testing.strategies import bmf_schemas
from tests.support_inspect import assert_no_overlap, assert_tiles, flavor_targets

EDGES = [0, 1, 2, 3, 8, 0x0D, 20, 0x200D, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF]


class TestEveryByte:
    """Every payload byte is used exactly once; each flavor entry points at a qualifier record."""

    @pytest.mark.slow
    @given(bmf_schemas(), st.sampled_from(["mofcomp", "best"]), st.booleans())
    def test_fields_tile_file_and_payload(
        self, schema: Schema, level: str, every_token: bool
    ) -> None:
        data = encode(schema, compression="best" if level == "best" else "mofcomp")
        annotation = annotate(data, every_token=every_token)
        assert annotation.payload is not None
        assert annotation.payload.data == encode_payload(schema)
        for buffer in (annotation, annotation.payload):
            assert (buffer.error, buffer.left_out) == (None, "")
            assert_tiles(buffer)
        for _, target in flavor_targets(annotation.payload):
            record = target.path.removesuffix(".Size").rpartition(".")[2]
            assert record.startswith("qualifier[")

    @given(st.binary(max_size=1200), st.sampled_from(["mofcomp", "best"]))
    def test_blocks_and_tokens_tile_any_stream(self, payload: bytes, level: str) -> None:
        data = write_container(payload, "best" if level == "best" else "mofcomp")
        for every_token in (False, True):
            assert_tiles(annotate(data, every_token=every_token))


class TestBrokenBytes:
    """Nothing is explained twice, and what is said is what decoding finds."""

    @given(st.binary(max_size=200))
    def test_any_bytes(self, data: bytes) -> None:
        for head in (b"", b"FOMB", struct.pack("<4s3I", b"FOMB", 1, len(data), 1000)):
            check(head + data)

    @pytest.mark.slow
    @given(bmf_schemas(), st.data())
    def test_damaged_payloads(self, schema: Schema, data: st.DataObject) -> None:
        payload = bytearray(encode_payload(schema))
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(payload) - 1))
            number = data.draw(st.sampled_from(EDGES) | st.integers(0, 0xFFFF))
            payload[at : at + 4] = struct.pack("<I", number)
        check(write_container(bytes(payload), "mofcomp"))

    @pytest.mark.slow
    @given(bmf_schemas(), st.data())
    def test_a_flipped_bit_or_a_cut(self, schema: Schema, data: st.DataObject) -> None:
        found = bytearray(encode(schema))
        bit = data.draw(st.integers(0, 8 * len(found) - 1))
        found[bit >> 3] ^= 1 << (bit & 7)
        check(bytes(found[: data.draw(st.integers(0, len(found)))]))


def check(data: bytes) -> None:
    for every_token in (False, True):
        annotation = annotate(data, every_token=every_token)
        assert_no_overlap(annotation)
        if annotation.payload is not None:
            assert_no_overlap(annotation.payload)
        text.render(annotation)
        assert _error(data) == str(_first_error(annotation))


def _first_error(annotation: Annotation) -> BinaryFormatError | None:
    return annotation.error or (annotation.payload.error if annotation.payload else None)


def _error(data: bytes) -> str:
    """Return what strict reading refuses as broken; what is only odd does not count."""
    try:
        decode(data, strict=True)
    except IrregularError:
        return "None"
    except BinaryFormatError as error:
        return str(error)
    return "None"
