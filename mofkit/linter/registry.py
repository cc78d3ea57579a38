"""Every rule of the linter, a row each, in order of code.

A row says enough to decide whether the rule's module is worth importing for a file. `words` are
what a file must have one of (in lower case, as a whole token) for the rule to have anything to
say; a rule without words is asked about every file. `dialects` are the kinds of files it is for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mofkit.linter.dialect import Dialect

if TYPE_CHECKING:
    from mofkit.linter.unit import Unit

__all__ = ["REGISTRY", "SAID_ELSEWHERE", "Row"]

_ANY: Final = tuple(Dialect)
_WMI: Final = (Dialect.WMI,)


class Row(NamedTuple):
    """One rule.

    Attributes:
        module: below `mofkit.linter.rules`: `wdm.missing_guid`, whose class is `MissingGuid` and
            whose name is `missing-guid`.
    """

    code: str
    module: str
    words: frozenset[str] = frozenset()
    dialects: tuple[Dialect, ...] = _ANY

    @property
    def name(self) -> str:
        """The rule's name."""
        return self.module.rpartition(".")[2].replace("_", "-")

    @property
    def class_name(self) -> str:
        """The name of the rule's class."""
        return self.name.title().replace("-", "")

    def applies_to(self, unit: Unit) -> bool:
        """Say whether the rule may have something to say about a unit."""
        if self.words and self.words.isdisjoint(unit.words):
            return False
        return len(self.dialects) == len(_ANY) or unit.dialect in self.dialects


def _rows(words: str, dialects: tuple[Dialect, ...], *rules: str) -> tuple[Row, ...]:
    """Return the rows of rules given as `CODE family.module [word…]`, which share words."""
    rows = []
    for rule in rules:
        code, module, *own = rule.split()
        rows.append(Row(code, module, frozenset(own or words.split()), dialects))
    return tuple(rows)


_WDM: Final = _rows(
    "wmi",
    _ANY,
    "WDM105 wdm.missing_guid",
)

REGISTRY: Final = (*_WDM,)
"""Every rule, in order of code."""

SAID_ELSEWHERE: Final[dict[str, str]] = {}
"""Codes of the catalogues that another rule already reports → that rule's code."""
