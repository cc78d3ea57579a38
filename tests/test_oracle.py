"""Our parser runs Lark's tables and must read every real file as Lark itself reads it.

The law: "over the whole corpus and over random token streams, our tokens, nodes and accept/reject
equal `Lark(grammar).parse`". The random streams are in property/test_syntax_laws.py.
"""

import zipfile
from pathlib import Path

import pytest

from mofkit.syntax import parse_bytes
from tests.support import ROOT, corpus_files
from tests.support_lark import disagreement

CIM_ZIP = "corpus/mof/cim_schema_2.49.0Final-MOFs.zip"
N_CIM_FILES = 1634


@pytest.mark.parametrize(
    "path",
    corpus_files("corpus/mof/**/*.[mM][oO][fF]", "corpus/mof/**/*.mof.in", "corpus/mof/**/*.mfl"),
)
def test_corpus_is_read_as_lark_reads_it(path: Path) -> None:
    assert disagreement(parse_bytes(path.read_bytes())) == ""


@pytest.mark.corpus
@pytest.mark.slow
def test_cim_schema_is_read_as_lark_reads_it(shared: Path) -> None:
    with zipfile.ZipFile(shared / CIM_ZIP) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        differences = {name: disagreement(parse_bytes(archive.read(name))) for name in names}
    assert {name: difference for name, difference in differences.items() if difference} == {}
    assert len(names) == N_CIM_FILES


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests/data/syn").rglob("*.mof")), ids=lambda p: p.name
)
def test_broken_files_are_refused_by_both(path: Path) -> None:
    assert disagreement(parse_bytes(path.read_bytes())) == ""
