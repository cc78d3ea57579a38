"""An update plan for programs.

    {"provider": {"path", "name", "namespace", "old_clsid", "new_clsid", "decoupled", "old_place",
                  "new_place", "changes": [{"name", "before", "after"}]},
     "dependents": [{"kind", "path", "reason", "in_new"}],
     "effects": [{"change", "path"}],
     "steps": [{"number", "phase", "text", "state", "basis"}],
     "way_back": [{"number", "text", "state", "basis"}],
     "findings": [{"severity", "message", "place"}],
     "old_files": [...], "new_files": [...]}

A place is {"path", "line"}, or null; a value that is not set is null; GUIDs are in upper case
without braces, as everywhere in mofkit's JSON.
"""

from __future__ import annotations

from mofkit.repository.plan import Place, UpdatePlan
from mofkit.repository.plan_steps import PlanStep

__all__ = ["plan_to_plain", "render_json"]


def render_json(plan: UpdatePlan) -> str:
    """Return the plan as JSON, ended by a line feed."""
    import json

    return json.dumps(plan_to_plain(plan), indent=2) + "\n"


def plan_to_plain(plan: UpdatePlan) -> dict[str, object]:
    """Return the plan as what JSON has: dicts, lists, strings, numbers."""
    provider = plan.provider
    return {
        "provider": {
            "path": provider.path,
            "name": provider.name,
            "namespace": provider.namespace,
            "old_clsid": str(provider.old_clsid).upper(),
            "new_clsid": str(provider.new_clsid).upper(),
            "decoupled": provider.is_decoupled,
            "old_place": _place(provider.old_place),
            "new_place": _place(provider.new_place),
            "changes": [
                {"name": change.name, "before": change.before, "after": change.after}
                for change in provider.changes
            ],
        },
        "dependents": [
            {
                "kind": each.kind.value,
                "path": each.path,
                "reason": each.reason,
                "in_new": each.is_in_new,
            }
            for each in plan.dependents
        ],
        "effects": [{"change": effect.change, "path": effect.path} for effect in plan.effects],
        "steps": [
            {"number": number, "phase": step.phase.value, **_step(step)}
            for number, step in enumerate(plan.steps, 1)
        ],
        "way_back": [
            {"number": number, **_step(step)} for number, step in enumerate(plan.way_back, 1)
        ],
        "findings": [
            {
                "severity": found.severity.label,
                "message": found.message,
                "place": _place(found.place),
            }
            for found in plan.findings
        ],
        "old_files": list(plan.old_files),
        "new_files": list(plan.new_files),
    }


def _step(step: PlanStep) -> dict[str, str]:
    return {"text": step.text, "state": step.state, "basis": step.basis}


def _place(place: Place | None) -> dict[str, object] | None:
    return None if place is None else {"path": place.path, "line": place.line}
