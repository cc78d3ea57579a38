from __future__ import annotations

from mofkit.cim import (
    CimArray,
    CimClass,
    CimInstance,
    CimProperty,
    CimQualifier,
    CimString,
    CimValue,
)
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings, LintRule, Qualified
from mofkit.linter.string_joints import tight_joint
from mofkit.linter.value_lists import PAIRS, n_entries
from mofkit.source import Edit, Span

_PATHS = frozenset({"mappingstrings", "modelcorrespondence"})
"""Their entries are long paths, which are often split anywhere."""
_MAX_CHARS = 100
"""A longer entry was more likely split on purpose."""
_PARTNERS = {
    **{one.lower(): two.lower() for one, two in PAIRS},
    **{two.lower(): one.lower() for one, two in PAIRS},
    "definevalues": "values",
}


class MissingComma(LintRule):
    r"""Two strings in a list with no comma between.

    ## What it does
    Reports an entry of a list that is made of several strings, where a word ends and another begins
    with nothing between. Of a pair of lists that differ in length, such as ValueMap and Values,
    other rules say it.

    ## Why it matters
    MOF joins neighbouring strings. Without the comma two entries become one, and no compiler says
    so.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        string Modes[] = { "eco" "normal", "turbo" };
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        string Modes[] = { "eco", "normal", "turbo" };
    };
    ```

    ## Source
    DSP0004 Annex A, stringValue. Two published driver samples have the mistake.

    ## Fix safety
    Unsafe: the two strings may have been meant as one.
    """

    code = "STY002"
    name = "missing-comma"
    severity = Severity.WARNING

    def check_qualifier(self, owner: Qualified, qualifier: CimQualifier) -> Findings:
        if not isinstance(qualifier.value, CimArray):
            return
        name = qualifier.name.lower()
        if name in _PATHS:
            return
        partner = qualifier_named(owner.qualifiers, _PARTNERS.get(name, ""))
        if partner is None or n_entries(partner) == n_entries(qualifier):
            yield from self._check(qualifier.name, qualifier.value)

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        return self._check(cim_property.name, cim_property.default)

    def check_instance(self, instance: CimInstance) -> Findings:
        for named in instance.properties:
            yield from self._check(named.name, named.value)

    def _check(self, name: str, value: CimValue | None) -> Findings:
        if not isinstance(value, CimArray):
            return
        for text in value.values:
            if not isinstance(text, CimString) or len(text.value) > _MAX_CHARS:
                continue
            joint = tight_joint([text])
            if joint is not None:
                edit = Edit(Span.at(joint.behind_first), ",")
                yield self.finding(
                    f"`{joint.before}` and `{joint.after}` are one entry of `{name}`: "
                    "is a comma missing?",
                    text.origin,
                    joint.place,
                    fix=Fix("put a comma between them", (edit,), Safety.UNSAFE),
                )
