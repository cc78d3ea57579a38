"""`python -m tests.fuzz [--seconds N] [--folder DIR] [TARGET...]`: run harnesses, one by one.

A target is run where it left off: its corpus is in `DIR/<target>/corpus`. Without Atheris, which
has wheels for Linux and some versions of Python only, `mofkit fuzz roundtrip` takes its place; that
is not guided by coverage. The exit code is 1 if something was found.
"""

import argparse
import json
import re
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mofkit.testing.laws import KINDS
from mofkit.testing.samples import generate
from tests.fuzz.targets import TARGETS
from tests.support import ROOT

MAX_INPUT_BYTES = 4096
MAX_SECONDS_EACH = 20  # of processor and clock; a fault beyond it
MAX_MEMORY_MB = 2048
N_SEEDS = 200
GRACE_SECONDS = 120

_EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_INPUTS = re.compile(r"^seed \d+, .*?([\d,]+) inputs", re.MULTILINE)


def main() -> int:
    """Run targets and print the table of all runs so far."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for each target (60)")
    parser.add_argument("--folder", type=Path, default=ROOT / ".fuzz", help="what is kept (.fuzz)")
    parser.add_argument("targets", metavar="TARGET", nargs="*", help=f"of {', '.join(TARGETS)}")
    arguments = parser.parse_args()
    if unknown := set(arguments.targets) - set(TARGETS):
        parser.error(f"there is no target {', '.join(sorted(unknown))}")
    guided = find_spec("atheris") is not None
    if not guided:
        print("no Atheris for this Python: not guided by coverage", flush=True)
    for target in arguments.targets or TARGETS:
        folder = arguments.folder / target
        started = time.monotonic()
        run = run_guided if guided else run_unguided
        n_inputs, output = run(target, folder, arguments.seconds)
        add(arguments.folder, target, n_inputs, time.monotonic() - started, output)
    return report(arguments.folder)


def run_guided(target: str, folder: Path, seconds: int) -> tuple[int, str]:
    """Run a target in Atheris; return how many inputs it had, and what it said of a finding."""
    corpus, findings = folder / "corpus", folder / "findings"
    for each in (corpus, findings):
        each.mkdir(parents=True, exist_ok=True)
    if not any(corpus.iterdir()):
        plant_seeds(target, corpus)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={MAX_INPUT_BYTES}",
        f"-timeout={MAX_SECONDS_EACH}",
        f"-rss_limit_mb={MAX_MEMORY_MB}",
        f"-artifact_prefix={findings}/",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    words = [sys.executable, "-m", "tests.fuzz.harness", target, *options, str(corpus)]
    done = subprocess.run(
        words,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        timeout=seconds + GRACE_SECONDS,
    )
    found = _EXECUTED.search(done.stdout)
    return int(found[1]) if found else 0, done.stdout if done.returncode else ""


def run_unguided(target: str, folder: Path, seconds: int) -> tuple[int, str]:
    """Run `mofkit fuzz roundtrip` in the place of Atheris."""
    words = ["fuzz", "roundtrip", target, "--time", f"{seconds}s", "--save", folder / "findings"]
    done = subprocess.run(
        [sys.executable, "-m", "mofkit", *map(str, words)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=seconds + GRACE_SECONDS,
    )
    found = _INPUTS.search(done.stdout)
    return int(found[1].replace(",", "")) if found else 0, done.stdout if done.returncode else ""


def plant_seeds(target: str, corpus: Path) -> None:
    """Write valid and near-valid input, without the files around payloads."""
    kind = KINDS[target]
    for number, sample in enumerate(generate(target, kind, count=N_SEEDS, seed=1)):
        (corpus / f"seed-{number:03}").write_bytes(kind.from_file(sample.data))


def add(folder: Path, target: str, n_inputs: int, seconds: float, output: str) -> None:
    """Add a run to the figures, and print it."""
    state = read_state(folder)
    figures = state.setdefault(target, {"runs": 0, "seconds": 0, "inputs": 0, "broken_runs": 0})
    figures["runs"] += 1
    figures["seconds"] += round(seconds)
    figures["inputs"] += n_inputs
    figures["broken_runs"] += bool(output)
    (folder / "state.json").write_text(f"{json.dumps(state, indent=2)}\n", "utf-8")
    print(f"{target}: {n_inputs:,} inputs in {seconds:.0f} s", flush=True)
    if output:
        print(output[-3000:], flush=True)


def report(folder: Path) -> int:
    """Print the figures of all runs; return 1 if something was found in one."""
    state = read_state(folder)
    print(f"\n{'target':11}{'runs':>6}{'seconds':>9}{'inputs':>13}{'corpus':>8}{'findings':>10}")
    n_findings = 0
    for target, figures in state.items():
        corpus, findings = (
            len([*(folder / target / part).glob("*")]) for part in ("corpus", "findings")
        )
        n_findings += findings
        print(
            f"{target:11}{figures['runs']:6}{figures['seconds']:9}{figures['inputs']:13,}"
            f"{corpus:8,}{findings:10}"
        )
    return int(n_findings > 0)


def read_state(folder: Path) -> dict[str, Any]:
    """Return the figures of the runs before."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "state.json"
    state: dict[str, Any] = json.loads(path.read_bytes()) if path.exists() else {}
    return state


if __name__ == "__main__":
    sys.exit(main())
