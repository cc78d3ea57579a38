"""Near-valid WNODEs. The codes are those of `mofkit.wnode.decode`; W-WLINK is `decode_chain`'s."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from mofkit.testing.mutations.mutation import Mutation
from mofkit.testing.mutations.ulongs import ulong, with_ulong, with_ushort
from mofkit.wnode.enums import TYPE_FLAGS, WnodeFlag

__all__ = ["wnode_mutations"]


def wnode_mutations(data: bytes) -> Iterator[Mutation]:
    """Yield a valid WNODE, alone in its buffer, with one thing changed at a time.

    >>> from uuid import UUID
    >>> from mofkit.wnode import TooSmall, WnodeHeader, encode
    >>> data = encode(TooSmall(WnodeHeader(UUID(int=1), WnodeFlag.TOO_SMALL), 90))
    >>> found = next(wnode_mutations(data))
    >>> found.label, found.expected
    ('the header is cut', ('E-WHEADER',))
    """
    flags = ulong(data, _FLAGS_AT)
    yield from _header(data, flags)
    kind = WnodeFlag(flags & TYPE_FLAGS)
    if kind is WnodeFlag.ALL_DATA:
        yield from _all_data(data, flags)
    elif kind in _SHAPES:
        shape = _SHAPES[kind]
        yield from _data(data, shape)
        if not flags & WnodeFlag.STATIC_INSTANCE_NAMES:
            yield from _name(data, 48, shape.n_fixed)
    elif kind is WnodeFlag.EVENT_REFERENCE and not flags & WnodeFlag.STATIC_INSTANCE_NAMES:
        yield from _string(data, 68, "the target's name")


class _Shape(NamedTuple):
    """Where a type has the offset and the size of its data, and where its fixed part ends."""

    offset_at: int
    size_at: int
    n_fixed: int


_SHAPES: Final = {
    WnodeFlag.SINGLE_INSTANCE: _Shape(56, 60, 64),
    WnodeFlag.SINGLE_ITEM: _Shape(60, 64, 68),
    WnodeFlag.METHOD_ITEM: _Shape(60, 64, 68),
}
_SIZE_AT, _LINKAGE_AT, _FLAGS_AT = 0, 12, 44
_COUNT_AT, _NAMES_AT, _UNION_AT = 52, 56, 60
_EVENTS: Final = WnodeFlag.ALL_DATA | WnodeFlag.SINGLE_INSTANCE | WnodeFlag.SINGLE_ITEM


def _header(data: bytes, flags: int) -> Iterator[Mutation]:
    def change(what: str, at: int, number: int, *codes: str) -> Mutation:
        return Mutation(what, with_ulong(data, at, number), codes)

    yield Mutation("the header is cut", data[:47], ("E-WHEADER",))
    yield Mutation("the last byte is missing", data[:-1], ("E-WSIZE", "E-WHEADER"))
    yield change("BufferSize one past the data", _SIZE_AT, len(data) + 1, "E-WSIZE")
    yield change("BufferSize below the fixed part", _SIZE_AT, 47, "E-WSIZE")
    yield change("no type", _FLAGS_AT, flags & ~int(TYPE_FLAGS), "E-WTYPE")
    yield change("two types", _FLAGS_AT, flags | 0x8002, "E-WTYPE", "E-WSIZE")
    yield change("Linkage into this WNODE", _LINKAGE_AT, 8, "W-WLINK")
    yield change("Linkage outside", _LINKAGE_AT, 0xFFFFFFF8, "W-WLINK")
    yield change("another severity", _FLAGS_AT, flags ^ 0x01000000)
    if not flags & _EVENTS:
        yield change("EVENT_ITEM", _FLAGS_AT, flags | WnodeFlag.EVENT_ITEM, "E-WFLAGS")
    if not flags & WnodeFlag.ALL_DATA:
        fixed = flags | WnodeFlag.FIXED_INSTANCE_SIZE
        yield change("FIXED_INSTANCE_SIZE", _FLAGS_AT, fixed, "E-WFLAGS")
        same = flags | WnodeFlag.INSTANCES_SAME
        yield change("INSTANCES_SAME", _FLAGS_AT, same, "E-WFLAGS")


def _all_data(data: bytes, flags: int) -> Iterator[Mutation]:
    is_fixed = bool(flags & WnodeFlag.FIXED_INSTANCE_SIZE)
    count = ulong(data, _COUNT_AT)
    yield Mutation(
        "InstanceCount that wraps", with_ulong(data, _COUNT_AT, 1 << 29), ("E-WCOUNT", "E-WDATA")
    )
    if not is_fixed:
        n_fixed = _UNION_AT + 8 * count
        for i in range(count):
            at = _UNION_AT + 8 * i
            label = f"instance {i}"
            if ulong(data, at + 4):
                yield from _place(data, _Shape(at, at + 4, n_fixed), label)
    elif count and ulong(data, _UNION_AT):
        far = with_ulong(data, 48, len(data))
        yield Mutation("DataBlockOffset past the end", far, ("E-WDATA",))
        large = with_ulong(data, _UNION_AT, len(data))
        yield Mutation("FixedInstanceSize past the end", large, ("E-WDATA",))
    if count and not flags & WnodeFlag.STATIC_INSTANCE_NAMES:
        n_fixed = 64 if is_fixed else _UNION_AT + 8 * count
        yield from _offsets(data, _NAMES_AT, n_fixed, "the name offsets")
        array = ulong(data, _NAMES_AT)
        for i in range(count):
            yield from _name(data, array + 4 * i, n_fixed, f"name {i}")


def _data(data: bytes, shape: _Shape) -> Iterator[Mutation]:
    if ulong(data, shape.size_at):
        yield from _place(data, shape, "the data")
        earlier = ulong(data, shape.offset_at) - 4
        if earlier >= shape.n_fixed:
            moved = with_ulong(data, shape.offset_at, earlier)
            yield Mutation("the data are not on 8", moved, ("W-WALIGN8",))


def _place(data: bytes, shape: _Shape, label: str) -> Iterator[Mutation]:
    def change(what: str, at: int, number: int) -> Mutation:
        return Mutation(f"{label}: {what}", with_ulong(data, at, number), ("E-WDATA",))

    n_left = len(data) - ulong(data, shape.offset_at)
    yield change("one byte more than there are", shape.size_at, n_left + 1)
    yield change("a size that wraps", shape.size_at, 0xFFFFFFFF)
    yield change("an offset past the end", shape.offset_at, len(data) + 8)
    yield change("an offset into the fixed part", shape.offset_at, 48)


def _name(data: bytes, field_at: int, n_fixed: int, label: str = "the name") -> Iterator[Mutation]:
    yield from _offsets(data, field_at, n_fixed, label)
    yield from _string(data, ulong(data, field_at), label)


def _offsets(data: bytes, field_at: int, n_fixed: int, label: str) -> Iterator[Mutation]:
    def change(what: str, number: int, *codes: str) -> Mutation:
        return Mutation(f"{label}: {what}", with_ulong(data, field_at, number), codes)

    yield change("an offset past the end", len(data), "E-WNAME")
    yield change("an offset into the fixed part", n_fixed - 2, "E-WNAME")
    yield change("an odd offset", ulong(data, field_at) + 1, "E-WALIGN", "E-WNAME")


def _string(data: bytes, at: int, label: str) -> Iterator[Mutation]:
    length = int.from_bytes(data[at : at + 2], "little")
    odd = with_ushort(data, at, length + 1)
    yield Mutation(f"{label}: an odd length", odd, ("E-WNAME",))
    if at + 2 + 0xFFFE > len(data):
        longest = with_ushort(data, at, 0xFFFE)
        yield Mutation(f"{label}: a length past the end", longest, ("E-WNAME",))
