"""The parser of MOF: the engine of `lalr.py` over its table, and what of it the checker must see.

Steps that reduce a rule whose use the checker must see (`WATCHED`) are never kept: each is counted
in `Parser.suspicions`, so that a file that counted nothing needs no checker at all.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from mofkit.syntax import _tables, lalr
from mofkit.syntax.lexer import KIND, Kinds

TABLE: Final = lalr.Table(_tables)
_SEMICOLON = KIND["SEMICOLON"]
_SYMBOLS = _tables.TERMINALS + _tables.NONTERMINALS


def _is_watched(left: str, right: list[str]) -> bool:
    """Say whether a rule is one that real files need and the language forbids or restricts."""
    match left:
        case (
            "macro"
            | "next_macro"
            | "enumeration_literal"
            | "structure_declaration"
            | "enumeration_declaration"
            | "nested_structure"
            | "nested_enumeration"
            | "error"
        ):
            return True
        case "qualifier_list":
            return len(right) == 2  # []
        case "qualifier_parameter":
            return len(right) > 3  # ("a", "b")
        case "_parameter_value":
            return right == ["array_initializer"]  # ({"a"})
        case "value_initializer":
            return right == ["name", "SEMICOLON"]
        case "class_declaration":
            return right[-2:] == ["alias", "class_body"] and "superclass" in right
        case "property_declaration" | "method_declaration" | "parameter":
            return "array" in right and right.index("array") < right.index("name")
        case "instance_declaration" | "embedded_instance":
            return "VALUE" in right
    return False


DECLARATIONS: Final = frozenset(
    rule
    for rule, (left, *_) in enumerate(_tables.RULES)
    if _SYMBOLS[left]
    in {
        "class_declaration",
        "instance_declaration",
        "structure_declaration",
        "enumeration_declaration",
    }
)
"""Rules after which mofcomp requires a `;`, which the grammar takes as an item of its own."""

WATCHED: Final = frozenset(
    rule
    for rule, (left, right, *_) in enumerate(_tables.RULES)
    if _is_watched(_SYMBOLS[left], [_SYMBOLS[symbol] for symbol in right])
)


@cache
def _accessing_symbols() -> dict[int, int]:
    return {
        action: symbol
        for state in range(len(_tables.STATES))
        for symbol, action in TABLE.rows[state].items()
        if action >= 0
    }


def accessing_symbol(state: int) -> int:
    """Return the symbol that every way into an LALR state reads; -1 for the start."""
    return _accessing_symbols().get(state, -1)


def may_be_name(state: int) -> bool:
    """Say whether a state that has just read a keyword could take it for a name as well."""
    return any(action < 0 for action in TABLE.rows[state].values())


class Parser(lalr.Parser):
    """The interned stacks and the words of MOF, shared by every parse, in any thread."""

    __slots__ = ("kinds", "suspicions")

    def __init__(self) -> None:
        super().__init__(TABLE)
        self.kinds = Kinds()
        self.suspicions = 0

    def keeps(self, kind: int, rules: tuple[int, ...]) -> bool:
        """Count a step that the checker must see, and forget it."""
        is_watched = not WATCHED.isdisjoint(rules) or (
            kind != _SEMICOLON and not DECLARATIONS.isdisjoint(rules)
        )
        self.suspicions += is_watched
        return not is_watched
