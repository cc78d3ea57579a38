"""Qualifiers that a subclass changes although it may not (DSP0004 §5.6.1.2, DisableOverride)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mofkit.cim import CimBoolean, CimFlavor, CimMethod, CimProperty, CimQualifier, CimValue
from mofkit.cim.qualifiers import qualifier_named
from mofkit.compiler import rules
from mofkit.compiler.hierarchy import ClassView
from mofkit.compiler.scope import Scope, origin_of, related

__all__ = ["check_overrides"]


def check_overrides(scope: Scope, view: ClassView) -> None:
    """Report values that differ from an inherited one which says `DisableOverride`."""
    cim_class = view.cim_class
    if view.superclass is None:
        return
    above = view.superclass.cim_class
    _check_final(scope, f"class `{cim_class.name}`", cim_class.qualifiers, above.qualifiers)
    for feature in cim_class.features:
        if isinstance(feature, CimProperty):
            inherited = view.inherited_property(feature.name)
        elif isinstance(feature, CimMethod):
            inherited = view.inherited_method(feature.name)
        else:
            continue
        if inherited is not None:
            element = f"`{feature.name}` of class `{cim_class.name}`"
            _check_final(scope, element, feature.qualifiers, inherited.member.qualifiers)


def _check_final(
    scope: Scope,
    element: str,
    qualifiers: Sequence[CimQualifier],
    inherited: Sequence[CimQualifier],
) -> None:
    for qualifier in qualifiers:
        before = qualifier_named(inherited, qualifier.name.lower())
        if before is None or _meaning(qualifier) == _meaning(before):
            continue
        if not before.effective & CimFlavor.DISABLE_OVERRIDE or not _is_inherited(scope, before):
            continue
        origin = origin_of(qualifier.origin)
        scope.report(
            rules.OVERRIDE_DISABLED,
            f"{element} changes qualifier `{before.name}`, which must not be overridden",
            origin,
            origin.span,
            related=(related(before.origin, "inherited from here"),),
        )


def _is_inherited(scope: Scope, qualifier: CimQualifier) -> bool:
    """Say whether subclasses get a qualifier: by itself with DSP0004, if it says so with WMI."""
    flavors = qualifier.effective
    if flavors & (CimFlavor.RESTRICTED | CimFlavor.NOT_TO_SUBCLASS):
        return False
    is_declared = qualifier.name.lower() in scope.qualifier_declarations
    return is_declared or bool(flavors & CimFlavor.TO_SUBCLASS)


def _meaning(qualifier: CimQualifier) -> CimValue:
    return _TRUE if qualifier.value is None else qualifier.value


_TRUE: Final = CimBoolean(value=True)
