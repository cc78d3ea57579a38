"""Laws of finding binary MOF: whatever the bytes, there is an answer, and none is overlooked."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from mofkit.binary import BinaryFormatError
from mofkit.bmf import decode
from mofkit.bmf.carve import find
from tests.support_carve import FAN, PUMP, TEXTS, named_buffer, table
from tests.support_pe import pe_image

IMAGE = pe_image({("MOFDATA", "FanMof", 0x409): FAN, ("MOFDATA", 7, 0): PUMP})
HOLDERS = [
    FAN + PUMP,
    IMAGE,
    table(named_buffer(b"WQAA", FAN)) + table(named_buffer(b"WQBB", PUMP), b"SSDT"),
    *(write(PUMP).encode() for write in TEXTS.values()),
]
PIECES = [
    b"FOMB",
    b"FOMB\1\0\0\0",
    FAN[:16],
    b"DS\0\1\x1a\x7d\xda\x54",
    FAN,
    b"MZ",
    b"DSDT",
    b"\x11",
]
WORDS = [
    "46 4f ",
    "0x46, ",
    "{",
    "}",
    "/*",
    "*/",
    "//",
    "\n*\n",
    "\n0000: ",
    "70,",
    "x[] = ",
    "\\x46",
]


def check(data: bytes) -> None:
    """Look for something; what is found is where it is said to be, and sound if it is said so."""
    for one in find(data):
        assert 0 <= one.offset_bytes <= one.offset_bytes + one.length_bytes <= len(data)
        if one.container not in ("hex text", "file"):
            assert data[one.offset_bytes :][: one.length_bytes] == one.data
        if one.error is not None:
            assert 0 <= one.error.offset_bytes <= len(data)
        else:
            assert fault_of_stream(one.data) == ""


def fault_of_stream(data: bytes) -> str:
    """Return what is wrong with header or stream; what is in the payload is another matter."""
    try:
        decode(data)
    except BinaryFormatError as error:
        return str(error) if error.path.startswith(("container", "DS")) else ""
    return ""


class TestAnyBytes:
    """Any bytes give a list."""

    @given(st.binary(max_size=300))
    def test_any_bytes(self, data: bytes) -> None:
        check(data)

    @example([b"FOMB", b"FOMB", PIECES[3], PIECES[3]])  # the second finds a header in front of both
    @given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=40), max_size=12))
    def test_pieces(self, pieces: list[bytes]) -> None:
        check(b"".join(pieces))

    @given(st.lists(st.sampled_from(WORDS) | st.text("0123456789abcdefx ,\n{}", max_size=40)))
    def test_words(self, words: list[str]) -> None:
        check("".join(words).encode())

    @given(st.sampled_from(HOLDERS), st.data())
    def test_damaged_holders(self, holder: bytes, data: st.DataObject) -> None:
        changed = bytearray(holder)
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(changed) - 1))
            changed[at : at + 4] = data.draw(st.binary(min_size=1, max_size=4))
        check(bytes(changed[: data.draw(st.integers(0, len(changed)))]))

    @given(st.data(), st.booleans())
    def test_damaged_images(self, data: st.DataObject, is_text: bool) -> None:
        """Their headers and the tree of resources, which is where pefile and we read numbers."""
        changed = bytearray(IMAGE)
        for _ in range(data.draw(st.integers(1, 6))):
            at = data.draw(st.integers(0x3C, 0x2C0))
            numbers = st.sampled_from([0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
            number = data.draw(numbers | st.integers(0, 0xFFFF))
            changed[at : at + 4] = number.to_bytes(4, "little")
        check(changed.hex().encode() if is_text else bytes(changed))


class TestNoneIsOverlooked:
    """Embedding one at any offset in any bytes finds it."""

    @given(st.binary(max_size=200), st.binary(max_size=200))
    @example(b"FOMB\1\0\0\0", b"")
    @example(FAN[:20], b"")
    @example(FAN[:60], FAN[60:])
    def test_in_any_bytes(self, before: bytes, behind: bytes) -> None:
        found = find(before + FAN + behind)
        whole = [one for one in found if one.error is None]
        if not before:  # then it is a file, with all that follows
            assert whole[0].data.startswith(FAN)
        else:
            assert (FAN, len(before)) in [(one.data, one.offset_bytes) for one in whole]

    @given(st.sampled_from(sorted(TEXTS)), st.binary(max_size=100), st.binary(max_size=100))
    def test_in_any_text(self, form: str, before: bytes, behind: bytes) -> None:
        data = before + FAN + behind + bytes((len(before) + len(FAN) + len(behind)) % 2)
        assert FAN in [one.data for one in find(TEXTS[form](data).encode()) if one.error is None]
