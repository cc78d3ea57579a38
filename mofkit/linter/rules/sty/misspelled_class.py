from __future__ import annotations

from collections.abc import Iterable

from mofkit.cim import CimClass, CimInstance, CimString, Origin
from mofkit.compiler.string_map import span_in_file
from mofkit.diagnostics import Severity
from mofkit.diagnostics.suggestions import replace_word
from mofkit.embedded import EmbeddedError, wql
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.providers import strings_in
from mofkit.linter.spelling import meant_word
from mofkit.linter.unit import Unit
from mofkit.repository.system_classes import known_classes, system_classes
from mofkit.source import SourceFile, Span

_OTHERS = ("WMIEvent", "OMI_BaseResource", "OMI_ConfigurationDocument", "MSFT_Credential")
_KNOWN = {
    name.lower(): name
    for name in (
        *(one.name for one in system_classes().values()),
        *(one.name for one in known_classes().values()),
        *_OTHERS,
    )
}
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
        if cim_class.superclass and cim_class.origin is not None:
            span = _superclass_span(cim_class.origin, cim_class.superclass)
            yield from self._check(cim_class.superclass, cim_class.origin.source, span)

    def check_instance(self, instance: CimInstance) -> Findings:
        name = instance.class_name.lower()
        if instance.origin is not None:
            place = instance.origin.name_span
            yield from self._check(instance.class_name, instance.origin.source, place)
        if name in _QUERIES:
            yield from self._check_queries(strings_in(instance, _QUERIES[name]))

    def _check_queries(self, texts: Iterable[CimString]) -> Findings:
        for text in texts:
            try:
                query = wql.parse(text.value)
            except EmbeddedError:
                continue  # rules about the query say so
            if isinstance(query, wql.Select) and text.origin is not None:
                span = span_in_file(text, query.class_name.span)
                yield from self._check(query.class_name.text, text.origin.source, span)

    def _check(self, name: str, source: SourceFile, span: Span) -> Findings:
        lower = name.lower()
        if lower not in self._meant:
            is_there = lower in _KNOWN or self.unit.files.classes_called(name)
            self._meant[lower] = None if is_there else meant_word(lower, _KNOWN)
        meant = self._meant[lower]
        if meant is not None:
            yield self.finding_in(
                source,
                span,
                f"class `{name}` is none of the files: was `{_KNOWN[meant]}` meant?",
                fix=replace_word(span, _KNOWN[meant]),
            )


def _superclass_span(origin: Origin, superclass: str) -> Span:
    """Return the place of the superclass, which stands behind the name."""
    start = origin.source.text.find(superclass, origin.name_span.end, origin.span.end)
    return Span(start, start + len(superclass)) if start >= 0 else origin.name_span
