"""The payloads of 120 BMF files: `python -m benchmarks.workers.bmf_payloads mofkit|construct`.

mofkit reads them to `Schema`; Construct interprets the schemas of `mofkit.bmf.structs`, to its
containers.
"""

import sys
import time

from benchmarks.inputs import BMF_FOLDER
from mofkit.bmf import decode_payload
from mofkit.bmf.compression import decompress
from mofkit.bmf.structs import Payload

_HEADER_BYTES = 16


def main(reader: str) -> float:
    """Return the CPU seconds for reading all payloads."""
    payloads = []
    for path in sorted(BMF_FOLDER.glob("*.bmf")):
        data = path.read_bytes()
        size = int.from_bytes(data[12:_HEADER_BYTES], "little")
        payloads.append(decompress(data[_HEADER_BYTES:], size).data)
    start = time.process_time()
    for payload in payloads:
        if reader == "mofkit":
            decode_payload(payload)
        else:
            Payload.parse(payload)
    return time.process_time() - start


if __name__ == "__main__":
    print(main(sys.argv[1]))
