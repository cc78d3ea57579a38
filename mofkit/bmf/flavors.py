"""The flavor table: the flavors of qualifiers by where their records stand in the payload."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mofkit.bmf.enums import KNOWN_FLAVORS, STORED_FLAVORS
from mofkit.bmf.findings import Findings
from mofkit.bmf.structs import FLAVOR_MAGIC, flavor_entry_row, flavor_row
from mofkit.cim import FLAVOR_WORDS

if TYPE_CHECKING:
    from mofkit.bmf.trace import PayloadTrace

__all__ = ["FlavorTable", "flavor_words", "read_flavors"]

_PATH = "flavor table"


class FlavorTable:
    """Flavors by offset; who reads a qualifier takes its flavor out."""

    def __init__(self, flavors: dict[int, int], entry_offsets: dict[int, int]) -> None:
        self._flavors = flavors
        self._entry_offsets = entry_offsets

    def take(self, offset_bytes: int) -> int:
        """Return the flavor of the qualifier record at an offset, 0 without an entry."""
        return self._flavors.pop(offset_bytes, 0)

    def note_rest(self, findings: Findings) -> None:
        """Report the entries that no qualifier has taken."""
        for offset_bytes in self._flavors:
            message = f"entry for {offset_bytes:#x}, where no qualifier was read"
            findings.note("W-FLAVOR", self._entry_offsets[offset_bytes], _PATH, message)


def read_flavors(
    payload: bytes, start: int, findings: Findings, trace: PayloadTrace | None = None
) -> FlavorTable:
    """Return the table that stands from `start` to the end of the payload; there may be none.

    Raises:
        BinaryFormatError: E-SIZE or E-MAGIC; there is something else.
    """
    flavors: dict[int, int] = {}
    entry_offsets: dict[int, int] = {}
    last = -1
    for at, offset_bytes, flavor in _entries(payload, start, findings, trace):
        if offset_bytes <= last:
            message = f"{offset_bytes:#x} stands behind {last:#x}"
            findings.note("W-FLAVOR", at, _PATH, message)
        if not flavor or flavor & ~KNOWN_FLAVORS:
            findings.note("W-FLAVOR", at + 4, _PATH, f"no known file has the flavor {flavor:#x}")
        last = offset_bytes
        flavors[offset_bytes] = flavor & STORED_FLAVORS
        entry_offsets[offset_bytes] = at
        if trace is not None:
            trace.flavor_entry(at, offset_bytes, flavor)
    return FlavorTable(flavors, entry_offsets)


def _entries(
    payload: bytes, start: int, findings: Findings, trace: PayloadTrace | None
) -> list[tuple[int, int, int]]:
    """Return where each entry stands, and what it says."""
    left = len(payload) - start
    if not left:
        return []
    if left < flavor_row.size:
        findings.refuse("E-SIZE", start, _PATH, f"{left} bytes cannot hold a header")
    magic, count = flavor_row.struct.unpack_from(payload, start)
    if trace is not None:
        trace.header(flavor_row, start, _PATH)
    if magic != FLAVOR_MAGIC:
        findings.refuse("E-MAGIC", start, _PATH, f"signature is {magic!r}, not {FLAVOR_MAGIC!r}")
    at = start + flavor_row.size
    end = at + count * flavor_entry_row.size
    if end > len(payload):
        reason = f"count is {count}, there is room for {(len(payload) - at) // 8}"
        findings.refuse("E-SIZE", start + len(FLAVOR_MAGIC), _PATH, reason)
    if end < len(payload):
        findings.note("W-TRAILING", end, _PATH, f"{len(payload) - end} bytes behind the table")
    rows = flavor_entry_row.struct.iter_unpack(payload[at:end])
    return [(at + 8 * index, *row) for index, row in enumerate(rows)]


@lru_cache(maxsize=256)
def flavor_words(flavor: int) -> tuple[str, ...]:
    """Return the words that set the bits of a flavor.

    >>> flavor_words(0x82)
    ('ToSubclass', 'Amended')
    """
    return tuple(word for word, bit in FLAVOR_WORDS.items() if flavor & bit)
