"""Inputs with a label: valid ones, and near-valid ones with what a correct reader says of them.

What `mofkit fuzz corpus` writes, and what `mofkit fuzz exec` gives to programs.

>>> from mofkit.testing.laws import KINDS
>>> found = generate("wnode", KINDS["wnode"], count=4, seed=1)
>>> len({sample.data for sample in found}), found[0].label, found[0].is_valid
(4, 'valid', True)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import seed as with_seed
from hypothesis import strategies as st

from mofkit.diagnostics import Severity
from mofkit.syntax import parse_bytes

if TYPE_CHECKING:
    from mofkit.testing.laws import Kind

__all__ = ["SAMPLE_KINDS", "Sample", "generate", "samples_of"]

SAMPLE_KINDS: Final = ("mof", "bmf", "bmf-file", "reginfo", "wnode")
"""Kinds that have near-valid input, too."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An input and what is known of it.

    Attributes:
        data: the contents of a file.
        label: `valid`, or what was done to it.
        expected: codes of which a correct reader gives one; none where it is valid.
        codes: those of mofkit.
        is_valid: nothing was done to it.
        is_malformed: it was made so that a correct reader refuses it, as mofkit does.
        about: what cannot be seen in the bytes, such as the pointer size.
        means: what a valid one says, as data for JSON.
    """

    data: bytes
    label: str
    expected: tuple[str, ...]
    codes: tuple[str, ...]
    is_valid: bool
    is_malformed: bool
    about: dict[str, str]
    means: object = None


def samples_of(kind: Kind, *, changed: bool | None = None) -> st.SearchStrategy[Sample]:
    """Return samples of a kind; with one thing changed, or not, or either way if it is not said."""
    return st.builds(
        lambda value, changes, number: _sample(kind, value, number if changes else None),
        kind.inputs(),
        st.sampled_from([False, True] if changed is None else [changed]),
        st.integers(0, (1 << 16) - 1),
    )


def generate(
    name: str,
    kind: Kind,
    *,
    count: int,
    seed: int,
    tick: Callable[[str], None] = lambda _doing: None,
) -> list[Sample]:
    """Return so many samples, half of them valid, no two with the same bytes.

    They are fewer where there are no more to be found.
    """
    found: dict[bytes, Sample] = {}
    for changed, wanted in ((False, (count + 1) // 2), (True, count)):
        for number in range(_MAX_ROUNDS):
            before = len(found)
            for sample in _round(kind, wanted, f"{seed}/{number}", changed=changed):
                if len(found) < wanted:
                    tick(f"{name}, {sample.label}")
                    found.setdefault(sample.data, sample)
            if len(found) in (before, wanted):
                break
    return list(found.values())


_MAX_ROUNDS: Final = 50


def _round(kind: Kind, count: int, seed: str, *, changed: bool) -> list[Sample]:
    found: list[Sample] = []

    @with_seed(seed)
    @settings(
        max_examples=2 * count,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @given(samples_of(kind, changed=changed))
    def run(sample: Sample) -> None:
        found.append(sample)

    run()
    return found


def _sample(kind: Kind, value: Any, number: int | None) -> Sample:
    """Return a value as it is, or for a number with one of its mutations made."""
    about = kind.about(value)
    mutations = [] if number is None else list(kind.mutations(value))
    if number is not None and mutations:
        found = mutations[number % len(mutations)]
        codes = tuple(kind.codes(value, found.data))
        return Sample(
            kind.to_file(found.data),
            found.label,
            found.expected,
            codes,
            is_valid=False,
            is_malformed=bool(found.expected) and _is_refused(kind, found.data, codes),
            about=about,
        )
    data = kind.to_bytes(value)
    return Sample(
        kind.to_file(data),
        "valid",
        (),
        tuple(kind.codes(value, data)),
        is_valid=True,
        is_malformed=False,
        about=about,
        means=kind.means(value),
    )


def _is_refused(kind: Kind, data: bytes, codes: tuple[str, ...]) -> bool:
    """Say whether a reader has to refuse this: what is only odd (W-, warnings) may be accepted."""
    if not kind.is_text:
        return any(code.startswith("E-") for code in codes)
    return any(found.severity >= Severity.ERROR for found in parse_bytes(data).diagnostics)
