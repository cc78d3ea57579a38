"""The binder over the shared corpus: no false alarm, and the facts of two well-known files."""

from pathlib import Path

import pytest

from mofkit.cim import CimArray, CimInteger, CimString, CimType, Schema
from mofkit.cim.plain import to_plain
from mofkit.compiler import bind
from mofkit.diagnostics import Severity
from mofkit.source import IncludeError, SourceFile
from mofkit.syntax import parse_bytes
from tests.support import CORPUS, corpus_files

FILES = corpus_files("corpus/mof/**/*.mof", "corpus/mof/**/*.mfl", "corpus/mof/**/*.txt")

# Errors that are errors: each was looked at in the file. Includes that the corpus lacks are so many
# that they are not listed.
TRUE_ERRORS = {
    "docs-snippets/WmiSdk/monitoring-and-responding-to-events-with-standard-consumers-5.mof": {
        "SEM406"  # a fragment: the aliases are declared in another one
    },
    "docs-snippets/WmiSdk/registering-the-system-registry-provider-1.mof": {"SEM406"},
    "docs-snippets/WmiSdk/registering-the-view-provider-1.mof": {"SEM406"},
    "pywbemtools/qualifier_filter_model.mof": {"SEM301"},  # `IndicationName` twice
    "pywbemtools/simple_foo_mock_model.mof": {"SEM407"},  # `$foo3` three times
    "pywbemtools/simple_mock_model.mof": {"SEM407"},
}


class CorpusLoader:
    """Reads includes beside the includer, within the corpus."""

    def load(self, name: str, *, includer: str) -> SourceFile:
        path = (Path(includer).parent / name.replace("\\", "/")).resolve()
        if CORPUS not in path.parents or not path.is_file():
            raise IncludeError(name, includer=includer, reason="not in the corpus")
        return SourceFile.from_bytes(path.read_bytes(), path=str(path))


def schema_of(path: Path) -> Schema:
    return bind([parse_bytes(path.read_bytes(), path=str(path))], loader=CorpusLoader()).schema


@pytest.mark.parametrize("path", FILES)
def test_no_false_errors(path: Path) -> None:
    result = parse_bytes(path.read_bytes(), path=str(path))
    bound = bind([result], loader=CorpusLoader())
    found = {
        finding.code
        for finding in bound.diagnostics
        if finding.severity is Severity.ERROR and finding.code.startswith("SEM")
    }
    name = path.relative_to(CORPUS / "mof").as_posix()
    assert found - {"SEM010"} == TRUE_ERRORS.get(name, set())
    to_plain(bound.schema)
