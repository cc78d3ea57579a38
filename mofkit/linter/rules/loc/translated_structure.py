from __future__ import annotations

from collections.abc import Iterator

from mofkit.cim import (
    CimClass,
    CimProperty,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, related_to
from mofkit.linter.translations import (
    TranslationRule,
    neutral_of,
)


class TranslatedStructure(TranslationRule):
    r"""A translation that has more than texts.

    ## What it does
    Reports a property or a method of a translation that the neutral class, which is in one of the
    files, has not, and a property of another type there.

    ## Why it matters
    Names and types are not translated: WMI lays texts over what is there, and what is not there
    gets none.

    ## Example
    ```mof
    // file: pump.mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [ValueMap{"0", "1"}, Values{"Off", "On"}] uint16 State;
    };

    // file: pump.mfl
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    instance of __Namespace { Name = "ms_409"; };

    #pragma namespace("\\\\.\\root\\cimv2\\ms_409")

    [Amendment, Locale(0x409), Description("A pump") : Amended]
    class Fenwick_Pump
    {
        [key] string Serial;
        [Description("Turns a minute") : Amended] uint32 Rpm;
    };
    ```

    ## Use instead
    ```mof
    // file: pump.mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [ValueMap{"0", "1"}, Values{"Off", "On"}] uint16 State;
    };

    // file: pump.mfl
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
    Windows driver documentation, "Creating the localized MOF file"; WMI SDK, "Localizing WMI class
    information".
    """

    code = "LOC004"
    name = "translated-structure"
    severity = Severity.WARNING

    def check_unit(self) -> Findings:
        for translation in self.translations:
            neutral = neutral_of(translation, self.unit)
            if neutral is None:
                continue
            there = {
                feature.name.lower(): feature
                for ancestor in self._lineage(neutral)
                for feature in reversed(ancestor.features)
            }
            is_whole = self._is_whole(neutral)
            for feature in translation.features:
                same = there.get(feature.name.lower())
                if same is None and is_whole:
                    yield self.finding(
                        f"class `{neutral.name}` has no `{feature.name}` to translate",
                        feature.origin,
                        related=related_to(neutral.origin, "the neutral class"),
                    )
                elif isinstance(same, CimProperty) and isinstance(feature, CimProperty):
                    yield from self._check_type(feature, same)

    def _check_type(self, mine: CimProperty, theirs: CimProperty) -> Findings:
        if mine.type_word.lower() != theirs.type_word.lower():
            yield self.finding(
                f"`{mine.name}` is {mine.type_word} here, and {theirs.type_word} in the class",
                mine.origin,
                related=related_to(theirs.origin, "the neutral property"),
            )

    def _lineage(self, neutral: CimClass) -> Iterator[CimClass]:
        """Yield a class and its ancestors in all files, no class twice."""
        found: CimClass | None = neutral
        seen: set[str] = set()
        while found is not None and found.name.lower() not in seen:
            yield found
            seen.add(found.name.lower())
            if found.superclass is None:
                return
            classes = self.unit.files.classes_named(found.superclass, found.pragmas.namespace)
            found = classes[0] if classes else None

    def _is_whole(self, neutral: CimClass) -> bool:
        """Say whether all that a class inherits is here."""
        *_, last = self._lineage(neutral)
        return last.superclass is None
