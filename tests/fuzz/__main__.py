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
from typing import Any, NamedTuple

from tests.fuzz.seeds import seeds_of
from tests.fuzz.targets import TARGETS
from tests.support import ROOT

MAX_INPUT_BYTES = 4096
MAX_SECONDS_EACH = 20  # of processor and clock; a fault beyond it
MAX_MEMORY_MB = 2048
GRACE_SECONDS = 300  # to load, and to read the corpus
MAX_SAID_CHARS = 3000

_COLUMNS = {
    "runs": 6,
    "seconds": 9,
    "inputs": 13,
    "edges": 9,
    "features": 10,
    "corpus": 8,
    "findings": 10,
}
_EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_COVERED = re.compile(r"\bcov: (\d+) ft: (\d+)")
_FAULT = re.compile(r"^.*(=== Uncaught Python exception|ERROR: libFuzzer)", re.MULTILINE)
_INPUTS = re.compile(r"^seed \d+, .*?([\d,]+) inputs", re.MULTILINE)


class Run(NamedTuple):
    """What a run of a target came to.

    Attributes:
        n_inputs: those that were tried.
        n_edges: branches that the corpus reaches, of the ways from one line to another; 0 where
            nothing counts them.
        n_features: of these with how often each was taken, in classes.
        said: of a finding; empty where there is none.
    """

    n_inputs: int
    n_edges: int
    n_features: int
    said: str


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
        found = (run_guided if guided else run_unguided)(target, folder, arguments.seconds)
        add(arguments.folder, target, found, time.monotonic() - started)
    return report(arguments.folder)


def run_guided(target: str, folder: Path, seconds: int) -> Run:
    """Run a target in Atheris."""
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
    ]
    words = [sys.executable, "-m", "tests.fuzz.harness", target, *options, str(corpus)]
    code, output = call(words, seconds)
    executed = _EXECUTED.search(output)
    *_, (edges, features) = [("0", "0"), *_COVERED.findall(output)]
    fault = _FAULT.search(output)
    said = output[fault.start() if fault else 0 :] if code else ""
    return Run(int(executed[1]) if executed else 0, int(edges), int(features), said)


def run_unguided(target: str, folder: Path, seconds: int) -> Run:
    """Run `mofkit fuzz roundtrip` in the place of Atheris."""
    words = ["fuzz", "roundtrip", target, "--time", f"{seconds}s", "--save", folder / "findings"]
    code, output = call([sys.executable, "-m", "mofkit", *map(str, words)], seconds)
    found = _INPUTS.search(output)
    n_inputs = int(found[1].replace(",", "")) if found else 0
    return Run(n_inputs, 0, 0, output if code else "")


def call(words: list[str], seconds: int) -> tuple[int, str]:
    """Run a program that ends by itself; return its exit code, and all that it said."""
    try:
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
    except subprocess.TimeoutExpired as error:
        said = (error.stdout or b"").decode(errors="replace")
        return 1, f"{said[-MAX_SAID_CHARS:]}\nit did not end in {error.timeout:.0f} s\n"
    return done.returncode, done.stdout


def plant_seeds(target: str, corpus: Path) -> None:
    """Write what a target begins with."""
    for number, data in enumerate(seeds_of(target)):
        (corpus / f"seed-{number:03}").write_bytes(data)


def add(folder: Path, target: str, run: Run, seconds: float) -> None:
    """Add a run to the figures, and print it."""
    state = read_state(folder)
    figures = state.setdefault(target, {"runs": 0, "seconds": 0, "inputs": 0, "broken_runs": 0})
    figures["runs"] += 1
    figures["seconds"] += round(seconds)
    figures["inputs"] += run.n_inputs
    figures["edges"] = run.n_edges or figures.get("edges", 0)
    figures["features"] = run.n_features or figures.get("features", 0)
    figures["broken_runs"] += bool(run.said)
    (folder / "state.json").write_text(f"{json.dumps(state, indent=2)}\n", "utf-8")
    covered = f", {run.n_edges:,} edges, {run.n_features:,} features" if run.n_edges else ""
    print(f"{target}: {run.n_inputs:,} inputs in {seconds:.0f} s{covered}", flush=True)
    if run.said:
        print(run.said[:MAX_SAID_CHARS], flush=True)


def report(folder: Path) -> int:
    """Print the figures of all runs; return 1 if something was found in one.

    Edges and features are those of the last run, in which the corpus of all runs was tried.
    """
    state = read_state(folder)
    print(f"\n{'target':12}{''.join(f'{name:>{width}}' for name, width in _COLUMNS.items())}")
    for target, figures in state.items():
        for part in ("corpus", "findings"):
            figures[part] = len([*(folder / target / part).glob("*")])
        numbers = [f"{figures.get(name, 0):{width},}" for name, width in _COLUMNS.items()]
        print(f"{target:12}{''.join(numbers)}")
    return int(any(figures["findings"] for figures in state.values()))


def read_state(folder: Path) -> dict[str, Any]:
    """Return the figures of the runs before."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "state.json"
    state: dict[str, Any] = json.loads(path.read_bytes()) if path.exists() else {}
    return state


if __name__ == "__main__":
    sys.exit(main())
