"""The parameters of a method, and the two objects that hold them.

Parameters with `in` go into the first object, those with `out` into the second, and those with both
or neither into both; each copy loses the word of the other direction. The result is a member of the
second object. An object without members is left out. Nothing marks which one an only object is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

from mofkit.bmf.enums import ID, ID_FLAVOR, IN, OUT, RETURN_VALUE
from mofkit.bmf.findings import Findings
from mofkit.bmf.records import ObjectRecord, PropertyRecord
from mofkit.cim import CimFlavor, CimInteger, CimQualifier

__all__ = [
    "Member",
    "id_qualifier",
    "join_objects",
    "split_qualifiers",
    "take_directions",
    "take_id",
]

Qualifiers: TypeAlias = tuple[CimQualifier, ...]

_ID_FLAVOR: Final = CimFlavor(ID_FLAVOR)


class Member(NamedTuple):
    """A parameter, with the qualifiers of both its copies if it has two."""

    record: PropertyRecord
    qualifiers: Qualifiers
    is_in_both: bool = False


def split_qualifiers(written: Qualifiers) -> tuple[Qualifiers | None, Qualifiers | None]:
    """Return the qualifiers of a parameter's copies; None where it has no copy of a direction.

    >>> key, out = CimQualifier("Key"), CimQualifier("out")
    >>> split_qualifiers((out, key)) == (None, (out, key))
    True
    >>> [[found.name for found in copy] for copy in split_qualifiers((key,))]
    [['Key', 'IN'], ['Key', 'OUT']]
    """
    is_in = any(_is(qualifier, IN) for qualifier in written)
    is_out = any(_is(qualifier, OUT) for qualifier in written)
    if not is_in and not is_out:
        return (*written, CimQualifier(IN)), (*written, CimQualifier(OUT))
    of_in = tuple([qualifier for qualifier in written if not _is(qualifier, OUT)])
    of_out = tuple([qualifier for qualifier in written if not _is(qualifier, IN)])
    return of_in if is_in else None, of_out if is_out else None


def id_qualifier(written: Qualifiers, index: int) -> Qualifiers:
    """Return the ID that a parameter gets by its place; nothing where an `id` is written."""
    if any(_is(qualifier, ID) for qualifier in written):
        return ()
    return (CimQualifier(ID, CimInteger(index), effective=_ID_FLAVOR),)


def take_id(qualifiers: list[CimQualifier], index: int) -> None:
    """Take the ID, now the last one, off the qualifiers where it says what the place says."""
    if qualifiers and _given_id(qualifiers[-1]) == index:
        qualifiers.pop()


def take_directions(qualifiers: list[CimQualifier]) -> None:
    """Take IN and OUT, now the last ones, off the qualifiers of a parameter with two copies."""
    if qualifiers[-2:] == [CimQualifier(IN), CimQualifier(OUT)]:
        del qualifiers[-2:]


def join_objects(
    objects: Sequence[ObjectRecord], findings: Findings
) -> tuple[list[Member], PropertyRecord | None]:
    """Return the parameters of a method in the order of their numbers, and its result.

    Raises:
        BinaryFormatError: E-METHOD, there are no parameter objects, or more than two.
    """
    of_in, of_out = _directions(objects, findings)
    result = of_out.pop() if of_out and _is_result(of_out[-1]) else None
    ins = [_Copy.of(record) for record in of_in]
    outs = [_Copy.of(record) for record in of_out]
    _check_directions(ins, IN, findings)
    _check_directions(outs, OUT, findings)
    joined = _join(ins, outs, findings)
    _check_names(joined, findings)
    return joined, result


class _Copy(NamedTuple):
    """A parameter as one object has it.

    Attributes:
        number: its ID, or what is written as `id`; -1 without one.
        is_given: the compiler has added the ID, so the number is the place among all parameters.
    """

    record: PropertyRecord
    qualifiers: Qualifiers
    number: int
    is_given: bool

    @classmethod
    def of(cls, record: PropertyRecord) -> _Copy:
        qualifiers = record.qualifiers or ()
        if len(qualifiers) > 1:
            given = _given_id(qualifiers[-2])
            if given is not None:
                return cls(record, qualifiers, given, is_given=True)
        for qualifier in qualifiers:
            if _is(qualifier, ID) and isinstance(qualifier.value, CimInteger):
                return cls(record, qualifiers, qualifier.value.value, is_given=False)
        return cls(record, qualifiers, -1, is_given=False)

    @property
    def key(self) -> tuple[str, int]:
        """What both copies of a parameter have in common."""
        return self.record.name, self.number


def _join(ins: list[_Copy], outs: list[_Copy], findings: Findings) -> list[Member]:
    """Merge two ordered lists, in which the parameters with two copies have to meet."""
    last_in = {copy.key: place for place, copy in enumerate(ins)}
    last_out = {copy.key: place for place, copy in enumerate(outs)}
    joined: list[Member] = []
    i = o = 0
    while i < len(ins) and o < len(outs):
        one, other = ins[i], outs[o]
        if one.key == other.key:
            joined.append(_both(one, other, findings))
            i, o = i + 1, o + 1
            continue
        waits = last_out.get(one.key, -1) > o
        other_waits = last_in.get(other.key, -1) > i
        if other_waits or (not waits and _is_first(one, other, len(joined))):
            joined.append(Member(one.record, one.qualifiers))
            i += 1
        else:
            joined.append(Member(other.record, other.qualifiers))
            o += 1
    rest = [*ins[i:], *outs[o:]]
    return [*joined, *(Member(copy.record, copy.qualifiers) for copy in rest)]


def _is_first(one: _Copy, other: _Copy, index: int) -> bool:
    """Say whether `one` stands in front of `other`, `index` being the next place.

    A written `id` may be any number; a given one is the place.
    """
    if one.is_given == other.is_given:
        return one.number <= other.number
    return one.number == index if one.is_given else other.number != index


def _both(one: _Copy, other: _Copy, findings: Findings) -> Member:
    """Return a parameter with two copies: the first's qualifiers, and the `out` of the other."""
    merged = _merge(one.qualifiers, other.qualifiers)
    if merged is None or one.record.type != other.record.type:
        message = f"the copies of parameter `{one.record.name}` differ"
        findings.note("W-PARAMETERS", other.record.offset_bytes, "value", message)
    if merged is None:
        words = [word for word in other.qualifiers if _is(word, OUT)]
        behind_in = max(
            (at + 1 for at, word in enumerate(one.qualifiers) if _is(word, IN)), default=0
        )
        merged = (*one.qualifiers[:behind_in], *words, *one.qualifiers[behind_in:])
    return Member(one.record, merged, is_in_both=True)


