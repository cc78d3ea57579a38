"""`python -m benchmarks [--quick]`: measure everything and print one table.

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


def main() -> None:
    """Print what is measured on and with, then the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round of each: less exact")
    rounds = 1 if parser.parse_args().quick else 4

    # An installed package is compiled; a checkout need not be.
    compileall.compile_dir(Path(mofkit.__file__).parent, quiet=1)
    print(f"{machine.describe()}\nCPU seconds, the least of each; rounds: {rounds}\n", flush=True)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        if inputs.CIM_ZIP.exists():
            rows += measurements.of_cim_schema(inputs.extract_cim(scratch), rounds)
        else:
            print(f"without the CIM schema: no {inputs.CIM_ZIP} (MOFKIT_SHARED names its place)\n")
        rows += measurements.of_start_up(scratch, rounds)
        rows += measurements.of_growth(scratch, rounds)
    print(render(rows))


if __name__ == "__main__":
    main()
