"""Schemas of which binary MOF loses nothing, and the payloads and files of schemas.

What these schemas name need not be there, and names are any text: to the format that is all one.
For schemas that make sense, `mofkit.testing.strategies.schemas`.
"""

from __future__ import annotations

from hypothesis import strategies as st

from mofkit.bmf import encode, encode_payload
from mofkit.bmf.flavors import flavor_words
from mofkit.cim import (
    CimAlias,
    CimArray,
    CimBoolean,
    CimCharacter,
    CimClass,
    CimFlavor,
    CimInstance,
    CimInstanceProperty,
    CimInteger,
    CimMethod,
    CimNull,
    CimParameter,
    CimProperty,
    CimQualifier,
    CimReal,
    CimString,
    CimType,
    CimValue,
    PragmaState,
    Schema,
)
from mofkit.testing.strategies.names import utf16_texts
from mofkit.testing.strategies.schemas import schemas
from mofkit.testing.strategies.steps import several

__all__ = ["bmf_files", "bmf_payloads", "bmf_schemas", "plain_bmf_schemas"]


def plain_bmf_schemas() -> st.SearchStrategy[Schema]:
    """Return schemas that come back from their bytes as they are.

    TRUE is a bare name there, flavors have one order, methods stand behind the properties, and
    integers have 32 bits. Not generated: directives and declarations, which leave no trace.

    >>> from hypothesis import given, settings
    >>> from mofkit.bmf import decode_payload
    >>> @settings(max_examples=5)
    ... @given(plain_bmf_schemas())
    ... def test_they_come_back(schema):
    ...     assert decode_payload(encode_payload(schema)).schema == schema
    >>> test_they_come_back()
    """
    return _plain_schemas


def bmf_schemas() -> st.SearchStrategy[Schema]:
    """Return such schemas with qualifiers that look like those the compiler adds.

    They come back in the form that a person would write: `x[3]` for `[MAX(3)] x[]`. An `id` in
    place of the compiler's hides the order of parameters of different directions.
    """
    return _schemas


def bmf_payloads() -> st.SearchStrategy[bytes]:
    """Return payloads as the compiler writes them: of schemas that make sense, and of any."""
    return _payloads


def bmf_files() -> st.SearchStrategy[bytes]:
    """Return files as the compiler writes them, some with the best compression there is."""
    return _files


# Left out, a NUL would let halves of surrogate pairs on its sides become a pair.
texts = utf16_texts().map(lambda text: text.replace("\0", "0"))
names = st.sampled_from(["A", "Ab", "abc", "ReturnValue", "é"]) | texts
sint32 = st.integers(-(2**31), 2**31 - 1)

scalars: list[st.SearchStrategy[CimValue]] = [
    st.builds(CimString, texts),
    st.builds(CimInteger, sint32),
    st.builds(CimBoolean, st.booleans()),
    st.builds(CimReal, st.floats(allow_nan=False)),
    st.builds(CimCharacter, st.characters(max_codepoint=0xFFFF, exclude_categories=())),
]


def arrays(items: st.SearchStrategy[CimValue]) -> st.SearchStrategy[CimValue]:
    return st.lists(items, min_size=1, max_size=3).map(lambda found: CimArray(tuple(found)))


literals = st.one_of(scalars)
literal_arrays = st.one_of([arrays(kind) for kind in scalars])


_FLAVORS = st.sampled_from([0, 0, 1, 2, 3, 0x10, 0x11, 0x80, 0x93]).map(CimFlavor)
_PLAIN_NAMES = ["Key", "key", "Note", "Max"]
_SYNTHETIC_NAMES = ["MAX", "ID", "id", "CIMTYPE"]
_DIRECTIONS = ["in", "out", "In", "OUT", "IN"]

_FLAGS = st.none() | st.integers(0, 0x63)
_NAMESPACES = st.sampled_from([None, "root\\wmi", "\\\\.\\Root\\WMI"])
_PRAGMAS = st.builds(PragmaState, _NAMESPACES, _FLAGS, _FLAGS)

_Qualifiers = tuple[CimQualifier, ...]


