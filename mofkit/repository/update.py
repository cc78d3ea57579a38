"""`plan_update`: what compiling a new registration does where the old one is.

Both are compiled, one after the other, into a repository in memory. What an update is says
Microsoft's page "Updating a Provider": another CLSID under the same provider name, so that the new
instance overwrites the old one, whose key is the name (`WmiSdk/--win32provider`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from mofkit.binary.guid_text import parse_guid
from mofkit.cim import CimValue, Schema
from mofkit.diagnostics.suggestions import nearest_few
from mofkit.repository.plan import (
    Place,
    ProviderChange,
    RepositoryChange,
    UpdateError,
    UpdatePlan,
    ValueChange,
)
from mofkit.repository.plan_dependents import find_dependents
from mofkit.repository.plan_findings import Evidence, find_findings
from mofkit.repository.plan_objects import CLIENT_CLSID, Provider, Run, compile_all, text_of
from mofkit.repository.step import Change
from mofkit.repository.value_text import value_text

__all__ = ["UpdateError", "UpdatePlan", "plan_update"]


def plan_update(
    old: Sequence[Schema], new: Sequence[Schema], provider: str | None = None
) -> UpdatePlan:
    """Return what an update of a provider does: from the old registration to the new one.

    Args:
        old: what is compiled now; one schema for each run of mofcomp, in order.
        new: what is to be compiled.
        provider: the provider's Name, in any case. Without it, the one whose CLSID changes.

    Raises:
        UpdateError: this is no update of one provider: there is none of that name, or two; the
            CLSID stays, or the name does not.
    """
    before, alone = compile_all(old), compile_all(new)
    after = compile_all(new, before.repository)
    found = _in_new(alone, after)
    _check_registers(before, before.providers, "old")
    _check_registers(alone, found, "new")
    was, becomes = _choose(before, after, found, provider)
    dependents = find_dependents(after.repository, becomes, alone.declared | after.declared)
    evidence = Evidence(
        old=was,
        new=becomes,
        new_providers=found,
        before=before,
        after=after,
        back=compile_all(old, after.repository),
        old_schemas=old,
        new_schemas=new,
        dependents=dependents,
    )
    return UpdatePlan(
        provider=_provider_change(was, becomes),
        dependents=dependents,
        effects=tuple(_effects(after)),
        findings=find_findings(evidence),
        old_files=_files(old),
        new_files=_files(new),
        has_way_back=evidence.has_way_back,
    )


def _effects(run: Run) -> Iterator[RepositoryChange]:
    for step in run.steps:
        if step.change is not Change.NOTED:
            yield RepositoryChange(step.change.value, str(step.path))


def _in_new(alone: Run, after: Run) -> list[Provider]:
    """Return the providers that the new registration declares.

    What it updates only where it is there, shows over the old one; what comes behind an error
    there, alone.
    """
    found = after.providers
    seen = {each.path.folded for each in found}
    return [*found, *(each for each in alone.providers if each.path.folded not in seen)]


def _check_registers(run: Run, found: Sequence[Provider], which: str) -> None:
    if found:
        return
    message = f"the {which} registration has no instance of `__Win32Provider`, or of a class below"
    for step in run.errors:
        place = Place.of(step.origin)
        message += f"; compiling it stops at `{step.path}`: {step.message} ({place})"
    raise UpdateError(message)


def _choose(
    before: Run, after: Run, new: Sequence[Provider], name: str | None
) -> tuple[Provider, Provider]:
    """Return the provider as it is and as it becomes, each with the CLSID that changes.

    Raises:
        UpdateError: there is no such pair.
    """
    old = before.providers
    if name is None:
        name = _the_one_that_changes(old, new)
    was, becomes = _named(old, name, "old"), _named(new, name, "new")
    if was.clsid == becomes.clsid:
        loaded = before.looked_at(was, CLIENT_CLSID), after.looked_at(becomes, CLIENT_CLSID)
        if loaded[0].clsid != loaded[1].clsid:
            was, becomes = loaded
    for each in (was, becomes):
        _guid_of(each)
    if was.clsid == becomes.clsid:
        raise UpdateError(
            f"provider `{was.name}` keeps the CLSID `{_braces(becomes)}`: an update needs a new"
            f" one, so that both binaries can be registered{_at(becomes)}"
        )
    return was, becomes


def _the_one_that_changes(old: Sequence[Provider], new: Sequence[Provider]) -> str:
    """Return the name under which the old and the new registration have different CLSIDs."""
    clsids: dict[str, set[str]] = {}
    for provider in new:
        clsids.setdefault(provider.name.lower(), set()).add(provider.clsid)
    both = {found.name.lower(): found.name for found in old if found.name.lower() in clsids}
    if not both:
        raise UpdateError(
            f"the name changes from {_listed(old)} to {_listed(new)}: that would make a second"
            f" provider and leave the old one; an update keeps the name{_at(new[0])}"
        )
    changed = [found for found in old if clsids.get(found.name.lower(), set()) - {found.clsid}]
    names = {found.name.lower(): found.name for found in changed}
    if len(names) > 1:
        raise UpdateError(f"{_listed(changed)} change their CLSIDs; name the one to plan for")
    return next(iter((names or both).values()))


def _named(found: Sequence[Provider], name: str, which: str) -> Provider:
    """Return the one provider of that name.

    Raises:
        UpdateError: there is none, or there are two.
    """
    matches = [each for each in found if each.name.lower() == name.lower()]
    if len(matches) > 1:
        places = " and ".join(f"`{each.path}`{_at(each)}" for each in matches)
        raise UpdateError(
            f"the {which} registration has {len(matches)} providers called `{name}`: {places}"
        )
    if not matches:
        near = {close.lower() for close in nearest_few(name, [each.name for each in found])}
        meant = [each for each in found if each.name.lower() in near]
        hint = f"did you mean {_listed(meant)}?" if meant else f"it registers {_listed(found)}"
        raise UpdateError(f"the {which} registration has no provider called `{name}`; {hint}")
    return matches[0]


def _guid_of(provider: Provider) -> UUID:
    try:
        return parse_guid(provider.clsid)
    except ValueError:
        text = provider.clsid
        what = provider.clsid_property
        reason = f"its {what} is `{_braces(provider)}`" if text else f"it has no {what}"
        raise UpdateError(
            f"provider `{provider.name}` cannot be updated: {reason}{_at(provider)}"
        ) from None


def _provider_change(was: Provider, becomes: Provider) -> ProviderChange:
    return ProviderChange(
        path=str(was.path),
        name=was.name,
        namespace=was.path.namespace,
        old_clsid=_guid_of(was),
        new_clsid=_guid_of(becomes),
        changes=tuple(_value_changes(was, becomes)),
        is_decoupled=becomes.hosting.lower().startswith("decoupled:"),
        old_place=was.place,
        new_place=becomes.place,
    )


def _value_changes(was: Provider, becomes: Provider) -> Iterator[ValueChange]:
    before, after = _values(was), _values(becomes)
    for key in {**before, **after}:
        (name, value) = before.get(key, (None, None))
        (new_name, new_value) = after.get(key, (None, None))
        texts = value_text(value), value_text(new_value)
        if texts[0] != texts[1]:
            yield ValueChange(new_name or name or key, *texts)


def _values(provider: Provider) -> dict[str, tuple[str, CimValue | None]]:
    """Return lower-case name → name and value, of what is given a value."""
    return {
        each.name.lower(): (each.name, each.value) for each in provider.stored.instance.properties
    }


def _files(schemas: Iterable[Schema]) -> tuple[str, ...]:
    """Return the file that each schema begins in."""
    origins = (next((item.origin for item in each.items if item.origin), None) for each in schemas)
    return tuple(origin.path for origin in origins if origin)


def _braces(provider: Provider) -> str:
    return text_of(provider.stored.value(provider.clsid_property)) or f"{{{provider.clsid}}}"


def _at(provider: Provider) -> str:
    return f" ({provider.place})" if provider.place else ""


def _listed(providers: Iterable[Provider]) -> str:
    names = {provider.name.lower(): provider.name for provider in providers}
    return ", ".join(f"`{name}`" for name in names.values())
