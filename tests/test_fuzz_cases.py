"""What fuzzing found stays found; and the tools for long runs work."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz import targets
from tests.support import DATA, data_files

if sys.platform == "win32":
    pytest.skip("the tools for long runs need POSIX's `resource`", allow_module_level=True)

from tests.fuzz import __main__ as guided
from tests.fuzz import exhaustive, seeds

CASES = DATA / "fuzz" / "cases"


@pytest.mark.parametrize("path", data_files("fuzz/cases/*/*"))
def test_laws_hold_for_what_was_found(path: Path) -> None:
    """The folder says which laws; a file is a payload where the kind has files around those."""
    targets.laws_of(path.parent.name)(path.read_bytes())


def test_every_target_has_a_case() -> None:
    assert {path.name for path in CASES.iterdir()} == set(targets.TARGETS)


@pytest.mark.slow
def test_a_run_without_atheris(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(guided, "find_spec", lambda _name: None)
    state: dict[str, dict[str, int]] = {}
    for runs in (1, 2):
        words = ["fuzz", "wnode", "--seconds", "2", "--folder", str(tmp_path)]
        monkeypatch.setattr(sys, "argv", words)
        assert guided.main() == 0
        state = json.loads((tmp_path / "state.json").read_bytes())
        assert state["wnode"]["runs"] == runs
    assert state["wnode"]["inputs"] > 1
    assert "not guided by coverage" in capsys.readouterr().out


def test_seeds_of_a_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "N_GENERATED", 4)
    guided.plant_seeds("bmf", tmp_path)
    assert all(path.read_bytes()[8:16] for path in tmp_path.iterdir())
    assert len([*tmp_path.iterdir()]) == 4 + len([*(CASES / "bmf").iterdir()])


def test_images_are_among_the_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "N_GENERATED", 1)
    assert {data[:2] for data in seeds.seeds_of("carve")} >= {b"MZ", b"DS", b"x["}


class TestExhaustive:
    def subjects(self) -> Iterator[exhaustive.Subject]:
        def read(data: bytes) -> object:
            return 1 // (data[0] - 2)

        yield exhaustive.Subject("short", b"\0\1", read)

    def test_it_counts_and_goes_on_where_it_ended(self) -> None:
        tally = exhaustive.Tally()
        options = {"every": 1, "save": lambda: None}
        assert not exhaustive.run(self.subjects(), tally, seconds=-1, **options)  # type: ignore[arg-type]
        assert sum(tally.counts.values()) == 1
        again = exhaustive.Tally(json.loads(json.dumps(vars(tally))))
        assert exhaustive.run(self.subjects(), again, seconds=60, **options)  # type: ignore[arg-type]
        assert again.counts == {"read": 16, "refused": 0, "crashed": 2, "slow": 0}
        assert again.crashes == [
            "short, variant 0: IndexError index out of range",
            "short, variant 3: ZeroDivisionError integer division or modulo by zero",
        ]

    @pytest.mark.corpus
    @pytest.mark.slow
    def test_a_sample_of_the_real_files(self) -> None:
        tally = exhaustive.Tally()
        exhaustive.run(exhaustive.subjects(2), tally, every=997, seconds=60, save=lambda: None)
        assert tally.crashes == []
        assert tally.counts["refused"] > 100
        assert tally.counts["read"] > 100
