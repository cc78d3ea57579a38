"""DS streams bit by bit: what mofkit must refuse or wonder at, and naive ways to do its work."""

from collections.abc import Sequence

__all__ = ["HEADER", "Bits", "least_bits", "literals", "match", "naive_compress", "stream_of"]

HEADER = b"DS\0\x01"

Bits = Sequence[tuple[int, int]]
"""Fields in order: value and number of bits."""

SYNC: Bits = [(0x7FFF, 15)]


def stream_of(*tokens: Bits, fill: int = 0) -> bytes:
    """Return a stream of tokens; `fill` is what the rest of the last byte holds."""
    value = n_bits = 0
    for field, n_field_bits in (field for token in tokens for field in token):
        assert 0 <= field < 1 << n_field_bits
        value |= field << n_bits
        n_bits += n_field_bits
    value |= fill << n_bits
    return HEADER + value.to_bytes((n_bits + 7) // 8, "little")


def literals(data: bytes) -> Bits:
    return [field for byte in data for field in ((1 if byte & 0x80 else 2, 2), (byte & 0x7F, 7))]


def match(distance: int, length: int) -> Bits:
    if distance < 64:
        head = [(0, 2), (distance, 6)]
    elif distance < 320:
        head = [(3, 2), (0, 1), (distance - 64, 8)]
    else:
        head = [(3, 2), (1, 1), (distance - 320, 12)]
    k = (length - 1).bit_length() - 1
    return [*head, (1 << k, k + 1), (length - 1 - 2**k, k)]


def naive_compress(data: bytes) -> bytes:
    """Return what Microsoft's compiler makes of the data: its rule, tried at every distance."""
    tokens: list[Bits] = []
    at = 0
    while at < len(data):
        limit = min(len(data), (at // 512 + 1) * 512) - at
        length, distance = 1, 0
        for candidate in range(1, min(at, 4414) + 1):
            same = _n_same(data, at, candidate, limit)
            if same > length:
                length, distance = same, candidate
        tokens.append(match(distance, length) if distance else literals(data[at : at + 1]))
        at += length
        if at % 512 == 0 and at < len(data):
            tokens.append(SYNC)
    return stream_of(*tokens, SYNC)


def least_bits(data: bytes) -> int:
    """Return in how many bits the data can be written: every match of every length is tried."""
    costs = [15] * (len(data) + 1)
    for at in range(len(data) - 1, -1, -1):
        limit = min(len(data), (at // 512 + 1) * 512) - at
        choices = [9 + costs[at + 1]]
        for distance in range(1, min(at, 4414) + 1):
            for length in range(2, _n_same(data, at, distance, limit) + 1):
                n_bits = sum(n for _, n in match(distance, length))
                choices.append(n_bits + costs[at + length])
        costs[at] = min(choices) + (15 if at and at % 512 == 0 else 0)
    return costs[0]


def _n_same(data: bytes, at: int, distance: int, limit: int) -> int:
    n = 0
    while n < limit and data[at + n] == data[at + n - distance]:
        n += 1
    return n
