"""The same stream, one bit at a time: `python -m benchmarks.workers.ds_bitwise N_BYTES`.

`decompress` is the description of the format in the shortest Python. It expects sound streams, and
the tests hold ours against it.
"""

import sys
import time

from benchmarks.bmf_inputs import payload
from mofkit.bmf.compression import compress


def decompress(stream: bytes, size: int) -> bytes:
    """Return the data of a sound stream."""
    position = 32  # behind signature and version

    def take(n_bits: int) -> int:
        nonlocal position
        value = 0
        for i in range(n_bits):
            value |= (stream[position >> 3] >> (position & 7) & 1) << i
            position += 1
        return value

    out = bytearray()
    while True:
        kind = take(2)
        if kind in (1, 2):
            out.append(take(7) + (0x80 if kind == 1 else 0))
            continue
        if kind == 0:
            distance = take(6)
        elif take(1) == 0:
            distance = take(8) + 64
        else:
            distance = take(12) + 320
        if distance == 4415:
            if len(out) == size:
                return bytes(out)
            continue
        k = 0
        while take(1) == 0:
            k += 1
        for _ in range(2**k + 1 + take(k)):
            out.append(out[-distance])


def main(n_bytes: int) -> float:
    """Return the CPU seconds for one stream, to data."""
    data = payload(n_bytes)
    stream = compress(data)
    start = time.process_time()
    result = decompress(stream, n_bytes)
    seconds = time.process_time() - start
    if result != data:
        raise AssertionError("what came out is not what went in")
    return seconds


if __name__ == "__main__":
    print(main(int(sys.argv[1])))
