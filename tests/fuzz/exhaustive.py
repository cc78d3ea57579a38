"""Cut real files at every byte, flip each of their bits, and read what comes out.

`python -m tests.fuzz.exhaustive [--every N] [--files N] [--seconds N] [--state FILE]` takes binary
MOF of the shared corpus, whole files and payloads, and all vectors of registration info. A run goes
on where the one before it ended. Printed are counts, what was neither read nor refused, the slowest
input, and the most memory that a process had; the exit code is 1 if there was such an input.
"""

import argparse
import hashlib
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from mofkit.binary import BinaryFormatError
from mofkit.bmf import decode, decode_payload
from mofkit.bmf.container import read_container
from mofkit.bmf.findings import Findings
from mofkit.reginfo import Arch, Request
from mofkit.reginfo import decode as decode_reginfo
from tests.support import ROOT, SHARED

__all__ = ["Subject", "Tally", "run", "subjects", "variants"]

SLOW_SECONDS = 5.0
SAVE_SECONDS = 10.0


class Subject(NamedTuple):
    """Bytes, and what reads them."""

    name: str
    data: bytes
    read: Callable[[bytes], object]


def subjects(n_files: int) -> Iterator[Subject]:
    """Yield the smallest files of binary MOF with their payloads, then all vectors."""
    files = sorted(SHARED.glob("corpus/bmf/*.bmf"), key=lambda path: path.stat().st_size)
    for path in files[:n_files]:
        data = path.read_bytes()
        yield Subject(path.name, data, decode)
        payload = read_container(data, Findings(is_strict=False))
        yield Subject(f"{path.name}, payload", payload, decode_payload)
    for path in sorted(SHARED.glob("vectors/reginfo/**/*.bin")):
        yield Subject(path.name, path.read_bytes(), _read_reginfo)


def _read_reginfo(data: bytes) -> None:
    """Read as each architecture and request; refused is what all of them refuse."""
    errors: list[BinaryFormatError] = []  # without what their frames hold
    for arch in Arch:
        for request in Request:
            try:
                decode_reginfo(data, arch, request)
            except BinaryFormatError as error:
                errors.append(error.with_traceback(None))
    if len(errors) == len(Arch) * len(Request):
        raise errors[0]


def variants(data: bytes, every: int, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield numbers and bytes: what is left of cuts, then data with a bit flipped.

    >>> [found.hex() for _, found in variants(b"ab", 1)][:4]
    ['', '61', '6062', '6362']
    """
    n_cuts = len(data)
    for number in range(start, n_cuts + 8 * len(data), every):
        if number < n_cuts:
            yield number, data[:number]
        else:
            at, bit = divmod(number - n_cuts, 8)
            yield number, data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


class Tally:
    """What became of the inputs, in a form that can be kept."""

    def __init__(self, plain: dict[str, Any] | None = None) -> None:
        self.counts: dict[str, int] = {"read": 0, "refused": 0, "crashed": 0, "slow": 0}
        self.slowest: tuple[float, str] = (0.0, "")
        self.crashes: list[str] = []
        self.largest: tuple[int, str] = (0, "")
        self.next: dict[str, int] = {}
        if plain is not None:
            self.__dict__.update(plain)

    def take(self, subject: Subject, number: int, data: bytes) -> None:
        """Read an input."""
        started = time.process_time()
        try:
            subject.read(data)
            kind = "read"
        except BinaryFormatError:
            kind = "refused"
        except Exception as error:  # noqa: BLE001  # that is what is looked for
            kind = "crashed"
            self.crashes.append(f"{subject.name}, variant {number}: {type(error).__name__} {error}")
        seconds = time.process_time() - started
        self.counts[kind] += 1
        self.counts["slow"] += seconds > SLOW_SECONDS
        if seconds > self.slowest[0]:
            self.slowest = seconds, f"{subject.name}, variant {number}"
        rss_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if rss_kb > self.largest[0]:
            self.largest = rss_kb, f"{subject.name}, variant {number}"

    def __str__(self) -> str:
        counts = ", ".join(f"{count:,} {word}" for word, count in self.counts.items())
        seconds, name = self.slowest
        rss_kb, largest = self.largest
        lines = [
            f"{sum(self.counts.values()) - self.counts['slow']:,} inputs: {counts}",
            f"slowest: {seconds * 1000:.1f} ms, {name}",
            f"most memory of a process: {rss_kb / 1024:.0f} MB, {largest}",
            *self.crashes[:20],
        ]
        return "\n".join(lines)


def run(
    found: Iterator[Subject], tally: Tally, *, every: int, seconds: float, save: Callable[[], None]
) -> bool:
    """Go through subjects from where the tally is; say whether all is done."""
    end = time.monotonic() + seconds
    saved = time.monotonic()
    for subject in found:
        digest = hashlib.sha256(subject.data).hexdigest()[:12]
        key = f"{digest} {subject.name} every {every}"
        for number, data in variants(subject.data, every, tally.next.get(key, 0)):
            tally.take(subject, number, data)
            tally.next[key] = number + every
            now = time.monotonic()
            if now - saved > SAVE_SECONDS:
                saved = now
                save()
            if now > end:
                return False
    return True


def main() -> int:
    """Run as far as the time goes and print the tally."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.exhaustive", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="of the inputs, take every Nth (1)")
    parser.add_argument("--files", type=int, default=20, help="how many binary MOFs (20)")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="how long (no end)")
    state = ROOT / ".fuzz" / "exhaustive.json"
    parser.add_argument("--state", type=Path, default=state, help="what is kept between runs")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        parser.error(f"there are no files to cut in {SHARED}")
    path: Path = arguments.state
    tally = Tally(json.loads(path.read_bytes()) if path.exists() else None)

    def save() -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(vars(tally)), "utf-8")

    try:
        is_done = run(
            subjects(arguments.files),
            tally,
            every=arguments.every,
            seconds=arguments.seconds,
            save=save,
        )
    finally:
        save()
    print(tally)
    print("all done" if is_done else "not all is done: run it again")
    return int(tally.counts["crashed"] > 0)


if __name__ == "__main__":
    sys.exit(main())
