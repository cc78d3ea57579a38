from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from mofkit.cim import CimClass, CimInstance, CimString, Origin
from mofkit.compiler.string_map import span_in_file
from mofkit.diagnostics import Diagnostic, Severity
from mofkit.diagnostics.suggestions import replace_word
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.providers import strings_in
from mofkit.linter.spelling import meant_word
from mofkit.linter.unit import Unit
from mofkit.source import SourceFile, Span

_OTHERS = ("WMIEvent", "OMI_BaseResource", "OMI_ConfigurationDocument", "MSFT_Credential")
_QUERIES = {"__eventfilter": "query", "__eventproviderregistration": "eventquerylist"}


class MisspelledClass(LintRule):
    r"""A class that is one letter away from one that every system has.

    ## What it does
    Reports an instance, a superclass, and the class that a query of a filter or a registration asks
    for, where the class is none of the files and is a system class, a standard consumer or a base
    class of drivers or DSC but for one slip.

    ## Why it matters
    The compiler takes an unknown class for one that the repository may have. Only where the file is
    loaded it fails; and a rule that is about `__EventFilter` has nothing to say about
    `__EventFiltr`.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    class Fenwick_PumpStopped : __ExtrinsicEvnt
    {
        string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    class Fenwick_PumpStopped : __ExtrinsicEvent
    {
        string Serial;
    };
    ```

    ## Source
    WMI SDK, "WMI system classes" and "Standard consumer classes".

    ## Fix safety
    Unsafe: a class of that name may exist elsewhere.
    """

    code = "STY025"
    name = "misspelled-class"
    severity = Severity.WARNING

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self._meant: dict[str, str | None] = {}

    def check_class(self, cim_class: CimClass) -> Findings:
        name, origin = cim_class.superclass, cim_class.origin
        if name and origin is not None and (meant := self._meant_by(name)):
            yield self._misspelled(name, meant, origin.source, _superclass_span(origin, name))

    def check_instance(self, instance: CimInstance) -> Findings:
        name, origin = instance.class_name, instance.origin
        if origin is not None and (meant := self._meant_by(name)):
            yield self._misspelled(name, meant, origin.source, origin.name_span)
        if name.lower() in _QUERIES:
            yield from self._check_queries(strings_in(instance, _QUERIES[name.lower()]))

    def _check_queries(self, texts: Iterable[CimString]) -> Findings:
        from mofkit.embedded import EmbeddedError, wql  # which only files with queries need

        for text in texts:
            try:
                query = wql.parse(text.value)
            except EmbeddedError:
                continue  # rules about the query say so
            if isinstance(query, wql.Select) and text.origin is not None:
                name = query.class_name
                if meant := self._meant_by(name.text):
                    span = span_in_file(text, name.span)
                    yield self._misspelled(name.text, meant, text.origin.source, span)

    def _meant_by(self, name: str) -> str | None:
        lower = name.lower()
        if lower not in self._meant:
            is_there = bool(self.unit.files.classes_called(name))
            self._meant[lower] = None if is_there else _known_class_meant_by(lower)
        return self._meant[lower]

    def _misspelled(self, name: str, meant: str, source: SourceFile, span: Span) -> Diagnostic:
        return self.finding_in(
            source,
            span,
            f"class `{name}` is none of the files: was `{meant}` meant?",
            fix=replace_word(span, meant),
        )


def _superclass_span(origin: Origin, superclass: str) -> Span:
    """Return the place of the superclass, which stands behind the name."""
    start = origin.source.text.find(superclass, origin.name_span.end, origin.span.end)
    return Span(start, start + len(superclass)) if start >= 0 else origin.name_span


def _known_class_meant_by(lower: str) -> str | None:
    known = _known_names()
    return None if lower in known else known.get(meant_word(lower, known) or "")


@cache
def _known_names() -> dict[str, str]:
    from mofkit.repository.system_classes import known_classes, system_classes

    classes = (*system_classes().values(), *known_classes().values())
    return {name.lower(): name for name in (*(one.name for one in classes), *_OTHERS)}
