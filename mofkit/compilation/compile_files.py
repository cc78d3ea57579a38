"""`compile_files`: MOF files, one after the other, into one binary MOF file.

Each file goes through the C preprocessor if it has lines for it (`mofkit.preprocessor`), through
the parser and the binder; then `mofkit.bmf` writes what they declare, in order. Findings are those
of all steps, in the files that people wrote. With an error among them there is no binary file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mofkit.cim import Schema
from mofkit.compilation.errors import CompileError
from mofkit.compilation.inputs import CompileReader
from mofkit.compilation.rules import UNVERIFIED
from mofkit.compilation.settings import CompileSettings
from mofkit.compiler import BindResult, bind
from mofkit.diagnostics import Diagnostic, Severity
from mofkit.preprocessor.expansion import relocated
from mofkit.source import Loader, MappingLoader, SourceFile, Span
from mofkit.syntax.rules import NON_ASCII_WITHOUT_BOM

if TYPE_CHECKING:
    from mofkit.bmf.compression import Level

__all__ = ["Compilation", "compile_files", "compile_schema"]


@dataclass(frozen=True, slots=True)
class Compilation:
    """What became of the files.

    Attributes:
        schema: what they declare, as far as it could be read.
        diagnostics: everything found, each once, in order of path and place.
        data: the binary file; None where there is an error.
    """

    schema: Schema
    diagnostics: list[Diagnostic]
    data: bytes | None

    def checked_data(self) -> bytes:
        """Return the binary file.

        Raises:
            CompileError: there is none.
        """
        if self.data is None:
            raise CompileError(self.diagnostics)
        return self.data


def compile_files(
    sources: Sequence[SourceFile],
    *,
    settings: CompileSettings | None = None,
    loader: Loader | None = None,
) -> Compilation:
    r"""Return what mofcomp makes of files that are compiled one after the other.

    Pragmas, aliases and macros hold within a file and what it includes. The loader finds headers
    and included files; without one, an include is an error.

    >>> made = compile_files([SourceFile.from_text("class Tank { uint8 Level; };")])
    >>> made.data[:8]
    b'FOMB\x01\x00\x00\x00'
    """
    settings = settings or CompileSettings()
    loader = loader or MappingLoader({})
    reader = CompileReader(settings.macros, loader)
    results = [result for result in map(reader.read, sources) if result is not None]
    bound = bind(results, loader=loader, pragmas=settings.pragmas, read=reader.read)
    expansions = [read.expansion for read in reader.inputs if read.expansion is not None]
    found = [_as_compiled(finding) for read in reader.inputs for finding in read.diagnostics]
    found += relocated(map(_as_compiled, bound.diagnostics), expansions)
    if settings.wmi and results:
        found += relocated(_driver_findings(bound), expansions)
    if _has_error(found):
        return Compilation(bound.schema, _unique(found), None)
    lost, data = _written(bound.schema, settings.compression)
    found = _unique([*found, *relocated(lost, expansions)])
    return Compilation(bound.schema, found if data else _without_echoes(found), data)


def compile_schema(schema: Schema, *, compression: Level = "mofcomp") -> bytes:
    r"""Return the binary file for a schema.

    Raises:
        CompileError: something in it has no place in binary MOF.
        ValueError: there is no such compression.

    >>> from mofkit.cim import CimClass
    >>> compile_schema(Schema((CimClass("Tank"),)))[:4]
    b'FOMB'
    """
    lost, data = _written(schema, CompileSettings(compression=compression).compression)
    if data is None:
        raise CompileError(_unique(lost))
    return data


def _written(schema: Schema, compression: Level) -> tuple[list[Diagnostic], bytes | None]:
    """Return what the binary file does not say, and the file, if there can be one."""
    from mofkit.bmf import encode_noting  # here, since lists of rules need no Construct
    from mofkit.compilation.losses import loss_diagnostic

    made = encode_noting(schema, compression=compression)
    return [loss_diagnostic(loss) for loss in made.losses], made.data


def _driver_findings(bound: BindResult) -> list[Diagnostic]:
    """Return what the rules for drivers' classes have to say, as `mofcomp -WMI` asks for."""
    from mofkit.linter import LintConfig, lint_bound  # here, since few ask for it

    return lint_bound([], [bound], LintConfig(select=("WDM",)))


def _has_error(found: Iterable[Diagnostic]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in found)


def _as_compiled(finding: Diagnostic) -> Diagnostic:
    """Return a finding as one who compiles has to take it."""
    if finding.rule is NON_ASCII_WITHOUT_BOM:
        return replace(finding, help=f"it was compiled as UTF-8; {finding.help}")
    return finding


def _unique(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the findings in order, each once: a header may be included several times."""
    unique = {(*finding.sort_key, finding.message): finding for finding in found}
    return [unique[key] for key in sorted(unique)]


def _without_echoes(found: list[Diagnostic]) -> list[Diagnostic]:
    """Leave out what an error says better, and how that would be written which is not."""
    errors: set[tuple[str, Span]] = {
        (finding.path, finding.span) for finding in found if finding.severity is Severity.ERROR
    }
    return [
        finding
        for finding in found
        if finding.severity is Severity.ERROR
        or (finding.rule is not UNVERIFIED and (finding.path, finding.span) not in errors)
    ]
