"""Where the tests' files are, and what a test needs to name them while pytest collects.

The shared corpus is a folder of real files which is not part of this repository: `$MOFKIT_SHARED`,
by default the folder `shared` beside the checkout. Fixtures are in conftest.py.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
SHARED = Path(os.environ.get("MOFKIT_SHARED") or ROOT.parent / "shared").resolve()
CORPUS = SHARED / "corpus"
IN_CI = os.environ.get("CI", "").lower() == "true"


def data_files(pattern: str) -> list[object]:
    """Return one parameter per file of tests/data that matches, in name order.

    Raises:
        ValueError: nothing matches, so the test would silently check nothing.
    """
    paths = sorted(DATA.glob(pattern))
    if not paths:
        raise ValueError(f"no file matches tests/data/{pattern}")
    return [pytest.param(path, id=path.relative_to(DATA).as_posix()) for path in paths]


def corpus_files(*patterns: str) -> list[object]:
    """Return one parameter per file of the shared corpus that matches, in name order.

    Patterns are relative to the shared folder: `corpus/mof/**/*.mof`. Without the corpus there is
    one parameter, whose test is skipped with the reason, or fails where CI=true.

    Raises:
        ValueError: the corpus is there, but nothing matches.
    """
    if not CORPUS.is_dir():
        return [pytest.param(CORPUS, id="no-shared-corpus", marks=pytest.mark.corpus)]
    paths = sorted({path for pattern in patterns for path in SHARED.glob(pattern)})
    if not paths:
        raise ValueError(f"no file of {SHARED} matches {' or '.join(patterns)}")
    return [
        pytest.param(path, id=path.relative_to(SHARED).as_posix(), marks=pytest.mark.corpus)
        for path in paths
    ]
