"""What IoWMIRegistrationControl does: each action, each way a block can change, each refusal."""

import pytest

from mofkit.reginfo import (
    MinorFunction,
    RegFlag,
    RegGuid,
    RegInfo,
    RegInfoReply,
    Request,
    TooSmall,
)
from mofkit.reginfo.basis import Evidence
from mofkit.reginfo.outcome import (
    Change,
    NeedsReregister,
    Outcome,
    Policy,
    RegistrationError,
    Windows,
)
from mofkit.reginfo.provider import UNREGISTERED, Provider, Source
from mofkit.reginfo.registration import (
    block_irps,
    deregister,
    diff,
    register,
    reregister,
    update_guids,
)
from tests.test_reginfo import FAN, PUMP, VALVE

NAMED = RegGuid.with_name_list(FAN, ("Front", "Rear"))


def answer(*guids: RegGuid, path: str = "Path", mof: str = "Mof") -> RegInfoReply:
    return RegInfoReply((RegInfo(path, mof, guids),))


def update(*guids: RegGuid) -> RegInfoReply:
    return RegInfoReply((RegInfo(guids=guids),), Request.UPDATE)


def registered(*guids: RegGuid) -> Provider:
    return register(UNREGISTERED, answer(*guids)).state


def changes(outcome: Outcome) -> dict[object, Change]:
    return {effect.guid: effect.change for effect in outcome.effects}


