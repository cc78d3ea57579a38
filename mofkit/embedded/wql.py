"""WQL: queries for data, events, classes and associations.

Takes the text of a query, gives what it asks for, each part with its place. The grammar is
`grammars/wql.lark`, which names Microsoft's page for each production.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Final, TypeAlias

from mofkit.embedded import object_path
from mofkit.embedded.error import EmbeddedError, Word
from mofkit.embedded.language import Language, Part, Phrase, integer, unquoted
from mofkit.embedded.object_path import ObjectPath
from mofkit.source import Span

__all__ = [
    "Associations",
    "Clause",
    "Comparison",
    "Condition",
    "Constant",
    "Group",
    "Logical",
    "Operand",
    "Query",
    "Select",
    "parse",
]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value as the query means it, without quotes and escapes; None for NULL."""

    value: str | int | float | bool | None
    span: Span


Operand: TypeAlias = Word | Constant
"""A property, such as `TargetInstance.Name`, or a constant."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One test of a condition.

    Attributes:
        left: a property, unless `right` is one.
        operator: in upper case, words separated by one space: `=`, `ISA`, `IS NOT`.
        right: for `ISA` the name of the class, for `LIKE` the pattern, both strings.
    """

    left: Operand
    operator: str
    right: Operand
    span: Span


@dataclass(frozen=True, slots=True)
class Logical:
    """Conditions joined by `operator`, which is `AND`, `OR`, or for a single one `NOT`."""

    operator: str
    parts: tuple[Condition, ...]
    span: Span


Condition: TypeAlias = Comparison | Logical


@dataclass(frozen=True, slots=True)
class Group:
    """`GROUP WITHIN seconds BY properties HAVING comparison`: how events are gathered."""

    within: Constant
    by: tuple[Word, ...]
    having: Comparison | None
    span: Span


@dataclass(frozen=True, slots=True)
class Select:
    """`SELECT properties FROM class`, for data, events and, from `meta_class`, for classes.

    Attributes:
        properties: empty for `*`.
        within: the polling interval in seconds, an int or a float.
    """

    properties: tuple[Word, ...]
    class_name: Word
    within: Constant | None
    where: Condition | None
    group: Group | None
    span: Span

    @property
    def comparisons(self) -> Iterator[Comparison]:
        """Each test of the WHERE clause, in the order of the text, however they are joined.

        >>> query = parse("SELECT * FROM A WHERE NOT (B = 1 OR C ISA 'D')")
        >>> [test.operator for test in query.comparisons]
        ['=', 'ISA']
        """
        todo = [] if self.where is None else [self.where]
        while todo:
            condition = todo.pop()
            if isinstance(condition, Comparison):
                yield condition
            else:
                todo += reversed(condition.parts)


@dataclass(frozen=True, slots=True)
class Clause:
    """A keyword of an association query, and the name behind it where it takes one."""

    keyword: Word
    value: Word | None


@dataclass(frozen=True, slots=True)
class Associations:
    """`ASSOCIATORS OF {path}` or `REFERENCES OF {path}`.

    Attributes:
        kind: `ASSOCIATORS` or `REFERENCES`.
        path: with places in the text of the query.
    """

    kind: str
    path: ObjectPath
    clauses: tuple[Clause, ...]
    span: Span


Query: TypeAlias = Select | Associations


def parse(text: str) -> Query:
    """Return what a query asks for.

    Raises:
        EmbeddedError: it is no WQL.

    >>> query = parse("select * from __InstanceCreationEvent within 5 where TargetInstance isa 'A'")
    >>> query.class_name.text, query.within.value, next(query.comparisons).right.value
    ('__InstanceCreationEvent', 5, 'A')
    >>> parse("SELECT * Win32_Service")
    Traceback (most recent call last):
    mofkit.embedded.error.EmbeddedError: expected `FROM`, found `Win32_Service`
    """
    query: Query = _language().parse(text).value
    return query


# ---------------------------------------------------------------------------------------- reading


def _query(part: Part) -> Query:
    (query,) = part.values
    found: Query = query
    return found


def _select(part: Part) -> Select:
    return Select(
        tuple(part.all("property")),
        part.one("class_name"),
        part.one("within"),
        part.one("where"),
        part.one("group"),
        part.span,
    )


def _property(part: Part) -> Word:
    word = part.word
    return Word("".join(word.text.split()), word.span)


def _within(part: Part) -> Constant:
    interval: Constant = part.one("number")
    if not isinstance(interval.value, int | float) or interval.value < 0:
        raise EmbeddedError(interval.span, "an interval cannot be negative")
    return interval


def _group(part: Part) -> Group:
    within: Constant = part.one("within")
    if not isinstance(within.value, int):
        raise EmbeddedError(within.span, "a grouping interval is a whole number of seconds")
    return Group(within, part.one("by") or (), part.one("having"), part.span)


def _comparison(part: Part) -> Comparison:
    """Return a test, and refuse an order among what has none (WmiSdk/where-clause)."""
    left, operator, right = part.values
    ordered = operator.text in _ORDERS
    for operand in (left, right):
        if ordered and isinstance(operand, Constant) and isinstance(operand.value, bool | None):
            shown = "NULL" if operand.value is None else str(operand.value).upper()
            raise EmbeddedError(
                operator.span,
                f"`{operator.text}` cannot compare with {shown}; use `=` or `<>`",
            )
    return Comparison(left, operator.text, right, Span(left.span.start, right.span.end))


