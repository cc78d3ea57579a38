from __future__ import annotations

from mofkit.cim import (
    CimInstance,
    CimInteger,
    CimProperty,
    CimQualifier,
    CimString,
    CimValue,
)
from mofkit.cim.qualifiers import integer_of
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule, Qualified

_LIMITS = frozenset({"minvalue", "maxvalue", "minlen", "maxlen"})


class ImpossibleLimits(LintRule):
    r"""Limits that no value keeps.

    ## What it does
    Reports a `MinValue` above the `MaxValue`, a `MinLen` above the `MaxLen`, and a default outside
    of these limits.

    ## Why it matters
    What checks the limits, such as OMI, refuses every value, or the default.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [MinValue(100), MaxValue(10)] uint8 Speed;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [MinValue(10), MaxValue(100)] uint8 Speed;
    };
    ```

    ## Source
    DSP0004 §5.6.3, "MinValue", "MaxValue", "MinLen" and "MaxLen".
    """

    code = "STY006"
    name = "impossible-limits"
    severity = Severity.WARNING
    about = _LIMITS

    def check_qualifier(self, owner: Qualified, qualifier: CimQualifier) -> Findings:
        name = qualifier.name.lower()
        if isinstance(owner, CimInstance):
            return
        limit = integer_of(owner.qualifiers, name)
        if limit is None or (limit == 0 and name == "maxlen"):  # 0: no limit, to drivers
            return
        is_least, what = name.startswith("min"), name[3:]
        most = integer_of(owner.qualifiers, f"max{what}")
        if is_least and most is not None and limit > most and (most or what == "value"):
            message = f"{qualifier.name} {limit} of `{owner.name}` is above its maximum {most}"
            yield self.finding(message, qualifier.origin)
        elif isinstance(owner, CimProperty):
            yield from self._check_default(owner, qualifier.name, limit)

    def _check_default(self, owner: CimProperty, name: str, limit: int) -> Findings:
        is_length, is_least = name.lower().endswith("len"), name.lower().startswith("min")
        size = _size(owner.default, is_length=is_length)
        if size is None or (size >= limit if is_least else size <= limit):
            return
        assert owner.default is not None, "it has a size"
        side = "below" if is_least else "above"
        yield self.finding(
            f"the default of `{owner.name}` has {size} characters, {side} its {name} {limit}"
            if is_length
            else f"the default {size} of `{owner.name}` is {side} its {name} {limit}",
            owner.default.origin,
        )


def _size(value: CimValue | None, *, is_length: bool) -> int | None:
    if isinstance(value, CimString) and is_length:
        return len(value.value)
    return value.value if isinstance(value, CimInteger) and not is_length else None
