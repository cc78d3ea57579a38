"""The one table that comes out: a figure of ours, the peer's beside it, and how they compare."""

from collections.abc import Sequence
from dataclasses import dataclass

HEADER = ("work", "ours", "peer", "", "ratio", "target", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison; `value` is held against `target`, from above or from below."""

    work: str
    ours: str
    peer: str
    peer_name: str
    value: float
    target: float
    unit: str = "×"
    higher_is_better: bool = False

    @property
    def ok(self) -> bool:
        """Whether the target is reached."""
        if self.higher_is_better:
            return self.value >= self.target
        return self.value <= self.target

    def cells(self) -> tuple[str, ...]:
        """Return the texts of the columns of `HEADER`."""
        bound = "≥" if self.higher_is_better else "≤"
        return (
            self.work,
            self.ours,
            self.peer,
            self.peer_name,
            f"{self.value:.2f}{self.unit}",
            f"{bound} {self.target:g}{self.unit}",
            "ok" if self.ok else "short",
        )


def faster(work: str, ours: float, peer: float, peer_name: str, at_least: float) -> Row:
    """Return the row of a job where the peer takes so many times our CPU seconds."""
    ratio = peer / ours
    return Row(
        work, seconds(ours), seconds(peer), peer_name, ratio, at_least, higher_is_better=True
    )


def within(work: str, ours: float, peer: float, peer_name: str, at_most: float) -> Row:
    """Return the row of a job where we take so many times the CPU seconds of the peer."""
    return Row(work, seconds(ours), seconds(peer), peer_name, ours / peer, at_most)


def seconds(value: float) -> str:
    """Return a time for people.

    >>> seconds(0.0421), seconds(3.14159)
    ('42.1 ms', '3.14 s')
    """
    return f"{value * 1000:.1f} ms" if value < 0.1 else f"{value:.2f} s"


def megabytes(n_bytes: float) -> str:
    """Return an amount of memory for people.

    >>> megabytes(12_345_678)
    '12.3 MB'
    """
    return f"{n_bytes / 1e6:.1f} MB"


def render(rows: Sequence[Row]) -> str:
    """Return the table as lines of text, numbers to the right."""
    table = [HEADER, *(row.cells() for row in rows)]
    widths = [max(len(cells[i]) for cells in table) for i in range(len(HEADER))]
    numbers = {1, 2, 4, 5}
    lines = [
        "  ".join(
            cell.rjust(width) if i in numbers else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()
        for cells in table
    ]
    lines.insert(1, "-" * max(map(len, lines)))
    return "\n".join(lines)
