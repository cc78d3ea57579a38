"""mofkit from files to `Schema`: `python -m benchmarks.workers.mofkit_schema FILE|DIR`.

A folder is the CIM schema, in the order in which its main file includes the others. Reading the
files is counted, as in `pywbem_compile`.
"""

import sys
import time
from pathlib import Path

from benchmarks.inputs import N_CIM_CLASSES, included_files
from mofkit import bind, parse_bytes


def main(path: Path) -> float:
    """Return the CPU seconds for reading, parsing and binding."""
    bind([parse_bytes(b"")])  # what is loaded late is loaded now

    start = time.process_time()
    paths = included_files(path) if path.is_dir() else [path]
    results = [parse_bytes(file.read_bytes(), path=str(file)) for file in paths]
    bound = bind(results)
    seconds = time.process_time() - start

    n_classes = len(bound.schema.classes)
    if path.is_dir() and n_classes != N_CIM_CLASSES:
        raise AssertionError(f"mofkit made {n_classes} classes of {N_CIM_CLASSES}")
    return seconds


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
