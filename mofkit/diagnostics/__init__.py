"""Findings: what was found where, under which rule, and how it can be fixed.

The forms they are shown in are modules of `mofkit.diagnostics.render`; a rule's own page is
`mofkit.diagnostics.rule_page`. Neither is loaded before it is wanted.
"""

from mofkit.diagnostics.binary_place import BinaryPart, BinaryPlace
from mofkit.diagnostics.diagnostic import Cause, Diagnostic, Fix, Related, Safety
from mofkit.diagnostics.rule import Rule
from mofkit.diagnostics.severity import Severity

__all__ = [
    "BinaryPart",
    "BinaryPlace",
    "Cause",
    "Diagnostic",
    "Fix",
    "Related",
    "Rule",
    "Safety",
    "Severity",
]
