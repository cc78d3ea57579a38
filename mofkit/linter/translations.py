r"""What the LOC rules know: translated classes, and the neutral ones they are laid over.

A translation repeats a class, with the qualifier Amendment and only its texts, in the child
namespace of its language: `root\Fenwick\ms_409` for English of the United States (WMI SDK,
"Localized class storage"; Windows driver documentation, "Creating the localized MOF file").
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from mofkit.cim import CimClass, CimInteger, CimString, namespace_key
from mofkit.cim.qualifiers import has_qualifier, qualifier_named
from mofkit.linter.lint_rule import LintRule
from mofkit.linter.unit import Unit

__all__ = ["TranslationRule", "is_translation", "locale_of", "locale_of_namespace", "neutral_of"]

_NAMESPACE: Final = re.compile(r"(.+)/ms_([0-9a-f]+)")
_LOCALE: Final = re.compile(r"(?:ms_|ms\\)?(?:0x)?([0-9a-f]{3,5})", re.IGNORECASE)


def is_translation(cim_class: CimClass) -> bool:
    """Say whether a class is a translation."""
    return has_qualifier(cim_class.qualifiers, "amendment")


def locale_of(cim_class: CimClass) -> int | None:
    r"""Return the language identifier in the qualifier Locale: 0x409, "MS_409", "MS\\0x409"."""
    found = qualifier_named(cim_class.qualifiers, "locale")
    value = None if found is None else found.value
    if isinstance(value, CimInteger):
        return value.value
    spelled = _LOCALE.fullmatch(value.value.strip()) if isinstance(value, CimString) else None
    return int(spelled[1], 16) if spelled else None


def locale_of_namespace(namespace: str | None) -> int | None:
    r"""Return the language identifier that a namespace is for.

    >>> locale_of_namespace(r"\\.\root\Fenwick\ms_409"), locale_of_namespace(r"root\Fenwick")
    (1033, None)
    """
    found = _NAMESPACE.fullmatch(namespace_key(namespace))
    return int(found[2], 16) if found else None


def neutral_of(cim_class: CimClass, unit: Unit) -> CimClass | None:
    """Return the class that a translation is laid over, if it is in one of the files."""
    found = _NAMESPACE.fullmatch(namespace_key(cim_class.pragmas.namespace))
    if found is None:
        return None
    classes = unit.files.classes_named(cim_class.name, found[1])
    return next((one for one in classes if not is_translation(one)), None)


class TranslationRule(LintRule):
    """A rule about the translations of a unit."""

    @cached_property
    def translations(self) -> list[CimClass]:
        """The translated classes, in order."""
        return [found for found in self.unit.schema.classes if is_translation(found)]
