"""What the SEC rules know: the security descriptors in a unit, read.

WMI takes them as SDDL in three places: the qualifier NamespaceSecuritySDDL of an instance of
`__Namespace`, the property SecurityDescriptor of `__Win32Provider`, and EventAccess of
`__EventFilter`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from mofkit.cim import CimInstance, CimString
from mofkit.cim.qualifiers import qualifier_named
from mofkit.compiler.string_map import span_in_file
from mofkit.diagnostics import Diagnostic
from mofkit.embedded import EmbeddedError, sddl
from mofkit.embedded.sddl import Ace, SecurityDescriptor
from mofkit.linter.lint_rule import Details, LintRule
from mofkit.linter.providers import named, string_in
from mofkit.linter.unit import Unit
from mofkit.source import Span

__all__ = ["NAMESPACE", "DescriptorRule", "Descriptors", "Written", "allowing", "rights_in"]

NAMESPACE: Final = "__namespace"

_PROPERTIES: Final = {
    "__win32provider": ("securitydescriptor", "provider"),
    "__eventfilter": ("eventaccess", "filter"),
}

RIGHTS: Final = {
    0x1: "WBEM_ENABLE",
    0x2: "WBEM_METHOD_EXECUTE",
    0x4: "WBEM_FULL_WRITE_REP",
    0x8: "WBEM_PARTIAL_WRITE_REP",
    0x10: "WBEM_WRITE_PROVIDER",
    0x20: "WBEM_REMOTE_ACCESS",
    0x20000: "READ_CONTROL",
    0x40000: "WRITE_DAC",
    0x10000000: "GENERIC_ALL",
    0x40000000: "GENERIC_WRITE",
}
"""What a bit allows on a namespace (WMI SDK, "Namespace access rights constants")."""


@dataclass(frozen=True, slots=True)
class Written:
    """A security descriptor and where it stands.

    Attributes:
        text: the string.
        owner: in words: "namespace `Fenwick`".
        is_of_namespace: whether its rights are those of a namespace.
        read: what it says; None where it cannot be read.
        error: why not.
    """

    text: CimString
    owner: str
    is_of_namespace: bool
    read: SecurityDescriptor | None
    error: EmbeddedError | None

    def place(self, span: Span) -> Span:
        """Return the place in the file of a part of the string."""
        return span_in_file(self.text, span)


class Descriptors:
    """The security descriptors of one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    @cached_property
    def all(self) -> tuple[Written, ...]:
        """Every one, in the order of the text."""
        return tuple(found for one in self._unit.instances for found in _written_in(one))


class DescriptorRule(LintRule):
    """A rule about security descriptors."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.written = unit.knowledge(Descriptors).all

    def at(self, written: Written, span: Span, message: str, details: Details) -> Diagnostic:
        """Return a finding about a part of a descriptor."""
        assert written.text.origin is not None, "it was read from text"
        source = written.text.origin.source
        return self.finding_in(source, written.place(span), message, **details)


def allowing(written: Written) -> Iterator[Ace]:
    """Yield the entries of a namespace's descriptor that allow something to many people."""
    if not written.is_of_namespace or written.read is None or written.read.dacl is None:
        return
    for ace in written.read.dacl.aces:
        if ace.type in _ALLOWS and ace.sid.value in _MANY:
            yield ace


_ALLOWS: Final = frozenset({"A", "OA", "XA", "ZA"})
_MANY: Final = frozenset(["S-1-1-0", "S-1-5-7", "S-1-5-11", "S-1-5-32-545", "S-1-5-2"])
"""Everyone, anonymous logon, authenticated users, users, network users."""


def rights_in(mask: int) -> str:
    """Return the names of the rights of a mask that a namespace knows."""
    return ", ".join(name for bit, name in RIGHTS.items() if mask & bit)


def _written_in(instance: CimInstance) -> Iterator[Written]:
    kind = instance.class_name.lower()
    if kind == NAMESPACE:
        qualifier = qualifier_named(instance.qualifiers, "namespacesecuritysddl")
        value, noun = (None if qualifier is None else qualifier.value), "namespace"
    elif kind in _PROPERTIES:
        name, noun = _PROPERTIES[kind]
        found = named(instance, name)
        value = None if found is None else found.value
    else:
        return
    if isinstance(value, CimString):
        owner = f"{noun} `{string_in(instance, 'name') or '?'}`"
        yield _read(value, owner, is_of_namespace=kind == NAMESPACE)


def _read(text: CimString, owner: str, *, is_of_namespace: bool) -> Written:
    try:
        return Written(text, owner, is_of_namespace, sddl.parse(text.value), None)
    except EmbeddedError as error:
        return Written(text, owner, is_of_namespace, None, error)
