"""`python -m benchmarks [--quick] [GROUP...]`: measure everything, or groups, and print one table.

A row that falls short is no failure: the figures are for people to read, and a busy machine is no
defect. The exit code is 0.
"""

import argparse
import compileall
import tempfile
from pathlib import Path

import mofkit
from benchmarks import inputs, machine, measurements
from benchmarks.table import Row, render

GROUPS = ("cim", "start-up", "growth", "reginfo", "bmf")


def main() -> None:
    """Print what is measured on and with, then the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round of each: less exact")
    parser.add_argument("groups", metavar="GROUP", nargs="*", help=f"of {', '.join(GROUPS)}")
    arguments = parser.parse_args()
    groups = arguments.groups or GROUPS
    if unknown := set(groups) - set(GROUPS):
        parser.error(f"there is no group {', '.join(sorted(unknown))}")
    rounds = 1 if arguments.quick else 4

    # An installed package is compiled; a checkout need not be.
    compileall.compile_dir(Path(mofkit.__file__).parent, quiet=1)
    print(f"{machine.describe()}\nCPU seconds, the least of each; rounds: {rounds}\n", flush=True)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for group in groups:
            rows += _measure(group, scratch, rounds)
    print(render(rows))


def _measure(group: str, scratch: Path, rounds: int) -> list[Row]:
    match group:
        case "cim" if inputs.CIM_ZIP.exists():
            return measurements.of_cim_schema(inputs.extract_cim(scratch), rounds)
        case "cim":
            print(f"without the CIM schema: no {inputs.CIM_ZIP} (MOFKIT_SHARED names its place)\n")
            return []
        case "start-up":
            return measurements.of_start_up(scratch, rounds)
        case "growth":
            return measurements.of_growth(scratch, rounds)
        case "bmf" if inputs.BMF_FOLDER.is_dir():
            return measurements.of_bmf(rounds)
        case "bmf":
            print(f"without BMF: no {inputs.BMF_FOLDER} (MOFKIT_SHARED names its place)\n")
            return []
        case _:
            return measurements.of_reginfo(rounds)


if __name__ == "__main__":
    main()
