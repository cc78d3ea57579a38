"""mofkit from bytes to syntax tree: `python -m benchmarks.workers.mofkit_parse FILE`."""

import sys
import time
from pathlib import Path

from mofkit import parse_bytes


def main(path: Path) -> float:
    """Return the CPU seconds for parsing the file, which must be without a mistake."""
    data = path.read_bytes()
    parse_bytes(b"")  # what is loaded late is loaded now

    start = time.process_time()
    result = parse_bytes(data, path=str(path))
    seconds = time.process_time() - start

    if result.diagnostics:
        raise AssertionError(f"{path}: {result.diagnostics[0].message}")
    return seconds


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