def _merge(of_in: Qualifiers, of_out: Qualifiers) -> Qualifiers | None:
    """Return qualifiers of which both copies are made; None where they are of no common ones."""
    merged: list[CimQualifier] = []
    i = o = 0
    while True:
        while i < len(of_in) and _is(of_in[i], IN):
            merged.append(of_in[i])
            i += 1
        while o < len(of_out) and _is(of_out[o], OUT):
            merged.append(of_out[o])
            o += 1
        if i == len(of_in) and o == len(of_out):
            return tuple(merged)
        if i == len(of_in) or o == len(of_out) or of_in[i] != of_out[o]:
            return None
        merged.append(of_in[i])
        i, o = i + 1, o + 1


def _directions(
    objects: Sequence[ObjectRecord], findings: Findings
) -> tuple[list[PropertyRecord], list[PropertyRecord]]:
    """Return the members of the in and of the out object."""
    members = [
        [found for found in parameters.properties if found.qualifiers is not None]
        for parameters in objects
    ]
    if len(members) not in {1, 2}:
        offset_bytes = objects[0].offset_bytes if objects else 0
        findings.refuse("E-METHOD", offset_bytes, "value", f"{len(members)} parameter objects")
    of_in, of_out = members[0], members[-1]
    if len(members) == 2:
        return of_in, of_out
    is_out = bool(of_out) and (_is_result(of_out[-1]) or not _says(of_out[0], IN))
    return ([], of_out) if is_out else (of_in, [])


def _check_directions(copies: list[_Copy], word: str, findings: Findings) -> None:
    for copy in copies:
        if not _says(copy.record, word):
            message = f"parameter `{copy.record.name}` has no `{word.lower()}`"
            findings.note("W-PARAMETERS", copy.record.offset_bytes, "value", message)


def _check_names(members: list[Member], findings: Findings) -> None:
    """Report names that occur twice: the copies of one parameter that do not say they are one."""
    seen: set[str] = set()
    for member in members:
        name = member.record.name
        if name.lower() in seen:
            message = f"parameter `{name}` is there twice"
            findings.note("W-PARAMETERS", member.record.offset_bytes, "value", message)
        seen.add(name.lower())


def _is_result(record: PropertyRecord) -> bool:
    """Parameters have a direction and an ID; the result has nothing but CIMTYPE."""
    return record.name == RETURN_VALUE and len(record.qualifiers or ()) == 1


def _says(record: PropertyRecord, word: str) -> bool:
    return any(_is(qualifier, word) for qualifier in record.qualifiers or ())


def _given_id(qualifier: CimQualifier) -> int | None:
    """Return the number in an ID that the compiler has added."""
    match qualifier:
        case CimQualifier(name="ID", value=CimInteger(number), effective=flavor) if (
            flavor == ID_FLAVOR
        ):
            return number
    return None


def _is(qualifier: CimQualifier, upper_name: str) -> bool:
    return qualifier.name.upper() == upper_name
