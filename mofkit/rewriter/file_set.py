"""`FileSet`: the MOF files that one bump is about, those they include among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mofkit.cim import CimInstance
from mofkit.compiler import bind
from mofkit.diagnostics import Severity
from mofkit.rewriter.errors import BumpError
from mofkit.rewriter.providers import place_of
from mofkit.source import IncludeError, Loader, SourceFile
from mofkit.syntax import parse

__all__ = ["FileSet"]


class FileSet:
    """Files that are read and bound.

    Attributes:
        results: of the files given, in order, and of those they include, in order of first use.
        included: the paths of files that others include; some may be given, too.
        schema: what all declare.
        missing: what keeps an include from being followed; the old CLSID may stay there.
    """

    def __init__(self, files: Sequence[SourceFile], loader: Loader | None) -> None:
        self.results = [parse(file) for file in files]
        recorder = _Recorder(loader) if loader else None
        self.schema = bind(self.results, loader=recorder).schema
        self.missing = tuple(recorder.missing) if recorder else ()
        loaded = recorder.loaded if recorder else {}
        given = set(files)
        self.results += [parse(file) for file in loaded.values() if file not in given]
        self.included = frozenset(loaded)

    def check_apart(self, companions: Iterable[SourceFile]) -> None:
        """Raise a BumpError where a companion is one of these files, and would change twice."""
        sources = {result.source for result in self.results}
        for companion in companions:
            if companion in sources:
                raise BumpError(f"{companion.path} is a companion and one of the MOF files")

    def check_soundness(self, instance: CimInstance) -> None:
        """Raise a BumpError where a syntax error makes an instance hard to trust."""
        origin = instance.origin
        assert origin is not None, "what comes from text knows where"
        (result,) = (each for each in self.results if each.source == origin.source)
        start, end = origin.span
        for finding in result.diagnostics:
            span = finding.span
            if finding.severity is Severity.ERROR and span.start <= end and span.end >= start:
                line, column = origin.source.position(span.start)
                raise BumpError(
                    f"the provider at {place_of(instance)} has an error, {origin.path}:{line}:"
                    f"{column}: {finding.message} ({finding.code})"
                )


class _Recorder:
    """A loader that keeps what it has loaded, by path, and says what it could not load."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader
        self.loaded: dict[str, SourceFile] = {}
        self.missing: dict[str, None] = {}

    def load(self, name: str, *, includer: str) -> SourceFile:
        """Return the file that `name` means in the file `includer`."""
        try:
            source = self._loader.load(name, includer=includer)
        except IncludeError as error:
            self.missing[str(error)] = None
            raise
        return self.loaded.setdefault(source.path, source)
