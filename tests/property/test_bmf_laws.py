"""Laws of binary MOF: both directions agree, and no bytes do more than be refused."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from mofkit.binary import BinaryFormatError
from mofkit.bmf import IrregularError, decode, decode_payload, encode, encode_payload
from mofkit.bmf.structs import Payload
from mofkit.cim import Schema
from mofkit.testing.strategies import bmf_schemas, plain_bmf_schemas

EDGES = [0, 1, 2, 3, 8, 0x0D, 20, 0x200D, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF]


class TestBothDirections:
    """An encoder that keeps no offsets and no raw bytes reproduces the payload byte for byte."""

    @given(bmf_schemas())
    def test_bytes_of_a_decoded_schema_are_the_bytes(self, schema: Schema) -> None:
        payload = encode_payload(schema)
        decoded = decode_payload(payload, strict=True)
        assert encode_payload(decoded.schema) == payload

    @given(plain_bmf_schemas())
    def test_a_decoded_schema_is_the_schema(self, schema: Schema) -> None:
        assert decode_payload(encode_payload(schema)).schema == schema

    @given(bmf_schemas())
    def test_decoding_is_stable(self, schema: Schema) -> None:
        """What was written and added looks the same where it is: one more round changes nothing."""
        once = decode_payload(encode_payload(schema)).schema
        assert decode_payload(encode_payload(once)).schema == once

    @given(bmf_schemas())
    def test_construct_builds_the_same_bytes(self, schema: Schema) -> None:
        """The schema in `structs` is the description; reader and writer are quicker."""
        payload = encode_payload(schema)
        assert Payload.build(Payload.parse(payload)) == payload

    @given(bmf_schemas(), st.sampled_from(["mofcomp", "best"]))
    def test_the_file_is_the_payload_compressed(self, schema: Schema, level: str) -> None:
        data = encode(schema, compression="best" if level == "best" else "mofcomp")
        assert decode(data, strict=True) == decode_payload(encode_payload(schema), strict=True)


class TestHostileBytes:
    """Guard recursion depth (objects nest) and check every size against its parent."""

    @given(st.binary(max_size=200))
    def test_any_bytes(self, data: bytes) -> None:
        for head in (b"", b"FOMB", struct.pack("<4s4I", b"FOMB", 20 + len(data), 1, 1, 1)):
            check(head + data)

    @given(bmf_schemas(), st.data())
    def test_damaged_payloads(self, schema: Schema, data: st.DataObject) -> None:
        payload = bytearray(encode_payload(schema))
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(payload) - 1))
            number = data.draw(st.sampled_from(EDGES) | st.integers(0, 0xFFFF))
            payload[at : at + 4] = struct.pack("<I", number)
        check(bytes(payload))

    @given(bmf_schemas(), st.data())
    def test_a_flipped_bit(self, schema: Schema, data: st.DataObject) -> None:
        payload = bytearray(encode_payload(schema))
        bit = data.draw(st.integers(0, 8 * len(payload) - 1))
        payload[bit >> 3] ^= 1 << (bit & 7)
        check(bytes(payload))


def check(payload: bytes) -> None:
    """Read what may be broken: strictly, it is refused or the very bytes that are written again."""
    found = faults(payload, strict=False)
    assert all(0 <= offset_bytes <= len(payload) and path for offset_bytes, path in found)
    if not faults(payload, strict=True):
        assert encode_payload(decode_payload(payload, strict=True).schema) == payload


def faults(payload: bytes, *, strict: bool) -> list[tuple[int, str]]:
    """Return the places of what is refused or odd."""
    try:
        warnings = decode_payload(payload, strict=strict).warnings
    except IrregularError as error:
        warnings = error.irregularities
    except BinaryFormatError as error:
        return [(error.offset_bytes, error.path)]
    return [(odd.offset_bytes, odd.path) for odd in warnings]
