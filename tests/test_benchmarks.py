"""The benchmarks still run, and measure what they say: valid input, read by everyone compared."""

import doctest
import sys
from pathlib import Path
from types import ModuleType

import pytest

import mofkit
from benchmarks import generate, reginfo_inputs, table
from benchmarks.generate import generate as generate_mof

if sys.platform == "win32":
    pytest.skip("the benchmarks need POSIX's `resource`", allow_module_level=True)

from benchmarks import measurements
from benchmarks.process import worker


def test_generated_mof_has_no_findings() -> None:
    result = mofkit.parse_bytes(generate_mof(100_000).encode("ascii"))
    bound = mofkit.bind([result])
    assert [*result.diagnostics, *bound.diagnostics] == []


@pytest.mark.parametrize(
    "module", [generate, reginfo_inputs, table], ids=lambda module: module.__name__
)
def test_examples_in_docstrings(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ply_parse", "lark_parse"])
def test_peers_read_generated_mof(name: str, tmp_path: Path) -> None:
    (tmp_path / "generated.mof").write_text(generate_mof(20_000), "ascii")
    assert worker(name, tmp_path)() > 0


@pytest.mark.parametrize("direction", ["decode", "encode"])
@pytest.mark.parametrize("name", ["reginfo_mofkit", "reginfo_construct"])
def test_registration_info_is_read_and_written_by_both(name: str, direction: str) -> None:
    assert worker(name, direction, 100)() >= 0


@pytest.mark.corpus
@pytest.mark.parametrize("job", ["decompress", "mofcomp", "best"])
def test_ds_streams_are_read_and_written(job: str) -> None:
    assert worker("ds_mofkit", job, 2000)() >= 0


@pytest.mark.corpus
def test_ds_streams_are_read_a_bit_at_a_time() -> None:
    assert worker("ds_bitwise", 2000)() >= 0


@pytest.mark.slow
def test_start_up_table(tmp_path: Path) -> None:
    rows = measurements.of_start_up(tmp_path, rounds=1)
    header, _line, *lines = table.render(rows).splitlines()
    assert header.split() == ["work", "ours", "peer", "ratio", "target"]
    assert [line.split()[-1] in {"ok", "short"} for line in lines] == [True] * len(rows)
