"""What has to be seen to in an update: what would not be replaced, and what stays behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mofkit.cim import (
    CimArray,
    CimClass,
    CimInstance,
    CimMethod,
    CimProperty,
    CimQualifier,
    CimString,
    CimValue,
    Schema,
)
from mofkit.diagnostics import Severity
from mofkit.repository.object_path import ObjectPath
from mofkit.repository.plan import Dependent, DependentKind, Place, PlanFinding
from mofkit.repository.plan_objects import Provider, Run, all_classes, all_instances
from mofkit.repository.repository import Repository
from mofkit.repository.step import Change
from mofkit.source import SourceFile
from mofkit.syntax.lexer import token_starts, token_texts

__all__ = ["Evidence", "find_findings"]

_COMMENT: Final = re.compile(r"//[^\r\n]*|/\*[\s\S]*?\*/")
_MAX_NAMES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the findings are drawn from.

    Attributes:
        old: the provider as the old registration declares it.
        new: as the new one does.
        new_providers: all that the new registration declares.
        before: the old registration compiled into a new repository.
        after: the new one compiled into what the old one left.
        back: the old one compiled once more, over that.
    """

    old: Provider
    new: Provider
    new_providers: Sequence[Provider]
    before: Run
    after: Run
    back: Run
    old_schemas: Sequence[Schema]
    new_schemas: Sequence[Schema]
    dependents: Sequence[Dependent]

    @property
    def is_replaced(self) -> bool:
        """Whether the old instance is not there any more as it was."""
        stored = self.after.provider_at(self.old.path, self.old.clsid_property)
        return stored is None or stored.clsid != self.old.clsid

    @property
    def has_way_back(self) -> bool:
        """Whether the old registration, compiled again, puts the old CLSID back."""
        stored = self.back.provider_at(self.old.path, self.old.clsid_property)
        is_refused = len(self.back.errors) > len(self.before.errors)
        return not is_refused and stored is not None and stored.clsid == self.old.clsid


def find_findings(evidence: Evidence) -> tuple[PlanFinding, ...]:
    """Return what has to be seen to, the worst first."""
    found = [
        *_stopped(evidence),
        *_not_replaced(evidence),
        *_way_back(evidence),
        *_references_left(evidence),
        *_comments_left(evidence),
        *_other_providers(evidence),
        *_left_behind(evidence),
        *_recovery(evidence),
        *_hosting(evidence),
        *_namespace(evidence),
    ]
    return tuple(sorted(found, key=lambda finding: -finding.severity))


def _stopped(evidence: Evidence) -> Iterator[PlanFinding]:
    for step in evidence.before.errors:
        message = f"compiling the old registration stops at `{step.path}`: {step.message}"
        yield PlanFinding(Severity.WARNING, message, Place.of(step.origin))
    for step in evidence.after.errors:
        message = (
            f"compiling the new registration stops at `{step.path}`: {step.message}; what stands"
            " above it is stored, since mofcomp takes nothing back"
        )
        yield PlanFinding(Severity.ERROR, message, Place.of(step.origin))


def _not_replaced(evidence: Evidence) -> Iterator[PlanFinding]:
    """Yield the error that makes this no update: the old instance is still there."""
    old, new = evidence.old.path, evidence.new.path
    if evidence.is_replaced or evidence.after.errors:
        return
    if old.folded == new.folded:
        message = f"the new registration leaves `{old}` as it is"
    else:
        message = (
            f"the new registration makes a second provider, `{new}`, and leaves `{old}` as it is:"
            " it is for another namespace, or has other keys"
        )
    yield PlanFinding(Severity.ERROR, message, evidence.new.place)


def _way_back(evidence: Evidence) -> Iterator[PlanFinding]:
    """Yield why there is no way back; else what it leaves."""
    if not evidence.is_replaced or evidence.after.errors:
        return
    if evidence.has_way_back:
        yield from _left_on_the_way_back(evidence)
        return
    message = f"it does not put `{evidence.old.path}` back as it was"
    place = evidence.old.place
    for step in evidence.back.errors:
        message = f"that stops at `{step.path}`: {step.message}"
        place = Place.of(step.origin)
    yield PlanFinding(
        Severity.WARNING,
        f"there is no way back by compiling the old registration again: {message}",
        place,
    )


def _left_on_the_way_back(evidence: Evidence) -> Iterator[PlanFinding]:
    made = {
        step.path.folded: step.path
        for step in evidence.after.steps
        if step.change is Change.CREATED and _is_stored(evidence.back.repository, step.path)
    }
    if made:
        names = [f"`{path}`" for path in made.values()]
        more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
        message = f"after going back, what is new stays: {', '.join(names[:_MAX_NAMES])}{more}"
        yield PlanFinding(Severity.INFO, message)
    if _has_directive(evidence.new_schemas, "autorecover"):
        message = (
            "after going back, the new registration stays in the list of `#pragma autorecover`:"
            " when the repository is rebuilt, it is compiled, too"
        )
        yield PlanFinding(Severity.INFO, message)


def _is_stored(repository: Repository, path: ObjectPath) -> bool:
    if not path.is_instance:
        return repository.find_class(path.namespace, path.class_name) is not None
    return repository.find(path) is not None


