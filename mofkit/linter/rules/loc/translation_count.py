from __future__ import annotations

from mofkit.cim import (
    CimArray,
    CimFeature,
    CimQualifier,
)
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, related_to
from mofkit.linter.translations import (
    TranslationRule,
    neutral_of,
)


def _count(qualifier: CimQualifier) -> int:
    return len(qualifier.value.values) if isinstance(qualifier.value, CimArray) else 1


class TranslationCount(TranslationRule):
    r"""A translation with another number of values.

    ## What it does
    Reports Values and BitValues of a translation that have not as many entries as the same
    qualifier of the neutral class, which is in one of the files, or as its ValueMap and BitMap
    where it has no such texts itself.

    ## Why it matters
    The texts belong to the values by their order. One that is missing moves all behind it.

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

    [Amendment, Locale(0x409)]
    class Fenwick_Pump
    {
        [key] string Serial;
        [Values{"Off", "On", "Unknown"} : Amended] uint16 State;
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

    [Amendment, Locale(0x409)]
    class Fenwick_Pump
    {
        [key] string Serial;
        [Values{"Off", "On"} : Amended] uint16 State;
    };
    ```

    ## Source
    mofkit's own; WMI SDK, "ValueMap" and "BitMap and BitValues", on what belongs together.
    """

    code = "LOC007"
    name = "translation-count"
    severity = Severity.WARNING

    def check_unit(self) -> Findings:
        for translation in self.translations:
            neutral = neutral_of(translation, self.unit)
            members = {} if neutral is None else {one.name.lower(): one for one in neutral.features}
            for feature in translation.features:
                same = members.get(feature.name.lower())
                if same is not None:
                    yield from self._check(feature, same)

    def _check(self, feature: CimFeature, same: CimFeature) -> Findings:
        for texts, values in (("values", "valuemap"), ("bitvalues", "bitmap")):
            mine = qualifier_named(feature.qualifiers, texts)
            theirs = qualifier_named(same.qualifiers, texts)
            theirs = theirs or qualifier_named(same.qualifiers, values)
            if mine is None or theirs is None:
                continue
            if _count(mine) != _count(theirs):
                yield self.finding(
                    f"`{feature.name}` has {_count(mine)} {mine.name} here, and {_count(theirs)} "
                    f"{theirs.name} in the neutral class",
                    mine.origin,
                    related=related_to(theirs.origin, "these"),
                )
