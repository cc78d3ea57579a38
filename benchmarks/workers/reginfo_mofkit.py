"""mofkit's WMIREGINFO: `python -m benchmarks.workers.reginfo_mofkit decode|encode N`."""

import sys
import time

from benchmarks.reginfo_inputs import ARCH, reply_of
from mofkit.reginfo import decode, encode


def main(direction: str, n_entries: int) -> float:
    """Return the CPU seconds for one buffer, to or from the public model."""
    reply = reply_of(n_entries)
    data = encode(reply, ARCH)
    start = time.process_time()
    if direction == "decode":
        result: object = decode(data, ARCH)
    else:
        result = encode(reply, ARCH)
    seconds = time.process_time() - start
    if result != (reply if direction == "decode" else data):
        raise AssertionError("what came out is not what went in")
    return seconds


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2])))
