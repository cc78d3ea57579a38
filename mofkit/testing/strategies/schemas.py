"""Whole schemas: what they name is there, and above where they name it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from mofkit.cim import (
    CimAlias,
    CimArray,
    CimClass,
    CimDirective,
    CimFeature,
    CimFlavor,
    CimInstance,
    CimInstanceProperty,
    CimInteger,
    CimProperty,
    CimQualifier,
    CimQualifierDeclaration,
    CimString,
    CimType,
    CimValue,
    PragmaState,
    Schema,
    SchemaItem,
)
from mofkit.cim.record import replace
from mofkit.compiler.types import is_type_word
from mofkit.testing.strategies.classes import draw_class, draw_instance_values
from mofkit.testing.strategies.names import identifiers, unique_name
from mofkit.testing.strategies.qualifiers import QualifierKind, kind_of, qualifier_declarations
from mofkit.testing.strategies.steps import draw_several
from mofkit.testing.strategies.values import INTRINSIC

__all__ = ["schemas"]


@st.composite
def schemas(draw: st.DrawFn, *, max_classes: int = 4, max_instances: int = 4) -> Schema:
    """Return schemas in which everything agrees: `bind` of their MOF has nothing to report.

    They begin with pragmas (autorecover, namespace, flags) and qualifier declarations. Classes
    stand below their superclasses and what they refer to or embed. They add members to inherited
    ones or override them. Instances have a value for each key, no two the same keys; aliases
    stand for earlier instances and for later ones, paths for instances too.

    Not generated: a second namespace, includes, MOF 3, keys that are references, aliases of
    classes, and values that need converting.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5)
    ... @given(schemas())
    ... def test_superclasses_are_there(schema):
    ...     for cim_class in schema.classes:
    ...         assert cim_class.superclass is None or schema.superclass_of(cim_class)
    >>> test_superclasses_are_there()
    """
    draft = _Draft(draw)
    draft.add_pragmas()
    draft.add_declarations()
    draw_several(draw, draft.add_class, max_classes)
    draw_several(draw, draft.add_instance, max_instances if draft.classes else 0)
    return Schema(tuple(draft.items))


class _Draft:
    """A schema while it grows. `members` has all properties of a class, inherited ones first."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.items: list[SchemaItem] = []
        self.classes: list[CimClass] = []
        self.members: dict[str, list[CimProperty]] = {}
        self._pragmas = PragmaState()
        self._kinds: tuple[QualifierKind, ...] = ()
        self._class_names: set[str] = set()
        self._taken: dict[str, set[str]] = {}
        self._aliases: list[str] = []
        self._alias: str | None = None
        self._n_instances = 0

    def add_pragmas(self) -> None:
        for name, arguments, change in self.draw(_PRAGMAS):
            self._pragmas = self._pragmas._replace(**change)
            self.items.append(CimDirective(name, arguments, pragmas=self._pragmas))

    def add_declarations(self) -> None:
        names: set[str] = set()
        for found in self.draw(_DECLARATIONS):
            if found.name.lower() not in names:
                names.add(found.name.lower())
                self.items.append(replace(found, pragmas=self._pragmas))
                self._kinds += (kind_of(found),)

    def _latest(self) -> list[CimClass]:
        """Return the classes, the last one first: an early one can go and the choice stays."""
        return self.classes[::-1]

    # ------------------------------------------------------------------------------- classes

    def add_class(self) -> None:
        draw = self.draw
        base = (
            draw(st.sampled_from(self._latest()))
            if bool(self.classes) and draw(st.booleans())
            else None
        )
        name = unique_name(draw(_class_names), self._class_names)
        taken = set(self._taken[base.name]) if base else set()
        drawn = draw_class(
            draw, name, used=taken, kinds=self._kinds, max_properties=3, max_methods=1
        )
        inherited = self.members[base.name] if base else []
        features = list(drawn.features)
        if any(_is_key(found) for found in inherited):  # keys once defined are final
            features = [_without_key(found) for found in features]
        features = [*self._more_members(taken, inherited), *features]
        found = replace(
            drawn,
            superclass=base.name if base else None,
            features=tuple(features),
            qualifiers=_not_overridden(drawn.qualifiers, base),
            pragmas=self._pragmas,
        )
        self.members[name] = _merged(inherited, found.properties)
        self._taken[name] = taken
        self.classes.append(found)
        self.items.append(found)

    def _more_members(self, taken: set[str], inherited: list[CimProperty]) -> list[CimProperty]:
        """Draw what needs other members or classes: an override, a reference, an object."""
        draw = self.draw
        found = []
        kind = draw(_FURTHER)
        if kind == "override" and inherited:
            found.append(_override(draw(st.sampled_from(inherited))))
        elif kind in {"reference", "object"} and self.classes:
            word = draw(st.sampled_from([*(known.name for known in self._latest()), "object"]))
            name = unique_name(draw(_identifiers), taken)
            declared = CimType.REFERENCE if kind == "reference" else CimType.OBJECT
            found.append(CimProperty(name, declared, word, is_array=draw(st.booleans())))
        return found

    # ----------------------------------------------------------------------------- instances

    def add_instance(self) -> None:
        draw = self.draw
        cim_class = draw(st.sampled_from(self._latest()))
        self._alias = None
        if draw(_USUALLY):
            self._add_alias()
        values = tuple(self._values(cim_class, depth=0))
        self.items.append(
            CimInstance(cim_class.name, values, (), self._alias, pragmas=self._pragmas)
        )

    def _add_alias(self) -> None:
        """Draw an alias for the instance that is being made."""
        self._alias = f"{self.draw(_identifiers)}{len(self._aliases)}"
        self._aliases.append(self._alias)

    def _values(self, cim_class: CimClass, depth: int) -> list[CimInstanceProperty]:
        """Draw the values of an instance; a serial number keeps its keys apart from others'."""
        members = self.members[cim_class.name]
        self._n_instances += 1
        values = [
            CimInstanceProperty(found.name, _serial(found.type, self._n_instances))
            for found in members
            if _is_key(found)
        ]
        others = [found for found in members if not _is_key(found)]
        plain = [found for found in others if found.type in _INTRINSIC]
        values += draw_instance_values(self.draw, plain)
        for found in others:
            if found.type not in _INTRINSIC and self.draw(_USUALLY):
                value = self._further_value(found, depth)
                if value is not None:
                    values.append(CimInstanceProperty(found.name, value))
        return values

    def _further_value(self, found: CimProperty, depth: int) -> CimValue | None:
        """Draw a reference or an embedded object; None where there is nothing to name."""
        value: CimValue
        if found.type is CimType.REFERENCE:
            if self.draw(_USUALLY):
                if not self._aliases:
                    self._add_alias()  # so that the one that has the alias can go
                value = CimAlias(self.draw(st.sampled_from(self._aliases)))
            else:
                value = CimString(f"{found.type_word}.Id=1")
        elif depth < _MAX_DEPTH:
            by_name = {known.name: known for known in self.classes}
            cim_class = by_name.get(found.type_word, self.classes[-1])
            inner = self._values(cim_class, depth + 1)
            value = CimInstance(cim_class.name, tuple(inner), pragmas=self._pragmas)
        else:
            return None
        return CimArray((value,)) if found.is_array else value


