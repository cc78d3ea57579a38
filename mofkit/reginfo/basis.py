"""Why a step of the registration model is as it is: a page of the documentation, or our choice.

Page names: `kernel/x` is `windows-driver-docs-pr/kernel/x.md` of windows-driver-docs, `ddi/x` is
`wdk-ddi-src/content/x.md` of windows-driver-docs-ddi.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Basis", "Evidence"]


class Evidence(StrEnum):
    """How sure a statement is."""

    DOCUMENTED = "documented"
    """A page says so."""
    INFERRED = "inferred"
    """No page says so, but it follows from what they say, or shipped drivers rely on it."""
    POLICY = "policy"
    """Nothing is stated anywhere; mofkit chose, and `Policy` can choose otherwise."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a statement rests on: the evidence, and the page or the name of the policy."""

    evidence: Evidence
    source: str

    def __str__(self) -> str:
        return f"{self.evidence}: {self.source}"

    @classmethod
    def documented(cls, page: str) -> Basis:
        """Return the basis of what a page says."""
        return cls(Evidence.DOCUMENTED, page)

    @classmethod
    def inferred(cls, reason: str) -> Basis:
        """Return the basis of what follows from something else."""
        return cls(Evidence.INFERRED, reason)

    @classmethod
    def policy(cls, name: str) -> Basis:
        """Return the basis of a choice of ours."""
        return cls(Evidence.POLICY, name)
