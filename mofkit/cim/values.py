"""Values as they are written: one record a kind of literal, converted to no declared type.

What a literal is, and not what the property it stands for is declared as, is what mofcomp stores
in binary MOF, and what a check of types has to start from. Where a value was written and how a
number is spelled are no part of the value and are not compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mofkit.cim.origin import Origin
from mofkit.cim.record import note, record

if TYPE_CHECKING:
    from mofkit.cim.elements import CimValue

__all__ = [
    "CimAlias",
    "CimArray",
    "CimBoolean",
    "CimCharacter",
    "CimInteger",
    "CimNull",
    "CimReal",
    "CimString",
    "CimUnexpanded",
]


@record
class CimString:
    """A string after unescaping and joining; also a datetime and an object path."""

    value: str
    origin: Origin | None = note(default=None)


@record
class CimInteger:
    """An integer of any size. `spelling` keeps base and sign: `0x1F`, `+31`, `11111b`."""

    value: int
    spelling: str = note(default="")
    origin: Origin | None = note(default=None)


@record
class CimReal:
    """A real; `spelling` is exact where the float is not."""

    value: float
    spelling: str = note(default="")
    origin: Origin | None = note(default=None)


@record
class CimCharacter:
    """A character literal: one UTF-16 unit."""

    value: str
    origin: Origin | None = note(default=None)


@record
class CimBoolean:
    """TRUE or FALSE."""

    value: bool
    origin: Origin | None = note(default=None)


@record
class CimNull:
    """NULL: no value, said on purpose."""

    origin: Origin | None = note(default=None)

    @property
    def value(self) -> None:
        """None, always."""
        return


@record
class CimAlias:
    """`$Name`: the instance that is declared `as $Name`. The name is without the `$`."""

    name: str
    origin: Origin | None = note(default=None)


@record
class CimUnexpanded:
    """Text that has no meaning yet: a C macro, or a literal of a MOF 3 enumeration."""

    text: str
    origin: Origin | None = note(default=None)


@record
class CimArray:
    """`{ ... }`: the elements in order."""

    values: tuple[CimValue, ...]
    origin: Origin | None = note(default=None)
