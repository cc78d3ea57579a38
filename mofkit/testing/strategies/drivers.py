"""The MOF of drivers: blocks, events, methods and embedded classes that obey WMI's rules for them.

The rules are those of Microsoft's pages "WMI class qualifiers", "WMI property qualifiers",
"Required items in WMI classes", "Driver-defined WMI data items" and "WMI class names and base
classes" (Windows driver documentation); the forms are those of its published samples.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from hypothesis import strategies as st

from mofkit.binary.guid_text import guid_text
from mofkit.cim import (
    CimArray,
    CimClass,
    CimDirective,
    CimInteger,
    CimMethod,
    CimParameter,
    CimProperty,
    CimQualifier,
    CimString,
    CimType,
    PragmaState,
    Schema,
    SchemaItem,
)
from mofkit.cim.record import replace
from mofkit.testing.strategies.names import guids, identifiers, texts, unique_name
from mofkit.testing.strategies.steps import draw_several

__all__ = ["Driver", "draw_driver", "driver_schemas"]


@st.composite
def driver_schemas(draw: st.DrawFn, *, max_blocks: int = 3, max_items: int = 4) -> Schema:
    """Return the schema of a driver, with at least one block.

    Each block has WMI, Dynamic, Provider and a guid of its own, InstanceName and Active, items with
    WmiDataId from 1 on, and methods with WmiMethodId. Arrays have a bound, or WmiSizeIs with an
    item in front of them. Some blocks derive from WMIEvent, which is there then. Items may be
    declared in another order than that of their ids. Embedded classes have items and nothing else.

    Not generated: Static, amended classes, base classes with items, BitMap, and classes as they
    are in a few published files though no page allows them.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5)
    ... @given(driver_schemas())
    ... def test_the_last_class_is_a_block(schema):
    ...     names = [item.name for item in schema.classes[-1].properties]
    ...     assert names[:2] == ["InstanceName", "Active"] or schema.classes[-1].superclass
    >>> test_the_last_class_is_a_block()
    """
    return draw_driver(Driver(draw, max_items), draw, max_blocks)


def draw_driver(draft: Driver, draw: st.DrawFn, max_blocks: int) -> Schema:
    """Draw the schema of a driver, with one block to `max_blocks`."""
    items: list[SchemaItem] = list(draw(_PRAGMAS))
    pragmas = items[-1].pragmas if items else PragmaState()
    classes: list[CimClass] = []
    draw_several(draw, lambda: classes.append(draft.embedded()), 2)
    blocks: list[CimClass] = []
    draw_several(draw, lambda: blocks.append(draft.block()), max_blocks, min_size=1)
    if any(block.superclass for block in blocks):
        classes.append(CimClass(_EVENT, "__ExtrinsicEvent"))
    return Schema((*items, *[_in_state(found, pragmas) for found in (*classes, *blocks)]))


class _Item(NamedTuple):
    """An item or a parameter without its number."""

    name: str
    type: CimType
    word: str
    is_array: bool = False
    size: int | None = None
    qualifiers: tuple[CimQualifier, ...] = ()


class Driver:
    """Draws the classes of one driver.

    Attributes:
        embedded_classes: those so far, by name.
    """

    def __init__(self, draw: st.DrawFn, max_items: int) -> None:
        self.embedded_classes: dict[str, CimClass] = {}
        self._draw = draw
        self._max_items = max_items
        self._names = {_EVENT.lower()}
        self._guids: set[UUID] = set()

    def beside(self, items: list[CimProperty]) -> None:
        """Draw what belongs to an item, or to an array and what counts it: here, for nothing.

        What is drawn side by side goes together when an example shrinks.
        """

    def embedded(self) -> CimClass:
        """Draw a class that items may have as their type."""
        name = self._name()
        items = self._properties({"instancename", "active"}, at_least_one=True)
        found = CimClass(name, None, tuple(items), (_flag("WMI"), self._guid()))
        self.embedded_classes[name] = found
        return found

    def block(self) -> CimClass:
        """Draw a block or an event."""
        draw = self._draw
        used = {"instancename", "active"}
        items = self._properties(used)
        is_event = draw(_ONE_IN_4)
        methods = [] if is_event else self._methods(used)
        return CimClass(
            self._name(),
            _EVENT if is_event else None,
            (*_REQUIRED, *items, *methods),
            (_flag("WMI"), _flag("Dynamic"), draw(_PROVIDERS), self._guid(), *draw(_MORE)),
        )

    def _name(self) -> str:
        return unique_name(f"Fenwick_{self._draw(_identifiers)}", self._names)

    def _guid(self) -> CimQualifier:
        guid = self._draw(_guids)
        while guid in self._guids:
            guid = UUID(int=guid.int + 1 & (1 << 128) - 1 or 1)
        self._guids.add(guid)
        form = self._draw(_GUID_FORMS)
        return CimQualifier("guid", CimString(form.format(guid_text(guid))))

    # ---------------------------------------------------------------------------- data items

    def _properties(self, used: set[str], *, at_least_one: bool = False) -> list[CimProperty]:
        items: list[CimProperty] = []

        def add() -> None:
            group = [_property(item, self._draw(_ACCESS)) for item in self._group(used)]
            self.beside(group)
            items.extend(group)

        draw_several(self._draw, add, self._max_items, min_size=int(at_least_one))
        found = [_numbered(item, place) for place, item in enumerate(items, 1)]
        return found[::-1] if self._draw(_ONE_IN_4) else found

    def _group(self, used: set[str]) -> list[_Item]:
        """Draw an item; in front of an array without a bound stands the item that counts it."""
        draw = self._draw
        shape = draw(_SHAPES)
        name = unique_name(draw(_identifiers), used)
        kind, word, more = self._type()
        if shape == "one":
            return [_Item(name, kind, word, qualifiers=more)]
        if shape == "fixed":
            return [_Item(name, kind, word, is_array=True, size=draw(_BOUNDS), qualifiers=more)]
        counter = _Item(unique_name(f"N{name}", used), *draw(_COUNTERS))
        size_is = CimQualifier("WmiSizeIs", CimString(counter.name))
        array = _Item(name, kind, word, is_array=True, qualifiers=(size_is, *more))
        return [counter, array]

    def _type(self) -> tuple[CimType, str, tuple[CimQualifier, ...]]:
        draw = self._draw
        if bool(self.embedded_classes) and draw(_ONE_IN_4):
            return CimType.OBJECT, draw(st.sampled_from([*self.embedded_classes])), ()
        kind = draw(_TYPES)
        return kind, kind.value, draw(_ABOUT.get(kind, _NOTHING))

    # ------------------------------------------------------------------------------- methods

    def _methods(self, used: set[str]) -> list[CimMethod]:
        found: list[CimMethod] = []
        last = 0

        def add() -> None:
            nonlocal last
            last += self._draw(_STEPS)  # gaps are legal
            name = unique_name(self._draw(_identifiers), used)
            qualifiers = (_flag("Implemented"), _number("WmiMethodId", last))
            parameters = self._parameters()
            found.append(
                CimMethod(name, CimType.VOID, "void", parameters=parameters, qualifiers=qualifiers)
            )

        draw_several(self._draw, add, 2)
        return found

    def _parameters(self) -> tuple[CimParameter, ...]:
        used: set[str] = set()
        found: list[CimParameter] = []

        def add() -> None:
            directions = self._draw(_DIRECTIONS)  # a counter and its array have the same ones
            for item in self._group(used):
                written = (*directions, _number("ID", len(found)), *item.qualifiers)
                found.append(CimParameter(*item[:5], None, written))

        draw_several(self._draw, add, 2)
        return tuple(found)


def _property(item: _Item, access: tuple[CimQualifier, ...]) -> CimProperty:
    return CimProperty(*item[:5], None, (*access, *item.qualifiers))


def _numbered(item: CimProperty, place: int) -> CimProperty:
    return replace(item, qualifiers=(_number("WmiDataId", place), *item.qualifiers))


def _in_state(found: CimClass, pragmas: PragmaState) -> CimClass:
    return CimClass(found.name, found.superclass, found.features, found.qualifiers, pragmas=pragmas)


def _flag(name: str) -> CimQualifier:
    return CimQualifier(name)


def _number(name: str, number: int) -> CimQualifier:
    return CimQualifier(name, CimInteger(number))


def _strings(name: str, *values: str) -> CimQualifier:
    return CimQualifier(name, CimArray(tuple([CimString(value) for value in values])))


_EVENT = "WMIEvent"
_REQUIRED = (
    CimProperty("InstanceName", CimType.STRING, "string", qualifiers=(_flag("key"), _flag("read"))),
    CimProperty("Active", CimType.BOOLEAN, "boolean", qualifiers=(_flag("read"),)),
)
_identifiers = identifiers()
_guids = guids()
_GUID_FORMS = st.sampled_from(["{{{}}}", "{}"])
_PROVIDERS = st.sampled_from(
    [CimQualifier("Provider", CimString(word)) for word in ("WmiProv", "WMIProv")]
)
_MORE = st.lists(
    st.sampled_from(
        [CimQualifier("Locale", CimString("MS\\0x409")), _number("WmiExpense", 20), _flag("Abc")]
    ),
    unique_by=lambda found: found.name,
    max_size=2,
)
_WMI = PragmaState(r"\\.\root\wmi")
_PRAGMAS = st.sampled_from(
    [
        (),
        (CimDirective("namespace", (r"\\.\root\wmi",), pragmas=_WMI),),
        (
            CimDirective("autorecover"),
            CimDirective("namespace", (r"\\.\root\wmi",), pragmas=_WMI),
        ),
    ]
)
_ONE_IN_4 = st.sampled_from([False, False, False, True])
_ACCESS = st.sampled_from([(), (_flag("read"),), (_flag("read"), _flag("write"))])
_SHAPES = st.sampled_from(["one", "one", "fixed", "counted"])
_BOUNDS = st.sampled_from([1, 2, 3, 16])
_COUNTERS = st.sampled_from([(kind, kind.value) for kind in (CimType.UINT32, CimType.UINT16)])
_TYPES = st.sampled_from(
    [
        kind
        for kind in CimType
        if kind.is_integer or kind in {CimType.BOOLEAN, CimType.STRING, CimType.DATETIME}
    ]
)
_NOTHING: st.SearchStrategy[tuple[CimQualifier, ...]] = st.just(())
_ABOUT = {
    CimType.UINT64: st.sampled_from([(), (_flag("WmiTimeStamp"),)]),
    CimType.STRING: st.sampled_from([(), (_number("MaxLen", 31),)]),
    CimType.UINT8: st.sampled_from(
        [(), (_strings("ValueMap", "0", "0x10"), _strings("Values", "Off", "On"))]
    ),
    CimType.UINT32: _NOTHING
    | texts().map(lambda text: (CimQualifier("Description", CimString(text)),)),
}
_STEPS = st.sampled_from([1, 1, 9])
_DIRECTIONS = st.sampled_from([(_flag("in"),), (_flag("out"),), (_flag("in"), _flag("out"))])
