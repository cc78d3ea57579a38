r"""What the NSP rules know: where the declarations of a unit go, and what recovers them.

WMI puts what no `#pragma namespace` stands above into root\default, unless mofcomp is told another
namespace (WMI SDK, "mofcomp"). Classes of drivers need neither that pragma nor `autorecover`: WMI
compiles them out of the driver, into root\wmi.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from mofkit.cim import (
    DEFAULT_NAMESPACE,
    CimClass,
    CimDirective,
    CimInstance,
    CimString,
    namespace_key,
)
from mofkit.cim.qualifiers import has_qualifier, string_of
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import LintRule
from mofkit.linter.unit import Unit
from mofkit.repository.system_classes import STANDARD_NAMESPACES
from mofkit.source import SourceFile

__all__ = [
    "STANDARD",
    "NamespaceRule",
    "Namespaces",
    "is_of_locale",
    "is_standard",
    "made_namespaces",
    "newline_of",
    "shown",
]

_OF_LOCALE: Final = re.compile(r"ms_[0-9a-f]+")
_ON_ANOTHER_MACHINE: Final = re.compile(r"(\\\\|//)(?!\.[\\/]|localhost[\\/]|127\.0\.0\.1[\\/])")
_OF_SUBSCRIPTION: Final = re.compile(r"__eventfilter|__filtertoconsumerbinding|\w+eventconsumer")
_OF_MOFCOMP: Final = frozenset(
    "autorecover classflags instanceflags deleteclass deleteinstance dynamic amendment".split()
)
_OF_WMI: Final = ("__", "win32_", "msft_")
STANDARD: Final = frozenset(namespace_key(path) for path in STANDARD_NAMESPACES)
"""The keys of the namespaces that pages of WmiSdk use as there."""

_OF_PRODUCTS: Final = tuple(
    (
        "root/aspnet root/ccm root/cli root/hardware root/hyperv root/microsoft/"
        " root/microsoftactivedirectory root/microsoftdns root/microsoftiisv2 root/mscluster"
        " root/msps root/nap root/pla root/policy root/power root/rsop root/securitycenter"
        " root/servicemodel root/sms root/virtualization root/webadministration"
        " root/cimv2/applications root/cimv2/mdm root/cimv2/power root/cimv2/sms"
        " root/cimv2/terminalservices"
    ).split()
)
"""How namespaces begin that parts of Windows and of its servers make, and WmiSdk has no page of."""


class Namespaces:
    """The namespaces of one unit."""

    def __init__(self, unit: Unit) -> None:
        self._schema = unit.schema
        self._words = unit.words
        self._is_complete = unit.is_complete

    @cached_property
    def autorecover(self) -> CimDirective | None:
        """The first `#pragma autorecover`."""
        return next(self._pragmas("autorecover"), None)

    @cached_property
    def entered(self) -> tuple[CimDirective, ...]:
        """The namespace pragmas that have a path, in order."""
        found = self._pragmas("namespace")
        return tuple(pragma for pragma in found if pragma.pragmas.namespace is not None)

    @cached_property
    def stored(self) -> tuple[CimClass | CimInstance, ...]:
        """The classes and instances, in order: what goes into a namespace."""
        items = self._schema.items
        return tuple(item for item in items if isinstance(item, CimClass | CimInstance))

    @cached_property
    def may_miss_pragmas(self) -> bool:
        """Whether it can be said that a pragma is missing; the files of drivers need none.

        What could not be read may have it.
        """
        return self._is_complete and not self.is_of_driver

    @cached_property
    def severity(self) -> Severity:
        """How grave it is that a pragma is missing which only mofcomp knows.

        A warning where something in the unit is only for WMI; else, a file may be for any server.
        """
        is_for_wmi = bool(self.entered) or not _OF_MOFCOMP.isdisjoint(self._words)
        if is_for_wmi or any(word.startswith(_OF_WMI) for word in self._words):
            return Severity.WARNING
        return Severity.INFO

    @cached_property
    def can_be_recovered(self) -> bool:
        """Whether every pragma works where the repository is empty, and is for this machine."""
        for found in self._schema.directives:
            name, arguments = found.name.lower(), [str(one).lower() for one in found.arguments]
            if name in ("deleteclass", "deleteinstance") and arguments[-1:] == ["fail"]:
                return False
            if name in ("classflags", "instanceflags") and "updateonly" in arguments:
                return False
            if name == "namespace" and _ON_ANOTHER_MACHINE.match("".join(arguments)):
                return False
        return True

    @cached_property
    def is_of_subscription(self) -> bool:
        """Whether parts of event subscriptions are stored."""
        names = {found.class_name.lower() for found in self._schema.instances}
        return any(_OF_SUBSCRIPTION.fullmatch(name) for name in names)

    @cached_property
    def is_of_driver(self) -> bool:
        """Whether every class is a driver's, or a base class of one, or WMIEvent."""
        names: set[str] = set()
        for driver in filter(_is_of_driver, self._schema.classes):
            for found in self._schema.lineage(driver):
                if found.name.lower() in names:
                    break
                names.add(found.name.lower())
        others = {found.name.lower() for found in self._schema.classes} - names
        return bool(names) and others <= {"wmievent"}

    def _pragmas(self, name: str) -> Iterator[CimDirective]:
        return (found for found in self._schema.directives if found.name.lower() == name)


class NamespaceRule(LintRule):
    """A rule about pragmas and namespaces."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known = unit.knowledge(Namespaces)


def _is_of_driver(cim_class: CimClass) -> bool:
    provider = string_of(cim_class.qualifiers, "provider") or ""
    return has_qualifier(cim_class.qualifiers, "wmi") or provider.lower() == "wmiprov"


def is_standard(key: str) -> bool:
    """Say whether the namespace of a key comes with Windows or one of its parts."""
    return key in STANDARD or key.startswith(_OF_PRODUCTS)


def is_of_locale(namespace: str | None) -> bool:
    r"""Say whether a namespace is one for translations.

    >>> is_of_locale(r"root\wmi\ms_409"), is_of_locale(r"root\wmi")
    (True, False)
    """
    return _OF_LOCALE.fullmatch(namespace_key(namespace).rpartition("/")[2]) is not None


def shown(namespace: str | None) -> str:
    r"""Return a namespace for people: as it is spelled, without the machine.

    >>> shown(r"\\.\root\Fenwick"), shown(None)
    ('root\\Fenwick', 'root\\default')
    """
    path = DEFAULT_NAMESPACE if namespace is None else namespace.replace("/", "\\")
    return path.strip("\\")[-len(namespace_key(namespace)) :]


def made_namespaces(unit: Unit) -> frozenset[str]:
    """Return the keys of the namespaces that instances of `__Namespace` in all files make."""
    return unit.files.units[0].knowledge(_Made).keys


class _Made:
    """What all files of a run make; kept with the first unit, so that it is looked for once."""

    def __init__(self, unit: Unit) -> None:
        self.keys = frozenset(
            f"{namespace_key(found.pragmas.namespace)}/{one.value.value.lower()}"
            for found in unit.files.instances_of("__namespace")
            for one in found.properties
            if one.name.lower() == "name" and isinstance(one.value, CimString)
        )


def newline_of(source: SourceFile) -> str:
    """Return the line end that a file uses first; LF where it has a single line."""
    at = source.text.find("\n")
    return "\r\n" if at > 0 and source.text[at - 1] == "\r" else "\n"
