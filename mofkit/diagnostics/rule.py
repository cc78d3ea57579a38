"""`Rule`: what a code such as SYN004 stands for, with all that its page tells.

Rules are plain values. They are listed by whoever checks them; `rule_page.py` prints one.
"""

from dataclasses import dataclass

from mofkit.diagnostics.severity import Severity

__all__ = ["Rule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of finding.

    `code` is a family and three digits and is never reused; `name` reads well after "allow".
    `what` and `why` are sentences for people who do not know MOF yet. `example` is MOF that trips
    the rule, `instead` the same made right; where the bytes matter rather than the text,
    `example_bytes` holds the file. `source` names where the knowledge comes from, `wbemmof` the
    error of Microsoft's compiler for the same thing: `WBEMMOF_E_EXPECTED_SEMI (0x80044002)`.
    """

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    example: str
    instead: str
    source: str
    wbemmof: str = ""
    fix_safety: str = ""
    example_bytes: bytes | None = None
