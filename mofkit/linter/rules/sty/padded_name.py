from __future__ import annotations

from mofkit.cim import CimQualifier
from mofkit.compiler.string_map import span_in_file
from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings, LintRule, Qualified, owner_name
from mofkit.linter.value_lists import strings_in
from mofkit.source import Edit, Span

_NAMING = frozenset(
    "valuemap values bitmap bitvalues provider override wmisizeis embeddedinstance guid "
    "modelcorrespondence mappingstrings units".split()
)


class PaddedName(LintRule):
    r"""A name with blanks around it.

    ## What it does
    Reports white space at the start or the end of a string that names something: an entry of
    ValueMap, Values, BitMap or BitValues, and the value of Provider, Override, WmiSizeIs,
    EmbeddedInstance, Guid, ModelCorrespondence, MappingStrings and Units.

    ## Why it matters
    The blank is part of the name. A program that looks for the name, or compares the value, does
    not find it.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [ValueMap{"0", "1 "}, Values{"Off", "On"}] uint8 State;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [ValueMap{"0", "1"}, Values{"Off", "On"}] uint8 State;
    };
    ```

    ## Source
    mofkit's own; four public files have it.

    ## Fix safety
    Unsafe: the value of the qualifier changes.
    """

    code = "STY013"
    name = "padded-name"
    severity = Severity.WARNING
    about = _NAMING

    def check_qualifier(self, owner: Qualified, qualifier: CimQualifier) -> Findings:
        for text in strings_in(qualifier):
            value = text.value
            if value == value.strip() or not value.strip():
                continue
            blanks = (
                Span(0, len(value) - len(value.lstrip())),
                Span(len(value.rstrip()), len(value)),
            )
            edits = tuple(Edit(span_in_file(text, span), "") for span in blanks if span.length)
            yield self.finding(
                f"`{value.strip()}` in {qualifier.name} of `{owner_name(owner)}` "
                "has blanks around it",
                text.origin,
                fix=Fix("remove the blanks", edits, Safety.UNSAFE),
            )
