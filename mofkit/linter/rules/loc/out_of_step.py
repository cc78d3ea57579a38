from __future__ import annotations

from collections.abc import Iterator

from mofkit.cim import (
    CimClass,
    CimFeature,
    namespace_key,
)
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, related_to
from mofkit.linter.translations import (
    TranslationRule,
    is_translation,
    neutral_of,
)
from mofkit.linter.unit import Unit


class _Translated:
    """The names of classes in all files; kept with the first unit."""

    def __init__(self, unit: Unit) -> None:
        self.neutral: dict[str, set[str]] = {}
        self.translated: dict[str, set[str]] = {}
        for one in unit.files.units:
            for cim_class in one.schema.classes:
                key = namespace_key(cim_class.pragmas.namespace)
                if is_translation(cim_class):
                    names = self.translated.setdefault(key.rpartition("/")[0], set())
                else:
                    names = self.neutral.setdefault(key, set())
                names.add(cim_class.name.lower())


def _pairs(
    translation: CimClass, neutral: CimClass
) -> Iterator[tuple[CimClass | CimFeature, CimClass | CimFeature]]:
    """Yield what is translated with what it is laid over: the class, and its members."""
    yield translation, neutral
    members = {one.name.lower(): one for one in neutral.features}
    for feature in translation.features:
        if feature.name.lower() in members:
            yield feature, members[feature.name.lower()]


class OutOfStep(TranslationRule):
    r"""A class that has no translation, or a translation that has no class.

    ## What it does
    Reports what is out of step where classes and translations of a namespace are both in the files:
    a translation of a class that is not there, a class of which there is no translation while
    others have one, and a translated Description, DisplayName, Values or BitValues that the neutral
    class has and the translation lacks.

    ## Why it matters
    One of the two files was changed and the other was forgotten.

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

    class Fenwick_Valve
    {
        [key] string Serial;
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
    mofkit's own.
    """

    code = "LOC008"
    name = "out-of-step"
    severity = Severity.INFO

    def check_unit(self) -> Findings:
        if not any(
            is_translation(one) for unit in self.unit.files.units for one in unit.schema.classes
        ):
            return
        known = self.unit.files.units[0].knowledge(_Translated)
        for cim_class in self.unit.schema.classes:
            key = namespace_key(cim_class.pragmas.namespace)
            name = cim_class.name.lower()
            if is_translation(cim_class):
                above = key.rpartition("/")[0]
                if above in known.neutral and name not in known.neutral[above]:
                    message = f"there is no class `{cim_class.name}` to translate"
                    yield self.finding(message, cim_class.origin)
                neutral = neutral_of(cim_class, self.unit)
                if neutral is not None:
                    yield from self._check_texts(cim_class, neutral)
            elif key in known.translated and name not in known.translated[key]:
                message = f"class `{cim_class.name}` has no translation, and others have"
                yield self.finding(message, cim_class.origin)

    def _check_texts(self, translation: CimClass, neutral: CimClass) -> Findings:
        for mine, theirs in _pairs(translation, neutral):
            for found in theirs.qualifiers:
                is_text = found.name.lower() in (
                    "description",
                    "displayname",
                    "values",
                    "bitvalues",
                )
                if is_text and qualifier_named(mine.qualifiers, found.name.lower()) is None:
                    yield self.finding(
                        f"`{mine.name}` is translated without its {found.name}",
                        mine.origin,
                        related=related_to(found.origin, "the neutral text"),
                    )
