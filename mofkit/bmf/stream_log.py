"""What the reading of a DS stream has seen: its blocks, and each token if somebody wants them.

`decompress` tells a log of every token and sync that it takes, so that what is shown is what was
read. Places in the stream are bits from its start, since tokens are not aligned.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FARTHEST_MEDIUM", "FARTHEST_SHORT", "Block", "StreamLog", "Token"]

FARTHEST_SHORT, FARTHEST_MEDIUM = 63, 319
"""The greatest distances of short and medium matches; beyond are the long ones."""


@dataclass(slots=True)
class Block:
    """The tokens up to a sync, and that sync.

    Attributes:
        bit: where it starts in the stream.
        end_bit: where it ends, the sync included.
        at: where its data starts.
        end_at: where its data ends.
        has_sync: whether a sync ends it; the stream may break off before.
    """

    bit: int
    end_bit: int
    at: int
    end_at: int
    n_literals: int = 0
    n_short: int = 0
    n_medium: int = 0
    n_long: int = 0
    has_sync: bool = False

    @property
    def n_matches(self) -> int:
        """Return how many matches of any kind it has."""
        return self.n_short + self.n_medium + self.n_long


@dataclass(frozen=True, slots=True)
class Token:
    """A literal (length 1, distance 0), a match, or a sync (length 0); its data go to `at`."""

    bit: int
    n_bits: int
    at: int
    length: int
    distance: int


class StreamLog:
    """Counts tokens by block, and keeps the first `max_tokens` of them.

    Attributes:
        n_tokens: how many there are, kept or not, syncs included.
        data: what the tokens say, as far as the stream could be read.
    """

    def __init__(self, first_bit: int, max_tokens: int = 0) -> None:
        self.blocks: list[Block] = []
        self.tokens: list[Token] = []
        self.n_tokens = 0
        self.data = bytearray()
        self._max_tokens = max_tokens
        self._open = Block(first_bit, first_bit, 0, 0)

    def token(self, bit: int, n_bits: int, at: int, length: int, distance: int = 0) -> None:
        """Take down a literal or a match."""
        block = self._opened()
        if distance == 0:
            block.n_literals += 1
        elif distance <= FARTHEST_SHORT:
            block.n_short += 1
        elif distance <= FARTHEST_MEDIUM:
            block.n_medium += 1
        else:
            block.n_long += 1
        block.end_bit = bit + n_bits
        block.end_at = at + length
        self._keep(Token(bit, n_bits, at, length, distance))

    def sync(self, bit: int, n_bits: int, at: int) -> None:
        """Take down a sync, which ends a block."""
        block = self._opened()
        block.end_bit = bit + n_bits
        block.has_sync = True
        self._open = Block(block.end_bit, block.end_bit, at, at)
        self._keep(Token(bit, n_bits, at, 0, 0))

    def _opened(self) -> Block:
        """Return the block that is being read; it is in the list from its first token on."""
        if not self.blocks or self.blocks[-1] is not self._open:
            self.blocks.append(self._open)
        return self._open

    def _keep(self, token: Token) -> None:
        self.n_tokens += 1
        if len(self.tokens) < self._max_tokens:
            self.tokens.append(token)
