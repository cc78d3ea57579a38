from __future__ import annotations

import re

from mofkit.cim import CimQualifier, CimString
from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings, LintRule, Qualified, owner_name
from mofkit.linter.string_joints import joints_of
from mofkit.source import Edit, Span

_END = re.compile(r"[A-Za-z]{2,}[.,;:?!]$|[a-z]{2,}$")
_START = re.compile(r"[A-Za-z]{2,}|\(\w")


class JoinedWords(LintRule):
    r"""Two words of a description that are joined.

    ## What it does
    Reports a `Description` of several strings, where one ends with a word or a sentence and the
    next begins with another and no blank stands between. A small letter before a capital is not
    reported: names are split so.

    ## Why it matters
    Neighbouring strings are joined with nothing between. The reader gets "the pumpruns".

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key, Description("The number on the plate,"
                          "without its dashes")]
        string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key, Description("The number on the plate, "
                          "without its dashes")]
        string Serial;
    };
    ```

    ## Source
    DSP0004 Annex A, stringValue.

    ## Fix safety
    Unsafe: the word may have been split on purpose.
    """

    code = "STY014"
    name = "joined-words"
    severity = Severity.INFO

    def check_qualifier(self, owner: Qualified, qualifier: CimQualifier) -> Findings:
        if qualifier.name.lower() != "description" or not isinstance(qualifier.value, CimString):
            return
        for joint in joints_of(qualifier.value):
            before, after = joint.before[-30:], joint.after[:30]
            if not _END.search(before) or not _START.match(after):
                continue
            if before[-1].isalpha() and after[0].isupper():
                continue
            if before.endswith(("\\n", "\\t", "\\r")):
                continue
            word = f"{before.split()[-1]}{after.split()[0]}"
            edit = Edit(Span.at(joint.behind_first - 1), " ")
            yield self.finding(
                f"the description of `{owner_name(owner)}` says `{word}`",
                qualifier.origin,
                joint.place,
                fix=Fix("put a blank between", (edit,), Safety.UNSAFE),
            )
