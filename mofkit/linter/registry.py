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
    "WDM101 wdm.missing_wmi provider",
    "WDM102 wdm.missing_dynamic",
    "WDM103 wdm.dynamic_and_static static",
    "WDM104 wdm.not_wmiprov dynamic",
    "WDM105 wdm.invalid_guid",
    "WDM106 wdm.duplicate_guid guid",
    "WDM107 wdm.locale_form locale",
    "WDM109 wdm.class_name_end",
    "WDM111 wdm.unknown_base",
    "WDM112 wdm.two_abstract_bases abstract",
    "WDM113 wdm.event_base",
    "WDM114 wdm.abstract_event_base abstract",
    "WDM117 wdm.event_too_large wmievent __extrinsicevent",
    "WDM201 wdm.missing_instance_name",
    "WDM202 wdm.missing_active",
    "WDM203 wdm.instance_name_no_key instancename",
    "WDM204 wdm.second_key key",
    "WDM205 wdm.required_item_not_read instancename active",
    "WDM206 wdm.required_item_with_id wmidataid",
    "WDM207 wdm.required_item_in_embedded instancename active",
    "WDM208 wdm.required_items_not_first instancename active",
    "WDM301 wdm.missing_data_id",
    "WDM302 wdm.data_id_gap wmidataid",
    "WDM304 wdm.item_type real32 real64 char16 ref object",
    "WDM306 wdm.unsized_array",
    "WDM307 wdm.size_of_nothing wmisizeis",
    "WDM308 wdm.size_no_integer wmisizeis",
    "WDM309 wdm.size_after_array wmisizeis",
    "WDM310 wdm.max_len_of_no_string maxlen",
    "WDM312 wdm.time_stamp_type wmitimestamp",
    "WDM313 wdm.bit_map_mismatch bitmap",
    "WDM314 wdm.value_map_mismatch valuemap",
    "WDM315 wdm.define_values definevalues",
    "WDM317 wdm.event_item wmieventtrigger wmieventrate",
    "WDM318 wdm.neither_read_nor_write",
    "WDM319 wdm.variable_before_fixed",
    "WDM320 wdm.embedded_class",
    "WDM401 wdm.method_id",
    "WDM403 wdm.method_not_implemented",
    "WDM404 wdm.method_result",
    "WDM405 wdm.parameter_direction wmimethodid",
    "WDM407 wdm.parameter_type wmimethodid",
    "WDM502 wdm.driver_namespace",
)

REGISTRY: Final = (*_WDM,)
"""Every rule, in order of code."""

SAID_ELSEWHERE: Final[dict[str, str]] = {}
"""Codes of the catalogues that another rule already reports → that rule's code."""
