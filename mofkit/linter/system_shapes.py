"""What WMI's system classes and standard consumers look like, inherited members included."""

from __future__ import annotations

from functools import cache

from mofkit.cim import CimProperty
from mofkit.repository.system_classes import known_classes, system_classes

__all__ = ["properties_of"]


@cache
def properties_of(class_name: str) -> tuple[CimProperty, ...]:
    """Return the properties of a class by its lower-case name; none if it is no class of WMI.

    >>> [one.name for one in properties_of("__methodproviderregistration")]
    ['provider']
    """
    found: dict[str, CimProperty] = {}
    name = class_name
    while name:
        cim_class = system_classes().get(name) or known_classes().get(name)
        if cim_class is None:
            break
        for one in cim_class.properties:
            found.setdefault(one.name.lower(), one)
        name = (cim_class.superclass or "").lower()
    return tuple(found.values())
