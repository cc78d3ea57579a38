"""What IoWMIRegistrationControl does to what WMI holds, as functions over values.

    REGISTER      nothing → the blocks of the reply to WMIREGISTER
    REREGISTER    whatever there is → the blocks of the reply to WMIREGISTER
    UPDATE_GUIDS  what there is, changed by the reply to WMIUPDATE, block by block
    DEREGISTER    nothing is left; no request is sent

Every statement carries its `Basis`. What no page states is a `Policy`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from mofkit.binary.guid_text import guid_text
from mofkit.diagnostics.render.glyphs import visible
from mofkit.reginfo.basis import Basis
from mofkit.reginfo.enums import Action, MinorFunction, Request
from mofkit.reginfo.model import (
    DynamicNames,
    PdoNames,
    RegGuid,
    RegInfo,
    RegInfoReply,
    TooSmall,
)
from mofkit.reginfo.outcome import (
    DEFAULT_POLICY,
    Change,
    Effect,
    NeedsReregister,
    Outcome,
    Policy,
    RegistrationError,
    Statement,
    Windows,
)
from mofkit.reginfo.provider import UNREGISTERED, Block, Provider, Source, block_of

__all__ = [
    "block_irps",
    "deregister",
    "diff",
    "register",
    "reregister",
    "update_guids",
]


_CONTROL = Basis.documented("ddi/wdm/nf-wdm-iowmiregistrationcontrol")
_UPDATING = Basis.documented("kernel/updating-wmi-registration-information")
_ENTRY = Basis.documented("ddi/wmistr/ns-wmistr-wmiregguidw")
_HANDLING = Basis.documented(
    "kernel/handling-irp-mn-reginfo-and-irp-mn-reginfo-ex-to-register-blocks"
)
_IRP = {
    MinorFunction.IRP_MN_REGINFO: Basis.documented("kernel/irp-mn-reginfo"),
    MinorFunction.IRP_MN_REGINFO_EX: Basis.documented("kernel/irp-mn-reginfo-ex"),
}
_ONLY_EXPLICIT = Basis.inferred("a block is removed only where an entry says so")
_NOT_THERE = Basis.inferred("there is nothing to remove; the disk class driver relies on it")
_PATHS_IGNORED = Basis.inferred("the page says they are set only on registration")


def register(
    state: Provider,
    reply: RegInfoReply | TooSmall,
    *,
    windows: Windows = Windows.WIN11,
    policy: Policy = DEFAULT_POLICY,
) -> Outcome:
    """Return what WMIREG_ACTION_REGISTER leads to when the driver answers with `reply`.

    Raises:
        RegistrationError: the device object is registered already, or a GUID is repeated, and the
            policy refuses that.
    """
    if state.is_registered and policy.register_twice == "refuse":
        raise RegistrationError(
            "the device object is registered already; what REGISTER does then is documented "
            "nowhere (policy register-twice: refuse)"
        )
    return _registered(Action.REGISTER, state, reply, windows, policy)


def reregister(
    state: Provider,
    reply: RegInfoReply | TooSmall,
    *,
    windows: Windows = Windows.WIN11,
    policy: Policy = DEFAULT_POLICY,
) -> Outcome:
    """Return what WMIREG_ACTION_REREGISTER leads to: the reply replaces everything.

    Raises:
        RegistrationError: nothing is registered, or a GUID is repeated, and the policy refuses it.
    """
    if not state.is_registered:
        return _without_provider(Action.REREGISTER, policy)
    return _registered(Action.REREGISTER, state, reply, windows, policy)


def update_guids(
    state: Provider,
    reply: RegInfoReply | TooSmall,
    *,
    windows: Windows = Windows.WIN11,
    policy: Policy = DEFAULT_POLICY,
) -> Outcome:
    """Return what WMIREG_ACTION_UPDATE_GUIDS leads to: the reply is taken block by block.

    Raises:
        RegistrationError: nothing is registered, or a GUID is repeated, and the policy refuses it.
    """
    if not state.is_registered:
        return _without_provider(Action.UPDATE_GUIDS, policy)
    asked = _asked(Action.UPDATE_GUIDS, Request.UPDATE, windows)
    if isinstance(reply, TooSmall):
        return _asked_again(state, reply, windows, Request.UPDATE, asked)
    blocks, effects = _updated(state, reply, policy)
    sources = {Source.of(info) for info in reply.infos} - {Source()}
    ignored = [
        Statement("the reply's RegistryPath and MofResourceName are ignored", _PATHS_IGNORED)
    ]
    return Outcome(
        Provider(state.sources, blocks, state.irps_blocked),
        windows.minor_function,
        Request.UPDATE,
        (*asked, *_references(reply, windows), *(ignored if sources else ())),
        effects,
        _repeated(reply),
    )


def deregister(state: Provider, *, policy: Policy = DEFAULT_POLICY) -> Outcome:
    """Return what WMIREG_ACTION_DEREGISTER leads to: no provider, no blocks.

    Raises:
        RegistrationError: nothing is registered, and the policy refuses that.
    """
    if not state.is_registered:
        return _without_provider(Action.DEREGISTER, policy)
    steps = (
        _called(Action.DEREGISTER),
        Statement("no request is sent: the driver answers nothing", _CONTROL),
        Statement(
            "the call returns when every IRP_MJ_SYSTEM_CONTROL already sent to the device object "
            "is complete",
            _CONTROL,
        ),
    )
    return Outcome(
        UNREGISTERED,
        steps=steps,
        effects=tuple(_dropped(state, frozenset())),
        hazards=(*_WAITING, *_REMOVAL),
    )


def block_irps(state: Provider) -> Outcome:
    """Return what WMIREG_ACTION_BLOCK_IRPS is taken to do: the blocks stay, requests do not come.

    The action is in `wdm.h`, and no page describes it.
    """
    basis = Basis.policy("WMIREG_ACTION_BLOCK_IRPS is in wdm.h only")
    step = Statement("WMI sends no more requests to the device object; its blocks stay", basis)
    effects = tuple(_kept(state, frozenset()))
    return Outcome(Provider(state.sources, state.blocks, True), steps=(step,), effects=effects)  # noqa: FBT003


def diff(old: Provider, new: Provider) -> RegInfoReply:
    """Return the smallest WMIUPDATE reply that leads from one state to another.

    It has one WMIREGINFO: entries with REMOVE_GUID for what goes, in the order of `old`, then full
    entries for what comes or changes, in the order of `new`. Where nothing differs it has none.

    Raises:
        NeedsReregister: a registry path or a MOF resource differs, which no update changes.
        RegistrationError: one of the two is not registered.
    """
    if not old.is_registered or not new.is_registered:
        raise RegistrationError("an update leads from one registered state to another")
    if old.sources != new.sources:
        raise NeedsReregister(f"needs REREGISTER: {'; '.join(_source_differences(old, new))}")
    going = [RegGuid.removing(guid) for guid in old.blocks if guid not in new.blocks]
    coming = [block.entry for guid, block in new.blocks.items() if old.blocks.get(guid) != block]
    return RegInfoReply((RegInfo(guids=(*going, *coming)),), Request.UPDATE)


# ------------------------------------------------------------------------------- registrations


def _registered(
    action: Action,
    state: Provider,
    reply: RegInfoReply | TooSmall,
    windows: Windows,
    policy: Policy,
) -> Outcome:
    asked = _asked(action, Request.REGISTER, windows)
    if isinstance(reply, TooSmall):
        return _asked_again(state, reply, windows, Request.REGISTER, asked)
    sources = tuple(Source.of(info) for info in reply.infos)
    blocks, effects = _updated(Provider(sources), reply, policy)
    named = frozenset(effect.guid for effect in effects)
    return Outcome(
        Provider(sources, blocks),
        windows.minor_function,
        Request.REGISTER,
        (*asked, *_references(reply, windows)),
        (*_dropped(state, named), *(_seen_from(state, effect) for effect in effects)),
        (*(_WAITING if state.is_registered else ()), *_removing(reply), *_repeated(reply)),
    )


def _seen_from(state: Provider, effect: Effect) -> Effect:
    """Return the effect of registering a block anew, as a comparison with what it was before."""
    before = state.blocks.get(effect.guid)
    if before is None:
        return effect if effect.after is None else replace(effect, basis=_CONTROL)
    if effect.after is None:
        return Effect(effect.guid, Change.REMOVED, before.entry, None, _CONTROL)
    change = _change(before.entry, effect.after)
    return Effect(effect.guid, change, before.entry, effect.after, _CONTROL)


def _dropped(state: Provider, except_for: frozenset[UUID]) -> Iterator[Effect]:
    for guid, block in state.blocks.items():
        if guid not in except_for:
            yield Effect(guid, Change.REMOVED, block.entry, None, _CONTROL)


# ------------------------------------------------------------------------------------- updates


def _updated(
    state: Provider, reply: RegInfoReply, policy: Policy
) -> tuple[dict[UUID, Block], tuple[Effect, ...]]:
    """Return the blocks after an update, and what happened to each."""
    blocks = dict(state.blocks)
    effects: dict[UUID, Effect] = {}
    for index, info in enumerate(reply.infos):
        source = index if index < len(state.sources) else 0
        for entry in info.guids:
            if entry.guid in effects and policy.repeated_guid == "refuse":
                raise RegistrationError(
                    f"{guid_text(entry.guid)} stands twice in the reply; what happens then is "
                    "documented nowhere (policy repeated-guid: refuse)"
                )
            _apply(entry, source, blocks)
            effects[entry.guid] = _effect(entry, state.blocks.get(entry.guid), blocks)
    return blocks, (*_kept(state, frozenset(effects)), *effects.values())


def _apply(entry: RegGuid, source: int, blocks: dict[UUID, Block]) -> None:
    held = blocks.get(entry.guid)
    if entry.removes:
        blocks.pop(entry.guid, None)
    else:
        blocks[entry.guid] = block_of(entry, held.source if held else source)


def _effect(entry: RegGuid, before: Block | None, blocks: dict[UUID, Block]) -> Effect:
    after = blocks.get(entry.guid)
    if before is None and after is None:
        return Effect(entry.guid, Change.ABSENT, None, None, _NOT_THERE)
    if before is None:
        return Effect(entry.guid, Change.ADDED, None, blocks[entry.guid].entry, _UPDATING)
    if after is None:
        return Effect(entry.guid, Change.REMOVED, before.entry, None, _UPDATING)
    change = _change(before.entry, after.entry)
    basis = _ENTRY if change is Change.FLAGS else _UPDATING
    return Effect(entry.guid, change, before.entry, after.entry, basis)


def _change(before: RegGuid, after: RegGuid) -> Change:
    if before == after:
        return Change.UNCHANGED
    was_dynamic = isinstance(before.names, DynamicNames)
    is_dynamic = isinstance(after.names, DynamicNames)
    if was_dynamic != is_dynamic:
        return Change.TO_DYNAMIC if is_dynamic else Change.TO_STATIC
    if (before.names, before.instance_count) != (after.names, after.instance_count):
        return Change.RENAMED
    return Change.FLAGS


def _kept(state: Provider, except_for: frozenset[UUID]) -> Iterator[Effect]:
    for guid, block in state.blocks.items():
        if guid not in except_for:
            yield Effect(guid, Change.UNCHANGED, block.entry, block.entry, _ONLY_EXPLICIT)


def _source_differences(old: Provider, new: Provider) -> Iterator[str]:
    if len(old.sources) != len(new.sources):
        yield f"{len(old.sources)} WMIREGINFO before, {len(new.sources)} after"
    for index, (was, becomes) in enumerate(zip(old.sources, new.sources, strict=False)):
        for field, before, after in (
            ("RegistryPath", was.registry_path, becomes.registry_path),
            ("MofResourceName", was.mof_resource, becomes.mof_resource),
        ):
            if before != after:
                yield f"WMIREGINFO[{index}].{field} is {_said(before)} and becomes {_said(after)}"


def _said(text: str | None) -> str:
    return "absent" if text is None else f'"{visible(text)}"'


# ---------------------------------------------------------------------------- steps and hazards


def _called(action: Action) -> Statement:
    return Statement(
        f"the driver calls IoWMIRegistrationControl with WMIREG_ACTION_{action.name}", _CONTROL
    )


def _asked(action: Action, request: Request, windows: Windows) -> tuple[Statement, ...]:
    minor = windows.minor_function
    sent = f"the system sends {minor.name} with DataPath {request.data_path}"
    return (_called(action), Statement(sent, _IRP[minor]))


def _asked_again(
    state: Provider,
    reply: TooSmall,
    windows: Windows,
    request: Request,
    asked: tuple[Statement, ...],
) -> Outcome:
    again = f"the buffer was too small; it asks again with at least {reply.required_bytes} bytes"
    effects = tuple(_kept(state, frozenset()))
    steps = (*asked, Statement(again, _HANDLING))
    return Outcome(state, windows.minor_function, request, steps, effects)


def _references(reply: RegInfoReply, windows: Windows) -> tuple[Statement, ...]:
    count = sum(isinstance(entry.names, PdoNames) and not entry.removes for entry in reply.guids())
    if not count:
        return ()
    minor = windows.minor_function
    if minor is MinorFunction.IRP_MN_REGINFO:
        text = f"the driver takes no reference to the PDO, however many entries name it ({count})"
    else:
        text = (
            f"the driver calls ObReferenceObject once for each entry that names a PDO ({count}); "
            "the system releases the references"
        )
    return (Statement(text, _IRP[minor]),)


def _removing(reply: RegInfoReply) -> tuple[Statement, ...]:
    if not any(entry.removes for entry in reply.guids()):
        return ()
    text = "REMOVE_GUID in a WMIREGISTER reply is documented as invalid, though drivers send it"
    return (Statement(text, Basis.documented("kernel/wmi-registration-flags")),)


def _repeated(reply: RegInfoReply) -> tuple[Statement, ...]:
    counts = Counter(entry.guid for entry in reply.guids())
    return tuple(
        Statement(
            f"{guid_text(guid)} stands more than once in the reply; the last entry holds",
            Basis.policy("repeated-guid: in-order"),
        )
        for guid, count in counts.items()
        if count > 1
    )


def _without_provider(action: Action, policy: Policy) -> Outcome:
    if policy.not_registered == "refuse":
        raise RegistrationError(
            f"the device object is not registered; what {action.name} does then is documented "
            "nowhere (policy not-registered: refuse)"
        )
    step = Statement("nothing happens", Basis.policy("not-registered: ignore"))
    return Outcome(UNREGISTERED, steps=(_called(action), step))


_WAITING = (
    Statement(
        "called from a dispatch routine for IRP_MJ_SYSTEM_CONTROL it deadlocks: it waits until "
        "those requests are complete",
        _CONTROL,
    ),
    Statement("WMI requests that the driver has queued must be cancelled before", _CONTROL),
)
_REMOVAL = (
    Statement(
        "after a surprise removal it must be called then, and not again at IRP_MN_REMOVE_DEVICE",
        _CONTROL,
    ),
    Statement(
        "no UPDATE_GUIDS may follow",
        Basis.inferred("KMDF's WMI handling keeps to this"),
    ),
)
