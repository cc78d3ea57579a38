"""What a run of mofcomp is told, and what to do where no page says what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mofkit.cim import DEFAULT_NAMESPACE

__all__ = ["DEFAULT_POLICY", "CompileOptions", "Policy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What to do where the documentation is silent.

    Attributes:
        pragma_flags: flags of a pragma replace those of the switch, as `#pragma namespace` replaces
            `-N:`; or are added to them.
        important_qualifiers: those without which a class is another one. By default mofcomp
            changes others even where there are instances; its page names only Description.
        force_with_instances: what `forceupdate` does to a class that has instances itself: the
            page speaks of those of child classes.
        system_class: a class whose name begins with `__`: mofcomp "does not compile" it, which
            may mean that it stops or that it goes on without it.
        keyless: an instance of a class without key that is no singleton: the only one of its
            class, since a class with more than one must have a key; or refused.
    """

    pragma_flags: Literal["replace", "add"] = "replace"
    important_qualifiers: frozenset[str] = frozenset(
        {"abstract", "association", "dynamic", "key", "provider", "singleton", "static"}
    )
    force_with_instances: Literal["refuse", "delete"] = "refuse"
    system_class: Literal["refuse", "skip"] = "refuse"
    keyless: Literal["single", "refuse"] = "single"


DEFAULT_POLICY = Policy()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompileOptions:
    r"""How to compile, as the switches of mofcomp say it.

    Attributes:
        namespace: `-N:`, where what no `#pragma namespace` stands above goes.
        class_policy: `-class:`, bits of `cim.CLASS_FLAGS`.
        instance_policy: `-instance:`, bits of `cim.INSTANCE_FLAGS`.
        assume_classes: take it that a class which is not in the repository is there. An ordinary
            registration derives from classes of Windows, or makes instances of them.
        assume_namespaces: take it that a namespace which is not in the repository is there.
    """

    namespace: str = DEFAULT_NAMESPACE
    class_policy: int = 0
    instance_policy: int = 0
    assume_classes: bool = False
    assume_namespaces: bool = False
    policy: Policy = DEFAULT_POLICY
