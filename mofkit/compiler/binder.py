"""`bind`: from syntax trees to a `Schema` and the SEM diagnostics.

Two passes. Reading goes through the files in order, follows includes, keeps the state of pragmas
and turns each declaration into a record. Then the checks look at all records together, since what
a name means may stand in a later file. Nothing raises for bad input.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from mofkit.cim import (
    NO_PRAGMAS,
    CimFlavor,
    CimQualifier,
    CimQualifierDeclaration,
    PragmaState,
    Schema,
    SchemaItem,
    flavors_of,
)
from mofkit.cim.record import note, record, replace
from mofkit.collector import garbage_collector_paused
from mofkit.compiler import rules
from mofkit.compiler.checks import check
from mofkit.compiler.declarations import read_class, read_enumeration
from mofkit.compiler.directives import Argument, read_directive
from mofkit.compiler.findings import Findings
from mofkit.compiler.instances import read_instance
from mofkit.compiler.qualifiers import read_qualifier_declaration, read_qualifiers
from mofkit.compiler.reader import FileReader, Unit
from mofkit.compiler.scope import Entry, Scope
from mofkit.diagnostics import Diagnostic
from mofkit.source import IncludeError, Loader, SourceFile
from mofkit.syntax import ParseResult, parse
from mofkit.syntax.lexer import END, KIND

__all__ = ["BindResult", "Read", "bind"]

Read: TypeAlias = Callable[[SourceFile], ParseResult | None]
"""How an included file is read."""

_ENUMERATION: Final = KIND["ENUMERATION"]
_HASH: Final = KIND["HASH"]
_LBRACKET: Final = KIND["LBRACKET"]
_QUALIFIER: Final = KIND["QUALIFIER"]
_CLASS_WORDS: Final = {KIND[word] for word in ("CLASS", "STRUCTURE", "ASSOCIATION", "INDICATION")}
_INSTANCE_WORDS: Final = {KIND["INSTANCE"], KIND["VALUE"]}

MAX_INCLUDE_DEPTH: Final = 64
MAX_INCLUDES: Final = 20_000
"""Files that one call follows; the CIM schema has 1,633. Without a bound, a few files that include
one another twice each would keep it busy for ever."""


@record
class BindResult:
    """What the files mean.

    Attributes:
        schema: everything they declare, in order.
        diagnostics: SEM findings, and the ENC and SYN findings of included files that were not
            among the results given; in order of path and place.
        sound: of the schema, what no error of syntax touches, so that it can be judged.
        is_complete: whether that is all, and every include was followed: what is not here, is
            nowhere in the files.
        files: the files given and those they include, each once, in the order of reading.
    """

    schema: Schema
    diagnostics: list[Diagnostic]
    sound: Schema
    is_complete: bool
    files: tuple[ParseResult, ...] = note(default=())


def bind(
    results: Sequence[ParseResult],
    *,
    loader: Loader | None = None,
    pragmas: PragmaState = NO_PRAGMAS,
    read: Read = parse,
) -> BindResult:
    """Return the meaning of files compiled one after the other.

    Pragmas and aliases hold within a file and what it includes, declarations from one file to the
    next. Without a loader, includes are recorded and not followed, and what depends on everything
    being known is not judged. `pragmas` hold at the start of each file, as if they stood there.
    Included files are read with `read`, which may give None for one that is not to be followed.

    >>> from mofkit.syntax import parse_source
    >>> bound = bind([parse_source("class Fan { uint8 Speed = 300; };")])
    >>> bound.schema.classes[0].properties[0].name, bound.diagnostics[0].message
    ('Speed', '300 is out of range for property `Speed`, which is uint8 (0..255)')
    """
    with garbage_collector_paused():
        binder = _Binder(results, loader, pragmas, read)
        for result in results:
            binder.read_unit(result)
        schema = Schema(tuple([entry.item for entry in binder.entries]))
        check(Scope(binder.entries, binder.units, binder.findings))
    return binder.result(schema)


class _Binder:
    """The first pass."""

    def __init__(
        self,
        results: Sequence[ParseResult],
        loader: Loader | None,
        pragmas: PragmaState,
        read: Read,
    ) -> None:
        self.loader = loader
        self.pragmas = pragmas
        self.read = read
        self.findings = Findings()
        self.entries: list[Entry] = []
        self.units: list[Unit] = []
        self.declared_flavors: dict[str, CimFlavor] = {}
        self.given = {result.source.path for result in results}
        self.parsed: dict[SourceFile, ParseResult | None] = {
            result.source: result for result in results
        }
        self.files: dict[SourceFile, ParseResult] = {}
        self.n_includes = 0

    def read_unit(self, result: ParseResult) -> None:
        """Read one of the files given, and what it includes."""
        unit = Unit(dict(self.declared_flavors), self.pragmas)
        self.units.append(unit)
        self._read_file(result, unit, ())

    def result(self, schema: Schema) -> BindResult:
        """Return what was read; `schema` is all of it."""
        sound = tuple([entry.item for entry in self.entries if entry.is_sound])
        all_sound = len(sound) == len(schema.items)
        return BindResult(
            schema,
            self.findings.sorted(),
            schema if all_sound else Schema(sound),
            all_sound and all(unit.is_complete for unit in self.units),
            tuple(self.files.values()),
        )

    def _read_file(
        self, result: ParseResult, unit: Unit, includers: tuple[SourceFile, ...]
    ) -> None:
        self.files.setdefault(result.source, result)
        reader = FileReader(result, unit, self.findings)
        if reader.preprocessor_line is not None:
            self.findings.add(
                rules.PREPROCESSOR,
                "this file is for the C preprocessor; its meaning is not checked",
                reader.source,
                reader.preprocessor_line,
            )
        chain = (*includers, reader.source)
        at = 0
        while reader.kinds[at] != END:
            at = self._read_item(reader, at, chain)

    def _read_item(self, reader: FileReader, at: int, chain: tuple[SourceFile, ...]) -> int:
        """Read what begins at a token, and return the token behind it."""
        first, kind = at, reader.kinds[at]
        if kind == _HASH:
            return self._read_directive(reader, at, chain)
        qualifiers: tuple[CimQualifier, ...] = ()
        if kind == _LBRACKET:
            qualifiers, at = read_qualifiers(reader, at)
            kind = reader.kinds[at]
        item: SchemaItem
        if kind in _CLASS_WORDS:
            item, at = read_class(reader, at, qualifiers, first)
        elif kind in _INSTANCE_WORDS:
            item, at = read_instance(reader, at, qualifiers, first)
        elif kind == _QUALIFIER:
            item, at = read_qualifier_declaration(reader, at)
        elif kind == _ENUMERATION:
            item, at = read_enumeration(reader, at, qualifiers, first)
        else:  # a semicolon, or what error recovery gave up
            return at + 1
        self._declare(item, reader, reader.finish(first, at))
        return at

    def _declare(self, item: SchemaItem, reader: FileReader, is_sound: bool) -> None:  # noqa: FBT001  # as Entry's
        self.entries.append(Entry(item, reader.unit, is_sound))
        if isinstance(item, CimQualifierDeclaration):
            name, flavors = item.name.lower(), flavors_of(item.flavors)
            reader.unit.flavors[name] = flavors
            if item.type is not None:  # the form of WMI holds within the file only
                self.declared_flavors[name] = flavors

    def _read_directive(self, reader: FileReader, at: int, chain: tuple[SourceFile, ...]) -> int:
        directive, arguments, after = read_directive(reader, at)
        if directive.name.lower() != "include" or not arguments:
            self._declare(directive, reader, reader.finish(at, after))
            return after
        included = self._load(reader, arguments[0], chain)
        is_sound = reader.finish(at, after)
        if included is None:
            reader.unit.is_complete = False
            self._declare(directive, reader, is_sound)
        else:
            followed = replace(directive, included=included.source.path)
            self._declare(followed, reader, is_sound)
            self._read_file(included, reader.unit, chain)
        return after

    def _load(
        self, reader: FileReader, name: Argument, chain: tuple[SourceFile, ...]
    ) -> ParseResult | None:
        """Return the included file; None where it was not followed, which may be an error."""
        if self.loader is None:
            return None
        try:
            source = self.loader.load(str(name.value), includer=reader.source.path)
        except IncludeError as error:
            reader.report(rules.INCLUDE_NOT_FOUND, str(error), name.span)
            return None
        paths = [file.path for file in chain]
        if source.path in paths:
            cycle = " → ".join([*paths[paths.index(source.path) :], source.path])
            reader.report(rules.INCLUDE_CYCLE, f"a file includes itself: {cycle}", name.span)
            return None
        if len(chain) > MAX_INCLUDE_DEPTH or self.n_includes >= MAX_INCLUDES:
            limit = (
                f"deeper than {MAX_INCLUDE_DEPTH} levels"
                if len(chain) > MAX_INCLUDE_DEPTH
                else f"more than {MAX_INCLUDES} times"
            )
            reader.report(rules.INCLUDE_CYCLE, f"files include one another {limit}", name.span)
            return None
        self.n_includes += 1
        return self._parsed(source)

    def _parsed(self, source: SourceFile) -> ParseResult | None:
        if source in self.parsed:
            return self.parsed[source]
        result = self.parsed[source] = self.read(source)
        if result is not None and source.path not in self.given:
            for diagnostic in result.diagnostics:
                self.findings.add_diagnostic(diagnostic)
        return result
