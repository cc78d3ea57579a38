"""DS streams: Microsoft's own files, the edges of the format, and what is wrong or odd."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import cast

import pytest

from benchmarks.workers import ds_bitwise
from mofkit.binary import BinaryFormatError
from mofkit.bmf.compression import Level, compress, decompress
from mofkit.bmf.matches import LITERAL, Token, cheapest_tokens, greedy_tokens
from tests.support import corpus_files
from tests.support_ds import (
    HEADER,
    SYNC,
    Bits,
    least_bits,
    literals,
    match,
    naive_compress,
    stream_of,
)

LEVELS: list[Level] = ["mofcomp", "best"]
FILES = corpus_files("corpus/bmf/*.bmf", "corpus/bmf-pairs/*.bmf")


def container(path: Path) -> tuple[bytes, int]:
    """Return the stream of a file and the size of its data."""
    data = path.read_bytes()
    return data[16:], int.from_bytes(data[12:16], "little")


@pytest.mark.parametrize("path", FILES)
def test_microsofts_stream_is_read_and_written_again(path: Path) -> None:
    stream, size = container(path)
    result = decompress(stream, size, strict=True)
    assert result.data == ds_bitwise.decompress(stream, size)
    assert result.warnings == ()
    assert compress(result.data) == stream


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES[::10])
def test_best_is_smaller_and_says_the_same(path: Path) -> None:
    stream, size = container(path)
    data = decompress(stream, size).data
    best = compress(data, level="best")
    assert len(best) < len(stream)
    assert decompress(best, size, strict=True).data == data


def _edge_cases() -> Iterator[object]:
    random = Random(5)
    for size in (0, 1, 2, 511, 512, 513, 1023, 1024, 1025):
        yield pytest.param(bytes(size), id=f"zeros-{size}")
        yield pytest.param(random.randbytes(size), id=f"random-{size}")
    for distance in (1, 63, 64, 319, 320, 4413, 4414, 4415):
        yield pytest.param(repeat_at(distance), id=f"distance-{distance}")
    for length in (1, 2, 3, 4, 5, 8, 9, 16, 17, 256, 257, 511):
        part = bytes(range(256)) * 2
        yield pytest.param(part + part[:length] + b"!", id=f"length-{length}")
    yield pytest.param("Fan 1\0Fan 2\0".encode("utf-16-le") * 200, id="text")


def repeat_at(distance: int) -> bytes:
    """Return data whose last two bytes stood there before that many bytes before, and only there.

    What stands between alternates: no pair of it is a pair of theirs.
    """
    between = bytes(1 + i % 2 for i in range(max(0, distance - 2)))
    return b"AB" + between + b"AB" if distance > 1 else b"AAA"


EDGES = list(_edge_cases())


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("data", EDGES)
def test_edges(data: bytes, level: Level) -> None:
    stream = compress(data, level=level)
    assert decompress(stream, len(data), strict=True).data == data
    assert ds_bitwise.decompress(stream, len(data)) == data
    assert len(stream) <= len(compress(data))


@pytest.mark.parametrize("data", EDGES)
def test_edges_as_the_rule_says(data: bytes) -> None:
    assert compress(data) == naive_compress(data)


@pytest.mark.parametrize("tokens_of", [greedy_tokens, cheapest_tokens])
def test_window_ends_at_4414(tokens_of: Callable[[bytes, int, int], list[Token]]) -> None:
    within, beyond = repeat_at(4414), repeat_at(4415)
    assert tokens_of(within, 4096, len(within))[-1] == (2, 4414)
    assert tokens_of(beyond, 4096, len(beyond))[-2:] == [LITERAL, LITERAL]


@pytest.mark.parametrize("seed", range(3))
def test_best_is_the_least_over_the_ends_of_blocks(seed: int) -> None:
    random = Random(seed)
    data = b"".join(random.choice([b"Fan\0", b"an", b"\0", b"n"]) for _ in range(300))[:560]
    assert len(data) > 512
    assert len(compress(data, level="best")) == 4 + (least_bits(data) + 7) // 8


def test_unknown_level() -> None:
    with pytest.raises(ValueError, match="no compression 'zip', only mofcomp, best"):
        compress(b"", level=cast("Level", "zip"))


def test_the_nearest_of_equally_long_matches() -> None:
    tokens = [literals(b"ab1"), match(3, 2), literals(b"2"), match(3, 2), SYNC]
    assert compress(b"ab1ab2ab") == stream_of(*tokens)


def test_no_match_runs_over_512() -> None:
    tokens = [literals(b"a"), match(1, 511), SYNC, match(1, 88), SYNC]
    assert compress(b"a" * 600) == stream_of(*tokens)


ABC = literals(b"abc")
NINE_ZEROS: Bits = [(0, 2), (1, 6), (0, 9)]

REFUSED = {
    "no bytes": (b"", 0, "E-DS-HEADER at 0x0, DS: the header takes 4 bytes, 0 remain"),
    "another signature": (
        b"MZ\0\1\0",
        0,
        "E-DS-HEADER at 0x0, DS.Signature: expected 'DS', found the bytes 4d 5a",
    ),
    "16 bytes that claim 4 GB": (
        HEADER + bytes(12),
        0xFFFFFFFF,
        "E-DS-SIZE at 0x0, DS: 16 bytes hold 1966 bytes of data at most, not 4294967295",
    ),
    "a size too small": (
        stream_of(ABC, ABC, SYNC),
        3,
        "E-DS-SIZE at 0x7, DS: tokens follow the data, 3 bytes",
    ),
    "zeros where the final sync is due": (
        stream_of(ABC) + b"\0\0",
        3,
        "E-DS-SIZE at 0x7, DS: tokens follow the data, 3 bytes",
    ),
    "a match beyond the size": (
        stream_of(ABC, match(1, 5), SYNC),
        7,
        "E-DS-SIZE at 0x7, DS: 5 bytes at byte 0x3 of the data go beyond the size, 7",
    ),
    "a size too great": (
        stream_of(ABC, SYNC),
        4,
        "E-DS-SYNC at 0x7, DS.Sync: stands at byte 0x3 of the data; due at byte 0x4 of the data",
    ),
    "distance 0": (
        stream_of(ABC, [(0, 2), (0, 6), (1, 1)], SYNC),
        5,
        "E-DS-DISTANCE at 0x7, DS.Match.Distance: is 0 at byte 0x3 of the data",
    ),
    "before the start": (
        stream_of(ABC, match(4, 2), SYNC),
        5,
        "E-DS-DISTANCE at 0x7, DS.Match.Distance: is 4, before the start, at byte 0x3 of the data",
    ),
    "nine zeros": (
        stream_of(ABC, NINE_ZEROS, SYNC),
        600,
        "E-DS-LENGTH at 0x7, DS.Match.Length: nine zeros, at byte 0x3 of the data",
    ),
    "cut off in a literal": (
        stream_of(ABC, literals(b"d"))[:-1],
        4,
        "E-DS-TRUNCATED at 0x8, DS: the stream ends within a token, before it has 4 bytes of data",
    ),
    "cut off in a length": (
        stream_of(ABC, match(1, 80))[:-1],
        83,
        "E-DS-TRUNCATED at 0x9, DS: the stream ends within a token, before it has 83 bytes of data",
    ),
    "cut off in a distance": (
        stream_of(ABC, match(3, 2))[:-1],
        5,
        "E-DS-TRUNCATED at 0x8, DS: the stream ends within a token, before it has 5 bytes of data",
    ),
}


@pytest.mark.parametrize("strict", [False, True], ids=["lenient", "strict"])
@pytest.mark.parametrize(("stream", "size", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(stream: bytes, size: int, message: str, strict: bool) -> None:
    with pytest.raises(BinaryFormatError) as caught:
        decompress(stream, size, strict=strict)
    assert str(caught.value) == message


A512 = [literals(b"a"), match(1, 511)]

ODD = {
    "version 2": (
        b"DS\0\2" + stream_of(ABC, SYNC)[4:],
        b"abc",
        "DS-VERSION at 0x2, DS.Version: is 2, known is 1",
    ),
    "filling bits": (
        stream_of(ABC, SYNC, fill=0b10),
        b"abc",
        "DS-FILL at 0x9, DS.Fill: the rest of the last byte is not zero",
    ),
    "bytes after the end": (
        stream_of(ABC, SYNC) + b"\0\0",
        b"abc",
        "DS-TRAILING at 0xa, DS.Trailing: 2 bytes after the end",
    ),
    "no final sync": (
        stream_of(ABC),
        b"abc",
        "DS-SYNC at 0x7, DS.Sync: none behind the data",
    ),
    "half a final sync": (
        stream_of(ABC, SYNC)[:-1],
        b"abc",
        "DS-SYNC at 0x7, DS.Sync: none behind the data",
    ),
    "a block without its sync": (
        stream_of(*A512, match(1, 512), SYNC, match(1, 4), SYNC),
        b"a" * 1028,
        "DS-SYNC at 0x8, DS.Sync: none at byte 0x200 of the data",
    ),
    "no inner sync": (
        stream_of(*A512, match(1, 4), SYNC),
        b"a" * 516,
        "DS-SYNC at 0x8, DS.Sync: none at byte 0x200 of the data",
    ),
    "a match over the place of a sync": (
        stream_of(literals(b"a"), match(1, 510), match(1, 4), SYNC),
        b"a" * 515,
        "DS-SYNC at 0x8, DS.Sync: none at byte 0x200 of the data",
    ),
    "a literal where a sync is due": (
        stream_of(*A512, literals(b"b"), SYNC),
        b"a" * 512 + b"b",
        "DS-SYNC at 0x8, DS.Sync: none at byte 0x200 of the data",
    ),
    "an inner sync twice": (
        stream_of(*A512, SYNC, SYNC, match(1, 4), SYNC),
        b"a" * 516,
        "DS-SYNC at 0xa, DS.Sync: one too many at byte 0x200 of the data",
    ),
}


@pytest.mark.parametrize(("stream", "data", "text"), ODD.values(), ids=ODD)
def test_odd(stream: bytes, data: bytes, text: str) -> None:
    result = decompress(stream, len(data))
    assert result.data == data
    assert [str(warning) for warning in result.warnings] == [f"W-{text}"]
    with pytest.raises(BinaryFormatError) as caught:
        decompress(stream, len(data), strict=True)
    assert str(caught.value) == f"E-{text}"


def test_many_odd_syncs_make_one_warning() -> None:
    stream = stream_of(literals(b"a"), *[match(1, 512)] * 4, SYNC)
    result = decompress(stream, 2049)
    assert result.data == b"a" * 2049
    (warning,) = result.warnings
    assert warning.message == "none at byte 0x200 of the data, and 3 more"


@pytest.mark.parametrize("n_syncs", [1, 2])
@pytest.mark.parametrize("n_blocks", [0, 1, 2])
def test_one_sync_or_two_behind_whole_blocks(n_blocks: int, n_syncs: int) -> None:
    """No file shows which of the two Microsoft's compiler writes."""
    data = b"a" * 512 * n_blocks
    tokens = [*A512, SYNC, match(1, 512), SYNC][: (0, 2, 4)[n_blocks]]
    assert decompress(stream_of(*tokens, *[SYNC] * n_syncs), len(data), strict=True).data == data


def test_size_is_bounded_by_the_stream() -> None:
    """The most that a match says: 512 bytes in 25 bits."""
    stream = stream_of(literals(b"a"), *[match(1, 512)] * 64, SYNC)
    size = 1 + 64 * 512
    assert decompress(stream, size).data == b"a" * size
    most = (len(stream) - 4) * 8 * 512 // 25
    for too_much in (most + 1, 1 << 40):
        with pytest.raises(BinaryFormatError, match=f"hold {most} bytes of data at most"):
            decompress(stream, too_much)


def test_each_cut_is_refused() -> None:
    data = "".join(f"Sensor {i} of Fan {i * 7}\0" for i in range(60)).encode("utf-16-le")
    stream = compress(data)
    for length in range(len(stream)):
        with pytest.raises(BinaryFormatError):
            decompress(stream[:length], len(data), strict=True)
