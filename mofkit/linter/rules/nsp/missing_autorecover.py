from __future__ import annotations

from mofkit.diagnostics import Fix, Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.namespaces import (
    NamespaceRule,
    newline_of,
)
from mofkit.source import Edit, Span


class MissingAutorecover(NamespaceRule):
    r"""A file that WMI will not compile again.

    ## What it does
    Reports a file with classes or instances and without `#pragma autorecover`. Left out are files
    of drivers, in which every class has the qualifier WMI or is a base class of one that has, and
    files with parts of event subscriptions, which had better not come back by themselves (EVT013).
    It is an info where nothing in the file is only for WMI (a pragma of mofcomp, the qualifiers
    Dynamic and Amendment, a name such as `__Namespace` or `Win32_...`): other servers know no such
    pragma.

    ## Why it matters
    When WMI has to rebuild its repository, it compiles the files that asked for it. What is only in
    others is gone. mofcomp warns of this, too.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\cimv2")

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
    WMI SDK, "mofcomp" and "pragma autorecover".

    ## Fix safety
    Safe: the pragma changes nothing of what the file declares. It is put in only where each
    declaration has its namespace, and comes in front of everything. There is no fix where the file
    could not be compiled again: where a deletion has FAIL (NSP006), flags say `updateonly`, or a
    namespace is on another machine.
    """

    code = "NSP002"
    name = "missing-autorecover"
    severity = Severity.WARNING

    def check_unit(self) -> Findings:
        stored = self.known.stored
        if not stored or not self.known.may_miss_pragmas or self.known.autorecover:
            return
        if self.known.is_of_subscription or stored[0].origin is None:
            return
        yield self.finding(
            "without `#pragma autorecover`, a rebuilt repository lacks what this file declares",
            stored[0].origin,
            severity=self.known.severity,
            fix=self._fix(),
        )

    def _fix(self) -> Fix | None:
        """Return the pragma, where it would not stand without the namespace it needs (NSP004)."""
        source = self.unit.parsed[0].source
        if any(found.pragmas.namespace is None for found in self.known.stored):
            return None
        if self.known.stored[0].origin is None or self.known.stored[0].origin.source != source:
            return None
        if not self.known.can_be_recovered:
            return None
        return Fix(
            "write `#pragma autorecover` in the first line",
            (Edit(Span.at(0), f"#pragma autorecover{newline_of(source)}"),),
        )
