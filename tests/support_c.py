"""Compilers for the C that mofkit writes, and programs that run it outside of a driver.

A compiler that is not installed skips the test with that reason, or fails it where CI=true.
"""

import os
import platform
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from mofkit.reginfo import Arch
from tests.support import DATA, IN_CI

__all__ = ["HOST", "MINGW", "compile_for_windows", "run_on_host"]

HOST = DATA / "codegen" / "host"
"""The driver kit's headers in small, and the programs that drive generated code."""

MINGW = {Arch.X64: "x86_64-w64-mingw32", Arch.X86: "i686-w64-mingw32"}

TIMEOUT_SECONDS = 100
_STRICT = ("-Wall", "-Wextra", "-Werror")

# g++ refuses wdm.h of mingw-w64 10: two inline functions are there twice.
_WDM_TWICE = tuple(
    f"-D__INTRINSIC_DEFINED_InterlockedBitTestAnd{which}" for which in ("Set", "Reset")
)


def compile_for_windows(source: Path, arch: Arch, language: str, *options: str) -> None:
    """Compile a file as "c" or "c++", with mingw-w64's own wdm.h, wmistr.h and wmilib.h."""
    compiler = _require(MINGW[arch] + ("-gcc" if language == "c" else "-g++"))
    include = _run(compiler, "-print-file-name=../include").strip()
    _run(
        *(compiler, "-x", language, *_STRICT, *_WDM_TWICE, "-O1", "-c", "-o", os.devnull),
        *(*options, "-isystem", f"{include}/ddk", str(source)),
    )


def run_on_host(
    folder: Path,
    files: Mapping[str, str],
    sources: Sequence[str | Path],
    arch: Arch,
    *options: str,
) -> list[str]:
    """Write `files` into a folder, compile the sources, run the program, return its lines."""
    for name, text in files.items():
        (folder / name).write_text(text, "ascii")
    program = folder / f"program-{arch}"
    paths = [str(folder / source) for source in sources]
    _run(*_host_compiler(arch), *_STRICT, *options, "-I", str(HOST), "-o", str(program), *paths)
    return _run(str(program)).splitlines()


@cache
def _host_compiler(arch: Arch) -> tuple[str, ...]:
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        pytest.skip("only Linux on x86-64 runs programs of both pointer sizes")
    compiler = _require("gcc")
    command = (compiler, "-m64" if arch is Arch.X64 else "-m32", "-fshort-wchar")
    probe = '#include <stdio.h>\nint main(void) { return puts("") < 0; }\n'
    done = subprocess.run(
        [*command, "-x", "c", "-", "-o", os.devnull],
        input=probe,
        text=True,
        capture_output=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    if done.returncode:
        _miss(f"{' '.join(command)} cannot build a program; Debian: gcc-multilib")
    return command


def _require(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        _miss(f"there is no {name}")
    assert path is not None
    return path


def _miss(reason: str) -> None:
    if IN_CI:
        pytest.fail(f"{reason} (CI=true: not skipped)", pytrace=False)
    pytest.skip(reason)


def _run(*command: str) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout
