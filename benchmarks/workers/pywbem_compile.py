"""pywbem's MOF compiler into memory: `python -m benchmarks.workers.pywbem_compile DIR`.

The repository is a `MOFWBEMConnection` without a server, the lightest that pywbem has; as usual for
it, the schema's main file includes the others. Reading the files is counted, for it cannot be taken
out; our side reads within the clock too.
"""

import sys
import time
from pathlib import Path

from pywbem import MOFCompiler, MOFWBEMConnection

from benchmarks.inputs import N_CIM_CLASSES, main_file

NAMESPACE = "root/cimv2"


def main(folder: Path) -> float:
    """Return the CPU seconds for compiling the schema in `folder`."""
    repository = MOFWBEMConnection()
    compiler = MOFCompiler(repository, search_paths=[str(folder)], log_func=None)

    start = time.process_time()
    compiler.compile_file(str(main_file(folder)), NAMESPACE)
    seconds = time.process_time() - start

    n_classes = len(repository.classes[NAMESPACE])
    if n_classes != N_CIM_CLASSES:
        raise AssertionError(f"pywbem made {n_classes} classes of {N_CIM_CLASSES}")
    return seconds


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
