"""Laws of `check --fix`: fixing twice is fixing once, and what is fixed can still be read."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import mofkit
from mofkit.cli.check_fixes import MAX_ROUNDS
from mofkit.diagnostics import Diagnostic, Severity
from mofkit.linter import LintConfig
from mofkit.linter.fixer import fix_file
from mofkit.source import SourceFile
from mofkit.syntax import parse
from tests.support import CORPUS, DATA
from tests.support_markers import strip_markers

EVERYTHING = LintConfig(level=Severity.INFO)
CASES = sorted(
    path for part in ("rules", "sem", "syn") for path in (DATA / part).rglob("*.m[of][fl]")
)
MAX_BYTES = 20_000


def found_in(source: SourceFile) -> list[Diagnostic]:
    return mofkit.lint([parse(source)], EVERYTHING)


def fixed(source: SourceFile, *, unsafe: bool) -> SourceFile:
    """Return a file with its fixes made, round by round, as the command line does."""
    for _ in range(MAX_ROUNDS):
        round_ = fix_file(source, found_in(source), unsafe=unsafe)
        if not round_.n_fixes:
            return source
        source = round_.source
    pytest.fail(f"{source.path}: fixes undo one another")


def n_errors(source: SourceFile) -> int:
    return sum(finding.severity is Severity.ERROR for finding in parse(source).diagnostics)


def assert_laws(source: SourceFile, *, unsafe: bool) -> None:
    once = fixed(source, unsafe=unsafe)
    assert fixed(once, unsafe=unsafe).to_bytes() == once.to_bytes()
    assert n_errors(once) <= n_errors(source)
    assert (once.encoding, once.bom, once.tail) == (source.encoding, source.bom, source.tail)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_fixing_twice_is_fixing_once(path: Path) -> None:
    source = SourceFile.from_text(strip_markers(path.read_text("utf-8")), path=path.name)
    for unsafe in (False, True):
        assert_laws(source, unsafe=unsafe)


TEXTS = st.lists(
    st.sampled_from(
        [
            *"class instance of A B { } [ ] ( ) ; , = : $A uint8 string Key 1 089 \\ /* */".split(),
            *"\" ' # pragma namespace clas instanc ToSubclass mofkit: noqa disable=SYN".split(),
            *("// mofkit: noqa[SEM101]", "\n"),
        ]
    ),
    max_size=40,
).map(" ".join)


@given(TEXTS, st.booleans())
@example("class A { uint8 B // mofkit: noqa[SYN002]\n };", False)
def test_fixing_anything_twice_is_fixing_it_once(text: str, unsafe: bool) -> None:
    assert_laws(SourceFile.from_text(text, path="a.mof"), unsafe=unsafe)


@pytest.mark.corpus
@pytest.mark.slow
def test_fixing_real_files_twice_is_fixing_them_once() -> None:
    paths = [
        path for path in sorted(CORPUS.glob("mof/**/*.mof")) if path.stat().st_size < MAX_BYTES
    ]
    for path in paths:
        assert_laws(SourceFile.from_bytes(path.read_bytes(), path=path.name), unsafe=True)
