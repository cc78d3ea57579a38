from __future__ import annotations

from mofkit.cim import (
    CimClass,
)
from mofkit.cim.qualifiers import has_qualifier, qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.translations import (
    is_translation,
)


class AmendmentWithoutLocale(LintRule):
    r"""A translation that does not say its language.

    ## What it does
    Reports a class with Amendment and without Locale.

    ## Why it matters
    WMI cannot tell which language the texts are.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    instance of __Namespace { Name = "ms_409"; };

    #pragma namespace("\\\\.\\root\\cimv2\\ms_409")

    [Amendment, Description("A pump") : Amended]
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
    Windows driver documentation, "Creating the localized MOF file"; WMI SDK, "Creating localized
    class definitions".
    """

    code = "LOC001"
    name = "amendment-without-locale"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        if is_translation(cim_class) and qualifier_named(cim_class.qualifiers, "locale") is None:
            yield self.finding(
                f"the translation of class `{cim_class.name}` has no Locale",
                cim_class.origin,
                severity=Severity.WARNING if _is_printed(cim_class) else Severity.ERROR,
                help="write Locale(0x409), with the number of the language",
            )


def _is_printed(cim_class: CimClass) -> bool:
    """Say whether this looks like a class as the repository shows it, with its translation."""
    return any(has_qualifier(cim_class.qualifiers, name) for name in ("dynamic", "provider"))
