"""An update plan for people: in a terminal, and as Markdown.

Whatever comes from a file is made visible first: no control character gets through, and in Markdown
names are code, which nothing in them can end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mofkit.diagnostics.render.page import Page
from mofkit.diagnostics.render.theme import SEVERITY_STYLES, Style, Theme
from mofkit.repository.plan import (
    Dependent,
    PlanFinding,
    ProviderChange,
    RepositoryChange,
    UpdatePlan,
)
from mofkit.repository.plan_steps import Phase, PlanStep

__all__ = ["PLAIN_THEME", "render_markdown", "render_text"]

PLAIN_THEME = Theme(color=False, ascii_only=False, width_cells=100)
"""Without colours, for files."""

_UNCHANGED = "unchanged"
_SIGNS = {"created": "+", "updated": "~", "deleted": "-", "refused": "!", _UNCHANGED: "="}
_PHASES = {
    Phase.BEFORE: "Before",
    Phase.TAKEOVER: "The takeover",
    Phase.AFTER: "Afterwards, if necessary",
}


def render_text(plan: UpdatePlan, theme: Theme = PLAIN_THEME) -> str:
    """Return the plan in lines: errors come first, other things to be seen to last."""
    page = _Page(theme)
    page.title(_heading(plan.provider))
    page.lines(_provider_lines(plan.provider))
    page.findings("This is no update", plan.errors)
    page.title("Depends on it")
    for dependent in plan.dependents:
        page.line(f"{dependent.kind:<12}  {dependent.path}")
        page.line(f"{'':<12}  {_tie(dependent)}", Style.FAINT)
    if not plan.dependents:
        page.line("nothing that these files declare")
    page.title("What compiling the new registration does")
    for effect in _in_order(plan.effects):
        page.line(f"{_SIGNS.get(effect.change, ' ')} {effect.change:<10} {effect.path}")
    for heading, steps in _parts(plan):
        page.title(heading)
        for number, step in steps:
            is_takeover = step.phase is Phase.TAKEOVER
            page.lines(_step_lines(number, step), Style.STRONG if is_takeover else Style.PLAIN)
    page.findings("To see to", [found for found in plan.findings if found not in plan.errors])
    return page.text()


class _Page(Page):
    """A page that also tells steps and findings."""

    def lines(self, texts: Iterable[str], style: Style = Style.PLAIN) -> None:
        for text in texts:
            self.line(text, style)

    def findings(self, title: str, findings: Sequence[PlanFinding]) -> None:
        if findings:
            self.title(title)
        for found in findings:
            self.line(f"{found.severity.label}: {_said(found)}", SEVERITY_STYLES[found.severity])


def render_markdown(plan: UpdatePlan) -> str:
    """Return the plan as a document, with a box to tick at each step."""
    provider = plan.provider
    lines = [f"# {_plain(_heading(provider))}", "", f"Object: {_code(provider.path)}", ""]
    lines += ["| property | before | after |", "| --- | --- | --- |"]
    for change in provider.changes:
        before, after = (_code(value or "NULL") for value in (change.before, change.after))
        lines.append(f"| {_code(change.name)} | {before} | {after} |")
    if plan.findings:
        lines += ["", "## To see to", ""]
    lines += [f"- **{found.severity.label}**: {_plain(_said(found))}" for found in plan.findings]
    for heading, steps in _parts(plan):
        lines += ["", f"## {heading}", ""]
        for number, step in steps:
            lines += _markdown_step(number, step)
    lines += ["", "## Depends on it", ""]
    lines += [
        f"- {each.kind} {_code(each.path)}: {_plain(_tie(each))}" for each in plan.dependents
    ] or ["Nothing that these files declare."]
    lines += ["", "## What compiling the new registration does", ""]
    lines += [f"- {effect.change}: {_code(effect.path)}" for effect in _in_order(plan.effects)]
    return "\n".join([*lines, ""])


def _parts(plan: UpdatePlan) -> Iterator[tuple[str, list[tuple[int, PlanStep]]]]:
    """Yield the headings of the steps and of the way back, each with what is below it."""
    numbered = list(enumerate(plan.steps, 1))
    for phase, heading in _PHASES.items():
        steps = [(number, step) for number, step in numbered if step.phase is phase]
        if steps:
            yield heading, steps
    if plan.way_back:
        yield (
            "The way back, as long as the old binary is registered",
            [*enumerate(plan.way_back, 1)],
        )


def _heading(provider: ProviderChange) -> str:
    return f"Update of provider {provider.name} in {provider.namespace}"


def _provider_lines(provider: ProviderChange) -> Iterator[str]:
    yield provider.path
    for label, place in (("old", provider.old_place), ("new", provider.new_place)):
        if place is not None:
            yield f"  {label}: {place}"
    for change in provider.changes:
        yield f"  ~ {change.name}  {change.before or 'NULL'} → {change.after or 'NULL'}"


def _tie(dependent: Dependent) -> str:
    stays = "" if dependent.is_in_new else "; not in the new registration, so it stays as it is"
    return dependent.reason + stays


def _in_order(effects: Sequence[RepositoryChange]) -> list[RepositoryChange]:
    """Return what stays as it is behind the rest."""
    return sorted(effects, key=lambda effect: effect.change == _UNCHANGED)


def _step_lines(number: int, step: PlanStep) -> Iterator[str]:
    yield f"{number}. {step.text}"
    yield f"   {step.state} ({step.basis})"


def _markdown_step(number: int, step: PlanStep) -> list[str]:
    return [f"{number}. [ ] {_plain(step.text)}", f"   {_plain(step.state)} ({step.basis})"]


def _said(finding: PlanFinding) -> str:
    return f"{finding.message} ({finding.place})" if finding.place else finding.message


def _plain(text: str) -> str:
    """Return text in which what is in backquotes is code, and nothing else is markup."""
    pieces = PLAIN_THEME.visible(text).split("`")
    if len(pieces) % 2 == 0:
        return _escaped("`".join(pieces))
    return "".join(
        _code(piece) if index % 2 else _escaped(piece) for index, piece in enumerate(pieces)
    )


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|#&$~])", r"\\\1", text)


def _code(text: str) -> str:
    """Return a code span; more backquotes around it than any in it, `|` escaped for tables."""
    shown = PLAIN_THEME.visible(text).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    space = " " if shown.startswith("`") or shown.endswith("`") or not shown.strip() else ""
    return f"{fence}{space}{shown}{space}{fence}"
