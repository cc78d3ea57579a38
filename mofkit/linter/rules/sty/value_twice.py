from __future__ import annotations

from collections.abc import Callable, Sequence

from mofkit.cim import CimClass, CimProperty, CimQualifier
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import is_wmi
from mofkit.linter.lint_rule import Findings
from mofkit.linter.value_lists import (
    LISTS,
    OTHERS,
    PAIRS,
    Valued,
    ValueListRule,
    entry_span,
    texts_in,
)

_FILLERS = ("reserved", "unused", "unknown", "undefined", "not ", "n/a")


class ValueTwice(ValueListRule):
    r"""A value that is listed twice.

    ## What it does
    Reports an entry that a `ValueMap` or a `BitMap` has twice (of a driver's BitMap WDM313 says
    it); and, as information, a name that `Values` or `BitValues` has twice, unless it says that the
    values are reserved or unused.

    ## Why it matters
    The value has two names, and nobody can tell which one is meant; usually a line was copied and
    not changed.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [ValueMap{"0", "1", "1"}, Values{"Off", "Slow", "Fast"}] uint8 Level;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [ValueMap{"0", "1", "2"}, Values{"Off", "Slow", "Fast"}] uint8 Level;
    };
    ```

    ## Source
    DSP0004 §5.6.3, "ValueMap": it is a set of values.
    """

    code = "STY003"
    name = "value-twice"
    severity = Severity.WARNING
    about = LISTS

    def check_values(self, cim_class: CimClass, member: Valued) -> Findings:
        for values_name, names_name in PAIRS:
            said = is_wmi(cim_class) and isinstance(member, CimProperty) and values_name == "BitMap"
            values = qualifier_named(member.qualifiers, values_name.lower())
            if values is not None and not said:
                at = _second(texts_in(values), lambda text: text == OTHERS)
                yield from self._twice(values, values_name, member, at)
            names = qualifier_named(member.qualifiers, names_name.lower())
            if names is None:
                continue
            at = _second(texts_in(names), _is_filler)
            yield from self._twice(names, names_name, member, at, Severity.INFO)

    def _twice(
        self,
        entries: CimQualifier,
        name: str,
        member: Valued,
        at: int | None,
        severity: Severity = Severity.WARNING,
    ) -> Findings:
        if at is not None:
            message = f"{name} of `{member.name}` has `{texts_in(entries)[at]}` twice"
            place = entry_span(entries, at)
            yield self.finding(message, entries.origin, place, severity=severity)


def _is_filler(text: str) -> bool:
    return not text.strip() or any(word in text.lower() for word in _FILLERS)


def _second(texts: Sequence[str], is_exempt: Callable[[str], bool]) -> int | None:
    """Return where a text stands that was there before; None where there is none."""
    if len(set(texts)) == len(texts):
        return None
    seen: set[str] = set()
    for at, text in enumerate(texts):
        if text in seen and not is_exempt(text):
            return at
        seen.add(text)
    return None
