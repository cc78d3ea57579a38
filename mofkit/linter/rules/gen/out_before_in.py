from __future__ import annotations

from mofkit.cim import CimClass, CimMethod, CimParameter
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule, related_to


class OutBeforeIn(LintRule):
    r"""An out parameter in front of an in parameter.

    ## What it does
    Reports a parameter that is only `in` behind one that is only `out`.

    ## Why it matters
    A support article says that mofcomp refuses the class ("Invalid Class"). Samples that compile
    have the order all the same (`RequestStateChange` of the CIM schema), so this is no error.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    class Fenwick_Pump
    {
        [key] string Serial;
        [implemented] uint32 Read([out] string Text, [in] uint32 Length);
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    class Fenwick_Pump
    {
        [key] string Serial;
        [implemented] uint32 Read([in] uint32 Length, [out] string Text);
    };
    ```

    ## Source
    Microsoft support article 819064.
    """

    code = "GEN005"
    name = "out-before-in"
    severity = Severity.WARNING

    def check_method(self, cim_class: CimClass, method: CimMethod) -> Findings:
        first: CimParameter | None = None
        for parameter in method.parameters:
            ways = {way for way in ("in", "out") if has_qualifier(parameter.qualifiers, way)}
            if ways == {"out"}:
                first = first or parameter
            elif ways == {"in"} and first is not None:
                yield self.finding(
                    f"in parameter `{parameter.name}` of method `{method.name}` comes behind "
                    f"out parameter `{first.name}`",
                    parameter.origin,
                    related=related_to(first.origin, "the out parameter"),
                )
                return
