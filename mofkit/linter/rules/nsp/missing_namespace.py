from __future__ import annotations

from mofkit.cim import (
    CimClass,
)
from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.namespaces import (
    NamespaceRule,
    newline_of,
)
from mofkit.source import Edit, Span


class MissingNamespace(NamespaceRule):
    r"""A declaration that no namespace is said for.

    ## What it does
    Reports the first class or instance of a file above which there is no `#pragma namespace`. Files
    of drivers, in which every class has the qualifier WMI or is a base class of one that has, need
    none. An info where nothing in the file is only for WMI (a pragma of mofcomp, the qualifiers
    Dynamic and Amendment, a name such as `__Namespace` or `Win32_...`): other servers know no such
    pragma.

    ## Why it matters
    Such a declaration goes into root\default, unless whoever compiles the file remembers the switch
    -N: where it ends up is not in the file.

    ## Example
    ```mof
    [Dynamic, Provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    [Dynamic, Provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "mofcomp" and "pragma namespace". That files of drivers are left out is mofkit's own:
    WMI compiles them into root\wmi by itself.

    ## Fix safety
    Unsafe: the fix writes down what holds without it, root\default. With a switch -N, the file goes
    elsewhere.
    """

    code = "NSP001"
    name = "missing-namespace"
    severity = Severity.WARNING

    def check_unit(self) -> Findings:
        stored = self.known.stored
        if not stored or not self.known.may_miss_pragmas or self.known.autorecover:
            return  # of files with autorecover NSP004 says it
        first = stored[0]
        if first.pragmas.namespace is not None or first.origin is None:
            return
        line_end = newline_of(first.origin.source)
        pragma = r'#pragma namespace("\\\\.\\root\\default")' + line_end
        name = first.name if isinstance(first, CimClass) else first.class_name
        yield self.finding(
            f"no namespace is said for `{name}` and what follows",
            first.origin,
            severity=self.known.severity,
            help=r"it goes into root\default, unless mofcomp is given -N",
            fix=Fix(
                r"write the pragma for root\default",
                (Edit(Span.at(first.origin.span.start), pragma),),
                Safety.UNSAFE,
            ),
        )
