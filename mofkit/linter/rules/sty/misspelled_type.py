from __future__ import annotations

import re

from mofkit.cim import CimClass, CimMethod, CimParameter, CimProperty, CimType
from mofkit.diagnostics import Severity
from mofkit.diagnostics.suggestions import replace_word
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.spelling import meant_word, type_span

_TYPES = [one.value for one in CimType if one is not CimType.REFERENCE]
_FOREIGN = frozenset(f"int{n_bits}" for n_bits in (8, 16, 32, 64))
_WORD = re.compile(r"\w+")


class MisspelledType(LintRule):
    r"""A type that is one letter away from a basic one.

    ## What it does
    Reports the type of a property, a parameter or a method that is no basic type, that is no class
    of the files, and that is a basic type but for one slip. (SEM111 reports types of other
    languages, such as `int32`.)

    ## Why it matters
    A name that is no basic type is that of a class, so `unit32` is an embedded object of a class
    that does not exist.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        unit32 Speed;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        uint32 Speed;
    };
    ```

    ## Source
    DSP0004 §5.2. WMI SDK, "Creating a class".

    ## Fix safety
    Unsafe: a class of that name may exist elsewhere.
    """

    code = "STY021"
    name = "misspelled-type"
    severity = Severity.WARNING

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        return self._check(cim_property)

    def check_method(self, cim_class: CimClass, method: CimMethod) -> Findings:
        return self._check(method)

    def check_parameter(
        self, cim_class: CimClass, method: CimMethod, parameter: CimParameter
    ) -> Findings:
        return self._check(parameter)

    def _check(self, member: CimProperty | CimMethod | CimParameter) -> Findings:
        word = member.type_word
        if member.type is not CimType.OBJECT or word.lower() in ("object", *_FOREIGN):
            return
        meant = meant_word(word, _TYPES)
        if meant is None or member.origin is None or self.unit.files.classes_called(word):
            return
        span = type_span(member.origin, word)
        yield self.finding(
            f"the type `{word}` of `{member.name}` is no class of the files: was `{meant}` meant?",
            member.origin,
            span,
            fix=replace_word(span, meant),
        )
