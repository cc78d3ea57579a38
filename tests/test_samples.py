"""Everything in samples/ does what it shows."""

import subprocess
import sys
from pathlib import Path

import pytest

import mofkit
from mofkit.bmf.carve import find
from tests.support import ROOT

SCRIPTS = sorted((ROOT / "samples").glob("*.py"))


@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_runs(script: Path) -> None:
    run = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_firmware_carries_the_classes_beside_it() -> None:
    samples = ROOT / "samples"
    (found,) = find((samples / "acpi_thermal.asl").read_bytes())
    data = mofkit.compile_source((samples / "acpi_thermal.mof").read_text("utf-8"), wmi=True)
    assert mofkit.decompile(found.data).text == mofkit.decompile(data).text
