"""Registration info held against the MOF that describes its blocks, and the .rc file: REG findings.

A finding points into the MOF where that has the place, otherwise into the description; where the
description is a buffer, at its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from uuid import UUID

from mofkit.binary.guid_text import guid_text
from mofkit.binary.utf16 import strip_nul
from mofkit.cim import Origin, Schema
from mofkit.diagnostics import Diagnostic, Related, Rule
from mofkit.reginfo import rules
from mofkit.reginfo.blocks import Block, DriverClasses, find_blocks
from mofkit.reginfo.description.errors import Key
from mofkit.reginfo.description.places import Format, Places, find_places
from mofkit.reginfo.enums import RegFlag, Request
from mofkit.reginfo.model import DynamicNames, PdoNames, RegGuid, RegInfoReply
from mofkit.source import SourceFile, Span

__all__ = ["DescriptionSource", "check_against", "mof_resources"]

_MOF_DATA: Final = UUID("05901221-D566-11D1-B2F0-00A0C9062910")
"""MSWmi_MofData_GUID: through it a driver hands out its MOF, whose classes cannot describe it."""

_EXPENSIVE: Final = RegFlag.EXPENSIVE
_EVENT_ONLY: Final = RegFlag.EVENT_ONLY_GUID
_NEEDS_NO_CLASS: Final = RegFlag.TRACED_GUID | RegFlag.TRACE_CONTROL_GUID

_COMMENT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_MOFDATA = re.compile(r'^[ \t]*"?([^\s",]+)"?[ \t]+MOFDATA\b', re.IGNORECASE | re.MULTILINE)


class DescriptionSource:
    """The file that a reply was read from, for its places; without a `format` it is a buffer."""

    def __init__(self, source: SourceFile, format: Format | None) -> None:  # noqa: A002 - as --format
        self.source = source
        self._format = format

    def span(self, *keys: Key) -> Span:
        """Return the place of the first of these keys that is there, or what is around the last."""
        found = [self._places.spans[key] for key in keys if key in self._places.spans]
        return found[0] if found else self._places.span(keys[-1])

    @cached_property
    def _places(self) -> Places:
        return find_places(self.source.text, self._format) if self._format else Places()


def check_against(
    schema: Schema,
    reply: RegInfoReply,
    description: DescriptionSource,
    *,
    rc: SourceFile | None = None,
) -> list[Diagnostic]:
    """Return the REG findings, in order of place.

    `schema` is everything that the driver's MOF files declare. Only the first WMIREGINFO of a chain
    is the driver's own: the blocks of the others, and their resources, may be another driver's.
    """
    context = _Context(schema, reply, description)
    findings = [
        *(finding for entry in _entries(reply) for finding in _check_entry(context, entry)),
        *_check_classes(context),
        *_check_pdos(context),
        *(_check_resource(context, rc) if rc else ()),
    ]
    return sorted(findings, key=lambda finding: finding.sort_key)


def mof_resources(rc: SourceFile) -> list[tuple[str, Span]]:
    """Return the names of an .rc file's MOFDATA resources, each with its place.

    >>> mof_resources(SourceFile.from_text("FanMof MOFDATA fan.bmf"))
    [('FanMof', Span(start=0, end=6))]
    """
    text = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), rc.text)
    return [(found[1], Span(*found.span(1))) for found in _MOFDATA.finditer(text)]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the reply, and the way to it in the description."""

    value: RegGuid
    key: Key

    @property
    def guid(self) -> str:
        return guid_text(self.value.guid)


def _entries(reply: RegInfoReply) -> Iterator[_Entry]:
    for info_idx, info in enumerate(reply.infos):
        for guid_idx, value in enumerate(info.guids):
            yield _Entry(value, ("infos", info_idx, "guids", guid_idx))


class _Context:
    """What the checks look at."""

    def __init__(self, schema: Schema, reply: RegInfoReply, description: DescriptionSource) -> None:
        self.reply = reply
        self.description = description
        self.classes: DriverClasses = find_blocks(schema)
        self.block_of = {block.guid: block for block in self.classes.blocks}
        self.known = {_MOF_DATA, *(skipped.guid for skipped in self.classes.skipped)}
        self.is_complete = not any(
            directive.name.lower() == "include" and directive.included is None
            for directive in schema.directives
        )
        """Whether every include was followed: what is not in the MOF may be in one that was not."""

    def in_description(self, rule: Rule, message: str, *keys: Key, help: str = "") -> Diagnostic:  # noqa: A002 - as Diagnostic
        """Return a finding at the first of these keys that is there."""
        place = self.description
        return Diagnostic(rule, message, place.source, place.span(*keys), help=help)

    def in_mof(
        self, rule: Rule, message: str, origin: Origin | None, span: Span, *keys: Key
    ) -> Diagnostic:
        """Return a finding in the MOF, with the first of these keys that is there as related."""
        place = self.description
        if origin is None:  # a schema that comes from no text
            return Diagnostic(rule, message, place.source, place.span(*keys))
        related = Related(place.source, place.span(*keys), "what is registered")
        return Diagnostic(rule, message, origin.source, span, related=(related,))


