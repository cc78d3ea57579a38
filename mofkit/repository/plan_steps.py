"""The steps of an update, and of the way back: Microsoft's page "Updating a Provider", in order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

__all__ = [
    "Phase",
    "PlanStep",
    "decoupled_steps",
    "decoupled_way_back",
    "update_steps",
    "way_back",
]

_UPDATING = "WmiSdk/updating-a-provider"
_DECOUPLED = "WmiSdk/incorporating-a-provider-in-an-application"


class Phase(StrEnum):
    """When a step is taken, seen from the moment in which the new provider takes over."""

    BEFORE = "before"
    TAKEOVER = "takeover"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class PlanStep:
    """Something to do. `state` says who serves when it is done, `basis` names the page."""

    phase: Phase
    text: str
    state: str
    basis: str


def update_steps(path: str, old_clsid: UUID, new_clsid: UUID, files: str) -> tuple[PlanStep, ...]:
    """Return the steps for a provider that WMI loads."""
    old, new = _braces(old_clsid), _braces(new_clsid)
    return (
        PlanStep(
            Phase.BEFORE,
            "copy the new binary beside the old one, under its new name",
            "the old provider is fully functional",
            _UPDATING,
        ),
        PlanStep(
            Phase.BEFORE,
            f"register the new binary as {new}: regsvr32 for a DLL, /RegServer for an EXE",
            "the old provider is fully functional; both CLSIDs are registered",
            _UPDATING,
        ),
        PlanStep(
            Phase.TAKEOVER,
            f"mofcomp {files}: it overwrites {path}, {old} becomes {new}",
            "from here on the new provider serves",
            _UPDATING,
        ),
        PlanStep(
            Phase.AFTER,
            "unregister the old binary: regsvr32 /u for a DLL, /UnregServer for an EXE",
            "the new provider serves; there is no way back any more",
            _UPDATING,
        ),
        PlanStep(
            Phase.AFTER,
            "mark the old binary for deletion at the next start of Windows, with MoveFileEx",
            "the new provider serves",
            _UPDATING,
        ),
    )


def way_back(old_clsid: UUID, files: str) -> tuple[PlanStep, ...]:
    """Return what leads back, as long as the old binary is registered."""
    return (
        PlanStep(
            Phase.TAKEOVER,
            f"mofcomp {files}: it puts {_braces(old_clsid)} back",
            "from here on the old provider serves again",
            _UPDATING,
        ),
        PlanStep(
            Phase.AFTER,
            "unregister the new binary, and delete it",
            "the old provider is fully functional",
            _UPDATING,
        ),
    )


def decoupled_steps(
    path: str, _old_clsid: UUID, _new_clsid: UUID, files: str
) -> tuple[PlanStep, ...]:
    """Return the steps for a provider whose program runs by itself."""
    return (
        PlanStep(
            Phase.BEFORE,
            "put the new program beside the old one",
            "the old provider is fully functional",
            _UPDATING,
        ),
        PlanStep(
            Phase.TAKEOVER,
            f"mofcomp {files}: it overwrites {path}",
            "the old program goes on running; WMI does not start or stop it",
            _DECOUPLED,
        ),
        PlanStep(
            Phase.TAKEOVER,
            "stop the old program and start the new one, which registers itself with WMI",
            "from here on the new provider serves",
            _DECOUPLED,
        ),
        PlanStep(
            Phase.AFTER,
            "remove the old program",
            "the new provider serves; there is no way back any more",
            _UPDATING,
        ),
    )


def decoupled_way_back(old_clsid: UUID, files: str) -> tuple[PlanStep, ...]:
    """Return what leads back to the old program."""
    return (
        PlanStep(
            Phase.TAKEOVER,
            f"mofcomp {files}: it puts {_braces(old_clsid)} back",
            "the new program goes on running",
            _DECOUPLED,
        ),
        PlanStep(
            Phase.TAKEOVER,
            "stop the new program and start the old one",
            "from here on the old provider serves again",
            _DECOUPLED,
        ),
    )


def _braces(guid: UUID) -> str:
    return f"{{{guid}}}".upper()
