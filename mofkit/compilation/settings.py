r"""`CompileSettings`: the switches of a compilation, as mofcomp has them.

That `-N:`, `-class:` and `-instance:` end in the same records as the pragmas is an inference: no
known binary file was made with them. A pragma in a file replaces the switch (documented for `-N:`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mofkit.cim import CLASS_FLAGS, INSTANCE_FLAGS, PragmaState
from mofkit.compiler.namespaces import namespace_problem
from mofkit.preprocessor import check_macros
from mofkit.source import Span

if TYPE_CHECKING:
    from mofkit.bmf.compression import Level

__all__ = ["COMPRESSIONS", "CompileSettings"]

COMPRESSIONS: Final[tuple[Level, ...]] = ("mofcomp", "best")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompileSettings:
    r"""How to compile.

    Attributes:
        namespace: `-N:`, where what no `#pragma namespace` stands above goes: `\\.\root\wmi`.
        class_policy: `-class:`, a word of `#pragma classflags` such as `forceupdate`.
        instance_policy: `-instance:`, a word of `#pragma instanceflags`.
        macros: `-D`, name → value. With any, every file goes through the C preprocessor; without,
            those that have lines for it.
        wmi: `-WMI`: apply the rules for drivers' classes, an error of which counts as any other.
        compression: as mofcomp, bit for bit; or the smallest that its readers take.

    Raises:
        ValueError: a word, the namespace or a macro is wrong.
    """

    namespace: str | None = None
    class_policy: str | None = None
    instance_policy: str | None = None
    macros: Mapping[str, str] = field(default_factory=dict)
    wmi: bool = False
    compression: Level = "mofcomp"

    def __post_init__(self) -> None:
        _flags("class", self.class_policy, CLASS_FLAGS)
        _flags("instance", self.instance_policy, INSTANCE_FLAGS)
        if self.compression not in COMPRESSIONS:
            raise ValueError(f"no compression {self.compression!r}: {' or '.join(COMPRESSIONS)}")
        check_macros(self.macros)
        if self.namespace is not None:
            problem = namespace_problem(self.namespace, "", Span.at(0))
            if problem is not None:
                raise ValueError(f"{self.namespace!r}: {problem.message}")

    @property
    def pragmas(self) -> PragmaState:
        """What holds at the start of each file."""
        return PragmaState(
            self.namespace,
            _flags("class", self.class_policy, CLASS_FLAGS),
            _flags("instance", self.instance_policy, INSTANCE_FLAGS),
        )


def _flags(what: str, policy: str | None, known: Mapping[str, int]) -> int | None:
    if policy is None:
        return None
    if policy not in known:
        raise ValueError(f"no {what} policy {policy!r}: the words are {', '.join(known)}")
    return known[policy]
