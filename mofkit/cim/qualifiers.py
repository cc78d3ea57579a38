"""Finding a qualifier by its name, which is compared without regard to case."""

from __future__ import annotations

from collections.abc import Iterable

from mofkit.cim.elements import CimQualifier
from mofkit.cim.values import CimBoolean, CimInteger, CimString

__all__ = ["has_qualifier", "integer_of", "qualifier_named", "string_of"]


def qualifier_named(qualifiers: Iterable[CimQualifier], name: str) -> CimQualifier | None:
    """Return the qualifier of that (lower-case) name, the first where it is there twice."""
    n_chars = len(name)
    for qualifier in qualifiers:
        if len(qualifier.name) == n_chars and qualifier.name.lower() == name:
            return qualifier
    return None


def has_qualifier(qualifiers: Iterable[CimQualifier], name: str) -> bool:
    """Say whether a qualifier of that (lower-case) name is there and not FALSE."""
    found = qualifier_named(qualifiers, name)
    return found is not None and found.value != CimBoolean(value=False)


def integer_of(qualifiers: Iterable[CimQualifier], name: str) -> int | None:
    """Return the value of the qualifier of that (lower-case) name, if it is an integer."""
    found = qualifier_named(qualifiers, name)
    value = None if found is None else found.value
    return value.value if isinstance(value, CimInteger) else None


def string_of(qualifiers: Iterable[CimQualifier], name: str) -> str | None:
    """Return the value of the qualifier of that (lower-case) name, if it is a string."""
    found = qualifier_named(qualifiers, name)
    value = None if found is None else found.value
    return value.value if isinstance(value, CimString) else None
