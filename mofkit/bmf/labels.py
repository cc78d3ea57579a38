"""What the records of a payload are about, beside their paths of numbers.

object[0]                                     class Demo_Fan
object[0].property[0].qualifier[1]            Demo_Fan.Speed [CIMTYPE : ToInstance ToSubclass]
object[0].method[0].object[1].property[0]     Demo_Fan.Do().Level
"""

from __future__ import annotations

__all__ = ["Labels"]

_MAX_NAME_CHARS = 40
"""Of a longer name the start: a label repeats the names of all that is around a record."""


class Labels:
    """Collects names while a payload is read; makes labels of them afterwards."""

    def __init__(self) -> None:
        self._is_class: dict[str, bool] = {}  # every record, those around others first
        self._names: dict[str, str] = {}
        self._flavors: dict[str, str] = {}

    def open(self, path: str, *, is_class: bool) -> None:
        """Take down that a record begins."""
        self._is_class[path] = is_class

    def name(self, path: str, name: str) -> None:
        """Take down the name of a property, a method or a qualifier."""
        self._names[path] = _clipped(name)

    def value(self, path: str, text: str) -> None:
        """Take down a string; that of `__CLASS` is the name of the object around it."""
        if self._names.get(path) == "__CLASS" and "property[" in path.rpartition(".")[2]:
            self._names.setdefault(path.rpartition(".")[0], _clipped(text))

    def flavor(self, path: str, words: str) -> None:
        """Take down the flavor of a qualifier."""
        self._flavors[path] = words

    def label(self, path: str, *, with_flavor: bool = True) -> str:
        """Return the label of a record, or "" where its name is not known."""
        around, _, step = path.rpartition(".")
        name = self._names.get(path, "")
        if not around:
            prefix = "class" if self._is_class.get(path) else "instance of"
            return f"{prefix} {name}" if name else ""
        outer = self.label(around).removeprefix("class ")
        if step.startswith("object") or not name:  # what is around it says all there is to say
            return outer
        if step.startswith("qualifier"):
            flavor = self._flavors.get(path) if with_flavor else None
            inner = f"[{name} : {flavor}]" if flavor else f"[{name}]"
            return f"{outer} {inner}".lstrip()
        inner = f"{name}()" if step.startswith("method") else name
        return f"{outer}.{inner}" if outer else inner

    def all(self) -> dict[str, str]:
        """Return the labels by path; a record without any is not there."""
        labels = {path: self.label(path) for path in self._is_class}
        return {path: label for path, label in labels.items() if label}


def _clipped(name: str) -> str:
    return name if len(name) <= _MAX_NAME_CHARS else f"{name[:_MAX_NAME_CHARS]}…"
