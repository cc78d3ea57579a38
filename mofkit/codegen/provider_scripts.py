r"""Scripts that update a WMI provider on a running system, and that go back.

What they do is Microsoft's page "Updating a Provider" (`WmiSdk/updating-a-provider`): copy the new
binary beside the old one, let it register itself, compile the new MOF; later, when asked to clean
up, unregister the old binary and have it deleted at the next start of Windows. Each step is
checked, and the first that fails ends the script, which then says where one stands.

The names stand in quotes at the top of each script (`shell_text`); below them it is the same text
whatever they are. A `.cmd` is UTF-8 without a mark, which `cmd` would take for a command; where a
name is not ASCII it sets code page 65001, and the old one again at its end. A `.ps1` is UTF-8 with
a mark, since Windows PowerShell 5 takes anything else for the ANSI code page. Lines end in CR LF.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args
from uuid import UUID

from mofkit.codegen.errors import CodegenError
from mofkit.codegen.shell_text import check_path, cmd_value, ps_literal, split_path
from mofkit.codegen.template import render

__all__ = ["SHELLS", "ScriptInputs", "Shell", "provider_scripts"]

Shell: TypeAlias = Literal["cmd", "ps1"]

SHELLS: tuple[Shell, ...] = get_args(Shell)

_TASKS = ("update", "rollback")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptInputs:
    r"""What the scripts have to know.

    Relative paths are relative to the folder in which the scripts stand.

    Attributes:
        provider: its name, for messages.
        old_binary: the DLL or EXE that is installed, with its folder (`C:\Fenwick\pump.dll`), or
            without: then the scripts take the folder as their argument.
        new_binary: the new DLL or EXE. Its name is what it will have beside the old one.
        old_mofs: the registration as it is, in the order of compilation; what leads back.
        new_mofs: the registration with the new CLSID.
        old_clsid: the CLSID that the old binary registers. Without it there is no way back.
        new_clsid: the CLSID that the new binary must register before the MOF is compiled.
    """

    provider: str
    old_binary: str
    new_binary: str
    old_mofs: tuple[str, ...]
    new_mofs: tuple[str, ...]
    old_clsid: UUID
    new_clsid: UUID


def provider_scripts(inputs: ScriptInputs, shells: Sequence[Shell] = SHELLS) -> dict[str, str]:
    r"""Return `update` and `rollback` for each shell: file name → text, to be written as UTF-8.

    Raises:
        CodegenError: a name is none that a file of Windows can have, or none that the shell can
            say; the new binary is no update of the old one.

    >>> scripts = provider_scripts(
    ...     ScriptInputs(
    ...         provider="FenwickPumpProvider",
    ...         old_binary=r"C:\Fenwick\pump.dll",
    ...         new_binary="pump2.dll",
    ...         old_mofs=("old.mof",),
    ...         new_mofs=("new.mof",),
    ...         old_clsid=UUID(int=1),
    ...         new_clsid=UUID(int=2),
    ...     )
    ... )
    >>> list(scripts), scripts["update.ps1"][0]
    (['update.cmd', 'rollback.cmd', 'update.ps1', 'rollback.ps1'], '\ufeff')
    """
    values = _values(inputs)
    return {
        f"{task}.{shell}": _render(f"{task}.{shell}", shell, values)
        for shell in shells
        for task in _TASKS
    }


def _values(inputs: ScriptInputs) -> dict[str, object]:
    old, new = check_path(inputs.old_binary), check_path(inputs.new_binary)
    folder, old_name = split_path(old)
    _source_folder, new_name = split_path(new)
    _check_names(old_name, new_name)
    if folder and not _is_absolute(folder):
        raise CodegenError(old, "its folder must begin with a drive or a server, or be left out")
    if not inputs.old_mofs or not inputs.new_mofs:
        raise CodegenError("MOF", "an old and a new registration are needed")
    paths = [*map(check_path, inputs.old_mofs)], [*map(check_path, inputs.new_mofs)]
    return {
        "provider": inputs.provider,
        "folder": folder,
        "old_name": old_name,
        "new_name": new_name,
        "source": new,
        "old_mofs": paths[0],
        "new_mofs": paths[1],
        "old_clsid": _registry_form(inputs.old_clsid),
        "new_clsid": _registry_form(inputs.new_clsid),
        "is_exe": new_name.lower().endswith(".exe"),
        "is_ascii": all(map(str.isascii, [inputs.provider, old, new, *paths[0], *paths[1]])),
    }


def _check_names(old: str, new: str) -> None:
    if old.lower() == new.lower():
        raise CodegenError(new, "the new binary must have another name, as it goes beside the old")
    for name in (old, new):
        if not name.lower().endswith((".dll", ".exe")):
            raise CodegenError(name, "a provider's binary is a .dll or an .exe")
    if old.lower()[-4:] != new.lower()[-4:]:
        raise CodegenError(
            new, f"a .dll and an .exe register in different ways, and `{old}` is old"
        )


def _is_absolute(path: str) -> bool:
    return path[1:2] == ":" or path.startswith("\\\\")


def _registry_form(clsid: UUID) -> str:
    return f"{{{clsid}}}".upper()


def _render(name: str, shell: Shell, values: Mapping[str, object]) -> str:
    filters = {"cmd": cmd_value, "ps": ps_literal}  # make every name harmless
    text = render(f"{name}.j2", values, filters, {"absolute": _is_absolute})
    return ("\ufeff" if shell == "ps1" else "") + text.replace("\n", "\r\n")
