"""What fuzzing begins with: input of each kind, the cases of before, and files of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mofkit.testing.laws import KINDS
from mofkit.testing.samples import generate
from tests.support import DATA, ROOT
from tests.support_carve import FAN, PUMP, TEXTS, named_buffer, table
from tests.support_pe import pe_image

__all__ = ["N_GENERATED", "seeds_of"]

N_GENERATED = 200


def seeds_of(target: str) -> Iterator[bytes]:
    """Yield valid and near-valid input, without the files around payloads."""
    kind = KINDS[target]
    for sample in generate(target, kind, count=N_GENERATED, seed=1):
        yield kind.from_file(sample.data)
    for path in sorted((DATA / "fuzz" / "cases" / target).iterdir()):
        yield path.read_bytes()
    if target == "carve":
        yield from _holders()
    for pattern in _FILES.get(target, ()):
        for path in sorted(ROOT.glob(pattern)):
            yield path.read_bytes()


_MOF: Final = ("samples/**/*.mof", "tests/data/syn/**/*.mof", "tests/data/sem/**/*.mof")
_OF_RULES: Final = "tests/data/rules/**/*.mof"
_FILES: Final = {
    "mof": _MOF,
    "format": (*_MOF, "tests/data/format/**/*.mof"),
    "fix": (*_MOF, _OF_RULES),
    "lint": (*_MOF, _OF_RULES),
    "compile": (*_MOF, "tests/data/compile/**/*.mof", "tests/data/preprocessor/**/*.mof"),
    "bump": (*_MOF, "tests/data/bump/**/*.mof"),
    "description": ("samples/**/*.toml", "tests/data/description/**/*.*"),
}
"""What people wrote is nearer to what people write than what is generated."""


def _holders() -> Iterator[bytes]:
    """Yield what the strategy does not give: images, and all forms of text."""
    yield pe_image({("MOFDATA", "FanMof", 0x409): FAN, ("MOFDATA", 7, 0): PUMP})
    yield pe_image({("MOFDATA", 1, 0): FAN}, is_64_bit=False)
    yield table(named_buffer(b"WQAA", FAN)) + table(named_buffer(b"WQBB", PUMP), b"SSDT")
    yield from (write(FAN).encode() for write in TEXTS.values())
