"""One function a job, for programs: the layers below, put together.

Values in, values out: nothing here touches a file. `mofkit` re-exports these names.
"""

from __future__ import annotations

from collections.abc import Sequence

from mofkit.compiler import RULES as _COMPILER_RULES
from mofkit.compiler import BindResult, bind
from mofkit.diagnostics import Diagnostic, Rule
from mofkit.linter import LintConfig, lint_bound
from mofkit.repository.plan import UpdateError, UpdatePlan
from mofkit.repository.update import plan_update
from mofkit.rewriter import BumpError, BumpOptions, BumpResult, bump_clsid
from mofkit.source import Loader
from mofkit.syntax import ParseResult, parse_bytes, parse_source
from mofkit.syntax.rules import RULES as _SYNTAX_RULES

__all__ = [
    "BindResult",
    "BumpError",
    "BumpOptions",
    "BumpResult",
    "LintConfig",
    "ParseResult",
    "UpdateError",
    "UpdatePlan",
    "bind",
    "bump_clsid",
    "lint",
    "parse_bytes",
    "parse_source",
    "plan_update",
    "rules",
]


def lint(
    results: Sequence[ParseResult],
    config: LintConfig | None = None,
    *,
    loader: Loader | None = None,
) -> list[Diagnostic]:
    """Return what is wrong with files: with their bytes, syntax and meaning, and by the rules.

    Each file is bound by itself, with what it includes; rules about several files see all of them.
    The findings are in order of path and place; by default those that are information are left out.

    >>> [d.message for d in lint([parse_source("[WMI] class Fan { uint32 Rpm; };")])][:1]
    ['class `Fan` has no guid qualifier']
    """
    bound = [bind([result], loader=loader) for result in results]
    return lint_bound(results, bound, config or LintConfig())


def rules() -> tuple[Rule, ...]:
    """Return every rule mofkit checks, in order of code.

    >>> [rule.name for rule in rules() if rule.code == "SYN002"]
    ['missing-semicolon']
    """
    from mofkit.linter.engine import all_rules  # here, since only lists of rules need them
    from mofkit.reginfo.rules import RULES

    every_rule = (*_SYNTAX_RULES, *_COMPILER_RULES, *RULES, *all_rules())
    return tuple(sorted(every_rule, key=lambda rule: rule.code))