def _is_key(found: CimProperty) -> bool:
    return any(qualifier.name == "Key" for qualifier in found.qualifiers)


def _without_key(found: CimFeature) -> CimFeature:
    if isinstance(found, CimProperty) and _is_key(found):
        return replace(found, qualifiers=found.qualifiers[1:])
    return found


def _override(found: CimProperty) -> CimProperty:
    """Return a property that repeats an inherited one, as DSP0004 §7.4 wants it."""
    key = (CimQualifier("Key"),) if _is_key(found) else ()
    words = (*key, CimQualifier("Override", CimString(found.name)))
    return replace(found, default=None, qualifiers=words)


def _not_overridden(
    qualifiers: tuple[CimQualifier, ...], base: CimClass | None
) -> tuple[CimQualifier, ...]:
    """Leave out what the superclass has said for good."""
    final = {
        qualifier.name.lower()
        for qualifier in (base.qualifiers if base else ())
        if qualifier.effective & CimFlavor.DISABLE_OVERRIDE
    }
    return tuple([found for found in qualifiers if found.name.lower() not in final])


def _merged(inherited: list[CimProperty], own: list[CimProperty]) -> list[CimProperty]:
    members = {found.name.lower(): found for found in inherited}
    members.update({found.name.lower(): found for found in own})
    return list(members.values())


def _serial(kind: CimType, number: int) -> CimValue:
    """Return a value for a key, an integer or a string, that no other instance has."""
    return CimInteger(number) if kind.is_integer else CimString(f"k{number}")


_MAX_DEPTH = 2
_INTRINSIC = frozenset(INTRINSIC)
_FURTHER = st.sampled_from(["", "", "override", "reference", "reference", "object"])
_USUALLY = st.sampled_from([False, True, True, True])
"""Else too few instances would name others."""

_identifiers = identifiers()
_class_names = _identifiers.map(lambda name: f"My_{name}" if is_type_word(name) else name)

_Pragma = tuple[str, tuple[str | int, ...], dict[str, Any]]


def _words(name: str, field: str, words: tuple[str, ...], flags: int) -> _Pragma:
    return name, words, {field: flags}


def _joined(parts: tuple[tuple[_Pragma, ...], ...]) -> list[_Pragma]:
    return [pragma for part in parts for pragma in part]


_NAMESPACES: list[_Pragma] = [
    ("namespace", (path,), {"namespace": path})
    for path in (r"\\.\root\wmi", "root/Fenwick", r"ROOT\cimv2", "//./root/wmi")
]
_PRAGMAS = st.tuples(
    st.sampled_from([(), (("autorecover", (), {}),), (("locale", ("en_US",), {}),)]),
    st.just(()) | st.tuples(st.sampled_from(_NAMESPACES)),
    st.sampled_from(
        [
            (),
            (_words("classflags", "class_flags", ("forceupdate",), 0x40),),
            (_words("ClassFlags", "class_flags", ("updateonly", "forceupdate"), 0x41),),
            (_words("instanceflags", "instance_flags", ("createonly",), 2),),
            (("classflags", (64,), {"class_flags": 64}),),
        ]
    ),
).map(_joined)
_DECLARATIONS: st.SearchStrategy[list[CimQualifierDeclaration]] = st.just([]) | st.lists(
    qualifier_declarations(), max_size=2
)
