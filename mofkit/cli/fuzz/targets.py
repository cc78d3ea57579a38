"""What `mofkit fuzz roundtrip` is to try: kinds and files, sorted out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from mofkit.cli.files import SUFFIXES
from mofkit.cli.fuzz.options import KIND_NAMES
from mofkit.cli.output import read_bytes

if TYPE_CHECKING:
    from mofkit.testing.laws import Law
    from mofkit.testing.runner import Trial

__all__ = ["FileCheck", "Plan", "plan_of"]

_BMF_SIGNATURE = b"FOMB"


class FileCheck(NamedTuple):
    """A law for the bytes of a file."""

    kind: str
    law: Law
    path: str
    data: bytes


class Plan(NamedTuple):
    """What to check once, and what to try on many inputs."""

    checks: list[FileCheck]
    trials: list[Trial]


def plan_of(targets: Sequence[str], laws: Sequence[str]) -> Plan:
    """Return what names of kinds and paths mean, as far as the laws' names have one of `laws`.

    Raises:
        click.UsageError: it is not said what a file is, or no law has such a name.
        OSError: a file cannot be read.
    """
    from mofkit.testing.laws import KINDS
    from mofkit.testing.runner import trials_of, trials_of_files

    kinds = list(dict.fromkeys(target for target in targets if target in KIND_NAMES))
    paths = [target for target in targets if target not in KIND_NAMES]
    checks: list[FileCheck] = []
    trials: list[Trial] = []
    if not paths:
        for name in kinds or KIND_NAMES:
            trials += trials_of(name, KINDS[name])
    contents: dict[str, list[bytes]] = {}
    for path in _files(paths):
        data = read_bytes(path)
        for name in kinds or _kinds_of(path, data):
            kind = KINDS[name]
            if not kind.any_bytes:
                raise click.UsageError(f"{name} has no law of given bytes: leave out {path}")
            inner = _inside(name, data)
            contents.setdefault(name, []).append(inner)
            checks += [FileCheck(name, law, path, inner) for law in kind.any_bytes]
    for name, found in contents.items():
        trials += trials_of_files(name, KINDS[name], found)
    return _chosen(Plan(checks, trials), laws)


def _inside(name: str, data: bytes) -> bytes:
    """Return what the laws of a kind are about: the payload of a file, or what is none as it is."""
    from mofkit.errors import MofkitError
    from mofkit.testing.laws import KINDS

    try:
        return KINDS[name].from_file(data)
    except MofkitError:
        return data


def _files(paths: Sequence[str]) -> list[str]:
    """Return files, and those below folders in order of name."""
    found: list[str] = []
    for path in paths:
        if Path(path).is_dir():
            found += sorted(str(each) for each in Path(path).rglob("*") if each.is_file())
        else:
            found.append(path)
    return found


def _kinds_of(path: str, data: bytes) -> tuple[str, ...]:
    if path.lower().endswith(SUFFIXES):
        return ("mof", "format", "fix", "lint", "compile", "bump")
    if data.startswith(_BMF_SIGNATURE):
        return ("bmf", "bmf-file", "decompile", "carve")
    raise click.UsageError(f"say what {path} is: mofkit fuzz roundtrip reginfo {path}")


def _chosen(plan: Plan, laws: Sequence[str]) -> Plan:
    if not laws:
        return plan

    def is_chosen(name: str) -> bool:
        return any(law.lower() in name.lower() for law in laws)

    checks = [check for check in plan.checks if is_chosen(check.law.name)]
    trials = [trial for trial in plan.trials if is_chosen(trial.law)]
    if not checks and not trials:
        known = {f"{trial.kind}: {trial.law}" for trial in plan.trials}
        raise click.BadParameter(
            "no law has that in its name; there are " + "; ".join(sorted(known)),
            param_hint="--law",
        )
    return Plan(checks, trials)
