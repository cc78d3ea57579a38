from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from mofkit.cim import (
    CimInstance,
    CimInstanceProperty,
    CimString,
    CimUnexpanded,
)
from mofkit.cim.qualifiers import has_qualifier
from mofkit.compiler.string_map import span_in_file
from mofkit.diagnostics import Severity
from mofkit.embedded import EmbeddedError, Word, wql
from mofkit.linter.lint_rule import Findings, at_value
from mofkit.linter.providers import (
    named,
    string_in,
    strings_in,
)
from mofkit.linter.spelling import property_slips
from mofkit.linter.subscriptions import (
    FILTER,
    SubscriptionRule,
)

_QUOTED: Final = re.compile(r"""['"](\w+)['"]""")
_WITH_EVENT_PROVIDER: Final = frozenset(["win32_ntlogevent", "win32_localtime", "win32_utctime"])
_CHANGES: Final = frozenset(
    [
        "__instancecreationevent",
        "__instancedeletionevent",
        "__instancemodificationevent",
        "__instanceoperationevent",
    ]
)


def _is_class_of(operand: wql.Operand) -> bool:
    return isinstance(operand, Word) and operand.text.lower().endswith("instance.__class")


def _is_open(found: CimInstanceProperty | None) -> bool:
    """Say whether only the C preprocessor, or nobody (SEM117), knows a value."""
    return found is not None and isinstance(found.value, CimUnexpanded)


class FilterQuery(SubscriptionRule):
    r"""A filter with a query that does not work.

    ## What it does
    Reports a filter whose QueryLanguage is not WQL, whose Query is missing or no WQL for events,
    and one that waits for changes of instances (`__InstanceCreationEvent` and the like) without
    WITHIN. WITHIN may be missing where the events need no polling: for system classes, for classes
    that the files themselves keep in the repository, for those in an EventQueryList of the files,
    and for Win32_NTLogEvent, Win32_LocalTime and Win32_UTCTime, whose providers raise events.

    ## Why it matters
    WMI refuses the filter, or keeps it and never fires it. Without a provider for such events WMI
    has to poll, and has to know how often.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of __EventFilter as $Filter
    {
        Name = "Fenwick tick";
        EventNamespace = "root\\cimv2";
        QueryLanguage = "WQL";
        Query = "select * from __InstanceCreationEvent";
        EventAccess = "O:BAG:BAD:(A;;0x80;;;BA)";
    };
    ```

    ## Use instead
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of __EventFilter as $Filter
    {
        Name = "Fenwick tick";
        EventNamespace = "root\\cimv2";
        QueryLanguage = "WQL";
        Query = "select * from __InstanceCreationEvent within 600 "
                "where TargetInstance isa 'Win32_Process'";
        EventAccess = "O:BAG:BAD:(A;;0x80;;;BA)";
    };
    ```

    ## Source
    WMI SDK, "__EventFilter" and "WITHIN clause"; "Creating a timer event with Win32_LocalTime or
    Win32_UTCTime" has queries without WITHIN.
    """

    code = "EVT007"
    name = "filter-query"
    severity = Severity.ERROR

    def check_instance(self, instance: CimInstance) -> Findings:
        if instance.class_name.lower() != FILTER:
            return
        name = string_in(instance, "name") or "?"
        language = string_in(instance, "querylanguage")
        at = named(instance, "querylanguage")
        if not _is_open(at) and (language is None or language.upper() != "WQL"):
            said = "no QueryLanguage" if language is None else f"the QueryLanguage `{language}`"
            yield self.finding(
                f"filter `{name}` has {said}; WMI knows WQL only",
                at_value(at) if at else instance.origin,
                causes=() if at else property_slips(instance, "QueryLanguage"),
            )
        at = named(instance, "query")
        if _is_open(at):
            return
        if at is None or not isinstance(at.value, CimString):
            yield self.finding(
                f"filter `{name}` has no Query",
                at_value(at) if at else instance.origin,
                causes=() if at else property_slips(instance, "Query"),
            )
        elif at.value.origin is not None:
            yield from self._check_query(at.value, name)

    def _check_query(self, text: CimString, name: str) -> Findings:
        assert text.origin is not None, "only such texts get here"
        source = text.origin.source
        try:
            query = wql.parse(text.value)
        except EmbeddedError as error:
            message = f"the query of filter `{name}`: {error.message}"
            yield self.finding_in(source, span_in_file(text, error.span), message)
            return
        if not isinstance(query, wql.Select):
            message = f"the query of filter `{name}` asks for associations, not for events"
            yield self.finding_in(source, span_in_file(text, query.span), message)
        elif query.within is None and self._needs_polling(query):
            message = f"the query of filter `{name}` needs WITHIN: WMI has to poll for these events"
            yield self.finding_in(source, span_in_file(text, query.class_name.span), message)

    def _needs_polling(self, query: wql.Select) -> bool:
        """Say whether a query waits for changes that nobody notices without polling."""
        if query.class_name.text.lower() not in _CHANGES:
            return False
        classes = [
            test.right.value.lower()
            for test in query.comparisons
            if isinstance(test.right, wql.Constant) and isinstance(test.right.value, str)
            if test.operator == "ISA" or _is_class_of(test.left)
        ]
        return not classes or not all(self._is_noticed(name) for name in classes)

    def _is_noticed(self, class_name: str) -> bool:
        if class_name.startswith("__") or class_name in _WITH_EVENT_PROVIDER:
            return True
        definitions = self.unit.files.classes_called(class_name)
        if definitions and not any(has_qualifier(one.qualifiers, "dynamic") for one in definitions):
            return True
        return class_name in self._offered

    @cached_property
    def _offered(self) -> set[str]:
        """The names in quotes in the queries for which the files register event providers."""
        registrations = self.unit.files.instances_of("__eventproviderregistration")
        queries = [query for one in registrations for query in strings_in(one, "eventquerylist")]
        return {name.lower() for query in queries for name in _QUOTED.findall(query.value)}
