from __future__ import annotations

from mofkit.cim import CimClass, CimProperty, CimQualifier
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.driver_classes import is_wmi
from mofkit.linter.lint_rule import Findings
from mofkit.linter.string_joints import tight_joint
from mofkit.linter.translations import is_translation
from mofkit.linter.value_lists import LISTS, PAIRS, Valued, ValueListRule, n_entries, strings_in
from mofkit.source import Edit, Span


class ValuesMismatch(ValueListRule):
    r"""Two lists that belong together and differ in length.

    ## What it does
    Reports `ValueMap` and `Values`, or `BitMap` and `BitValues`, with different numbers of entries.
    (WDM313 and WDM314 say it of drivers' items, LOC007 of translations.)

    ## Why it matters
    Each value has one name. Where the lists differ in length, the names behind the gap belong to
    the wrong values. A missing comma between two strings joins them and makes one entry of two.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [ValueMap{"0", "1", "2"}, Values{"Off" "Slow", "Fast"}] uint8 Level;
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
    DSP0004 §5.6.3, "Values" and "BitValues". WMI SDK, "Value map".

    ## Fix safety
    Unsafe: the two strings may have been meant as one.
    """

    code = "STY001"
    name = "values-mismatch"
    severity = Severity.WARNING
    about = LISTS

    def check_values(self, cim_class: CimClass, member: Valued) -> Findings:
        if is_translation(cim_class) or (is_wmi(cim_class) and isinstance(member, CimProperty)):
            return
        for values_name, names_name in PAIRS:
            values = qualifier_named(member.qualifiers, values_name.lower())
            names = qualifier_named(member.qualifiers, names_name.lower())
            if values is None or names is None:
                continue
            n_values, n_names = n_entries(values), n_entries(names)
            if n_values != n_names:
                yield self.finding(
                    f"`{member.name}` has lists of different lengths: "
                    f"{n_values} in {values_name}, {n_names} in {names_name}",
                    names.origin,
                    fix=_missing_comma(values if n_values < n_names else names),
                )


def _missing_comma(shorter: CimQualifier) -> Fix | None:
    joint = tight_joint(strings_in(shorter))
    if joint is None:
        return None
    edit = Edit(Span.at(joint.behind_first), ",")
    message = f"put a comma between `{joint.before}` and `{joint.after}`"
    return Fix(message, (edit,), Safety.UNSAFE)
