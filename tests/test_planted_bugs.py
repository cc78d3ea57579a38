"""`mofkit fuzz roundtrip` finds what is planted, soon, and shows a small case: `make planted`.

Takes minutes, so an ordinary run of the tests leaves it out. At the end there is a table of how
long each took and how small its case is.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.planted import PLANTS, Plant, planted
from tests.support_cli import mofkit

MAX_SECONDS = 60
MAX_LINES, MAX_TEXT_BYTES = 20, 900
"""A driver's class takes some lines: without its qualifiers and InstanceName it is none."""

MAX_BYTES = 400

ROWS: list[str] = []


@pytest.fixture(scope="module", autouse=True)
def table(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    capture = request.config.pluginmanager.getplugin("capturemanager")
    assert capture is not None
    with capture.global_and_fixture_disabled():
        rows = ["", f"{'seconds':>8}{'bytes':>7}{'lines':>7}  planted", *ROWS]
        sys.stdout.write("\n".join([*rows, ""]))


@pytest.mark.planted
@pytest.mark.timeout(0)  # the search has a limit of its own
@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.title)
def test_it_is_found_and_small(plant: Plant, tmp_path: Path) -> None:
    options = ["--time", f"{MAX_SECONDS}s", "--seed", "1", "--timeout", "2s", "--first"]
    started = monotonic()
    with planted(plant):
        found = mofkit("fuzz", "roundtrip", *plant.kinds.split(), *options, "--save", tmp_path)
    seconds = monotonic() - started
    assert found.code == 1, found.out
    (saved,) = tmp_path.iterdir()
    case = found.out[: found.out.index("saved: ")].split("found: ")[1].splitlines()[1:]
    n_bytes = saved.stat().st_size
    ROWS.append(f"{seconds:8.1f}{n_bytes:7}{len(case):7}  {plant.title}")
    assert re.search(r"^again: mofkit fuzz roundtrip ", found.out, re.MULTILINE)
    if saved.suffix in {".mof", ".txt"}:
        assert n_bytes <= MAX_TEXT_BYTES
        assert saved.read_text("utf-8", "replace").count("\n") <= MAX_LINES
    else:
        assert n_bytes <= MAX_BYTES
