"""What a provider's update will do, as plain data: what `plan_update` finds out.

Start at `UpdatePlan`. In texts, names stand in backquotes; `plan_text` and `plan_json` show them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from mofkit.cim import Origin
from mofkit.diagnostics import Severity
from mofkit.errors import MofkitError
from mofkit.repository.plan_steps import (
    PlanStep,
    decoupled_steps,
    decoupled_way_back,
    update_steps,
    way_back,
)

__all__ = [
    "Dependent",
    "DependentKind",
    "Place",
    "PlanFinding",
    "ProviderChange",
    "RepositoryChange",
    "UpdateError",
    "UpdatePlan",
    "ValueChange",
]


class UpdateError(MofkitError):
    """The new registration is no update of the old one; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written: a file and a line, from 1."""

    path: str
    line: int

    @classmethod
    def of(cls, origin: Origin | None) -> Place | None:
        """Return the place of an origin; None for what comes from no text."""
        if origin is None:
            return None
        return cls(origin.path, origin.source.position(origin.name_span.start).line)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A property of the provider's instance; None is a value that is not set."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ProviderChange:
    """The provider's instance, which the new registration overwrites.

    Attributes:
        path: of the object as it is now, in the form of WMI.
        name: as the old registration spells it.
        namespace: where it is registered.
        changes: the values that differ, in order of the new registration.
        is_decoupled: whether the new one is served by a program that WMI does not start.
    """

    path: str
    name: str
    namespace: str
    old_clsid: UUID
    new_clsid: UUID
    changes: tuple[ValueChange, ...]
    is_decoupled: bool
    old_place: Place | None
    new_place: Place | None


class DependentKind(StrEnum):
    """What can depend on a provider."""

    REGISTRATION = "registration"
    CLASS = "class"
    INSTANCE = "instance"
    FILTER = "filter"
    CONSUMER = "consumer"
    BINDING = "binding"


@dataclass(frozen=True, slots=True)
class Dependent:
    """An object of the repository that the provider serves, or that says what it serves.

    Attributes:
        reason: how it is tied to the provider.
        is_in_new: whether the new registration declares it, too. What only the old one does stays.
    """

    kind: DependentKind
    path: str
    reason: str
    is_in_new: bool


@dataclass(frozen=True, slots=True)
class RepositoryChange:
    """What the compilation of the new registration does to one object, such as `updated`."""

    change: str
    path: str


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """Something to see to. Where one is an error, this is no update that can be carried out."""

    severity: Severity
    message: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class UpdatePlan:
    """What an update does, step by step, and what has to be looked at.

    Attributes:
        dependents: registrations first, then classes and subscriptions.
        effects: what the new registration does to a repository that holds the old one.
        findings: the worst first.
        old_files: the files of the old registration, in order of compilation.
        new_files: those of the new one.
        has_way_back: whether compiling the old registration again puts the old CLSID back.
    """

    provider: ProviderChange
    dependents: tuple[Dependent, ...]
    effects: tuple[RepositoryChange, ...]
    findings: tuple[PlanFinding, ...]
    old_files: tuple[str, ...]
    new_files: tuple[str, ...]
    has_way_back: bool

    @property
    def steps(self) -> tuple[PlanStep, ...]:
        """What to do, in order; one of the steps is the takeover. None where there are errors."""
        if self.errors:
            return ()
        make = decoupled_steps if self.provider.is_decoupled else update_steps
        provider = self.provider
        return make(provider.path, provider.old_clsid, provider.new_clsid, _listed(self.new_files))

    @property
    def way_back(self) -> tuple[PlanStep, ...]:
        """What leads back, in order, as long as the old binary is registered; none if nothing does.

        Where a file of the old registration is written over, a copy of it is needed.
        """
        if self.errors or not self.has_way_back:
            return ()
        make = decoupled_way_back if self.provider.is_decoupled else way_back
        lost = set(self.new_files)
        files = (f"a copy of the old {name}" if name in lost else name for name in self.old_files)
        return make(self.provider.old_clsid, _listed(files))

    @property
    def errors(self) -> tuple[PlanFinding, ...]:
        """The findings that say: the new provider would not replace the old one."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)


def _listed(files: Iterable[str]) -> str:
    return " and ".join(files) or "the registration"