def _check_entry(context: _Context, entry: _Entry) -> Iterator[Diagnostic]:
    """Report what is wrong with one entry; one that removes its block says nothing else."""
    flags = entry.value.flags
    if entry.value.removes:
        return
    if isinstance(entry.value.names, DynamicNames) and entry.value.instance_count:
        yield context.in_description(
            rules.COUNT_OF_DYNAMIC_NAMES,
            f"block {entry.guid} has dynamic names, for which the instance count"
            f" {entry.value.instance_count:#x} means nothing",
            (*entry.key, "instance_count"),
            help="leave the count out, or say how the instances are named",
        )
    if flags & _EXPENSIVE and flags & _EVENT_ONLY:
        yield context.in_description(
            rules.EXPENSIVE_EVENT,
            f"block {entry.guid} has events only: there is no collection to be expensive",
            (*entry.key, "flag_names"),
            (*entry.key, "flags"),
        )
    block = context.block_of.get(entry.value.guid)
    if block is not None:
        yield from _check_event_flag(context, entry, block)
    elif _needs_class(context, entry):
        yield context.in_description(
            rules.UNMATCHED_BLOCK,
            f"block {entry.guid} is registered, but no class of the MOF has this guid",
            (*entry.key, "guid"),
        )


def _needs_class(context: _Context, entry: _Entry) -> bool:
    """Say whether the driver's MOF must have a class for a block."""
    is_own = entry.key[1] == 0
    is_traced = bool(entry.value.flags & _NEEDS_NO_CLASS)
    return (
        is_own and not is_traced and context.is_complete and entry.value.guid not in context.known
    )


def _check_event_flag(context: _Context, entry: _Entry, block: Block) -> Iterator[Diagnostic]:
    is_flagged = bool(entry.value.flags & _EVENT_ONLY)
    if is_flagged == block.is_event:
        return
    name = block.cim_class.name
    message = (
        f"class `{name}` is registered with EVENT_ONLY_GUID, but is no event"
        if is_flagged
        else f"class `{name}` is an event, but is registered without EVENT_ONLY_GUID"
    )
    origin = block.cim_class.origin
    span = origin.name_span if origin else Span.at(0)
    keys = [(*entry.key, "flag_names"), (*entry.key, "flags")]
    yield context.in_mof(rules.EVENT_FLAG, message, origin, span, *keys)


def _check_classes(context: _Context) -> Iterator[Diagnostic]:
    """Report classes that the driver does not register; an update says only what changes."""
    if context.reply.request is Request.UPDATE:
        return
    registered = {entry.guid for entry in context.reply.guids()}
    for block in context.classes.blocks:
        if block.guid in registered:
            continue
        origin = block.guid_qualifier.origin
        yield context.in_mof(
            rules.UNMATCHED_BLOCK,
            f"class `{block.cim_class.name}` is not registered: no block has its guid",
            origin,
            origin.span if origin else Span.at(0),
            ("infos", 0, "guids"),
        )


def _check_pdos(context: _Context) -> Iterator[Diagnostic]:
    """Count the entries that carry a pointer; the finding is at the first."""
    entries = [
        entry
        for entry in _entries(context.reply)
        if isinstance(entry.value.names, PdoNames) and not entry.value.removes
    ]
    if entries:
        many = f"{len(entries)} entries carry" if len(entries) > 1 else "one entry carries"
        yield context.in_description(
            rules.PDO_REFERENCE,
            f"{many} a PDO: the driver takes as many references for IRP_MN_REGINFO_EX",
            (*entries[0].key, "names", "pdo"),
        )


def _check_resource(context: _Context, rc: SourceFile) -> Iterator[Diagnostic]:
    """Compare the name of the MOF resource; names of resources have no letter case."""
    name = strip_nul(context.reply.infos[0].mof_resource or "")
    found = mof_resources(rc)
    if name.lower() in {resource.lower() for resource, _ in found} or not (name or found):
        return
    has = " and ".join(f"`{resource}`" for resource, _ in found) or "no MOFDATA resource"
    said = f"the MOF resource is `{name}`" if name else "there is no mof_resource"
    place = context.description
    yield Diagnostic(
        rules.OTHER_MOF_RESOURCE,
        f"{said}, but {rc.path} has {has}",
        place.source,
        place.span(("infos", 0, "mof_resource")),
        related=tuple(Related(rc, span, "a MOF resource") for _, span in found),
    )
