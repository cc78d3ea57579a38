"""What an action of IoWMIRegistrationControl leads to, and the choices it depends on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from uuid import UUID

from mofkit.errors import MofkitError
from mofkit.reginfo.basis import Basis
from mofkit.reginfo.enums import MinorFunction, Request
from mofkit.reginfo.model import RegGuid
from mofkit.reginfo.provider import Provider

__all__ = [
    "DEFAULT_POLICY",
    "Change",
    "Effect",
    "NeedsReregister",
    "Outcome",
    "Policy",
    "RegistrationError",
    "Statement",
    "Windows",
]


class RegistrationError(MofkitError):
    """An action that cannot be taken in this state; the message names the policy that decides."""


class NeedsReregister(MofkitError):  # noqa: N818  # an answer rather than a mistake
    """Two states that no update can lead between: what only a registration sets differs."""


class Windows(StrEnum):
    """Releases of Windows, as far as registration tells them apart."""

    WIN98 = "98"
    WIN2000 = "2000"
    XP = "xp"
    VISTA = "vista"
    WIN7 = "7"
    WIN8 = "8"
    WIN10 = "10"
    WIN11 = "11"

    @property
    def minor_function(self) -> MinorFunction:
        """The request that this release sends (kernel/irp-mn-reginfo-ex)."""
        if self in (Windows.WIN98, Windows.WIN2000):
            return MinorFunction.IRP_MN_REGINFO
        return MinorFunction.IRP_MN_REGINFO_EX


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What to do where no page says what Windows does.

    Attributes:
        register_twice: REGISTER of what is registered: refuse, or replace it as REREGISTER does.
        not_registered: another action on what is not: refuse, or do nothing.
        repeated_guid: a GUID twice in one reply: take the entries in order, or refuse.
    """

    register_twice: Literal["refuse", "replace"] = "refuse"
    not_registered: Literal["refuse", "ignore"] = "refuse"
    repeated_guid: Literal["in-order", "refuse"] = "in-order"


DEFAULT_POLICY = Policy()


class Change(StrEnum):
    """What happened to a block."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    TO_DYNAMIC = "static → dynamic"
    TO_STATIC = "dynamic → static"
    FLAGS = "flags changed"
    UNCHANGED = "unchanged"
    ABSENT = "not there"
    """It was to be removed, and was not registered."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What happened to one block, and why. `before` and `after` are None where it was not there."""

    guid: UUID
    change: Change
    before: RegGuid | None
    after: RegGuid | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that happens, or that a driver must see to, and what says so."""

    text: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action leads to.

    Attributes:
        state: what WMI holds afterwards.
        request: the IRP that the system sends; None for those that send none.
        data_path: what its DataPath asks for; None without a request.
        steps: what happens, in order.
        effects: one per block that was there or is named, in the order of what was there and then
            of the reply; of a repeated GUID the last.
        hazards: what a driver must see to.
    """

    state: Provider
    request: MinorFunction | None = None
    data_path: Request | None = None
    steps: tuple[Statement, ...] = ()
    effects: tuple[Effect, ...] = ()
    hazards: tuple[Statement, ...] = ()
