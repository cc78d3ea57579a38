"""The most memory a mofkit command holds: `python -m benchmarks.workers.peak_memory [ARGUMENT...]`.

Prints bytes; without arguments those of an idle interpreter. The process asks about itself, since
the peak that its parent is told (`ru_maxrss`) is at least the parent's own size at the fork.
"""

import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Run the command in this process and return the peak of its resident memory, in bytes."""
    if arguments:
        from mofkit.cli import run

        sys.argv = ["mofkit", *arguments]
        code = run()
        if code:
            raise SystemExit(code)
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) * 1024

    import resource

    unit_bytes = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit_bytes


if __name__ == "__main__":
    print(main(sys.argv[1:]))
