from __future__ import annotations

from functools import cached_property

from mofkit.cim import CimQualifier
from mofkit.diagnostics import Severity
from mofkit.diagnostics.suggestions import replace_word
from mofkit.linter.known_qualifiers import KNOWN_QUALIFIERS
from mofkit.linter.lint_rule import Findings, LintRule, Qualified
from mofkit.linter.spelling import meant_word
from mofkit.linter.unit import Unit


class MisspelledQualifier(LintRule):
    r"""A qualifier that is one letter away from a known one.

    ## What it does
    Reports the name of a qualifier that no public document has, that the files do not declare, and
    that is a known name but for one slip: a letter too many, too few, another, or two that changed
    places.

    ## Why it matters
    To WMI any name is a qualifier, so a misspelled one is stored, and means nothing: `Discription`
    is no Description.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    [Discription("A pump")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    [Description("A pump")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    DSP0004 §5.6; WMI SDK, "Standard qualifiers" and "Standard WMI qualifiers"; Windows driver
    documentation, "WMI property qualifiers".

    ## Fix safety
    Unsafe: it may be a qualifier of your own.
    """

    code = "STY020"
    name = "misspelled-qualifier"
    severity = Severity.WARNING

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self._meant: dict[str, str | None] = {}

    @cached_property
    def _declared(self) -> set[str]:
        units = self.unit.files.units
        return {one.name.lower() for unit in units for one in unit.schema.qualifier_declarations}

    def check_qualifier(self, owner: Qualified, qualifier: CimQualifier) -> Findings:
        name = qualifier.name.lower()
        if name in KNOWN_QUALIFIERS or qualifier.origin is None:
            return
        if name not in self._meant:
            found = None if name in self._declared else meant_word(name, KNOWN_QUALIFIERS)
            self._meant[name] = None if found is None else KNOWN_QUALIFIERS[found]
        meant = self._meant[name]
        if meant is not None:
            yield self.finding(
                f"no qualifier is called `{qualifier.name}`: was `{meant}` meant?",
                qualifier.origin,
                fix=replace_word(qualifier.origin.name_span, meant),
            )
