"""From a rule's docstring to its page.

The docstring opens with a line that says what a finding is, and has these sections, of which
*Fix safety* is for rules that mend something:

    What it does, Why it matters, Example, Use instead, Source, Fix safety

A section begins with `## ` and its name; prose runs over several lines, and a blank line parts
paragraphs. An example stands between fences (```mof), and may be several files, each behind a line
`// file: name`.
"""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import TYPE_CHECKING

from mofkit.diagnostics import Rule

if TYPE_CHECKING:
    from mofkit.linter.lint_rule import LintRule

__all__ = ["SECTIONS", "rule_of"]

SECTIONS = ("What it does", "Why it matters", "Example", "Use instead", "Source", "Fix safety")

_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
_FENCE = re.compile(r"```mof\n(.*?)```", re.DOTALL)


def rule_of(lint_rule: type[LintRule]) -> Rule:
    """Return what the page of a rule says, as data.

    Raises:
        ValueError: a section is missing or unknown, or an example is not fenced.
    """
    found = _rules.get(lint_rule.code)
    if found is None:
        found = _rules[lint_rule.code] = _read(lint_rule)
    return found


_rules: dict[str, Rule] = {}


def _read(lint_rule: type[LintRule]) -> Rule:
    sections = _sections(lint_rule)
    return Rule(
        code=lint_rule.code,
        name=lint_rule.name,
        severity=lint_rule.severity,
        what=_prose(sections["What it does"]),
        why=_prose(sections["Why it matters"]),
        example=_example(lint_rule, sections["Example"]),
        instead=_example(lint_rule, sections["Use instead"]),
        source=_prose(sections["Source"]),
        fix_safety=_prose(sections.get("Fix safety", "")),
    )


def _sections(lint_rule: type[LintRule]) -> dict[str, str]:
    _head, *parts = _SECTION.split(cleandoc(lint_rule.__doc__ or ""))
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    wrong = (set(SECTIONS[:-1]) - set(sections)) | (set(sections) - set(SECTIONS))
    if wrong:
        raise ValueError(f"{lint_rule.code}: sections missing or unknown: {sorted(wrong)}")
    return sections


def _prose(text: str) -> str:
    """Return the paragraphs with a line each; lists and tables keep their lines."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(
        paragraph if paragraph.startswith(("- ", "| ")) else " ".join(paragraph.split())
        for paragraph in paragraphs
    )


def _example(lint_rule: type[LintRule], text: str) -> str:
    found = _FENCE.search(text)
    if found is None:
        raise ValueError(f"{lint_rule.code}: an example stands between ```mof and ```")
    return found[1]
