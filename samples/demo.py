"""Show what mofkit does: print a command, run it, explain the next one.

Run by `make demo`, and by the tests; it fails when a command ends otherwise than said here. It
works on a copy of the samples, in a folder that is gone afterwards.
"""

import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Step(NamedTuple):
    """One command of the demonstration, what it shows, and the exit code it must have."""

    shows: str
    command: str
    exit_code: int = 0


STEPS = [
    Step(
        "MOF as drivers, providers, schemas and subscriptions write it. Nothing to complain about:",
        "mofkit check samples/acpi_thermal.mof samples/cim_vehicle.mof samples/disk_watch.mof "
        "samples/dsc_resource.schema.mof samples/fan_driver.mof samples/lamp.mof "
        "samples/lamp_ms_409.mfl samples/pump_provider.mof samples/valve_driver.mof",
    ),
    Step(
        "A file with six mistakes, all found in one run. Each shows its place; exit code 1:",
        "mofkit check samples/broken.mof",
        exit_code=1,
    ),
    Step(
        "The same for editors and scripts, one finding a line:",
        "mofkit check --format concise samples/broken.mof",
        exit_code=1,
    ),
    Step(
        "What mofkit can mend without a doubt (`--fix` does it):",
        "mofkit check --diff samples/broken.mof",
        exit_code=1,
    ),
    Step(
        "What a finding means, why it matters and how to write it instead:",
        "mofkit rule SYN004",
    ),
    Step(
        "The syntax tree of a file, which holds every byte of it:",
        "mofkit dump --what tree samples/lamp.mof",
    ),
    Step(
        "The classes and instances it declares:",
        "mofkit dump --what schema samples/lamp.mof",
    ),
    Step(
        "A provider's new CLSID: only its digits change, also in what goes with the MOF:",
        "mofkit bump samples/pump_provider.mof --provider fenwickpumpprovider "
        "--clsid {a5ee1f57-0be1-4f7e-93d9-6d7a3f4b2c08} --with samples/provider_update/PumpProv.h",
    ),
    Step(
        "What that update will do, before it is done, and how to go back:",
        "mofkit bump samples/pump_provider.mof --provider fenwickpumpprovider "
        "--clsid {a5ee1f57-0be1-4f7e-93d9-6d7a3f4b2c08} --plan",
    ),
    Step(
        "What a driver registers with WMI when it starts, and what happens then:",
        "mofkit reginfo apply unregistered samples/reginfo/v1.toml --action register",
    ),
    Step(
        "The update to its next version. WMIREG_FLAG_REMOVE_GUID takes one block away:",
        "mofkit reginfo diff samples/reginfo/v1.toml samples/reginfo/v2.toml",
    ),
    Step(
        "What that update changes, step by step:",
        "mofkit reginfo apply samples/reginfo/v1.toml samples/reginfo/update.toml",
    ),
    Step(
        "A driver's classes, with GUIDs and sizes from a C header, become what its .sys carries:",
        "mofkit compile --wmi -I samples/inc -D VALVE_VERSION=1 samples/valve_driver.mof "
        "-o old.bmf",
    ),
    Step(
        "Its next version. Neither Windows nor a C compiler is needed:",
        "mofkit compile --wmi -I samples/inc -D VALVE_VERSION=2 samples/valve_driver.mof "
        "-o new.bmf",
    ),
    Step(
        "What is in that file. The stream is the one that mofcomp makes, bit for bit:",
        "mofkit inspect --stats new.bmf",
    ),
    Step(
        "Back to text, as one would where only the driver is at hand:",
        "mofkit decompile old.bmf -o old.mof",
    ),
    Step(
        "The same for its next version,",
        "mofkit decompile new.bmf -o new.mof",
    ),
    Step(
        "so that one sees what is new in it:",
        "diff -u old.mof new.mof",
        exit_code=1,
    ),
    Step(
        "Binary MOF is found in drivers, ACPI tables and dumps too; here in the source of a table:",
        "mofkit decompile samples/acpi_thermal.asl",
    ),
]


def main() -> int:
    """Run every step; return 0 when each ended as expected."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "samples", Path(folder, "samples"))
        for step in STEPS:
            print(f"\n# {step.shows}\n$ {step.command}", flush=True)
            exit_code = run(step.command.split(), folder)
            if exit_code != step.exit_code:
                print(f"exit code {exit_code}, expected {step.exit_code}", file=sys.stderr)
                return 1
    return 0


def run(command: list[str], folder: str) -> int:
    """Run a command in a folder; return its exit code."""
    program, *arguments = command
    if program == "diff":
        return diff(*(Path(folder, name) for name in arguments[-2:]))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", program, *arguments], cwd=folder, env=environment, check=False
    ).returncode


def diff(old: Path, new: Path) -> int:
    """Print how two files differ; return 1 if they do. Not every system has such a command."""
    before, after = (path.read_text("utf-8").splitlines() for path in (old, new))
    lines = list(difflib.unified_diff(before, after, old.name, new.name, lineterm=""))
    print(*lines, sep="\n", flush=True)
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
