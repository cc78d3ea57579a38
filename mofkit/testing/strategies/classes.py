"""Classes that need no other, their members, and instances of no class in particular."""

from __future__ import annotations

from hypothesis import strategies as st

from mofkit.cim import (
    CimArray,
    CimClass,
    CimInstance,
    CimInstanceProperty,
    CimMethod,
    CimNull,
    CimParameter,
    CimProperty,
    CimQualifier,
    CimType,
    CimValue,
)
from mofkit.testing.strategies.names import identifiers, unique_name
from mofkit.testing.strategies.qualifiers import QualifierKind, draw_qualifiers, qualifier_lists
from mofkit.testing.strategies.steps import draw_several
from mofkit.testing.strategies.values import INTRINSIC, values_of

__all__ = [
    "classes",
    "draw_class",
    "draw_instance_values",
    "instances",
    "methods",
    "parameters",
    "properties",
]

Kinds = tuple[QualifierKind, ...]


@st.composite
def properties(draw: st.DrawFn) -> CimProperty:
    """Return properties of intrinsic types, with a default that fits or with none.

    >>> from hypothesis import find
    >>> found = find(properties(), lambda found: found.is_array and found.default is not None)
    >>> found.name, found.type_word, found.default
    ('A', 'boolean', CimArray(values=(CimBoolean(value=False),)))
    """
    return draw_property(draw, set())


@st.composite
def parameters(draw: st.DrawFn) -> CimParameter:
    """Return parameters of intrinsic types with a direction, and without a default (MOF 3)."""
    return _draw_parameter(draw, set(), ())


@st.composite
def methods(draw: st.DrawFn) -> CimMethod:
    """Return methods with up to three parameters; the result is no array."""
    return draw_method(draw, set())


@st.composite
def classes(
    draw: st.DrawFn, *, min_properties: int = 0, max_properties: int = 4, max_methods: int = 2
) -> CimClass:
    """Return classes without a superclass whose members are of intrinsic types.

    Properties come first, the first of them may be the key; binary MOF keeps them in two lists,
    so what stands so comes back so. Not generated: nested declarations (MOF 3), aliases.

    >>> from hypothesis import find
    >>> find(classes(), lambda found: found.methods != []).methods[0].type_word
    'void'
    """
    return draw_class(
        draw,
        draw(identifiers()),
        min_properties=min_properties,
        max_properties=max_properties,
        max_methods=max_methods,
    )


@st.composite
def instances(draw: st.DrawFn) -> CimInstance:
    """Return instances of a class that is not there, with literals as values."""
    used: set[str] = set()
    values: list[CimInstanceProperty] = []
    draw_several(draw, lambda: values.append(_draw_assignment(draw, used)), 3)
    return CimInstance(draw(identifiers()), tuple(values), draw(qualifier_lists(1)))


def draw_class(
    draw: st.DrawFn,
    name: str,
    *,
    used: set[str] | None = None,
    kinds: Kinds = (),
    min_properties: int = 0,
    max_properties: int = 4,
    max_methods: int = 2,
) -> CimClass:
    """Draw a class without a superclass; its members are not called like `used` (lower case)."""
    used = set() if used is None else used
    members: list[CimProperty] = []
    draw_several(
        draw,
        lambda: members.append(draw_property(draw, used, kinds)),
        max_properties,
        min_size=min_properties,
    )
    if members and can_be_key(members[0]) and draw(st.booleans()):
        members[0] = as_key(members[0])
    found: list[CimMethod] = []
    draw_several(draw, lambda: found.append(draw_method(draw, used, kinds)), max_methods)
    return CimClass(name, None, (*members, *found), draw_qualifiers(draw, kinds))


def can_be_key(found: CimProperty) -> bool:
    """Say whether a property may be a key: integers and strings are, references are left out."""
    return not found.is_array and (found.type.is_integer or found.type is CimType.STRING)


def as_key(found: CimProperty) -> CimProperty:
    """Return a property with the qualifier Key."""
    return CimProperty(
        found.name,
        found.type,
        found.type_word,
        default=found.default,
        qualifiers=(CimQualifier("Key"), *found.qualifiers),
    )


def draw_property(draw: st.DrawFn, used: set[str], kinds: Kinds = ()) -> CimProperty:
    """Draw a property of an intrinsic type; its name is taken down in `used`."""
    name = unique_name(draw(_identifiers), used)
    kind, word = draw(_words)
    shape = draw(_SHAPES)
    default: CimValue | None = None
    if shape >= _WITH_DEFAULT:
        default = draw(values_of(kind, is_array=shape >= _ARRAY))
    elif shape == _NULL:
        default = CimNull()
    size = draw(_SIZES) if shape >= _ARRAY or shape == _BARE_ARRAY else None
    is_array = shape >= _ARRAY or shape == _BARE_ARRAY
    fitting = None if default is None else _within(default, size)
    return CimProperty(name, kind, word, is_array, size, fitting, draw_qualifiers(draw, kinds))


def _within(value: CimValue, size: int | str | None) -> CimValue:
    """Return a value without the elements that are beyond the bound of its property."""
    if isinstance(value, CimArray) and isinstance(size, int):
        return CimArray(value.values[:size])
    return value


def draw_method(draw: st.DrawFn, used: set[str], kinds: Kinds = ()) -> CimMethod:
    """Draw a method; its name is taken down in `used`."""
    kind, word = draw(_results)
    name = unique_name(draw(_identifiers), used)
    names: set[str] = set()
    found: list[CimParameter] = []
    draw_several(draw, lambda: found.append(_draw_parameter(draw, names, kinds)), 3)
    return CimMethod(
        name, kind, word, parameters=tuple(found), qualifiers=draw_qualifiers(draw, kinds)
    )


def draw_instance_values(draw: st.DrawFn, members: list[CimProperty]) -> list[CimInstanceProperty]:
    """Draw values for some properties, all of intrinsic types, in their order."""
    return [
        CimInstanceProperty(
            found.name,
            _within(draw(values_of(found.type, is_array=found.is_array)), found.array_size),
        )
        for found in members
        if draw(st.booleans())
    ]


def _draw_parameter(draw: st.DrawFn, used: set[str], kinds: Kinds) -> CimParameter:
    name = unique_name(draw(_identifiers), used)
    kind, word = draw(_words)
    is_array = draw(st.booleans())
    size = draw(_SIZES) if is_array else None
    written = (*draw(_DIRECTIONS), *draw_qualifiers(draw, kinds))
    return CimParameter(name, kind, word, is_array, size, None, written)


def _draw_assignment(draw: st.DrawFn, used: set[str]) -> CimInstanceProperty:
    kind, _ = draw(_words)
    value = draw(values_of(kind, is_array=draw(st.booleans())))
    return CimInstanceProperty(unique_name(draw(_identifiers), used), value)


_identifiers = identifiers()
_SHAPES = st.sampled_from([0, 0, 0, 1, 2, 3, 3, 4])
_NULL, _BARE_ARRAY, _WITH_DEFAULT, _ARRAY = 1, 2, 3, 4
_SIZES = st.sampled_from([None, None, 1, 4, 260])
_words = st.sampled_from(
    [(kind, word) for kind in INTRINSIC for word in (kind.value, kind.value.upper())]
)
_results = st.just((CimType.VOID, "void")) | _words
_DIRECTIONS = st.sampled_from(
    [
        (CimQualifier("in"),),
        (CimQualifier("out"),),
        (CimQualifier("In"), CimQualifier("OUT")),
    ]
)
