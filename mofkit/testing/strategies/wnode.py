"""WNODEs of every type, chains of them, and the values of a data block by its class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from hypothesis import assume
from hypothesis import strategies as st

from mofkit.cim import CimClass, CimInteger, CimProperty, CimString, CimType, Schema
from mofkit.testing.strategies.drivers import Driver, draw_driver
from mofkit.testing.strategies.names import utf16_texts
from mofkit.testing.strategies.values import datetimes
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
)

__all__ = [
    "BlockData",
    "block_values",
    "driver_blocks",
    "instance_names",
    "wnode_chains",
    "wnode_headers",
    "wnodes",
]


class BlockData(NamedTuple):
    """The class of a block, the schema it is in, and the values of an instance."""

    schema: Schema
    cim_class: CimClass
    values: dict[str, BlockValue]


@st.composite
def wnode_headers(draw: st.DrawFn, kind: WnodeFlag, *, has_static_names: bool) -> WnodeHeader:
    """Return headers of one type; flags that do not bear on the layout are set at will.

    Linkage is 0, as it is up to a chain.
    """
    flags = WnodeFlag(draw(_ULONGS) & ~int(_DECIDED)) | kind
    return WnodeHeader(
        draw(_GUIDS),
        flags | WnodeFlag.STATIC_INSTANCE_NAMES if has_static_names else flags,
        draw(_ULONGS),
        draw(_ULONGS),
        draw(_ULONG64S),
        draw(_ULONGS),
    )


def instance_names() -> st.SearchStrategy[InstanceName]:
    """Return static and dynamic names."""
    return _NAMES


def wnodes() -> st.SearchStrategy[Wnode]:
    """Return WNODEs of every type, each its own way to name instances, that can be encoded.

    Not generated: names that end in NUL, and the layouts that only drivers choose.

    >>> from hypothesis import find
    >>> find(wnodes(), lambda wnode: isinstance(wnode, AllData)).instances
    ()
    """
    return _all_data() | _others()


def wnode_chains() -> st.SearchStrategy[list[Wnode]]:
    """Return one to four WNODEs for `encode_chain`."""
    return st.lists(wnodes(), min_size=1, max_size=4)


@st.composite
def driver_blocks(draw: st.DrawFn) -> BlockData:
    """Return a class of a driver that has items, and values for all of them.

    >>> from hypothesis import given, settings
    >>> from mofkit.wnode import decode_block, encode_block
    >>> @settings(max_examples=5)
    ... @given(driver_blocks())
    ... def test_my_reader(block):
    ...     data = encode_block(block.schema, block.cim_class, block.values)
    ...     assert decode_block(block.schema, block.cim_class, data).values == block.values
    >>> test_my_reader()
    """
    draft = _WithValues(draw, _MAX_ITEMS)
    schema = draw_driver(draft, draw, 1)
    values = draft.values_of(schema)
    names = [found.name for found in schema.classes if values[found.name]]
    assume(names)
    name = draw(st.sampled_from(names))
    cim_class = next(found for found in schema.classes if found.name == name)
    return BlockData(schema, cim_class, values[name])


class _WithValues(Driver):
    """Draws the values of each item together with it."""

    def __init__(self, draw: st.DrawFn, max_items: int) -> None:
        super().__init__(draw, max_items)
        self._draw_from = draw
        self._drawn: list[tuple[str, BlockValue]] = []

    def beside(self, items: list[CimProperty]) -> None:
        """Draw the value of an item; of an array and of what counts it."""
        found = draw_items(self._draw_from, self.embedded_classes.__getitem__, items)
        self._drawn += [(item.name, found[item.name]) for item in items]

    def values_of(self, schema: Schema) -> dict[str, dict[str, BlockValue]]:
        """Return values by class and item, in the order of ids."""
        drawn = iter(self._drawn)
        return {found.name: dict(islice(drawn, len(_items(found)))) for found in schema.classes}


@st.composite
def block_values(draw: st.DrawFn, schema: Schema, cim_class: CimClass) -> dict[str, BlockValue]:
    """Return values for the items of a driver's class, in the order of their ids.

    Arrays with WmiSizeIs have up to three elements, and the item that counts them says how many.
    """
    return draw_values(draw, schema, cim_class)


def draw_values(draw: st.DrawFn, schema: Schema, cim_class: CimClass) -> dict[str, BlockValue]:
    """Draw the values of an instance of a class."""

    def embedded(name: str) -> CimClass:
        found = schema.find_class(name, schema.classes[0].pragmas.namespace)
        assert found is not None
        return found

    return draw_items(draw, embedded, _items(cim_class))


def draw_items(
    draw: st.DrawFn, embedded: Callable[[str], CimClass], items: Sequence[CimProperty]
) -> dict[str, BlockValue]:
    """Draw values of items, among which is what counts their arrays."""

    def value_of(item: CimProperty) -> BlockValue:
        if item.type is CimType.OBJECT:
            return draw_items(draw, embedded, _items(embedded(item.type_word)))
        return draw(_VALUES[item.type])

    values: dict[str, BlockValue] = {}
    for item in items:
        if not item.is_array:
            values[item.name] = value_of(item)
            continue
        counter = _qualifier(item, "WmiSizeIs")
        count = item.array_size if counter is None else draw(_COUNTS)
        assert isinstance(count, int)
        if isinstance(counter, str):
            values[counter] = count
        values[item.name] = [value_of(item) for _ in range(count)]
    return values


def _items(cim_class: CimClass) -> list[CimProperty]:
    numbered = [(_qualifier(item, "WmiDataId"), item) for item in cim_class.properties]
    found = [(number, item) for number, item in numbered if isinstance(number, int)]
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def _qualifier(item: CimProperty, name: str) -> int | str | None:
    for found in item.qualifiers:
        if found.name == name and isinstance(found.value, CimInteger | CimString):
            return found.value.value
    return None


# -------------------------------------------------------------------------------------- wnodes


@st.composite
def _all_data(draw: st.DrawFn) -> AllData:
    kind = WnodeFlag.ALL_DATA | draw(st.sampled_from([WnodeFlag(0), WnodeFlag.EVENT_ITEM]))
    instances = tuple(draw(st.lists(_DATA, max_size=5)))
    if draw(st.booleans()):
        kind |= WnodeFlag.FIXED_INSTANCE_SIZE
        size = draw(st.integers(0, 20))
        instances = tuple([data[:size].ljust(size, b"\7") for data in instances])
    names = tuple([draw(_TEXTS) for _ in instances]) if draw(st.booleans()) else None
    return AllData(draw(wnode_headers(kind, has_static_names=names is None)), instances, names)


@st.composite
def _others(draw: st.DrawFn) -> Wnode:
    name, number = draw(_NAMES), draw(_ULONGS)
    kind = draw(_OTHER_TYPES)
    header = draw(wnode_headers(kind, has_static_names=isinstance(name, StaticIndex)))
    match kind:
        case WnodeFlag.SINGLE_INSTANCE:
            return SingleInstance(header, name, draw(_DATA))
        case WnodeFlag.SINGLE_ITEM:
            return SingleItem(header, name, number, draw(_DATA))
        case WnodeFlag.METHOD_ITEM:
            return MethodItem(header, name, number, draw(_DATA))
        case WnodeFlag.EVENT_REFERENCE:
            return EventReference(header, draw(_GUIDS), number, name)
        case _:
            return TooSmall(header, number)


_ULONGS = st.integers(0, (1 << 32) - 1)
_ULONG64S = st.integers(0, (1 << 64) - 1)
_GUIDS = st.integers(0, (1 << 128) - 1).map(lambda number: UUID(int=number))
_TEXTS = utf16_texts(max_size=12).map(lambda text: text.rstrip("\0"))
_DATA = st.binary(max_size=40)
_NAMES: st.SearchStrategy[InstanceName] = st.builds(StaticIndex, _ULONGS) | st.builds(
    DynamicName, _TEXTS
)
_DECIDED = (
    TYPE_FLAGS
    | WnodeFlag.STATIC_INSTANCE_NAMES
    | WnodeFlag.EVENT_ITEM
    | WnodeFlag.FIXED_INSTANCE_SIZE
    | WnodeFlag.INSTANCES_SAME
)
_OTHER_TYPES = st.sampled_from(
    [
        WnodeFlag.SINGLE_INSTANCE,
        WnodeFlag.SINGLE_ITEM,
        WnodeFlag.METHOD_ITEM,
        WnodeFlag.EVENT_REFERENCE,
        WnodeFlag.TOO_SMALL,
    ]
)
_COUNTS = st.integers(0, 3)
_MAX_ITEMS = 4


def _integers(kind: CimType) -> st.SearchStrategy[BlockValue]:
    allowed = kind.integer_range
    assert allowed is not None
    return st.integers(allowed[0], allowed[-1])


_VALUES: dict[CimType, st.SearchStrategy[BlockValue]] = {
    CimType.BOOLEAN: st.booleans(),
    CimType.STRING: _TEXTS,
    CimType.DATETIME: datetimes(),
    **{kind: _integers(kind) for kind in CimType if kind.is_integer},
}
