from __future__ import annotations

from functools import cached_property

from mofkit.cim import (
    CimBoolean,
    CimClass,
    CimInstance,
    CimMethod,
    CimParameter,
    CimQualifier,
    CimType,
)
from mofkit.diagnostics import Severity
from mofkit.linter.dialect import Dialect
from mofkit.linter.known_qualifiers import OF_WMI, PLACES
from mofkit.linter.lint_rule import Findings, LintRule, Qualified, owner_name


class MisplacedQualifier(LintRule):
    r"""A qualifier on what it cannot be about.

    ## What it does
    Reports a well-known qualifier on an element that it says nothing about: `in` on a property,
    `key` on a method, `abstract` on anything but a class. Where the files declare the qualifier,
    SEM208 does. Qualifiers that only WMI knows, such as `implemented`, are left alone in files for
    other servers, which declare their own.

    ## Why it matters
    The qualifier has no effect there. It often slipped from a neighbour, which now lacks it.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [in] uint8 Speed;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [write] uint8 Speed;
    };
    ```

    ## Source
    DSP0004 §5.6, the scopes of the standard qualifiers. WMI SDK, "Standard qualifiers".
    """

    code = "STY022"
    name = "misplaced-qualifier"
    severity = Severity.WARNING
    about = frozenset(PLACES)

    @cached_property
    def _declared(self) -> set[str]:
        return {
            one.name.lower()
            for one in self.unit.schema.qualifier_declarations
            if one.type is not None
        }

    def check_qualifier(self, owner: Qualified, qualifier: CimQualifier) -> Findings:
        name = qualifier.name.lower()
        places = PLACES[name]
        kind = _kind_of(owner)
        if not kind or kind in places or name in self._declared:
            return
        if name in OF_WMI and self.unit.dialect is not Dialect.WMI:
            return
        if qualifier.value == CimBoolean(value=False):
            return
        yield self.finding(
            f"`{qualifier.name}` says nothing about the {kind} `{owner_name(owner)}`",
            qualifier.origin,
            help=f"it belongs on: {', '.join(sorted(places))}",
        )


def _kind_of(owner: Qualified) -> str:
    """Return what an element is, in the words of `PLACES`; nothing for an instance."""
    match owner:
        case CimInstance():
            return ""
        case CimClass():
            return "class"
        case CimMethod():
            return "method"
        case CimParameter():
            return "parameter"
        case _:
            return "reference" if owner.type is CimType.REFERENCE else "property"
