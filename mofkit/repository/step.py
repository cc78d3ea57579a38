"""`Step` and `CompileResult`: what a compilation did, in order, and what says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mofkit.cim import CimClass, CimInstance, CimValue, Origin
from mofkit.repository.object_path import ObjectPath
from mofkit.repository.status import WbemStatus

if TYPE_CHECKING:
    from mofkit.repository.repository import Repository

__all__ = ["Change", "CompileResult", "PropertyChange", "Step"]


class Change(StrEnum):
    """What a step did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    """Put, and it was there already, just so."""
    DELETED = "deleted"
    ASSUMED = "assumed"
    """Taken to be in the repository, though nothing put it there: `CompileOptions.assume_…`."""
    FORWARDED = "forwarded"
    """Handed to the provider of a dynamic class, and not stored."""
    SKIPPED = "skipped"
    """Not done, and no error."""
    NOTED = "noted"
    """Said by the file, and without effect on what is stored."""
    REFUSED = "refused"
    """An error: the compilation stops."""


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """A property of an instance whose value differs; None where none is set."""

    name: str
    before: CimValue | None
    after: CimValue | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened.

    Attributes:
        path: what it happened to: an instance, a class or a namespace.
        basis: the page that says it, as `WmiSdk/pragma-classflags` (desktop-src/WmiSdk of the
            win32 documentation), `wbemcli/…` (the reference of wbemcli.h), `MS-WMI …` (the
            protocol); or `policy: …`, the field of `Policy` or `CompileOptions` that decided.
        message: what happened in words, where `change` does not say all.
        before, after: the object; None where it was or is not there.
        origin: where the file says it; None for what did not come from text.
        status: the error, of a step that was refused; None where no page names one.
    """

    change: Change
    path: ObjectPath
    basis: str
    message: str = ""
    before: CimClass | CimInstance | None = None
    after: CimClass | CimInstance | None = None
    origin: Origin | None = None
    status: WbemStatus | None = None

    @property
    def property_changes(self) -> tuple[PropertyChange, ...]:
        """The values that differ between the instance before and after, in order of `after`."""
        if not isinstance(self.before, CimInstance) or not isinstance(self.after, CimInstance):
            return ()
        return tuple(_property_changes(self.before, self.after))

    def __str__(self) -> str:
        shown = f"{self.change} {self.path}"
        if self.message:
            shown += f": {self.message}"
        return shown if self.status is None else f"{shown} ({self.status})"


def _property_changes(before: CimInstance, after: CimInstance) -> Iterator[PropertyChange]:
    old = {found.name.lower(): found for found in before.properties}
    for found in after.properties:
        was = old.pop(found.name.lower(), None)
        if was is None or was.value != found.value:
            yield PropertyChange(found.name, None if was is None else was.value, found.value)
    for was in old.values():
        if was.value is not None:
            yield PropertyChange(was.name, was.value, None)


@dataclass(frozen=True, slots=True)
class CompileResult:
    """What a compilation led to.

    Attributes:
        repository: what is stored afterwards. After an error that is what the steps before it
            stored: nothing is rolled back (WmiSdk/handling-errors-with-the-mof-compiler).
        steps: in order; the last one is `error`, if there is one.
        error: the step that stopped the compilation.
    """

    repository: Repository
    steps: tuple[Step, ...]
    error: Step | None = None
