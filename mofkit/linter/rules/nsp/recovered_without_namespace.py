from __future__ import annotations

from mofkit.cim import (
    CimClass,
    CimInstance,
)
from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings, related_to
from mofkit.linter.namespaces import (
    NamespaceRule,
    newline_of,
)
from mofkit.source import Edit, Span


class RecoveredWithoutNamespace(NamespaceRule):
    r"""A recovered file that does not say its namespace.

    ## What it does
    Reports `#pragma autorecover` in a file that declares something above which there is no `#pragma
    namespace`. Files of drivers, in which every class has the qualifier WMI, are left out.

    ## Why it matters
    WMI recovers a file by compiling it without switches. What a -N once put elsewhere goes into
    root\default then, and is missing where it was. A file that was meant for root\\default all
    along is recovered well, and says so with the pragma; therefore this is no error.

    ## Example
    ```mof
    #pragma autorecover

    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "pragma autorecover". That files of drivers are left out is mofkit's own.

    ## Fix safety
    Unsafe: the file may have been meant for another namespace than root\default.
    """

    code = "NSP004"
    name = "recovered-without-namespace"
    severity = Severity.WARNING

    def check_unit(self) -> Findings:
        pragma = self.known.autorecover
        if pragma is None or pragma.origin is None or not self.known.may_miss_pragmas:
            return
        lost = next((one for one in self.known.stored if one.pragmas.namespace is None), None)
        if lost is None:
            return
        name = lost.name if isinstance(lost, CimClass) else lost.class_name
        line_end = newline_of(pragma.origin.source)
        text = line_end + r'#pragma namespace("\\\\.\\root\\default")'
        yield self.finding(
            f"the file is recovered without switches, and no namespace is said for `{name}`",
            pragma.origin,
            related=related_to(lost.origin, r"goes into root\default then"),
            fix=Fix(
                r"write the pragma for root\default",
                (Edit(Span.at(pragma.origin.span.end), text),),
                Safety.UNSAFE,
            )
            if pragma.origin.first <= self._first(lost)
            else None,
        )

    def _first(self, item: CimClass | CimInstance) -> int:
        return -1 if item.origin is None else item.origin.first
