"""mofkit's DS streams: `python -m benchmarks.workers.ds_mofkit decompress|mofcomp|best N_BYTES`."""

import sys
import time

from benchmarks.bmf_inputs import payload
from mofkit.bmf.compression import compress, decompress


def main(job: str, n_bytes: int) -> float:
    """Return the CPU seconds for one stream, to data or from data at a level."""
    data = payload(n_bytes)
    stream = compress(data)
    start = time.process_time()
    match job:
        case "decompress":
            result = decompress(stream, n_bytes).data
        case "best":
            result = compress(data, level="best")
        case _:
            result = compress(data)
    seconds = time.process_time() - start
    if data != (result if job == "decompress" else decompress(result, n_bytes, strict=True).data):
        raise AssertionError("what came out is not what went in")
    return seconds


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2])))
