"""What kind of MOF a file is, since not every rule is for every kind."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from enum import Enum

__all__ = ["Dialect", "dialect_of"]


class Dialect(Enum):
    """A world that MOF is written in."""

    WMI = "wmi"
    """For mofcomp: driver classes, provider registrations, subscriptions."""
    CIM = "cim"
    """For the CIM schema and the servers of other systems: DSP0004 to the letter."""
    DSC = "dsc"
    """PowerShell's Desired State Configuration: resource schemas and compiled configurations."""


_DSC_WORDS = frozenset(
    {
        "msft_baseresourceconfiguration",
        "msft_cimconfigurationproviderregistration",
        "msft_configurationdocument",
        "msft_credential",
        "msft_dsclocalconfigurationmanager",
        "msft_dscmetaconfiguration",
        "omi_baseresource",
        "omi_configurationdocument",
        "omi_metaconfigurationresource",
    }
)
_CIM_PRAGMAS = frozenset({"locale", "instancelocale"})
_WMI_WORDS = frozenset({"__win32provider", "autorecover", "__eventfilter", "wmidataid"})


def dialect_of(path: str, words: AbstractSet[str]) -> Dialect:
    """Return the kind of a file by its name and its words, which are in lower case.

    >>> dialect_of("a.mof", {"class", "omi_baseresource"})
    <Dialect.DSC: 'dsc'>
    """
    if path.lower().endswith(".schema.mof") or not _DSC_WORDS.isdisjoint(words):
        return Dialect.DSC
    if not _WMI_WORDS.isdisjoint(words):
        return Dialect.WMI
    declares_qualifiers = "scope" in words and "qualifier" in words
    is_of_schema = "version" in words and any(word.startswith("cim_") for word in words)
    if declares_qualifiers or is_of_schema or not _CIM_PRAGMAS.isdisjoint(words):
        return Dialect.CIM
    return Dialect.WMI