def _references_left(evidence: Evidence) -> Iterator[PlanFinding]:
    """Yield each place that names the old CLSID once the new registration is compiled."""
    for path, what, place in _texts_with(evidence.after.repository, evidence.old.clsid):
        if path.folded != evidence.old.path.folded or evidence.is_replaced:
            message = f"the old CLSID is still in {what} of `{path}`"
            yield PlanFinding(Severity.WARNING, message, place)


def _comments_left(evidence: Evidence) -> Iterator[PlanFinding]:
    """Yield each comment of the new registration that has the old CLSID in it."""
    for source in _sources(evidence.new_schemas):
        if _has_guid(source.text, evidence.old.clsid):
            for found in _comments(source.text):
                if _has_guid(found[0], evidence.old.clsid):
                    line = source.position(found.start()).line
                    message = "the old CLSID is still in a comment"
                    yield PlanFinding(Severity.INFO, message, Place(source.path, line))


def _comments(text: str) -> Iterator[re.Match[str]]:
    """Yield the comments of a text: they stand between tokens."""
    end = 0
    for start, token in zip(token_starts(text), token_texts(text), strict=True):
        yield from _COMMENT.finditer(text, end, start)
        end = start + len(token)


def _sources(schemas: Sequence[Schema]) -> list[SourceFile]:
    """Return the texts that the schemas come from; none of what was not read from text."""
    origins = [item.origin for schema in schemas for item in schema.items]
    return list({id(each.source): each.source for each in origins if each}.values())


def _other_providers(evidence: Evidence) -> Iterator[PlanFinding]:
    for provider in evidence.new_providers:
        former = evidence.before.provider_at(provider.path)
        if former is None or former.clsid == provider.clsid:
            continue
        if provider.path.folded != evidence.new.path.folded:
            message = (
                f"the provider `{provider.name}` gets another CLSID, too: its binary has to be"
                " updated in the same way, and first"
            )
            yield PlanFinding(Severity.WARNING, message, provider.place)


def _left_behind(evidence: Evidence) -> Iterator[PlanFinding]:
    kinds = (DependentKind.REGISTRATION, DependentKind.CLASS, DependentKind.INSTANCE)
    for dependent in evidence.dependents:
        if dependent.kind in kinds and not dependent.is_in_new:
            message = f"`{dependent.path}` is not in the new registration and stays as it is"
            yield PlanFinding(Severity.WARNING, message)


def _recovery(evidence: Evidence) -> Iterator[PlanFinding]:
    if _has_directive(evidence.old_schemas, "autorecover") and not _has_directive(
        evidence.new_schemas, "autorecover"
    ):
        message = (
            "the old registration has `#pragma autorecover` and the new one has not: when the"
            " repository is rebuilt, the old provider comes back"
        )
        yield PlanFinding(Severity.WARNING, message)


def _hosting(evidence: Evidence) -> Iterator[PlanFinding]:
    if evidence.new.hosting.lower().startswith("decoupled:"):
        message = (
            "the provider is decoupled: WMI does not load its binary, and the program that runs"
            " is the one that serves"
        )
        yield PlanFinding(Severity.INFO, message, evidence.new.place)


def _namespace(evidence: Evidence) -> Iterator[PlanFinding]:
    for schemas, which in ((evidence.old_schemas, "old"), (evidence.new_schemas, "new")):
        if not _has_directive(schemas, "namespace"):
            message = (
                f"the {which} registration has no `#pragma namespace`: it goes into"
                r" `root\default` unless mofcomp gets -N"
            )
            yield PlanFinding(Severity.INFO, message)


def _has_directive(schemas: Sequence[Schema], name: str) -> bool:
    return any(found.name.lower() == name for each in schemas for found in each.directives)


def _texts_with(
    repository: Repository, wanted: str
) -> Iterator[tuple[ObjectPath, str, Place | None]]:
    """Yield path, name of the element, and place of each string that has a text in it."""
    for stored in all_instances(repository):
        for each in stored.instance.properties:
            if _mentions(each.value, wanted):
                yield stored.path, f"`{each.name}`", Place.of(each.origin)
    for path, cim_class in all_classes(repository):
        for what, value in _class_values(cim_class):
            if _mentions(value, wanted):
                yield path, what, Place.of(cim_class.origin)


def _class_values(cim_class: CimClass) -> Iterator[tuple[str, CimValue | None]]:
    yield from _qualifier_values(cim_class.qualifiers, "")
    for feature in cim_class.features:
        if isinstance(feature, CimProperty):
            yield f"the default of `{feature.name}`", feature.default
        if isinstance(feature, CimProperty | CimMethod):
            yield from _qualifier_values(feature.qualifiers, f" of `{feature.name}`")


def _qualifier_values(
    qualifiers: Sequence[CimQualifier], where: str
) -> Iterator[tuple[str, CimValue | None]]:
    for qualifier in qualifiers:
        yield f"the qualifier `{qualifier.name}`{where}", qualifier.value


def _mentions(value: CimValue | None, wanted: str) -> bool:
    match value:
        case CimString(text):
            return _has_guid(text, wanted)
        case CimArray(values):
            return any(_mentions(element, wanted) for element in values)
        case CimInstance():
            return any(_mentions(each.value, wanted) for each in value.properties)
    return False


def _has_guid(text: str, guid: str) -> bool:
    """Return whether a GUID is in a text, with hyphens or without."""
    return guid.replace("-", "") in text.lower().replace("-", "")
