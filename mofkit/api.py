"""One function a job, for programs: the layers below, put together.

Values in, values out: nothing here touches a file. `mofkit` re-exports these names.
"""

from __future__ import annotations

from mofkit.compiler import RULES as _COMPILER_RULES
from mofkit.compiler import BindResult, bind
from mofkit.diagnostics import Rule
from mofkit.repository.plan import UpdateError, UpdatePlan
from mofkit.repository.update import plan_update
from mofkit.rewriter import BumpError, BumpOptions, BumpResult, bump_clsid
from mofkit.syntax import ParseResult, parse_bytes, parse_source
from mofkit.syntax.rules import RULES as _SYNTAX_RULES

__all__ = [
    "BindResult",
    "BumpError",
    "BumpOptions",
    "BumpResult",
    "ParseResult",
    "UpdateError",
    "UpdatePlan",
    "bind",
    "bump_clsid",
    "parse_bytes",
    "parse_source",
    "plan_update",
    "rules",
]


def rules() -> tuple[Rule, ...]:
    """Return every rule mofkit checks, in order of code.

    >>> [rule.name for rule in rules() if rule.code == "SYN002"]
    ['missing-semicolon']
    """
    from mofkit.reginfo.rules import RULES  # here, since only lists of rules need it

    every_rule = (*_SYNTAX_RULES, *_COMPILER_RULES, *RULES)
    return tuple(sorted(every_rule, key=lambda rule: rule.code))
