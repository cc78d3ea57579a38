"""What the binder reports, and where: tests/data/sem holds the expectations.

A new case is a file there, named after the rule it is about; `pytest --update` writes its markers,
to be read before they are kept. `include/` holds what cases include.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from mofkit.compiler import RULES, bind
from mofkit.source import MappingLoader
from mofkit.syntax import parse_source
from tests.support import DATA, data_files
from tests.support_markers import add_markers, strip_markers

FOLDER = DATA / "sem"
NEEDS_DEPTH = {"SEM110"}
"""Rules about depth, which a file to be read cannot show; test_binder.py does."""


@pytest.mark.parametrize("path", data_files("sem/*.mof"))
def test_findings_are_those_marked(path: Path, golden: Callable[[Path, str], None]) -> None:
    text = strip_markers(path.read_text("utf-8"))
    included = {f"include/{file.name}": file.read_bytes() for file in FOLDER.glob("include/*")}
    loader = MappingLoader({**included, path.name: text.encode()})
    bound = bind([parse_source(text, path=path.name)], loader=loader)
    golden(path, add_markers(text, [d for d in bound.diagnostics if d.path == path.name]))


def test_every_rule_has_a_case() -> None:
    cases = {path.stem for path in FOLDER.glob("SEM*.mof")}
    assert cases == {f"{rule.code}-{rule.name}" for rule in RULES if rule.code not in NEEDS_DEPTH}


@pytest.mark.parametrize("path", data_files("sem/SEM*.mof"))
def test_a_case_shows_its_rule(path: Path) -> None:
    assert f"^ {path.name[:6]} " in path.read_text("utf-8")
