"""Qualifier flavors: what happens to a qualifier in subclasses, instances and translations.

DSP0004 §5.6.1.2 has EnableOverride, DisableOverride, Restricted, ToSubclass and Translatable; WMI
adds ToInstance, NotToInstance, NotToSubclass and Amended.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntFlag
from typing import Final

__all__ = ["FLAVOR_WORDS", "CimFlavor", "flavors_of", "merge_flavors"]


class CimFlavor(IntFlag):
    """A set of flavors. The numbers are those of the binary MOF, where it has one."""

    NONE = 0
    TO_INSTANCE = 0x01
    TO_SUBCLASS = 0x02
    DISABLE_OVERRIDE = 0x10
    AMENDED = 0x80
    # The binary MOF stores nothing for these.
    ENABLE_OVERRIDE = 0x100
    RESTRICTED = 0x200
    TRANSLATABLE = 0x400
    NOT_TO_INSTANCE = 0x800
    NOT_TO_SUBCLASS = 0x1000


FLAVOR_WORDS: Final = {
    "EnableOverride": CimFlavor.ENABLE_OVERRIDE,
    "DisableOverride": CimFlavor.DISABLE_OVERRIDE,
    "Restricted": CimFlavor.RESTRICTED,
    "ToSubclass": CimFlavor.TO_SUBCLASS,
    "NotToSubclass": CimFlavor.NOT_TO_SUBCLASS,
    "ToInstance": CimFlavor.TO_INSTANCE,
    "NotToInstance": CimFlavor.NOT_TO_INSTANCE,
    "Translatable": CimFlavor.TRANSLATABLE,
    "Amended": CimFlavor.AMENDED,
}
"""The words as the specifications spell them, each with its flag."""

_BY_WORD: Final = {word.lower(): flavor for word, flavor in FLAVOR_WORDS.items()}

_OVERRIDE = CimFlavor.ENABLE_OVERRIDE | CimFlavor.DISABLE_OVERRIDE
_TO_SUBCLASS = CimFlavor.TO_SUBCLASS | CimFlavor.NOT_TO_SUBCLASS | CimFlavor.RESTRICTED
_TO_INSTANCE = CimFlavor.TO_INSTANCE | CimFlavor.NOT_TO_INSTANCE | CimFlavor.RESTRICTED
_QUESTIONS: Final = (_OVERRIDE, _TO_SUBCLASS, _TO_INSTANCE)
"""Each a question that has one answer: a flavor written for it replaces the default one."""


def flavors_of(words: Iterable[str]) -> CimFlavor:
    """Return the flavors that words in any letter case name; unknown words count for nothing.

    >>> flavors_of(["tosubclass", "Amended", "Sticky"]) == CimFlavor.TO_SUBCLASS | CimFlavor.AMENDED
    True
    """
    flavors = CimFlavor.NONE
    for word in words:
        flavors |= _BY_WORD.get(word.lower(), CimFlavor.NONE)
    return flavors


def merge_flavors(default: CimFlavor, written: CimFlavor) -> CimFlavor:
    """Return what holds where `default` is declared and `written` stands at the use.

    >>> declared = CimFlavor.DISABLE_OVERRIDE | CimFlavor.AMENDED
    >>> merge_flavors(declared, CimFlavor.ENABLE_OVERRIDE).name
    'AMENDED|ENABLE_OVERRIDE'
    """
    for question in _QUESTIONS:
        if written & question:
            default &= ~question
    return default | written
