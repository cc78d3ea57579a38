from __future__ import annotations

from mofkit.cim import CimClass, CimMethod, CimProperty
from mofkit.cim.qualifiers import string_of
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule, related_to

_MIN_CHARS = 31


class SameDescription(LintRule):
    r"""Two members with one description.

    ## What it does
    Reports a `Description` of a property, a reference or a method that another member of the class
    has word for word, if it is longer than 30 characters.

    ## Why it matters
    It was copied with the member and not changed.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [Description("Litres that went in since the start")] uint32 In;
        [Description("Litres that went in since the start")] uint32 Out;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [Description("Litres that went in since the start")] uint32 In;
        [Description("Litres that went out since the start")] uint32 Out;
    };
    ```

    ## Source
    mofkit's own; six public files have it.
    """

    code = "STY042"
    name = "same-description"
    severity = Severity.INFO

    def check_class(self, cim_class: CimClass) -> Findings:
        seen: dict[str, CimProperty | CimMethod] = {}
        for member in cim_class.features:
            if not isinstance(member, CimProperty | CimMethod):
                continue
            text = string_of(member.qualifiers, "description") or ""
            if len(text) < _MIN_CHARS:
                continue
            first = seen.setdefault(text, member)
            if first is not member:
                yield self.finding(
                    f"`{member.name}` is described in the words of `{first.name}`",
                    member.origin,
                    related=related_to(first.origin, "the other"),
                )
