r"""Object paths: how WMI names a namespace, a class or an instance.

`\\.\root\Fenwick:Fenwick_Pump.SerialNumber="FP-0042"` has a server, a namespace, a class and keys
(WmiSdk/describing-an-instance-object-path). `mofkit/embedded/object_path.py` reads the text, this
is what it names. Servers are left out: everything is on one machine.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from mofkit.cim import DEFAULT_NAMESPACE, namespace_key
from mofkit.embedded import EmbeddedError, object_path
from mofkit.errors import MofkitError

__all__ = [
    "KeyValue",
    "ObjectPath",
    "ObjectPathError",
    "fold_keys",
    "namespace_text",
    "path_in",
]


class ObjectPathError(MofkitError):
    """A text that is no object path; the message shows it."""


@dataclass(frozen=True, slots=True)
class ObjectPath:
    r"""The name of a namespace, a class or an instance.

    Paths are equal as they are spelled; `folded` is equal for paths that mean the same.

    Attributes:
        namespace: as `root\cimv2`.
        class_name: empty in the path of a namespace.
        keys: name and value of each key, by name without regard to case. Empty for the only
            instance of a singleton, None in the path of a class.

    >>> path = ObjectPath.parse('__Win32Provider.Name="Pump \\"A\\""', r"root\Fenwick")
    >>> path.keys
    (('Name', 'Pump "A"'),)
    >>> print(path)
    \\.\root\Fenwick:__Win32Provider.Name="Pump \"A\""
    """

    namespace: str
    class_name: str = ""
    keys: tuple[tuple[str, KeyValue], ...] | None = None

    @classmethod
    def of_instance(
        cls, namespace: str, class_name: str, keys: Mapping[str, KeyValue]
    ) -> ObjectPath:
        """Return the path of an instance; no keys mean the only one of its class."""
        ordered = sorted(keys.items(), key=lambda item: item[0].lower())
        return cls(namespace, class_name, tuple(ordered))

    @classmethod
    def parse(cls, text: str, namespace: str | None = None) -> ObjectPath:
        r"""Return the path that a text spells.

        Args:
            text: `Class`, `Class=@`, `Class="value"`, `Class.Key="value",Other=1`, behind
                `\\server\namespace:`, `namespace:` or nothing. Strings stand in `"` or `'`.
            namespace: the one that a path without a namespace means.

        Raises:
            ObjectPathError: it spells none.
        """
        return _parse(text, namespace)

    @property
    def relative(self) -> str:
        """The path within its namespace: `Fan`, `Fan=@`, `Fan.Id=1`."""
        if not self.keys:
            return self.class_name if self.keys is None else f"{self.class_name}=@"
        if len(self.keys) == 1 and not self.keys[0][0]:
            return f"{self.class_name}={_literal(self.keys[0][1])}"
        shown = ",".join(f"{name}={_literal(value)}" for name, value in self.keys)
        return f"{self.class_name}.{shown}"

    @property
    def class_path(self) -> ObjectPath:
        """The path of the class."""
        return ObjectPath(self.namespace, self.class_name)

    @property
    def is_instance(self) -> bool:
        """Whether this names an instance, and not a class or a namespace."""
        return self.keys is not None

    @property
    def folded(self) -> Hashable:
        """What is equal for paths that mean the same: letter case and order of keys aside.

        Names are compared without case. So are string keys: `Name="A"` and `Name="a"` of
        `__Win32Provider` are one provider. No page of the SDK says it for every class.
        """
        return namespace_key(self.namespace), self.class_name.lower(), fold_keys(self.keys)

    def seen_from(self, namespace: str) -> str:
        """Return the path as a reference in a namespace spells it: no longer than it has to be."""
        is_near = namespace_key(namespace) == namespace_key(self.namespace)
        return self.relative if is_near else str(self)

    def __str__(self) -> str:
        prefix = rf"\\.\{self.namespace}"
        return f"{prefix}:{self.relative}" if self.class_name else prefix


KeyValue: TypeAlias = str | int | bool
"""The value of a key; that of a reference is the text of the path it holds."""


def namespace_text(namespace: str | None) -> str:
    r"""Return a namespace as `root\cimv2`, however it was spelled; None means `root\default`.

    >>> namespace_text("//./root/CIMv2/")
    'root\\CIMv2'
    """
    text = (DEFAULT_NAMESPACE if namespace is None else namespace).replace("/", "\\")
    if text.startswith("\\\\"):
        _server, _, text = text[2:].partition("\\")
    return "\\".join(part for part in text.split("\\") if part)


def path_in(text: str, namespace: str) -> ObjectPath | None:
    """Return the object path that a string holds; None where it holds none."""
    try:
        return ObjectPath.parse(text, namespace)
    except ObjectPathError:
        return None


def fold_keys(keys: Sequence[tuple[str, KeyValue | ObjectPath]] | None) -> Hashable:
    """Return what is equal for keys that mean the same; see `ObjectPath.folded`."""
    if keys is None:
        return None
    folded = [(name.lower(), _fold(value)) for name, value in keys]
    return tuple(sorted(folded, key=lambda item: item[0]))


def _fold(value: KeyValue | ObjectPath) -> Hashable:
    match value:
        case str():
            return "text", value.lower()
        case ObjectPath():
            return "path", value.folded
    return "number", value


def _literal(value: KeyValue) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
    return _quoted(value)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@lru_cache(maxsize=4096)
def _parse(text: str, default: str | None) -> ObjectPath:
    try:
        path = object_path.parse(text)
    except EmbeddedError as error:
        raise ObjectPathError(f"{text!r} is no object path: {error}") from None
    if path.class_name is None:
        raise ObjectPathError(f"{text!r} is no object path of a class or an instance")
    namespace = namespace_text(path.namespace.text if path.namespace else default)
    class_name = path.class_name.text
    if path.keys is None:
        return ObjectPath(namespace, class_name)
    keys = {key.name.text if key.name else "": key.value for key in path.keys}
    return ObjectPath.of_instance(namespace, class_name, keys)
