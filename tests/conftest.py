"""Golden files, the shared corpus and Hypothesis' profiles."""

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support import CORPUS, IN_CI, SHARED

# A run in CI repeats exactly; at a desk each run looks at new examples, so that many runs search
# much. None has a deadline, since a busy machine is no defect.
# `pytest --hypothesis-profile=thorough` searches longer.
settings.register_profile("quick", max_examples=25, deadline=None)
settings.register_profile("ci", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=5000, deadline=None)
settings.load_profile("ci" if IN_CI else "quick")

collect_ignore = ["fuzz/harness.py"]  # needs Atheris, which few have


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update",
        action="store_true",
        help="rewrite the golden files with what came out, instead of comparing",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes minutes, unless -m asks for it; a longer search may take its time."""
    if config.getoption("--hypothesis-profile") == "thorough":
        for item in items:
            item.add_marker(pytest.mark.timeout(0), append=False)
    if "planted" in config.option.markexpr:
        return
    left_out = [item for item in items if item.get_closest_marker("planted") is not None]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("corpus") is not None:
        require_corpus()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Return `golden(path, actual)`: compare with the file at `path`, or rewrite it on --update."""
    update = bool(request.config.getoption("--update"))

    def compare(path: Path, actual: str) -> None:
        # Bytes, since read_text would make every line end a \n and hide that one changed.
        actual_bytes = actual.encode("utf-8")
        if update:
            if not path.exists() or path.read_bytes() != actual_bytes:
                path.write_bytes(actual_bytes)
            return
        assert path.exists(), f"{path} does not exist; write it with: pytest --update"
        expected = path.read_bytes().decode("utf-8")
        if actual != expected:
            # Not `assert ==`: pytest's own comparison takes minutes on long texts.
            difference = unified_diff(expected.split("\n"), actual.split("\n"), lineterm="", n=1)
            pytest.fail(
                "\n".join(
                    [
                        f"{path.name} differs; when the new text is right: pytest --update",
                        *difference,
                    ]
                ),
                pytrace=False,
            )

    return compare


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the shared folder, which holds `corpus/`; without it skip, or fail where CI=true."""
    require_corpus()
    return SHARED


def require_corpus() -> None:
    if CORPUS.is_dir():
        return
    reason = f"there is no {CORPUS}; name the shared folder with MOFKIT_SHARED"
    if IN_CI:
        pytest.fail(f"{reason} (CI=true: not skipped)", pytrace=False)
    pytest.skip(reason)
