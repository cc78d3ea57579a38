"""`mofkit reginfo apply`: what an action does to what is registered."""

from __future__ import annotations

from typing import Any

import click

from mofkit.cli.files import STDIN
from mofkit.cli.reginfo.inputs import arch_option, read_provider, read_reply
from mofkit.cli.reginfo.report import Report
from mofkit.cli.reginfo.results import write_reply
from mofkit.cli.terminal import write
from mofkit.reginfo import Request
from mofkit.reginfo.outcome import Outcome, Policy, Windows
from mofkit.reginfo.provider import UNREGISTERED
from mofkit.reginfo.registration import block_irps, deregister, register, reregister, update_guids

_ACTIONS = {
    "register": (register, Request.REGISTER),
    "reregister": (reregister, Request.REGISTER),
    "update-guids": (update_guids, Request.UPDATE),
}
_WITHOUT_REPLY = ("deregister", "block-irps")
_POLICIES = {
    "register-twice": ("refuse", "replace"),
    "not-registered": ("refuse", "ignore"),
    "repeated-guid": ("in-order", "refuse"),
}
_NOTHING = "unregistered"


@click.command("apply")
@click.argument("state", metavar="STATE")
@click.argument("reply", metavar="[REPLY]", required=False)
@click.option(
    "--action",
    type=click.Choice([*_ACTIONS, *_WITHOUT_REPLY]),
    default="update-guids",
    show_default=True,
    help="What the driver asks IoWMIRegistrationControl for.",
)
@click.option(
    "--windows",
    type=click.Choice([windows.value for windows in Windows]),
    default=Windows.WIN11.value,
    show_default=True,
    help="98 and 2000 send IRP_MN_REGINFO, later ones IRP_MN_REGINFO_EX.",
)
@click.option(
    "--policy",
    "policies",
    metavar="NAME=CHOICE",
    multiple=True,
    help="What to do where no page says what Windows does: "
    + "; ".join(f"{name}={'|'.join(choices)}" for name, choices in _POLICIES.items())
    + " (the first is the default). Repeatable.",
)
@click.option("-o", "--output", metavar="STATE", help="Write the state afterwards.")
@arch_option
def command(
    state: str,
    reply: str | None,
    action: str,
    windows: str,
    policies: tuple[str, ...],
    output: str | None,
    arch: str | None,
) -> None:
    """Say what a reply does to what is registered, step by step, and why.

    STATE is the answer to WMIREGISTER that WMI holds, or the word `unregistered`; REPLY is the
    driver's next answer, which deregister and block-irps do not ask for. Both are descriptions, or
    buffers with --arch.

    \b
    Examples:
      mofkit reginfo apply v1.toml update.toml
      mofkit reginfo apply unregistered v1.toml --action register --windows 2000
      mofkit reginfo apply v1.toml --action deregister
    """
    if state == reply == STDIN:
        raise click.UsageError("STATE and REPLY cannot both be standard input")
    before = UNREGISTERED if state == _NOTHING else read_provider(state, arch)
    options: dict[str, Any] = {"policy": _policy(policies)}
    if action in _WITHOUT_REPLY:
        if reply:
            raise click.UsageError(f"{action} sends no request, so there is no REPLY to it")
        outcome = deregister(before, **options) if action == "deregister" else block_irps(before)
    elif not reply:
        raise click.UsageError(f"{action} needs the driver's REPLY")
    else:
        function, request = _ACTIONS[action]
        answer = read_reply(reply, arch=arch, request=request)
        outcome = function(before, answer, windows=Windows(windows), **options)
    if output:
        _write_state(output, outcome, arch)
    if output != "-":
        report = Report()
        name = action.upper().replace("-", "_")
        report.outcome(outcome, f"WMIREG_ACTION_{name} on Windows {windows.upper()}")
        write(report.text())


def _write_state(output: str, outcome: Outcome, arch: str | None) -> None:
    if not outcome.state.is_registered:
        raise click.UsageError("-o: nothing is registered afterwards, so there is no state")
    write_reply(output, outcome.state.to_reply(), arch)


def _policy(policies: tuple[str, ...]) -> Policy:
    chosen: dict[str, Any] = {}
    for policy in policies:
        name, _, choice = policy.partition("=")
        if choice not in _POLICIES.get(name, ()):
            known = "; ".join(f"{key}={'|'.join(each)}" for key, each in _POLICIES.items())
            raise click.BadParameter(f"{policy!r} is none of {known}", param_hint="--policy")
        chosen[name.replace("-", "_")] = choice
    return Policy(**chosen)
