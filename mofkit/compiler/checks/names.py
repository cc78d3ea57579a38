"""Aliases, and type words that no class explains.

An alias holds within a file and what it includes, before and behind its declaration (Microsoft's
"Creating an alias"). `int32` is a class to the grammar, since any name can be one.
"""

from __future__ import annotations

from mofkit.compiler import rules
from mofkit.compiler.reader import Unit, WordUse
from mofkit.compiler.scope import Scope
from mofkit.compiler.types import meant_type
from mofkit.diagnostics import Related
from mofkit.diagnostics.suggestions import nearest, replace_word

__all__ = ["check_aliases", "check_foreign_types"]


def check_aliases(scope: Scope, unit: Unit) -> None:
    """Report aliases that a unit declares twice, and those that it uses and does not declare."""
    declared: dict[str, WordUse] = {}
    for alias in unit.notes.aliases:
        first = declared.setdefault(alias.word.lower(), alias)
        if (first.source, first.span) != (alias.source, alias.span):
            scope.findings.add(
                rules.DUPLICATE_ALIAS,
                f"alias `${alias.word}` is declared twice",
                alias.source,
                alias.span,
                related=(Related(first.source, first.span, "first declared here"),),
            )
    if not unit.is_complete:
        return
    names = [alias.word for alias in declared.values()]
    for use in unit.notes.alias_uses:
        if use.word.lower() not in declared:
            suggestion = nearest(use.word, names)
            scope.findings.add(
                rules.UNDEFINED_ALIAS,
                f"no instance is declared as `${use.word}`",
                use.source,
                use.span,
                fix=replace_word(use.span, f"${suggestion}" if suggestion else None),
            )


def check_foreign_types(scope: Scope, unit: Unit) -> None:
    """Report type words of other languages, unless a class is called so."""
    for use in unit.notes.foreign_types:
        meant = meant_type(use.word)
        if meant is not None and use.word.lower() not in scope.class_names:
            scope.findings.add(
                rules.FOREIGN_TYPE,
                f"`{use.word}` is no type of MOF, so it means a class",
                use.source,
                use.span,
                fix=replace_word(use.span, meant),
            )
