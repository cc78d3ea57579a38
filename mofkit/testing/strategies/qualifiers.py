"""Qualifiers and their flavors."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from mofkit.cim import (
    FLAVOR_WORDS,
    CimFlavor,
    CimQualifier,
    CimQualifierDeclaration,
    CimType,
    CimValue,
    flavors_of,
    merge_flavors,
)
from mofkit.testing.strategies.names import identifiers
from mofkit.testing.strategies.values import INTRINSIC, arrays_of, literals, values_of

__all__ = [
    "QualifierKind",
    "draw_qualifiers",
    "flavor_words",
    "qualifier_declarations",
    "qualifier_lists",
    "qualifiers",
]


class QualifierKind(NamedTuple):
    """A name, what its values may be (None: the name alone), and the flavors declared for it."""

    name: str
    values: st.SearchStrategy[CimValue | None]
    flavors: CimFlavor = CimFlavor.NONE


def flavor_words() -> st.SearchStrategy[tuple[str, ...]]:
    """Return what may stand behind the colon of a qualifier: none, or words that go together.

    Letter case varies. Not generated: Restricted, and both words of one question.
    """
    return _flavor_words


def qualifiers() -> st.SearchStrategy[CimQualifier]:
    """Return qualifiers that every element may have: well-known ones, and names of no meaning.

    `effective` has what the words behind the colon say. Not generated: qualifiers with a meaning
    for the binder (Key, Abstract, Override, in, out, id, EmbeddedInstance), and CIMTYPE.

    >>> from hypothesis import find
    >>> found = find(qualifiers(), lambda qualifier: "Amended" in qualifier.flavors)
    >>> "Amended" in found.flavors, found.name.isidentifier()
    (True, True)
    """
    return _qualifiers


def qualifier_lists(max_size: int = 3) -> st.SearchStrategy[tuple[CimQualifier, ...]]:
    """Return what stands between the brackets of one element: no name twice."""
    return _lists(max_size)


@st.composite
def qualifier_declarations(draw: st.DrawFn) -> CimQualifierDeclaration:
    """Return declarations in either form: DMTF's with type and scope, WMI's with flavors only.

    The scope of DMTF's is `any`. Its default is NULL or a value of the type, if there is one.
    """
    name = f"My{draw(identifiers())}"
    words = draw(_flavor_words)
    if bool(words) and draw(st.booleans()):
        return CimQualifierDeclaration(name, flavors=words)
    kind = draw(st.sampled_from(INTRINSIC))
    is_array = draw(st.booleans())
    default = draw(st.none() | values_of(kind, is_array=is_array))
    return CimQualifierDeclaration(name, kind, kind.value, is_array, None, default, ("any",), words)


def kind_of(declaration: CimQualifierDeclaration) -> QualifierKind:
    """Return how a declared qualifier may be used."""
    flavors = flavors_of(declaration.flavors)
    if declaration.type is None:
        return QualifierKind(declaration.name, _loose_values, flavors)
    values = values_of(declaration.type, is_array=declaration.is_array)
    if declaration.type is CimType.BOOLEAN and not declaration.is_array:
        return QualifierKind(declaration.name, st.none() | values, flavors)
    return QualifierKind(declaration.name, values, flavors)


def draw_qualifiers(
    draw: st.DrawFn, kinds: tuple[QualifierKind, ...] = (), used: frozenset[str] = frozenset()
) -> tuple[CimQualifier, ...]:
    """Draw the qualifiers of one element, those of `kinds` among them, none of `used` (lower).

    A function and not a strategy: schemas have hundreds, and each strategy costs time.
    """
    found = list(draw(_SOME)) if draw(_booleans) else []
    if bool(kinds) and draw(_booleans):
        kind = draw(st.sampled_from(kinds))
        words = draw(_flavor_words)
        effective = merge_flavors(kind.flavors, flavors_of(words))
        found.append(CimQualifier(kind.name, draw(kind.values), words, effective))
    taken = set(used)
    return tuple(
        [
            qualifier
            for qualifier in found
            if not (qualifier.name.lower() in taken or taken.add(qualifier.name.lower()))  # type: ignore[func-returns-value]
        ]
    )


_MEANT = frozenset(
    (
        "key abstract override in out id cimtype embeddedinstance embeddedobject max"
        " association indication singleton"
    ).split()
) | {word.lower() for word in FLAVOR_WORDS}


def _meaningless(name: str) -> str:
    return f"{name}1" if name.lower() in _MEANT else name


_flavor_words = st.sampled_from(
    [
        *[(), (), (), ("Amended",), ("ToSubclass",), ("ToInstance",), ("DisableOverride",)],
        *[("ToSubclass", "ToInstance"), ("tosubclass", "AMENDED"), ("EnableOverride",)],
        *[("NotToInstance",), ("Translatable", "NotToSubclass")],
        ("ToInstance", "ToSubclass", "DisableOverride", "Amended"),
    ]
)
_loose_values: st.SearchStrategy[CimValue | None] = (
    st.none() | literals() | arrays_of(values_of(CimType.STRING))
)
_texts = values_of(CimType.STRING)
_WELL_KNOWN = [
    QualifierKind("Description", _texts),
    QualifierKind("Read", st.none() | values_of(CimType.BOOLEAN)),
    QualifierKind("Values", arrays_of(_texts)),
    QualifierKind("MaxLen", values_of(CimType.UINT16)),
    QualifierKind("DEFAULTSCALE", values_of(CimType.SINT8)),
    QualifierKind("factor", values_of(CimType.REAL64)),
]


def _qualifier(name: str, value: CimValue | None, words: tuple[str, ...]) -> CimQualifier:
    return CimQualifier(name, value, words, flavors_of(words))


_qualifiers = st.one_of(
    [
        *[
            st.builds(_qualifier, st.just(name), values, _flavor_words)
            for name, values, _ in _WELL_KNOWN
        ],
        st.builds(_qualifier, identifiers().map(_meaningless), _loose_values, _flavor_words),
    ]
)


def _lists(max_size: int) -> st.SearchStrategy[tuple[CimQualifier, ...]]:
    return st.lists(_qualifiers, max_size=max_size).map(_without_repeats)


def _without_repeats(found: list[CimQualifier]) -> tuple[CimQualifier, ...]:
    by_name: dict[str, CimQualifier] = {}
    for qualifier in found:
        by_name.setdefault(qualifier.name.lower(), qualifier)
    return tuple(by_name.values())


_SOME = _lists(2)
_booleans = st.booleans()
