"""Laws of DS streams: there and back again, as small as they say, and no bytes break the reader."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.workers import ds_bitwise
from mofkit.binary import BinaryFormatError
from mofkit.bmf.compression import Decompressed, Level, compress, decompress
from tests.support_ds import HEADER, SYNC, least_bits, literals, match, naive_compress, stream_of

LEVELS: st.SearchStrategy[Level] = st.sampled_from(["mofcomp", "best"])

# Data in which parts repeat, at all distances and over the ends of blocks.
PARTS = st.binary(min_size=1, max_size=20) | st.integers(1, 700).map(lambda n: bytes([n % 3]) * n)
DATA = st.binary(max_size=60) | st.lists(PARTS, max_size=4).flatmap(
    lambda parts: st.lists(st.sampled_from(parts or [b""]), max_size=20).map(b"".join)
)
SMALL = st.lists(st.sampled_from(b"ab\xff"), max_size=60).map(bytes) | st.binary(max_size=40)

TOKENS = st.one_of(
    st.binary(min_size=1, max_size=3).map(literals),
    st.builds(match, st.integers(0, 9) | st.integers(0, 4414), st.integers(2, 512)),
    st.just(SYNC),
    st.lists(st.tuples(st.integers(0, 1), st.just(1)), max_size=20),
)


def attempt(stream: bytes, size: int, *, strict: bool = False) -> Decompressed | BinaryFormatError:
    """Return the result or the refusal. Anything else that is raised is a defect."""
    try:
        return decompress(stream, size, strict=strict)
    except BinaryFormatError as error:
        refusal = error
    assert refusal.code.startswith("E-DS-")
    assert 0 <= refusal.offset_bytes <= len(stream)
    return refusal


class TestRoundTrip:
    """Decompress of compress is the data."""

    @given(DATA, LEVELS)
    def test_of_any_data(self, data: bytes, level: Level) -> None:
        stream = compress(data, level=level)
        assert decompress(stream, len(data), strict=True) == Decompressed(data)
        assert ds_bitwise.decompress(stream, len(data)) == data


class TestMofcomp:
    """Plain greedy: the longest match at a distance 1 to 4414; of equally long ones the nearest."""

    @given(DATA)
    def test_the_rule_tried_at_every_distance(self, data: bytes) -> None:
        assert compress(data[:1200]) == naive_compress(data[:1200])


class TestBest:
    """Exact minimum of the bit count, with the same 512 rule."""

    @given(SMALL)
    @example(b"abcabcdabcd")
    def test_no_stream_is_shorter(self, data: bytes) -> None:
        assert len(compress(data, level="best")) == 4 + (least_bits(data) + 7) // 8

    @given(DATA)
    def test_never_more_than_mofcomp(self, data: bytes) -> None:
        assert len(compress(data, level="best")) <= len(compress(data))


class TestAnyBytes:
    """Any bytes give data of the size asked for, or an error with its place."""

    @given(st.binary(max_size=80), st.integers(0, 1 << 33) | st.integers(0, 600), st.booleans())
    def test_any_tail(self, tail: bytes, size: int, strict: bool) -> None:
        result = attempt(HEADER + tail, size, strict=strict)
        if isinstance(result, Decompressed):
            assert len(result.data) == size

    @given(st.lists(TOKENS, max_size=30), st.integers(0, 1500), st.booleans())
    @example([literals(b"a"), match(1, 512), SYNC], 513, False)
    def test_any_tokens(self, tokens: list[list[tuple[int, int]]], size: int, strict: bool) -> None:
        result = attempt(stream_of(*tokens), size, strict=strict)
        if isinstance(result, Decompressed):
            assert len(result.data) == size

    @given(DATA, st.integers(0), st.integers(0, 7))
    def test_a_flipped_bit(self, data: bytes, place: int, bit: int) -> None:
        stream = bytearray(compress(data))
        stream[place % len(stream)] ^= 1 << bit
        result = attempt(bytes(stream), len(data))
        if isinstance(result, Decompressed):
            assert len(result.data) == len(data)

    @given(DATA, LEVELS)
    def test_a_truncated_stream(self, data: bytes, level: Level) -> None:
        """Strict refuses each; lenient gives the data where no more than the final sync is cut."""
        stream = compress(data, level=level)
        for length in range(len(stream)):
            with pytest.raises(BinaryFormatError):
                decompress(stream[:length], len(data), strict=True)
            result = attempt(stream[:length], len(data))
            if isinstance(result, Decompressed):
                assert result.data == data
                assert [warning.code for warning in result.warnings] == ["W-DS-SYNC"]

    @given(st.lists(TOKENS, max_size=30), st.integers(0, 1500))
    def test_strict_accepts_what_gives_no_warning(
        self, tokens: list[list[tuple[int, int]]], size: int
    ) -> None:
        stream = stream_of(*tokens)
        lenient, strict = attempt(stream, size), attempt(stream, size, strict=True)
        is_sound = isinstance(lenient, Decompressed) and not lenient.warnings
        assert isinstance(strict, Decompressed) == is_sound
