"""Registration info in words, for people at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from mofkit.binary.guid_text import guid_text
from mofkit.binary.utf16 import strip_nul
from mofkit.cli.terminal import is_ascii_only, wants_colour
from mofkit.diagnostics.render.page import Page
from mofkit.diagnostics.render.theme import Style, Theme
from mofkit.reginfo import (
    BaseName,
    ListNames,
    PdoNames,
    RegFlag,
    RegGuid,
    RegInfo,
    RegInfoReply,
    TooSmall,
)
from mofkit.reginfo.enums import RESERVED_FLAGS, UNKNOWN_BITS
from mofkit.reginfo.outcome import Change, Effect, Outcome, Statement

__all__ = ["Report"]

_SHOWN_NAMES = 3

_FLAG_WORDS = {
    RegFlag.EVENT_ONLY_GUID: "event",
    RegFlag.EXPENSIVE: "expensive",
    RegFlag.TRACE_CONTROL_GUID: "trace control",
    RegFlag.TRACED_GUID: "traced",
    RegFlag.REMOVE_GUID: "to be removed",
}

_SIGNS = {
    Change.ADDED: ("+", Style.ADDED),
    Change.REMOVED: ("-", Style.REMOVED),
    Change.UNCHANGED: ("=", Style.PLAIN),
    Change.ABSENT: (".", Style.PLAIN),
}
_CHANGED = ("~", Style.WARNING)


class Report(Page):
    """A page about registration info for standard output, in its colours and characters."""

    def __init__(self) -> None:
        color, ascii_only = wants_colour(sys.stdout), is_ascii_only(sys.stdout)
        super().__init__(Theme(color=color, ascii_only=ascii_only, width_cells=100))

    def reply(self, reply: RegInfoReply | TooSmall, arch: str) -> None:
        """Add what a reply says, a line a block."""
        asked = f"answer to {reply.request.data_path}, {arch}"
        if isinstance(reply, TooSmall):
            self.title(f"Buffer too small, {asked}")
            self.line(f"{reply.required_bytes} bytes are needed")
            return
        for index, info in enumerate(reply.infos):
            number = f"[{index}]" if len(reply.infos) > 1 else ""
            self.title(f"WMIREGINFO{number}, {asked}")
            self._info(info)
        if reply.warnings:
            self.title("Warnings")
        for warning in reply.warnings:
            self.line(str(warning), Style.WARNING)

    def _info(self, info: RegInfo) -> None:
        self.line(f"RegistryPath     {_quoted(info.registry_path)}")
        self.line(f"MofResourceName  {_quoted(info.mof_resource)}")
        self.line(_count(len(info.guids), "block"))
        for entry in info.guids:
            self.line(f"  {guid_text(entry.guid)}  {_entry(entry)}")

    def effects(self, effects: Iterable[Effect], *, with_basis: bool) -> None:
        """Add what happens to each block; those that stay as they are come last."""
        for effect in sorted(effects, key=lambda effect: effect.change is Change.UNCHANGED):
            sign, style = _SIGNS.get(effect.change, _CHANGED)
            basis = f"  ({effect.basis})" if with_basis else ""
            self.line(f"{sign} {guid_text(effect.guid)}  {effect.change}{basis}", style)
            for label, entry in _before_and_after(effect):
                self.line(f"      {label:<8}{_entry(entry)}")

    def outcome(self, outcome: Outcome, action: str) -> None:
        """Add what an action leads to: what happens, to which blocks, and what to see to."""
        self.title(action)
        for number, step in enumerate(outcome.steps, 1):
            self.line(f"{number}. {step.text}")
            self.line(f"   ({step.basis})")
        if outcome.effects:
            self.title("Blocks")
            self.effects(outcome.effects, with_basis=True)
        self._hazards(outcome.hazards)
        self.title("Afterwards")
        for line in _state(outcome):
            self.line(line)

    def _hazards(self, hazards: Iterable[Statement]) -> None:
        for index, hazard in enumerate(hazards):
            if not index:
                self.title("To see to")
            self.line(f"! {hazard.text}", Style.WARNING)
            self.line(f"  ({hazard.basis})")


def _before_and_after(effect: Effect) -> Iterator[tuple[str, RegGuid]]:
    if effect.change is Change.UNCHANGED:
        if effect.after is not None:
            yield "is", effect.after
        return
    if effect.before is not None:
        yield "was", effect.before
    if effect.after is not None:
        yield "is" if effect.before is None else "becomes", effect.after


def _state(outcome: Outcome) -> Iterator[str]:
    state = outcome.state
    if not state.is_registered:
        yield "not registered"
        return
    yield f"registered, {_count(len(state.blocks), 'block')}"
    if state.irps_blocked:
        yield "requests are blocked"


def _entry(entry: RegGuid) -> str:
    """Return what an entry says besides its GUID."""
    words = [word for flag, word in _FLAG_WORDS.items() if entry.flags & flag]
    for kind, bits in (("reserved", RESERVED_FLAGS), ("unknown", UNKNOWN_BITS)):
        if entry.flags & bits:
            words.append(f"{kind} bits {int(entry.flags & bits):#x}")
    if not entry.removes:
        words.insert(0, _names(entry))
    return ", ".join(words)


def _names(entry: RegGuid) -> str:
    count = _count(entry.instance_count, "instance")
    match entry.names:
        case ListNames(names):
            shown = [_quoted(name) for name in names[:_SHOWN_NAMES]]
            more = len(names) - len(shown)
            listed = ", ".join(shown) + (f" and {more} more" if more else "")
            return f"{count}: {listed}" if shown else f"{count}, no names"
        case BaseName(base):
            return f"{count} named {_quoted(base)} and a number"
        case PdoNames(pdo):
            return f"{count} named after the device (PDO {pdo:#x})"
        case _:
            return "dynamic names"


def _quoted(text: str | None) -> str:
    if text is None:
        return "none"
    return f'"{strip_nul(text)}"'


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
