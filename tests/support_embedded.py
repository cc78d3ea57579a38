r"""Cases of the embedded languages as files, and stock Lark over their grammars.

A line of a case file that begins with two spaces is a text; the lines behind it that begin with
`|` say what comes of it: the parts that were read, each with its text, or the fault with carets.

      SELECT * Win32_Service
    |          ^^^^^^^^^^^^^ expected `FROM`, found `Win32_Service`
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from itertools import zip_longest
from types import ModuleType

from lark import Lark
from lark.exceptions import UnexpectedInput

from mofkit.embedded import EmbeddedError, datetime_, object_path, sddl, wql
from mofkit.embedded.language import Language, Part, Tokens
from mofkit.source import Span
from mofkit.syntax.generate_tables import TABLES_PATH, build_lark
from tests.support_lark import Event, events_of

__all__ = ["PARSE", "disagreement", "placed", "tables", "with_outcomes"]

PARSE: dict[str, Callable[[str], object]] = {
    "wql": wql.parse,
    "sddl": sddl.parse,
    "object_path": object_path.parse,
    "datetime": datetime_.parse,
}


def with_outcomes(case: str, language: str) -> str:
    """Return a case file with what comes of each text now."""
    found = []
    for line in case.split("\n"):
        if not line.startswith("|"):
            found.append(line)
        if line.startswith("  "):
            found += [f"| {shown}".rstrip() for shown in _outcome(line[2:], language)]
    return "\n".join(found)


def _outcome(text: str, language: str) -> Iterator[str]:
    try:
        result = PARSE[language](text)
    except EmbeddedError as error:
        yield " " * error.offset + "^" * max(error.length, 1) + " " + error.message
        return
    yield from _shown(result, text, "")


def _shown(value: object, text: str, indent: str) -> Iterator[str]:
    """Yield a line for each field that says something; a place is shown as the text there."""
    if not is_dataclass(value):
        yield f"{indent}{value!r}"
        return
    span = getattr(value, "span", None)
    place = f" «{text[slice(*span)]}»" if isinstance(span, Span) else ""
    simple, nested = [], []
    for field in fields(value):
        part = getattr(value, field.name)
        if is_dataclass(part) or (isinstance(part, tuple) and any(map(is_dataclass, part))):
            nested.append((field.name, part if isinstance(part, tuple) else (part,)))
        elif isinstance(part, Span):
            if field.name != "span":
                simple.append(f"{field.name}=«{text[slice(*part)]}»")
        elif part or part == 0 or field.name in {"keys", "value"}:
            simple.append(f"{field.name}={part!r}")
    yield f"{indent}{type(value).__name__}({', '.join(simple)}){place}"
    for name, parts in nested:
        for part in parts:
            first, *rest = _shown(part, text, indent + "  ")
            yield f"{indent}  {name}: {first.strip()}"
            yield from rest


def placed(value: object) -> Iterator[tuple[str, Span]]:
    """Yield the text and the place of every part that has both."""
    todo = [value]
    while todo:
        part = todo.pop()
        if isinstance(part, tuple) and not isinstance(part, Span):
            todo += part
        elif is_dataclass(part):
            text, span = getattr(part, "text", None), getattr(part, "span", None)
            if isinstance(text, str) and isinstance(span, Span):
                yield text, span
            todo += [getattr(part, field.name) for field in fields(part)]


# ----------------------------------------------------------------------------------- the oracle


def tables(grammar: str) -> ModuleType:
    """Return the generated module of an embedded language."""
    return import_module(f"mofkit.embedded.{TABLES_PATH[grammar].stem}")


@cache
def _bare(grammar: str) -> Language:
    """Return the language without what it looks up beyond its grammar."""
    module = tables(grammar)
    readers = {name: _no_meaning for _, _, name, _ in module.RULES}
    return Language(module, noun="text", phrases=(), readers=readers)


def _no_meaning(part: Part) -> None:
    del part


@cache
def _stock_lark(grammar: str) -> Lark:
    return build_lark(grammar)


def disagreement(grammar: str, text: str) -> str:
    """Return in what our reading of a text differs from Lark's, "" where it does not."""
    language = _bare(grammar)
    tokens = Tokens(text)
    cells = [language._parser.start]
    accepted = language._parser.run(cells, language.kinds_in(tokens, 0, len(text)))
    try:
        theirs = _stock_lark(grammar).parse(text)
    except UnexpectedInput as error:
        return f"only Lark refuses it: {error}" if accepted else ""
    if not accepted:
        return f"only we refuse it, at {tokens.spans[len(cells) - 1]}"
    used = [
        language._table.as_usable(cell.state, kind)
        for cell, kind in zip(cells, tokens.kinds, strict=False)
    ]
    for one, other in zip_longest(
        _our_events(language.parse(text), grammar, used), events_of(theirs)
    ):
        if one != other:
            return f"we have {one}, Lark has {other}"
    return ""


def _our_events(root: Part, grammar: str, used: list[int]) -> Iterator[Event]:
    todo: list[Part | int | None] = [root]
    while todo:
        match todo.pop():
            case None:
                yield ")", "", None
            case Part() as part:
                yield part.production, "(", None
                todo.append(None)
                todo += reversed(part.children)
            case int() as token:
                word = root.tokens.word(token)
                yield tables(grammar).TERMINALS[used[token]], word.text, word.span.start
