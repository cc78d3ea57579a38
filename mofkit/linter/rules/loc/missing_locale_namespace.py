from __future__ import annotations

from mofkit.cim import (
    namespace_key,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.namespaces import (
    NamespaceRule,
    is_of_locale,
    made_namespaces,
    shown,
)


class MissingLocaleNamespace(NamespaceRule):
    r"""A namespace of a language that the file does not make.

    ## What it does
    Reports a namespace such as ms_409 that is entered and that no file makes, with an instance of
    `__Namespace` in the namespace above. Files of drivers, in which every class has the qualifier
    WMI, are left out: WMI makes the namespaces below root\wmi.

    ## Why it matters
    mofcomp fails where the namespace is absent. The files that mofcomp itself splits off have the
    instance.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    #pragma namespace("\\\\.\\root\\cimv2\\ms_409")

    [Amendment, Locale(0x409), Description("A pump") : Amended]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    instance of __Namespace { Name = "ms_409"; };

    #pragma namespace("\\\\.\\root\\cimv2\\ms_409")

    [Amendment, Locale(0x409), Description("A pump") : Amended]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "Compiling localized MOF files". That files of drivers are left out is mofkit's own.
    """

    code = "LOC005"
    name = "missing-locale-namespace"
    severity = Severity.WARNING

    def check_unit(self) -> Findings:
        if self.known.is_of_driver or not self.unit.files.is_complete:
            return
        made = set(made_namespaces(self.unit))
        for pragma in self.known.entered:
            key = namespace_key(pragma.pragmas.namespace)
            if is_of_locale(key) and key not in made:
                made.add(key)  # once each
                above, _, name = shown(pragma.pragmas.namespace).rpartition("\\")
                yield self.finding(
                    f"namespace {name} is made by none of the files",
                    pragma.origin,
                    help=f'in {above}, write: instance of __Namespace {{ Name = "{name}"; }};',
                )
