from __future__ import annotations

from typing import Final

from mofkit.cim import (
    CimClass,
    CimFlavor,
    CimMethod,
    CimParameter,
    CimProperty,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.translations import (
    TranslationRule,
)

_TEXTS: Final = frozenset(
    "bitvalues description displaydescription displayname displayvalues units values".split()
)


class TextNotAmended(TranslationRule):
    r"""A text of a translation that is not laid over the class.

    ## What it does
    Reports a qualifier with texts for people (Description, DisplayName, DisplayDescription,
    DisplayValues, Values, BitValues, Units) in a translation, without the flavor Amended, neither
    here nor in a declaration of the qualifier. Others, such as Key, Locale or ValueMap, are not
    translated.

    ## Why it matters
    Only qualifiers with that flavor are laid over the neutral class; clients do not see the others.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    instance of __Namespace { Name = "ms_409"; };

    #pragma namespace("\\\\.\\root\\cimv2\\ms_409")

    [Amendment, Locale(0x409), Description("A pump")]
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

    code = "LOC003"
    name = "text-not-amended"
    severity = Severity.ERROR

    def check_unit(self) -> Findings:
        for translation in self.translations:
            yield from self._check(translation)
            for feature in translation.features:
                if isinstance(feature, CimProperty | CimMethod):
                    yield from self._check(feature)
                if isinstance(feature, CimMethod):
                    for parameter in feature.parameters:
                        yield from self._check(parameter)

    def _check(self, owner: CimClass | CimProperty | CimMethod | CimParameter) -> Findings:
        for found in owner.qualifiers:
            if found.name.lower() in _TEXTS and not found.effective & CimFlavor.AMENDED:
                yield self.finding(
                    f"`{found.name}` of `{owner.name}` does not reach the class",
                    found.origin,
                    help=f"write {found.name}(...) : Amended",
                )