_ORDERS: Final = frozenset(["<", ">", "<=", ">="])


def _logical(operator: str, part: Part) -> Logical:
    return Logical(operator, tuple(part.values), part.span)


def _number(part: Part) -> Constant:
    word = part.word
    is_real = "x" not in word.text.lower() and any(sign in word.text for sign in ".eE")
    return Constant(float(word.text) if is_real else integer(word), word.span)


def _boolean(part: Part) -> Constant:
    return Constant(part.word.text.lower() == "true", part.span)


# ---------------------------------------------------------------------------------- associations

_TAKES_NAME: Final = {
    "associators": {
        "assocclass": "AssocClass",
        "requiredassocqualifier": "RequiredAssocQualifier",
        "requiredqualifier": "RequiredQualifier",
        "resultclass": "ResultClass",
        "resultrole": "ResultRole",
        "role": "Role",
    },
    "references": {
        "requiredqualifier": "RequiredQualifier",
        "resultclass": "ResultClass",
        "role": "Role",
    },
}
_STANDS_ALONE: Final = {
    "classdefsonly": "ClassDefsOnly",
    "keysonly": "KeysOnly",
    "schemaonly": "SchemaOnly",
}
"""WmiSdk/associators-of-statement, references-of-statement, wql-sql-for-wmi, where-clause."""


def _source(part: Part) -> ObjectPath:
    start, end = part.span
    return object_path.parse(part.tokens.text, start + 1, end - 1)


def _clause(part: Part) -> Clause:
    names = part.values
    return Clause(names[0], names[1] if len(names) > 1 else None)


def _associations(part: Part) -> Associations:
    clauses = tuple(part.all("clause"))
    for clause in clauses:
        _check_clause(clause, part.production)
    words = {clause.keyword.text.lower(): clause.keyword for clause in clauses}
    if "classdefsonly" in words and "resultclass" in words:
        raise EmbeddedError(
            words["resultclass"].span, "`ResultClass` cannot stand beside `ClassDefsOnly`"
        )
    return Associations(part.production.upper(), part.one("source"), clauses, part.span)


def _check_clause(clause: Clause, statement: str) -> None:
    """Raise EmbeddedError where a statement has no such clause."""
    text, span = clause.keyword.text, clause.keyword.span
    takes_name = _TAKES_NAME[statement]
    if text.lower() not in takes_name.keys() | _STANDS_ALONE:
        known = ", ".join(sorted([*takes_name.values(), *_STANDS_ALONE.values()]))
        raise EmbeddedError(span, f"{statement.upper()} OF has no clause `{text}`; it has {known}")
    if text.lower() in takes_name and clause.value is None:
        raise EmbeddedError(Span.at(span.end), f"expected `=` and a name after `{text}`")
    if text.lower() in _STANDS_ALONE and clause.value is not None:
        raise EmbeddedError(clause.value.span, f"`{text}` takes no value")


_CONSTANTS: Final = "STRING NUMBER TRUE FALSE NULL"
_OPERATORS: Final = "EQUAL LESS GREATER LESS_EQUAL GREATER_EQUAL NOT_EQUAL OTHER_NOT_EQUAL"


@cache
def _language() -> Language:
    from mofkit.embedded import _tables_wql

    return Language(
        _tables_wql,
        noun="query",
        openers="\"'{",
        phrases=(
            Phrase.of(
                "`SELECT`, `ASSOCIATORS OF` or `REFERENCES OF`", "SELECT ASSOCIATORS REFERENCES"
            ),
            Phrase.of("a class name", "NAME", "FROM"),
            Phrase.of("a condition", f"NAME NOT LPAREN {_CONSTANTS}"),
            Phrase.of("a clause such as `ResultClass = Name`", "NAME", "WHERE NAME"),
            Phrase.of("a property or a constant", f"NAME {_CONSTANTS}"),
            Phrase.of("a constant", _CONSTANTS),
            Phrase.of("a property", "NAME", "SELECT COMMA BY HAVING"),
            Phrase.of("a name", "NAME", "DOT EQUAL"),
            Phrase.of("a property", "NAME"),
            Phrase.of("a comparison", f"{_OPERATORS} IS ISA LIKE"),
            Phrase.of("a comparison", _OPERATORS),
            Phrase.of("a string in quotes", "STRING"),
            Phrase.of("a number", "NUMBER"),
            Phrase.of("an object path in braces", "OBJECT_PATH"),
        ),
        readers={
            "query": _query,
            "select": _select,
            "class_name": _word,
            "property": _property,
            "within": _within,
            "group": _group,
            "by": lambda part: tuple(part.values),
            "having": _comparison,
            "where": lambda part: part.values[0],
            "disjunction": partial(_logical, "OR"),
            "conjunction": partial(_logical, "AND"),
            "parenthesis": lambda part: part.values[0],
            "negation": partial(_logical, "NOT"),
            "comparison": _comparison,
            "operator": _operator,
            "string": lambda part: Constant(unquoted(part), part.span),
            "number": _number,
            "boolean": _boolean,
            "null": lambda part: Constant(None, part.span),
            "associators": _associations,
            "references": _associations,
            "source": _source,
            "clause": _clause,
            "name": _word,
        },
    )


def _word(part: Part) -> Word:
    return part.word


def _operator(part: Part) -> Word:
    return Word(" ".join(part.word.text.upper().split()), part.span)
