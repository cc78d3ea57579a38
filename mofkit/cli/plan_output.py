"""Showing an update plan, and writing the scripts that carry it out: for `plan` and `bump`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from mofkit.cli.output import STDOUT
from mofkit.cli.terminal import is_ascii_only, wants_colour, write

if TYPE_CHECKING:
    from mofkit.codegen.provider_scripts import Shell
    from mofkit.repository.plan import UpdatePlan

__all__ = [
    "FORMATS",
    "PLAN_SUFFIXES",
    "SHELLS",
    "Binaries",
    "check_scripts",
    "plan_files",
    "read_binaries",
    "render_plan",
    "scripts",
    "show_plan",
]

SHELLS: tuple[Shell, ...] = ("cmd", "ps1")
FORMATS = ("text", "md", "json", *SHELLS)
PLAN_SUFFIXES = {".txt": "text", ".md": "md", ".json": "json", ".cmd": "cmd", ".ps1": "ps1"}
"""The suffix of a file → the form of the plan in it."""

_BINARY_SUFFIXES = (".dll", ".exe")


class Binaries(NamedTuple):
    """What `--dll OLD=NEW` says: a MOF names no binary."""

    old: str
    new: str


def read_binaries(text: str) -> Binaries:
    """Return what `OLD=NEW` means. A name may have `=` in it: the sides end in .dll or .exe.

    Raises:
        click.BadParameter: it means nothing.
    """
    parts = text.split("=")
    for at in range(1, len(parts)):
        old, new = "=".join(parts[:at]), "=".join(parts[at:])
        if all(side.lower().endswith(_BINARY_SUFFIXES) for side in (old, new)):
            return Binaries(old, new)
    raise click.BadParameter(
        f"{text!r} is not OLD=NEW with a .dll or .exe on both sides", param_hint="--dll"
    )


def show_plan(plan: UpdatePlan, format_: str, binaries: Binaries | None) -> None:
    """Print a plan in one of the `FORMATS`, for whoever looks at standard output.

    Raises:
        click.UsageError, MofkitError: as `render_plan`.
    """
    plan = _told_apart(plan)
    if format_ in SHELLS:
        from mofkit.cli.output import write_files

        write_files({STDOUT: render_plan(plan, format_, binaries).encode()})  # its line ends stay
    elif format_ == "text":
        from mofkit.diagnostics.render.theme import Theme
        from mofkit.repository.plan_text import render_text

        colour, ascii_only = wants_colour(sys.stdout), is_ascii_only(sys.stdout)
        theme = Theme(color=colour, ascii_only=ascii_only, width_cells=100)
        write(render_text(plan, theme))
    else:
        write(render_plan(plan, format_, binaries))


def plan_files(plan: UpdatePlan, path: str, binaries: Binaries | None) -> dict[str, bytes]:
    """Return a file with the plan, in the form of its suffix; beside a script, the way back.

    Raises:
        click.UsageError: scripts need names of binaries, and two registrations.
        MofkitError: there can be no script.
    """
    format_ = PLAN_SUFFIXES[Path(path).suffix.lower()]
    if format_ not in SHELLS:
        return {path: render_plan(plan, format_, binaries).encode()}
    if _shared(plan) or STDOUT in plan.new_files:
        raise click.UsageError(
            "scripts need both registrations, the old one for the way back: write the new one into"
            " a file of its own, with -o"
        )
    folder = Path(path).parent
    if Path(path).stem.lower() == "rollback":
        raise click.UsageError(f"{path} is what the way back is called, beside the script")
    made = scripts(plan, [format_], binaries, str(folder))
    files = {
        path: made[f"update.{format_}"].encode(),
        str(folder / f"rollback.{format_}"): made[f"rollback.{format_}"].encode(),
    }
    check_scripts(files)
    return files


def check_scripts(files: Mapping[str, bytes]) -> None:
    """Refuse to write over the scripts of another update: its way back would be lost.

    Raises:
        click.UsageError: a file is there and has something else in it.
        OSError: it cannot be read.
    """
    for path, data in files.items():
        if Path(path).is_file() and Path(path).read_bytes() != data:
            raise click.UsageError(
                f"{path} is there already, and not for this update: delete it, or choose another"
                " folder"
            )


def render_plan(
    plan: UpdatePlan, format_: str, binaries: Binaries | None, folder: str = os.curdir
) -> str:
    """Return a plan in one of the `FORMATS`; `cmd` and `ps1` are the script of the update.

    Raises:
        click.UsageError: a script is wanted, and nothing says what the binaries are called.
        MofkitError: there can be no script.
    """
    plan = _told_apart(plan)
    match format_:
        case "cmd" | "ps1":
            return scripts(plan, [format_], binaries, folder)[f"update.{format_}"]
        case "json":
            from mofkit.repository.plan_json import render_json

            return render_json(plan)
        case "md":
            from mofkit.repository.plan_text import render_markdown

            return render_markdown(plan)
    from mofkit.repository.plan_text import render_text

    return render_text(plan)


def scripts(
    plan: UpdatePlan, shells: Sequence[Shell], binaries: Binaries | None, folder: str
) -> dict[str, str]:
    """Return the scripts that are to stand in a folder: name → text.

    They find the MOF files where these are, seen from that folder, and the new binary beside them.

    Raises:
        click.UsageError: nothing says what the binaries are called.
        MofkitError: a name cannot be said, or the plan is for no update that scripts can do.
    """
    from mofkit.codegen.provider_scripts import ScriptInputs, provider_scripts
    from mofkit.repository.plan import UpdateError

    if binaries is None:
        raise click.UsageError(
            "a script needs --dll OLD=NEW: the MOF does not say what the binaries are called"
        )
    if plan.errors:
        raise UpdateError(f"there is no script for this: {plan.errors[0].message}")
    if not plan.has_way_back:
        raise UpdateError(
            "there is no script for this, as no script could go back: the plan says what is in the"
            " way"
        )
    if plan.provider.is_decoupled:
        raise UpdateError(
            f"there is no script for the decoupled provider `{plan.provider.name}`: "
            "its program registers itself while it runs"
        )
    inputs = ScriptInputs(
        provider=plan.provider.name,
        old_binary=binaries.old,
        new_binary=binaries.new,
        old_mofs=tuple(_seen_from(folder, path) for path in plan.old_files),
        new_mofs=tuple(_seen_from(folder, path) for path in plan.new_files),
        old_clsid=plan.provider.old_clsid,
        new_clsid=plan.provider.new_clsid,
    )
    return provider_scripts(inputs, shells)


def _shared(plan: UpdatePlan) -> dict[str, str]:
    """Return the new files that are files of the old registration, each with its name there."""
    return {new: old for new in plan.new_files for old in plan.old_files if _is_same_file(old, new)}


def _is_same_file(path: str, other: str) -> bool:
    """Return whether two paths lead to one file, by links or in other letter case as well."""
    if os.path.realpath(path) == os.path.realpath(other):
        return True
    try:
        return Path(path).samefile(other)
    except OSError:  # one is not there yet
        return False


def _told_apart(plan: UpdatePlan) -> UpdatePlan:
    """Return the plan with one name for one file: by that it sees what is written over."""
    shared = _shared(plan)
    if not shared:
        return plan
    from dataclasses import replace

    return replace(plan, new_files=tuple(shared.get(path, path) for path in plan.new_files))


def _seen_from(folder: str, path: str) -> str:
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # on another drive
        return str(Path(path).absolute())
