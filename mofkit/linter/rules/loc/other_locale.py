from __future__ import annotations

from mofkit.cim import (
    CimClass,
    CimInteger,
)
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.namespaces import (
    shown,
)
from mofkit.linter.translations import (
    is_translation,
    locale_of,
    locale_of_namespace,
)
from mofkit.source import Edit


class OtherLocale(LintRule):
    r"""A translation in the namespace of another language.

    ## What it does
    Reports a translation (a class with Amendment) whose Locale is not the one that its namespace is
    for, and one in a namespace that is for no language.

    The sample in "Creating the localized MOF file" has Locale(0x407) in ms_409 itself.

    ## Why it matters
    Clients ask for a language and get what is in its namespace: the texts of another one.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    instance of __Namespace { Name = "ms_409"; };

    #pragma namespace("\\\\.\\root\\cimv2\\ms_409")

    [Amendment, Locale(0x407), Description("A pump") : Amended]
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
    Windows driver documentation, "Creating the localized MOF file"; the rule is mofkit's own.

    ## Fix safety
    Unsafe: the namespace may be the one that is wrong.
    """

    code = "LOC002"
    name = "other-locale"
    severity = Severity.WARNING

    def check_class(self, cim_class: CimClass) -> Findings:
        locale = locale_of(cim_class)
        written = qualifier_named(cim_class.qualifiers, "locale")
        if locale is None or written is None or not is_translation(cim_class):
            return
        if cim_class.pragmas.namespace is None:
            return  # whoever compiles the file says where it goes
        wanted = locale_of_namespace(cim_class.pragmas.namespace)
        path = shown(cim_class.pragmas.namespace)
        if wanted is None:
            yield self.finding(
                f"the translation of class `{cim_class.name}` goes into {path}, "
                "which is for no language",
                written.origin,
                help=f"translations for 0x{locale:x} go into {path}\\ms_{locale:x}",
            )
        elif wanted != locale:
            value = written.value
            place = None if value is None or value.origin is None else value.origin.span
            yield self.finding(
                f"class `{cim_class.name}` is for language 0x{locale:x}, its namespace for "
                f"0x{wanted:x}",
                written.origin,
                fix=Fix(f"write 0x{wanted:x}", (Edit(place, f"0x{wanted:x}"),), Safety.UNSAFE)
                if place and isinstance(value, CimInteger)
                else None,
            )