CASES = {
    "absent, REMOVE clear: added": ((), NAMED, Change.ADDED),
    "identical: nothing is done": ((NAMED,), NAMED, Change.UNCHANGED),
    "other flags: replaced": (
        (NAMED,),
        RegGuid.with_name_list(FAN, ("Front", "Rear"), RegFlag.EXPENSIVE),
        Change.FLAGS,
    ),
    "static, new list: names replaced": (
        (NAMED,),
        RegGuid.with_name_list(FAN, ("Left",)),
        Change.RENAMED,
    ),
    "static, other kind: names replaced": (
        (NAMED,),
        RegGuid.with_base_name(FAN, "Fan", 2),
        Change.RENAMED,
    ),
    "no name flag: dynamic names": (
        (NAMED,),
        RegGuid.with_dynamic_names(FAN),
        Change.TO_DYNAMIC,
    ),
    "was dynamic, now static": (
        (RegGuid.with_dynamic_names(FAN),),
        NAMED,
        Change.TO_STATIC,
    ),
    "REMOVE set: removed": ((NAMED,), RegGuid.removing(FAN), Change.REMOVED),
    "REMOVE set, absent: no-op": ((), RegGuid.removing(FAN), Change.ABSENT),
    "another count of base names": (
        (RegGuid.with_base_name(FAN, "Fan", 2),),
        RegGuid.with_base_name(FAN, "Fan", 3),
        Change.RENAMED,
    ),
    "names compare without NULs at the end": (
        (NAMED,),
        RegGuid.with_name_list(FAN, ("Front\0", "Rear")),
        Change.UNCHANGED,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_an_update_does_to_a_block(case: str) -> None:
    held, entry, change = CASES[case]
    outcome = update_guids(registered(RegGuid.with_pdo(PUMP, 1), *held), update(entry))
    assert changes(outcome) == {PUMP: Change.UNCHANGED, FAN: change}
    assert (FAN in outcome.state.blocks) == (change not in (Change.REMOVED, Change.ABSENT))


def test_an_update_leaves_the_names_of_the_driver() -> None:
    state = registered(NAMED)
    reply = RegInfoReply((RegInfo("Elsewhere", "Other", (RegGuid.removing(FAN),)),), Request.UPDATE)
    outcome = update_guids(state, reply)
    assert outcome.state.sources == (Source("Path", "Mof"),)
    assert "ignored" in outcome.steps[-1].text


def test_registering() -> None:
    outcome = register(UNREGISTERED, answer(NAMED, RegGuid.with_pdo(PUMP, 1)))
    assert changes(outcome) == {FAN: Change.ADDED, PUMP: Change.ADDED}
    assert outcome.request is MinorFunction.IRP_MN_REGINFO_EX
    assert outcome.data_path is Request.REGISTER
    assert "ObReferenceObject once for each entry that names a PDO (1)" in outcome.steps[-1].text


@pytest.mark.parametrize("windows", list(Windows))
def test_which_request_is_sent(windows: Windows) -> None:
    """REGINFO is sent by Windows 98 / 2000, REGINFO_EX by Windows XP and later."""
    outcome = update_guids(registered(NAMED), update(NAMED), windows=windows)
    old = windows in (Windows.WIN98, Windows.WIN2000)
    assert outcome.request == (0x08 if old else 0x0B)
    assert outcome.data_path is Request.UPDATE


def test_no_reference_is_taken_for_reginfo() -> None:
    reply = answer(RegGuid.with_pdo(PUMP, 1))
    outcome = register(UNREGISTERED, reply, windows=Windows.WIN2000)
    assert "takes no reference" in outcome.steps[-1].text


def test_reregistering_replaces_everything() -> None:
    before = registered(NAMED, RegGuid.with_pdo(PUMP, 1))
    reply = answer(RegGuid.with_dynamic_names(FAN), RegGuid.with_pdo(VALVE, 1), path="New")
    outcome = reregister(before, reply)
    assert changes(outcome) == {
        PUMP: Change.REMOVED,
        FAN: Change.TO_DYNAMIC,
        VALVE: Change.ADDED,
    }
    assert outcome.state.sources == (Source("New", "Mof"),)
    assert any("deadlocks" in hazard.text for hazard in outcome.hazards)


def test_deregistering_sends_nothing_and_waits() -> None:
    outcome = deregister(registered(NAMED))
    assert outcome.state == UNREGISTERED
    assert outcome.request is None
    assert changes(outcome) == {FAN: Change.REMOVED}
    texts = " ".join(statement.text for statement in (*outcome.steps, *outcome.hazards))
    for hazard in ("is complete", "deadlocks", "cancelled", "surprise removal", "UPDATE_GUIDS"):
        assert hazard in texts


def test_blocked_requests_leave_the_blocks() -> None:
    outcome = block_irps(registered(NAMED))
    assert outcome.state.irps_blocked
    assert outcome.state.blocks == registered(NAMED).blocks
    assert outcome.steps[0].basis.evidence is Evidence.POLICY


def test_removal_on_registration_removes_nothing() -> None:
    """The disk class driver sets it on first registration for blocks a disk lacks."""
    outcome = register(UNREGISTERED, answer(RegGuid.removing(FAN), RegGuid.with_pdo(PUMP, 1)))
    assert changes(outcome) == {FAN: Change.ABSENT, PUMP: Change.ADDED}
    assert "documented as invalid" in outcome.hazards[0].text


def test_too_small_asks_again() -> None:
    state = registered(NAMED)
    outcome = update_guids(state, TooSmall(372))
    assert outcome.state == state
    assert "at least 372 bytes" in outcome.steps[-1].text
    assert register(UNREGISTERED, TooSmall(40)).state == UNREGISTERED


def test_what_is_undocumented_is_refused_unless_chosen() -> None:
    state = registered(NAMED)
    with pytest.raises(RegistrationError, match="policy register-twice"):
        register(state, answer())
    replaced = register(state, answer(), policy=Policy(register_twice="replace"))
    assert replaced.state.blocks == {}
    for action in (reregister, update_guids):
        with pytest.raises(RegistrationError, match="policy not-registered"):
            action(UNREGISTERED, answer(NAMED))
        ignored = action(UNREGISTERED, answer(NAMED), policy=Policy(not_registered="ignore"))
        assert ignored.state == UNREGISTERED
    with pytest.raises(RegistrationError, match="policy not-registered"):
        deregister(UNREGISTERED)


def test_a_repeated_guid() -> None:
    """The same GUID twice in one reply: undocumented; apply in order, warn."""
    reply = update(NAMED, RegGuid.removing(FAN), RegGuid.with_pdo(FAN, 7))
    outcome = update_guids(registered(), reply)
    assert changes(outcome) == {FAN: Change.ADDED}
    assert outcome.state.blocks[FAN].entry == RegGuid.with_pdo(FAN, 7)
    assert "more than once" in outcome.hazards[0].text
    with pytest.raises(RegistrationError, match="stands twice"):
        update_guids(registered(), reply, policy=Policy(repeated_guid="refuse"))


def test_the_difference() -> None:
    old = registered(NAMED, RegGuid.with_pdo(PUMP, 1))
    new = registered(RegGuid.with_pdo(PUMP, 1), RegGuid.with_dynamic_names(VALVE))
    reply = diff(old, new)
    assert reply.request is Request.UPDATE
    assert reply.infos == (
        RegInfo(None, None, (RegGuid.removing(FAN), RegGuid.with_dynamic_names(VALVE))),
    )


@pytest.mark.parametrize(
    ("path", "mof", "names"),
    [("Other", "Mof", "RegistryPath"), ("Path", "Other", "MofResourceName")],
)
def test_other_names_need_reregister(path: str, mof: str, names: str) -> None:
    new = register(UNREGISTERED, answer(path=path, mof=mof)).state
    with pytest.raises(NeedsReregister, match=rf"needs REREGISTER: .*{names}"):
        diff(registered(), new)


def test_unknown_bits_stay() -> None:
    odd = RegGuid(FAN, RegFlag(0x80000010))
    state = registered(odd)
    assert state.blocks[FAN].entry == odd
    assert changes(update_guids(state, update(RegGuid(FAN)))) == {FAN: Change.FLAGS}


def test_an_empty_mof_resource_is_none() -> None:
    """MofResourceName present, empty string: legal, means no MOF resource."""
    empty = register(UNREGISTERED, answer(mof="")).state
    absent = register(UNREGISTERED, RegInfoReply((RegInfo("Path"),))).state
    assert empty == absent
    assert hash(empty.sources) == hash(absent.sources)
    assert diff(empty, absent).infos[0].guids == ()
    assert empty.to_reply().infos[0].mof_resource == ""


def test_a_block_keeps_its_part_of_the_chain() -> None:
    chain = RegInfoReply(
        (RegInfo("A", "M", (NAMED,)), RegInfo("B", "N", (RegGuid.with_pdo(PUMP, 1),)))
    )
    state = update_guids(
        register(UNREGISTERED, chain).state, update(RegGuid.with_dynamic_names(PUMP))
    ).state
    assert [info.guids for info in state.to_reply().infos] == [
        (NAMED,),
        (RegGuid.with_dynamic_names(PUMP),),
    ]


def test_only_registered_states_compare() -> None:
    with pytest.raises(RegistrationError):
        diff(UNREGISTERED, registered())
    with pytest.raises(ValueError, match="no reply"):
        UNREGISTERED.to_reply()


def test_every_statement_says_what_it_rests_on() -> None:
    outcome = reregister(registered(NAMED), answer(RegGuid.removing(PUMP), NAMED, NAMED))
    bases = [statement.basis for statement in (*outcome.steps, *outcome.hazards)]
    bases += [effect.basis for effect in outcome.effects]
    assert all(basis.source for basis in bases)
    assert str(outcome.steps[0].basis).startswith("documented: ddi/wdm/")
