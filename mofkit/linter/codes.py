"""Codes of rules as people name them: each checked against the rules there are, none imported."""

from __future__ import annotations

from functools import cache

from mofkit.linter.registry import NOT_CHECKED, REGISTRY, SAID_ELSEWHERE

__all__ = ["UnknownCodeError", "code_for", "known_codes"]


class UnknownCodeError(ValueError):
    """No rule's code begins so."""


@cache
def known_codes() -> tuple[str, ...]:
    """Return the codes of all rules, in order; no module of a linter's rule is loaded."""
    from mofkit.compiler.rules import RULES as COMPILER_RULES
    from mofkit.linter.suppression_rules import RULES as SUPPRESSION_RULES
    from mofkit.preprocessor.rules import RULES as PREPROCESSOR_RULES
    from mofkit.reginfo.rules import RULES as REGINFO_RULES
    from mofkit.syntax.rules import RULES as SYNTAX_RULES

    rules = (
        *SYNTAX_RULES,
        *PREPROCESSOR_RULES,
        *COMPILER_RULES,
        *REGINFO_RULES,
        *SUPPRESSION_RULES,
    )
    return tuple(sorted({*(rule.code for rule in rules), *(row.code for row in REGISTRY)}))


def code_for(text: str) -> str:
    """Return the code or family that a text names, in upper case.

    A code of the catalogues that another rule reports names that rule.

    Raises:
        UnknownCodeError: no rule's code begins so.

    >>> code_for("syn002"), code_for("enc")
    ('SYN002', 'ENC')
    """
    code = text.strip().upper()
    code = SAID_ELSEWHERE.get(code, code)
    if code in NOT_CHECKED:
        raise UnknownCodeError(f"{code} is no rule: {NOT_CHECKED[code]}")
    if code not in _beginnings() and not _begins_binary(code):
        raise UnknownCodeError(f"no rule's code begins with {code!r}")
    return code


def _begins_binary(code: str) -> bool:
    """Say whether a code of binary MOF begins so: `W-COUNT`, `E-DS`."""
    if not code.startswith(("E-", "W-")):
        return False
    from mofkit.linter.binary_rules import binary_rules  # which loads Construct

    return any(known.startswith(code) for known in binary_rules())


@cache
def _beginnings() -> frozenset[str]:
    codes = known_codes()
    return frozenset(code[:length] for code in codes for length in range(1, len(code) + 1))
