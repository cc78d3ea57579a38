"""Laws of WNODEs and of the data in them: there and back again, and nothing breaks the reader."""

import struct
from collections.abc import Callable
from time import process_time
from typing import NamedTuple, TypeVar
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from mofkit.binary import BinaryFormatError
from mofkit.cim import CimClass, Schema
from mofkit.wnode import (
    TYPE_FLAGS,
    AllData,
    BlockValue,
    DynamicName,
    EventReference,
    InstanceName,
    MethodItem,
    SingleInstance,
    SingleItem,
    StaticIndex,
    TooSmall,
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
from tests.support_wnode import declared

T = TypeVar("T")
ULONGS = st.integers(0, (1 << 32) - 1)
ULONG64S = st.integers(0, (1 << 64) - 1)
UNITS = st.characters(max_codepoint=0xFFFF, exclude_categories=[])
# Read back, two surrogates that make a pair are one character: only texts that are so already.
TEXTS = (
    st.text(UNITS, max_size=12)
    .map(
        lambda text: text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    )
    .map(lambda text: text.rstrip("\0"))
)
NAMES: st.SearchStrategy[InstanceName] = st.builds(StaticIndex, ULONGS) | st.builds(
    DynamicName, TEXTS
)
DATA = st.binary(max_size=40)
STATIC = WnodeFlag.STATIC_INSTANCE_NAMES
_DECIDED = (
    TYPE_FLAGS
    | STATIC
    | WnodeFlag.EVENT_ITEM
    | WnodeFlag.FIXED_INSTANCE_SIZE
    | WnodeFlag.INSTANCES_SAME
)


@st.composite
def headers(draw: st.DrawFn, kind: WnodeFlag, *, has_static_names: bool) -> WnodeHeader:
    flags = WnodeFlag(draw(ULONGS) & ~int(_DECIDED)) | kind
    return WnodeHeader(
        UUID(int=draw(st.integers(0, (1 << 128) - 1))),
        flags | STATIC if has_static_names else flags,
        draw(ULONGS),
        draw(ULONGS),  # Linkage is not set
        draw(ULONG64S),
        draw(ULONGS),
    )


def is_static(name: InstanceName) -> bool:
    return isinstance(name, StaticIndex)


@st.composite
def all_data(draw: st.DrawFn) -> AllData:
    kind = WnodeFlag.ALL_DATA | draw(st.sampled_from([WnodeFlag(0), WnodeFlag.EVENT_ITEM]))
    instances = tuple(draw(st.lists(DATA, max_size=5)))
    if draw(st.booleans()):
        kind |= WnodeFlag.FIXED_INSTANCE_SIZE
        size = draw(st.integers(0, 20))
        instances = tuple(data[:size].ljust(size, b"\7") for data in instances)
    names = None
    if draw(st.booleans()):
        names = tuple(draw(TEXTS) for _ in instances)
    return AllData(draw(headers(kind, has_static_names=names is None)), instances, names)


@st.composite
def others(draw: st.DrawFn) -> Wnode:
    name, number, data = draw(NAMES), draw(ULONGS), draw(DATA)

    def header(kind: WnodeFlag) -> WnodeHeader:
        return draw(headers(kind, has_static_names=is_static(name)))

    match draw(st.integers(0, 4)):
        case 0:
            return SingleInstance(header(WnodeFlag.SINGLE_INSTANCE), name, data)
        case 1:
            return SingleItem(header(WnodeFlag.SINGLE_ITEM), name, number, data)
        case 2:
            return MethodItem(header(WnodeFlag.METHOD_ITEM), name, number, data)
        case 3:
            target = UUID(int=draw(st.integers(0, (1 << 128) - 1)))
            return EventReference(header(WnodeFlag.EVENT_REFERENCE), target, number, name)
        case _:
            return TooSmall(header(WnodeFlag.TOO_SMALL), number)


WNODES = all_data() | others()


def attempt(call: Callable[[], T]) -> T | BinaryFormatError:
    """Return the result or the refusal. Anything else that is raised is a defect."""
    try:
        return call()
    except BinaryFormatError as error:
        return error


class TestRoundTrip:
    """Decode of encode is the value."""

    @given(WNODES)
    def test_one(self, wnode: Wnode) -> None:
        data = encode(wnode)
        assert decode(data) == wnode
        assert decode(data).warnings == ()
        assert encode(decode(data)) == data

    @given(st.lists(WNODES, min_size=1, max_size=4))
    def test_a_chain(self, wnodes: list[Wnode]) -> None:
        assert decode_chain(encode_chain(wnodes)) == tuple(wnodes)

    @given(WNODES)
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

    @given(WNODES)
    def test_cut_anywhere(self, wnode: Wnode) -> None:
        data = encode(wnode)
        for length in range(len(data)):
            cut = attempt(lambda n=length: decode(data[:n]))  # type: ignore[misc]
            assert isinstance(cut, BinaryFormatError)
            assert 0 <= cut.offset_bytes <= length

    @given(WNODES, st.data())
    def test_any_ulong_changed(self, wnode: Wnode, draw: st.DataObject) -> None:
        data = bytearray(encode(wnode))
        n_bytes = len(data)
        odd_values = [0, 1, 7, n_bytes - 1, n_bytes, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFF]
        values = st.sampled_from(odd_values) | ULONGS
        for _ in range(draw.draw(st.integers(1, 3))):
            at = draw.draw(st.sampled_from(range(0, n_bytes - 3, 4)))
            struct.pack_into("<I", data, at, draw.draw(values))
        check(bytes(data))

    @given(WNODES)
    @settings(max_examples=20)  # each is a hundred buffers
    def test_every_ulong_of_the_fixed_part_at_its_limits(self, wnode: Wnode) -> None:
        data = encode(wnode)
        start = process_time()
        for at in range(0, min(len(data), 72) - 3, 4):
            for value in (0, 1, 3, len(data), 0x1FFFFFFF, 0xFFFFFFF8, 0xFFFFFFFF):
                check(data[:at] + struct.pack("<I", value) + data[at + 4 :])
        assert process_time() - start < 10


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

INTEGERS = {
    f"{sign}int{bits}": st.integers(
        0 if sign == "u" else -1 << bits - 1, (1 << (bits if sign == "u" else bits - 1)) - 1
    )
    for sign in "us"
    for bits in (8, 16, 32, 64)
}
SIMPLE: dict[str, st.SearchStrategy[BlockValue]] = {
    **INTEGERS,
    "boolean": st.booleans(),
    "string": TEXTS,
    "datetime": st.text("0123456789.*+-:", min_size=25, max_size=25),
}


class Member(NamedTuple):
    """An item: its type, or the members of its embedded class; how many, in the way declared."""

    name: str
    word: str
    members: list["Member"]
    kind: str
    n_elements: int

    def text(self) -> str:
        inner = (
            f" {{{'; '.join(member.text() for member in self.members)}}}" if self.members else ""
        )
        size = {"one": "", "fixed": f"[{self.n_elements}]", "counted": f"[n{self.name}]"}[self.kind]
        counter = f"uint16 n{self.name}; " if self.kind == "counted" else ""
        return f"{counter}{self.word} {self.name}{size}{inner}"


@st.composite
def member_lists(draw: st.DrawFn, prefix: str = "x", *, may_embed: bool = True) -> list[Member]:
    members = []
    for number in range(draw(st.integers(1, 4))):
        name = f"{prefix}{number}"
        word, inner = draw(st.sampled_from([*SIMPLE])), list[Member]()
        if may_embed and draw(st.booleans()):
            word, inner = f"Class{name}", draw(member_lists(f"{name}y", may_embed=False))
        kind = draw(st.sampled_from(["one", "fixed", "counted"]))
        members.append(Member(name, word, inner, kind, draw(st.integers(1, 3))))
    return members


@st.composite
def value_of(draw: st.DrawFn, member: Member) -> BlockValue:
    """One element of a member."""
    return draw(values_of(member.members)) if member.members else draw(SIMPLE[member.word])


@st.composite
def values_of(draw: st.DrawFn, members: list[Member]) -> dict[str, BlockValue]:
    values: dict[str, BlockValue] = {}
    for member in members:
        count = draw(st.integers(0, 3)) if member.kind == "counted" else member.n_elements
        if member.kind == "counted":
            values[f"n{member.name}"] = count
        one = value_of(member)
        values[member.name] = (
            draw(one) if member.kind == "one" else [draw(one) for _ in range(count)]
        )
    return values


def class_of(members: list[Member]) -> tuple[Schema, CimClass]:
    """Return the class; the counters that stand in front of arrays are items of their own."""
    return declared([text for member in members for text in split(member.text())])


def split(text: str) -> list[str]:
    """Part a counter from its array; semicolons in braces stay."""
    head, _, rest = text.partition("; ")
    return [head, rest] if rest and "{" not in head else [text]


BLOCKS = member_lists().flatmap(lambda members: st.tuples(st.just(members), values_of(members)))


class TestBlocks:
    """wnode.md: items in WmiDataId order, laid out like a C struct, no tail padding."""

    @given(BLOCKS)
    def test_decode_of_encode_is_the_values(
        self, block: tuple[list[Member], dict[str, BlockValue]]
    ) -> None:
        members, values = block
        schema, cim_class = class_of(members)
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

    @given(BLOCKS)
    @settings(max_examples=50)  # each looks at a hundred prefixes
    def test_every_prefix_is_refused(
        self, block: tuple[list[Member], dict[str, BlockValue]]
    ) -> None:
        members, values = block
        schema, cim_class = class_of(members)
        data = encode_block(schema, cim_class, values)
        for length in range(len(data)):
            cut = attempt(lambda n=length: decode_block(schema, cim_class, data[:n]))  # type: ignore[misc]
            if isinstance(cut, BinaryFormatError):
                assert cut.code == "E-WITEM"
            else:  # an empty array was in the way, and its padding was cut
                assert has_empty(values)
                assert [item.name for item in cut.items] == [*values]

    @given(member_lists(), st.binary(max_size=120))
    def test_any_bytes_give_values_or_an_error(self, members: list[Member], data: bytes) -> None:
        schema, cim_class = class_of(members)
        found = attempt(lambda: decode_block(schema, cim_class, data))
        if isinstance(found, BinaryFormatError):
            assert found.code == "E-WITEM"
            assert found.path.startswith("Block.")
            return
        again = encode_block(schema, cim_class, found.values)
        assert decode_block(schema, cim_class, again).values == found.values

    @given(BLOCKS)
    def test_annotation_explains_every_byte(
        self, block: tuple[list[Member], dict[str, BlockValue]]
    ) -> None:
        members, values = block
        schema, cim_class = class_of(members)
        flags = WnodeFlag.SINGLE_INSTANCE | STATIC
        data = encode_block(schema, cim_class, values)
        wnode = encode(SingleInstance(WnodeHeader(UUID(int=1), flags), StaticIndex(0), data))
        annotation = annotate(wnode, schema=schema, class_name="Block")
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
