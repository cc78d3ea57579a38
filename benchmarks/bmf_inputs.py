"""What binary MOF really holds: the payloads of the shared corpus' files, one behind the other."""

from benchmarks.inputs import BMF_FOLDER
from mofkit.bmf.compression import decompress

_HEADER_BYTES = 16


def payload(n_bytes: int) -> bytes:
    """Return that many bytes of payload, in the order of the files' names.

    Raises:
        ValueError: the corpus has not so many.
    """
    found = bytearray()
    for path in sorted(BMF_FOLDER.glob("*.bmf")):
        if len(found) >= n_bytes:
            break
        data = path.read_bytes()
        size = int.from_bytes(data[12:_HEADER_BYTES], "little")
        found += decompress(data[_HEADER_BYTES:], size).data
    if len(found) < n_bytes:
        raise ValueError(f"{BMF_FOLDER} has {len(found)} bytes of payload, not {n_bytes}")
    return bytes(found[:n_bytes])
