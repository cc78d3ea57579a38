"""Making bytes smaller while something holds of them, byte for byte: after Hypothesis' shrinking.

Hypothesis makes an input smaller by making other choices, so what comes out is what its strategy
can give. This leaves out and clears bytes, whatever they are.
"""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["reduce_bytes"]


def reduce_bytes(
    data: bytes,
    holds: Callable[[bytes], bool],
    *,
    is_over: Callable[[], bool] = lambda: False,
    clears: bool = True,
) -> bytes:
    r"""Return the smallest bytes found for which `holds` still returns True.

    Takes some n log n calls in a round, and as many rounds as make it smaller. No piece of the
    result of a length of 1, 2, 4 ... can be left out, unless `is_over` ended the search.

    Args:
        data: for which it holds.
        holds: the same for the same bytes.
        is_over: says whether to stop and return what there is.
        clears: whether what must stay is replaced with NUL bytes where these do as well.

    >>> reduce_bytes(b"one two three four", lambda data: b"e" in data and b"f" in data)
    b'ef'
    >>> reduce_bytes(b"abcdef", lambda data: len(data) > 3 and data.endswith(b"f"))
    b'\x00\x00\x00f'
    """
    before = None
    while data != before and not is_over():
        before = data
        data = _without_pieces(data, holds, is_over)
    return _cleared(data, holds, is_over) if clears else data


def _without_pieces(
    data: bytes, holds: Callable[[bytes], bool], is_over: Callable[[], bool]
) -> bytes:
    length = 1 << max(len(data).bit_length() - 1, 0)
    while length:
        at = 0
        while at < len(data) and not is_over():
            shorter = data[:at] + data[at + length :]
            if holds(shorter):
                data = shorter
            else:
                at += length
        length //= 2
    return data


def _cleared(data: bytes, holds: Callable[[bytes], bool], is_over: Callable[[], bool]) -> bytes:
    length = 1 << max(len(data).bit_length() - 1, 0)
    while length:
        for at in range(0, len(data), length):
            if is_over():
                return data
            piece = data[at : at + length]
            plain = data[:at] + bytes(len(piece)) + data[at + length :]
            if any(piece) and holds(plain):
                data = plain
        length //= 2
    return data
