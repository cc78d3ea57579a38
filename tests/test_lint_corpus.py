"""What all rules say about the shared corpus, as numbers: a change of a rule shows where it bites.

`tests/data/lint_corpus.txt` has a line for each code, level and group of files. After a change of a
rule `pytest --update` writes it anew; look at the findings behind each number that grew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

import mofkit
from mofkit.diagnostics import Severity
from mofkit.linter import LintConfig
from tests.support import DATA

EVERYTHING = LintConfig(level=Severity.INFO)
CIM_SCHEMA = "cim_schema_2.49.0Final-MOFs.zip"


@pytest.mark.corpus
@pytest.mark.slow
def test_findings_are_as_many_as_they_were(
    shared: Path, golden: Callable[[Path, str], None]
) -> None:
    counts: Counter[tuple[str, str, str]] = Counter()
    folder = shared / "corpus" / "mof"
    for path in sorted(folder.rglob("*.[mM][of][fl]")):
        name = path.relative_to(folder)
        result = mofkit.parse_bytes(path.read_bytes(), path=name.as_posix())
        for found in mofkit.lint([result], EVERYTHING):
            counts[found.code, found.severity.label, name.parts[0]] += 1
    lines = [f"{' '.join(key)} {count}" for key, count in sorted(counts.items())]
    golden(DATA / "lint_corpus.txt", "\n".join(lines) + "\n")


@pytest.mark.corpus
@pytest.mark.slow
def test_nothing_is_said_about_the_cim_schema(shared: Path) -> None:
    with ZipFile(shared / "corpus" / "mof" / CIM_SCHEMA) as archive:
        results = [
            mofkit.parse_bytes(archive.read(name), path=name)
            for name in archive.namelist()
            if name.endswith(".mof")
        ]
    assert len(results) > 1000
    assert [f"{found.path}: {found.code} {found.message}" for found in mofkit.lint(results)] == []
