"""A baseline: findings that are known, so that only new ones are reported.

A finding is known by its file, its code, and the text of the line it begins on, without the space
around it. So it stays known where lines move, the file is indented anew, or a later mofkit words it
otherwise; and it is new again where somebody changes the line. Equal ones are counted. In binary
MOF, the field and the message stand for the line.

As JSON:

    {"version": 1, "files": {"src/pump.mof": {"PRV007": {"9f86d081884c7d65": 1}}}}

Paths are relative to the folder of the baseline, with slashes; a fingerprint is the start of the
line's SHA-256.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mofkit.errors import MofkitError

if TYPE_CHECKING:
    from mofkit.diagnostics import Diagnostic

__all__ = ["Baseline", "BaselineError", "Known", "baseline_of", "read_baseline"]

VERSION: Final = 1
_FINGERPRINT_CHARS: Final = 16


class BaselineError(MofkitError):
    """A file that is no baseline."""


class Known(NamedTuple):
    """What a finding is known by."""

    path: str
    code: str
    fingerprint: str


class Baseline:
    """Known findings, each with how often it may be there."""

    def __init__(self, counts: Mapping[Known, int]) -> None:
        self.counts = dict(counts)

    def new_of(
        self, findings: Iterable[Diagnostic], name_of: Callable[[str], str]
    ) -> list[Diagnostic]:
        """Return the findings that are not known; of equal ones, those behind the first few.

        `name_of` gives the name that a path has in the baseline.
        """
        left = Counter(self.counts)
        new = []
        for found in findings:
            known = _known(found, name_of)
            if left[known] > 0:
                left[known] -= 1
            else:
                new.append(found)
        return new

    def to_json(self) -> str:
        """Return the text of the file, which is the same for the same findings."""
        import json

        files: dict[str, dict[str, dict[str, int]]] = {}
        for (path, code, fingerprint), count in sorted(self.counts.items()):
            files.setdefault(path, {}).setdefault(code, {})[fingerprint] = count
        return json.dumps({"version": VERSION, "files": files}, indent=2, ensure_ascii=True) + "\n"


def baseline_of(findings: Iterable[Diagnostic], name_of: Callable[[str], str]) -> Baseline:
    """Return the baseline that knows all of these findings."""
    return Baseline(Counter(_known(found, name_of) for found in findings))


def read_baseline(text: str, path: str) -> Baseline:
    """Return what a baseline's text says.

    Raises:
        BaselineError: it is none, or one of another version.
    """
    import json

    try:
        document: Any = json.loads(text)
        version = document["version"]
        counts = {
            Known(name, code, fingerprint): int(count)
            for name, codes in document["files"].items()
            for code, fingerprints in codes.items()
            for fingerprint, count in fingerprints.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BaselineError(f"{path} is no baseline of mofkit") from error
    if version != VERSION:
        raise BaselineError(f"{path} is a baseline of version {version}; this mofkit reads 1")
    return Baseline(counts)


def _known(found: Diagnostic, name_of: Callable[[str], str]) -> Known:
    from hashlib import sha256

    if found.place is not None and found.is_about_bytes:
        line = f"{found.place.part.label} {found.place.field_path} {found.message}"
    else:
        line = found.source.line_text(found.source.position(found.span.start).line)
    digest = sha256(line.strip().encode("utf-8", "surrogatepass")).hexdigest()
    return Known(name_of(found.path), found.code, digest[:_FINGERPRINT_CHARS])