class _Strategies:
    """Strategies for elements, all of them plain or not."""

    def __init__(self, *, plain: bool) -> None:
        self.plain = plain
        self.names = _PLAIN_NAMES + ([] if plain else _SYNTHETIC_NAMES)

    def qualifiers(self, *more: str) -> st.SearchStrategy[_Qualifiers]:
        found = _qualifiers(st.sampled_from([*self.names, *more]))
        return several(found, 3).map(tuple)

    def parameter_qualifiers(self) -> st.SearchStrategy[_Qualifiers]:
        """Return qualifiers of which the copies tell everything: an `in` in front of its `out`."""
        if not self.plain:
            return self.qualifiers(*_DIRECTIONS)
        directions = st.sampled_from([("in",), ("out",), ("In", "Out"), ("in", "out"), ()])
        words = directions.map(lambda found: tuple([CimQualifier(word) for word in found]))
        return st.builds(lambda one, other: (*one, *other), words, self.qualifiers())

    def classes(self) -> st.SearchStrategy[CimClass]:
        """Return classes whose methods stand behind the properties, as they do in the file."""
        members = st.builds(
            lambda one, other: (*one, *other),
            several(_properties(self.qualifiers()), 3),
            several(_methods(self.qualifiers(), self.parameter_qualifiers()), 2),
        )
        optional = st.none() | names
        return st.builds(
            CimClass, names, optional, members, self.qualifiers(), optional, pragmas=_PRAGMAS
        )

    def instances(self, values: st.SearchStrategy[CimValue]) -> st.SearchStrategy[CimInstance]:
        assignments = st.builds(CimInstanceProperty, names, values, self.qualifiers())
        assigned = several(assignments, 3).map(tuple)
        alias = st.none() | names
        return st.builds(CimInstance, names, assigned, self.qualifiers(), alias, pragmas=_PRAGMAS)

    def schemas(self) -> st.SearchStrategy[Schema]:
        simple = literals | literal_arrays | st.builds(CimNull) | st.builds(CimAlias, names)
        embedded: st.SearchStrategy[CimValue] = self.instances(simple)
        instances = self.instances(simple | embedded | arrays(embedded))
        items = several(self.classes() | instances, 3)
        return items.map(lambda found: Schema(tuple(found)))


@st.composite
def _qualifiers(draw: st.DrawFn, among: st.SearchStrategy[str]) -> CimQualifier:
    """Return a qualifier; TRUE comes back as a bare name, and flavors in one order."""
    flavor = draw(_FLAVORS)
    value = draw(st.none() | literals | literal_arrays)
    bare = None if value == CimBoolean(value=True) else value
    return CimQualifier(draw(among), bare, flavor_words(flavor), flavor)


@st.composite
def _types(draw: st.DrawFn) -> tuple[CimType, str]:
    """Return a type of a property, and a word that declares it."""
    kind = draw(st.sampled_from([kind for kind in CimType if kind is not CimType.VOID]))
    if kind in {CimType.OBJECT, CimType.REFERENCE}:
        return kind, draw(st.sampled_from(["object", "Demo_Fan"]))
    return kind, draw(st.sampled_from([kind.value, kind.value.upper()]))


@st.composite
def _properties(draw: st.DrawFn, qualifiers: st.SearchStrategy[_Qualifiers]) -> CimProperty:
    is_array = draw(st.booleans())
    size = draw(st.none() | st.integers(1, 9)) if is_array else None
    default = draw(st.none() | (literal_arrays if is_array else literals))
    return CimProperty(draw(names), *draw(_types()), is_array, size, default, draw(qualifiers))


@st.composite
def _parameters(
    draw: st.DrawFn, place: int, qualifiers: st.SearchStrategy[_Qualifiers]
) -> CimParameter:
    """Return a parameter with a name of its own: two of one name might be copies of one."""
    is_array = draw(st.booleans())
    size = draw(st.none() | st.integers(1, 9)) if is_array else None
    written = draw(qualifiers)
    return CimParameter(f"P{place}", *draw(_types()), is_array, size, None, written)


@st.composite
def _methods(
    draw: st.DrawFn,
    qualifiers: st.SearchStrategy[_Qualifiers],
    of_parameters: st.SearchStrategy[_Qualifiers],
) -> CimMethod:
    kind, word = draw(_types() | st.just((CimType.VOID, "void")))
    is_array = kind is not CimType.VOID and draw(st.booleans())
    places = range(draw(st.integers(0, 4)))
    written = tuple([draw(_parameters(place, of_parameters)) for place in places])
    return CimMethod(draw(names), kind, word, is_array, written, draw(qualifiers))


_schemas = _Strategies(plain=False).schemas()
_plain_schemas = _Strategies(plain=True).schemas()
_payloads = (schemas() | _schemas).map(encode_payload)
_files = st.builds(
    lambda schema, best: encode(schema, compression="best" if best else "mofcomp"),
    schemas(max_classes=2, max_instances=1) | _plain_schemas,
    st.booleans(),
)
