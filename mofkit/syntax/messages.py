"""Faults of the parse as diagnostics: what was expected, in words, and what was found.

Takes the tree, whose recovery knows what it did about each fault, and says it as a person would:
"expected `;` after property `Speed`, found `}`", at the place where the text should change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mofkit.diagnostics import Diagnostic, Fix, Related, Safety
from mofkit.source import Edit, Span
from mofkit.syntax import _tables, nodes, rules
from mofkit.syntax.lexer import END, KIND, NAME, SPELLING, STRING_KINDS, UNKNOWN
from mofkit.syntax.recovery import CLOSER_OF, CLOSERS, NULL, OPENERS, Fault, Repair
from mofkit.syntax.tree import Node, SyntaxTree

_UNCLOSED: Final = {
    KIND["RBRACE"]: rules.UNCLOSED_BRACE,
    KIND["RBRACKET"]: rules.UNCLOSED_BRACKET,
    KIND["RPAREN"]: rules.UNCLOSED_PARENTHESIS,
}
_SEMICOLON = KIND["SEMICOLON"]
_COMMA = KIND["COMMA"]
_LBRACE, _LBRACKET, _LPAREN = KIND["LBRACE"], KIND["LBRACKET"], KIND["LPAREN"]
_UNTERMINATED = KIND["UNTERMINATED_STRING"]
_STRING = KIND["STRING"]


def fault_diagnostics(tree: SyntaxTree) -> Iterator[Diagnostic]:
    """Yield one diagnostic a fault, less those that an unclosed string explains."""
    previous = 0
    replaced: set[int] = set()
    open_comment = has_open_comment(tree)
    for fault in tree.faults:
        closes_replaced = fault.repair is Repair.REPLACE and fault.opener in replaced
        at_end = tree.kinds[fault.token] == END
        if not (
            closes_replaced
            or (at_end and open_comment)
            or _follows_open_string(tree, fault, previous)
        ):
            yield _diagnostic(tree, fault)
        if fault.repair is Repair.REPLACE and tree.kinds[fault.place] in OPENERS:
            replaced.add(fault.place)
        previous = max(fault.token, fault.end)


def has_open_comment(tree: SyntaxTree) -> bool:
    """Say whether the file ends inside a comment."""
    return any(match[1] for match in open_comments(tree))


def open_comments(tree: SyntaxTree) -> Iterator[re.Match[str]]:
    """Yield the comments behind the last token; group 1 is that of one which nothing closes."""
    gap = tree.trivia_before(len(tree.kinds) - 1)
    yield from _COMMENT.finditer(tree.source.text, gap.start, gap.end)


_COMMENT = re.compile(r"//[^\r\n]*|/\*[\s\S]*?\*/|(/\*)[\s\S]*|#[^\r\n]*")


def describe(node: Node) -> str:
    """Return what a person would call a declaration.

    >>> from mofkit.syntax import parse_source
    >>> describe(parse_source("class Fan {};").tree.root.children[0])
    'class `Fan`'
    """
    texts = node.tree.texts
    match node:
        case nodes.InstanceDeclaration() | nodes.EmbeddedInstance():
            return f"instance of `{texts[node.class_name]}`"
        case nodes.ClassDeclaration():
            return f"class `{texts[node.name]}`"
        case nodes.PropertyDeclaration() | nodes.ValueInitializer():
            return f"property `{texts[node.name]}`"
        case nodes.ReferenceDeclaration():
            return f"reference `{texts[node.name]}`"
        case nodes.MethodDeclaration():
            return f"method `{texts[node.name]}`"
        case nodes.Parameter():
            return f"parameter `{texts[node.name]}`"
        case nodes.Qualifier():
            return f"qualifier `{texts[node.name]}`"
        case nodes.QualifierDeclaration():
            return f"the declaration of qualifier `{texts[node.name]}`"
        case nodes.EnumerationDeclaration() | nodes.NestedEnumeration():
            return f"enumeration `{texts[node.name]}`"
        case nodes.StructureDeclaration() | nodes.NestedStructure():
            return f"{texts[node.tokens[0]].lower()} `{texts[node.name]}`"
        case nodes.CompilerDirective():
            return f"`#pragma {texts[node.name]}`"
    return f"the {node.production.replace('_', ' ')}"


_DESCRIBED = (
    nodes.InstanceDeclaration,
    nodes.EmbeddedInstance,
    nodes.ClassDeclaration,
    nodes.PropertyDeclaration,
    nodes.ValueInitializer,
    nodes.ReferenceDeclaration,
    nodes.MethodDeclaration,
    nodes.Parameter,
    nodes.Qualifier,
    nodes.QualifierDeclaration,
    nodes.EnumerationDeclaration,
    nodes.StructureDeclaration,
    nodes.CompilerDirective,
)


def _follows_open_string(tree: SyntaxTree, fault: Fault, previous: int) -> bool:
    """Say whether the fault is in the statement of a string that is not closed."""
    for token in range(fault.token, max(previous, fault.token - 30) - 1, -1):
        if tree.kinds[token] == _UNTERMINATED:
            return True
        if tree.kinds[token] in (_SEMICOLON, _LBRACE) and token < min(fault.place, fault.token):
            return False
    return False


def _diagnostic(tree: SyntaxTree, fault: Fault) -> Diagnostic:
    match fault.repair:
        case Repair.INSERT if any(kind in CLOSERS for kind in fault.kinds):
            return _unclosed(tree, fault)
        case Repair.INSERT if fault.kinds == (_SEMICOLON,):
            return _missing_semicolon(tree, fault)
        case Repair.INSERT if fault.kinds == (NULL,):
            return _missing_value(tree, fault)
        case Repair.INSERT:
            return _missing(tree, fault)
        case Repair.DELETE if tree.kinds[fault.place] == UNKNOWN:
            return _unknown_character(tree, fault)
        case Repair.DELETE if fault.place == fault.token or tree.kinds[fault.place] == _COMMA:
            return _too_many(tree, fault)
        case Repair.DELETE if tree.kinds[fault.place] != NAME:
            return _unexpected(tree, fault)
        case Repair.DELETE:
            return _too_many(tree, fault)
        case Repair.REPLACE:
            return _instead(tree, fault)
    if tree.kinds[fault.token] == UNKNOWN:
        return _unknown_character(tree, fault)
    return _unexpected(tree, fault)


def _unclosed(tree: SyntaxTree, fault: Fault) -> Diagnostic:
    closer = next(kind for kind in fault.kinds if kind in CLOSERS)
    text = "".join(SPELLING[kind] for kind in fault.kinds)
    if text[-1] == "}" and tree.kinds[fault.place] != _SEMICOLON and _ends_declaration(tree, fault):
        text += ";"
    opener = _opener(tree, fault, closer)
    owner = _owner(tree, opener)
    span = _bracket_place(tree, fault.place, closer)
    return Diagnostic(
        _UNCLOSED[closer],
        f"expected `{SPELLING[closer]}`{f' to close {owner}' if owner else ''}, "
        f"found {_found(tree, fault.place)}",
        tree.source,
        span,
        related=_opened_here(tree, opener),
        fix=Fix(f"insert `{text}`", (_insertion(tree, fault.place, span, text),), Safety.UNSAFE),
    )


def _ends_declaration(tree: SyntaxTree, fault: Fault) -> bool:
    """Say whether what recovery supplied ended a declaration of the file."""
    return any(child.end == fault.place for child in tree.root.nodes)


def _missing_semicolon(tree: SyntaxTree, fault: Fault) -> Diagnostic:
    before = _node_ending_at(tree, fault.place)
    what = describe(before) if before is not None else f"`{_short(tree.texts[fault.place - 1])}`"
    span = _after(tree, fault.place)
    return Diagnostic(
        rules.MISSING_SEMICOLON,
        f"expected `;` after {what}, found {_found(tree, fault.place)}",
        tree.source,
        span,
        fix=Fix("insert `;`", (Edit(span, ";"),)),
    )


def _missing(tree: SyntaxTree, fault: Fault) -> Diagnostic:
    text = SPELLING[fault.kinds[0]]
    opens = fault.kinds[0] in OPENERS
    keyword = fault.kinds[0] in _tables.KEYWORDS or fault.kinds[0] == KIND["HASH"]
    if keyword or (opens and fault.kinds[0] != _LBRACE):
        span, where = tree.token_span(fault.place), f"before `{_short(tree.texts[fault.place])}`"
        edit = Edit(Span.at(span.start), f"{text} " if text.isalpha() else text)
        span = Span.at(span.start)
    else:
        span = _bracket_place(tree, fault.place, fault.kinds[0])
        where = f"after `{_short(tree.texts[fault.place - 1])}`" if fault.place else "here"
        edit = _insertion(tree, fault.place, span, text)
    return Diagnostic(
        rules.MISSING_OPENING if opens else rules.UNEXPECTED_TOKEN,
        f"expected `{text}` {where}" + ("" if keyword else f", found {_found(tree, fault.token)}"),
        tree.source,
        span,
        fix=Fix(f"insert `{text}`", (edit,), Safety.UNSAFE),
    )


def _missing_value(tree: SyntaxTree, fault: Fault) -> Diagnostic:
    return Diagnostic(
        rules.UNEXPECTED_TOKEN,
        f"expected a value after `{_short(tree.texts[fault.place - 1])}`, "
        f"found {_found(tree, fault.place)}",
        tree.source,
        tree.token_span(fault.place),
        notes=("mofcomp: WBEMMOF_E_ILLEGAL_CONSTANT_VALUE (0x80044007)",),
    )


def _too_many(tree: SyntaxTree, fault: Fault) -> Diagnostic:
    span = tree.token_span(fault.place)
    where = f" after `{_short(tree.texts[fault.place - 1])}`" if fault.place else ""
    return Diagnostic(
        rules.UNEXPECTED_TOKEN,
        f"unexpected {_found(tree, fault.place)}{where}",
        tree.source,
        span,
        help=_quotes_help(tree, fault) or _expected_help(tree, fault),
        fix=Fix("remove it", (Edit(span, ""),), Safety.UNSAFE),
    )


def _instead(tree: SyntaxTree, fault: Fault) -> Diagnostic:
    kind = fault.kinds[0]
    span = tree.token_span(fault.place)
    if tree.kinds[fault.place] == NAME:
        return Diagnostic(
            rules.MISSPELLED_KEYWORD,
            f"`{tree.texts[fault.place]}` means nothing here; did you mean `{SPELLING[kind]}`?",
            tree.source,
            span,
            fix=Fix(f"write `{SPELLING[kind]}`", (Edit(span, SPELLING[kind]),)),
        )
    if tree.kinds[fault.place] == UNKNOWN:
        return _unknown_character(tree, fault)
    closes = kind in CLOSERS
    opener = _opener(tree, fault, kind) if closes else -1
    return Diagnostic(
        _UNCLOSED[kind] if closes else rules.UNEXPECTED_TOKEN,
        f"expected `{SPELLING[kind]}`, found {_found(tree, fault.place)}",
        tree.source,
        span,
        related=_opened_here(tree, opener),
        fix=Fix(f"write `{SPELLING[kind]}`", (Edit(span, SPELLING[kind]),), Safety.UNSAFE),
    )


def _unknown_character(tree: SyntaxTree, fault: Fault) -> Diagnostic:
    place = fault.place
    text, span = tree.texts[place], tree.token_span(place)
    if text in "+-" and tree.kinds[place + 1] == KIND["NUMBER"]:
        number = tree.texts[place + 1]
        gap = Span(span.end, tree.starts[place + 1])
        return Diagnostic(
            rules.DETACHED_SIGN,
            f"the sign belongs to the number: `{text}{number}`",
            tree.source,
            Span(span.start, tree.token_end(place + 1)),
            fix=Fix("remove the space", (Edit(gap, ""),)) if gap.start < gap.end else None,
        )
    if text == "$":
        return Diagnostic(
            rules.LONE_DOLLAR,
            "expected an alias name right after `$`",
            tree.source,
            span,
            help="an alias is one word, such as `$Provider`",
        )
    if text == "*" and tree.source.text.startswith("*/", span.start):
        return Diagnostic(
            rules.UNEXPECTED_CHARACTER,
            "`*/` closes no comment",
            tree.source,
            Span(span.start, span.start + 2),
            help="comments do not nest: the first `*/` closes them all",
        )
    return Diagnostic(
        rules.UNEXPECTED_CHARACTER,
        f"{_character(text)} has no meaning in MOF",
        tree.source,
        span,
        help=_expected_help(tree, fault),
    )


def _unexpected(tree: SyntaxTree, fault: Fault) -> Diagnostic:
    if fault.token and tree.kinds[fault.token - 1] == KIND["CLASS"] and fault.opener >= 0:
        return Diagnostic(
            rules.NESTED_DECLARATION,
            f"class `{tree.texts[fault.token]}` stands inside a class",
            tree.source,
            Span(tree.starts[fault.token - 1], tree.token_end(fault.token)),
            help="classes cannot be nested",
        )
    expected, note = _expected(tree, fault)
    kind = tree.kinds[fault.token]
    span = tree.token_span(fault.token)
    at_end = kind == END
    closer = CLOSER_OF.get(tree.kinds[fault.opener], END) if fault.opener >= 0 else END
    if at_end and fault.cell.accepts(closer) and closer != END:
        owner = _owner(tree, fault.opener)
        return Diagnostic(
            _UNCLOSED[closer],
            f"expected `{SPELLING[closer]}`{f' to close {owner}' if owner else ''}, "
            "found the end of the file",
            tree.source,
            _after(tree, fault.token),
            related=_opened_here(tree, fault.opener),
        )
    return Diagnostic(
        rules.UNEXPECTED_TOKEN,
        f"expected {expected}, found {_found(tree, fault.token)}",
        tree.source,
        _after(tree, fault.token) if at_end else span,
        related=_opened_here(tree, fault.opener) if at_end else (),
        notes=(f"mofcomp: {note}",) if note else (),
        help=_quotes_help(tree, fault),
    )


# --------------------------------------------------------------------------- expected, in words


def _quotes_help(tree: SyntaxTree, fault: Fault) -> str:
    """Return the remedy for a string that lacks its quotes, or has some that are text; else ""."""
    kinds, before = tree.kinds, fault.token - 1
    if before < 1 or kinds[fault.token] == END:
        return ""
    if _follows_inner_quote(tree, fault.token):
        return '`\\"` is how to write a quote within a string'
    is_word = kinds[before] == NAME and kinds[before - 1] in _BEFORE_VALUE
    return "a string needs quotes" if is_word else ""


def _follows_inner_quote(tree: SyntaxTree, token: int) -> bool:
    """Say whether the text goes on behind the quote that ended a string, without any blank."""
    kinds = tree.kinds
    if kinds[token - 1] in STRING_KINDS:
        return _touches(tree, token) and kinds[token + 1] in STRING_KINDS
    is_word = kinds[token - 1] == NAME and kinds[token - 2] in STRING_KINDS
    return is_word and _touches(tree, token - 1)


def _touches(tree: SyntaxTree, token: int) -> bool:
    return tree.token_end(token - 1) == tree.starts[token]


_BEFORE_VALUE: Final = frozenset(KIND[name] for name in ("EQUAL", "LPAREN", "LBRACE", "COMMA"))


def _expected_help(tree: SyntaxTree, fault: Fault) -> str:
    return f"expected here: {_expected(tree, fault)[0]}"


def _expected(tree: SyntaxTree, fault: Fault) -> tuple[str, str]:
    """Return what would have fitted at a fault, and mofcomp's name for the mistake."""
    accepts = fault.cell.accepts
    before = tree.kinds[fault.token - 1] if fault.token else END
    opener = tree.kinds[fault.opener] if fault.opener >= 0 else END
    words: list[str] = []
    note = ""
    if accepts(_STRING) and before != _STRING:
        words.append("a value")
        note = "WBEMMOF_E_ILLEGAL_CONSTANT_VALUE (0x80044007)"
    elif accepts(NAME):
        name, note = _expected_name(fault, before, opener)
        words.append(name)
    elif accepts(KIND["ALIAS_IDENTIFIER"]):
        words.append("an alias such as `$Name`")
        note = "WBEMMOF_E_EXPECTED_DOLLAR (0x80044019)"
    elif accepts(END):
        return "a declaration (`class`, `instance of`, `qualifier`) or a `#pragma`", ""
    elif accepts(KIND["CLASS"]):
        return "`class` or `instance of` after the qualifiers", ""
    for kind in (_LBRACE, KIND["OF"], KIND["COLON"], KIND["EQUAL"], _LPAREN, _LBRACKET):
        if accepts(kind) and not words:
            words.append(f"`{SPELLING[kind]}`")
    if opener in CLOSER_OF and accepts(CLOSER_OF[opener]):
        words.append(f"`{SPELLING[CLOSER_OF[opener]]}`")
    if not accepts(NAME):
        words += [f"`{SPELLING[kind]}`" for kind in (_SEMICOLON, _COMMA) if accepts(kind)]
    if not words:
        words = [f"`{SPELLING[kind]}`" for kind in sorted(SPELLING) if accepts(kind)]
    return _either(words) or "something else", note


def _expected_name(fault: Fault, before: int, opener: int) -> tuple[str, str]:
    class_name = "WBEMMOF_E_EXPECTED_CLASS_NAME (0x80044014)"
    if before in (KIND["CLASS"], KIND["OF"]):
        return "a class name", class_name
    if before == KIND["PRAGMA"]:
        return "the name of a pragma", "WBEMMOF_E_INVALID_PRAGMA (0x80044012)"
    if before == KIND["REF"]:
        return "a name for the reference", "WBEMMOF_E_EXPECTED_PROPERTY_NAME (0x8004400C)"
    if before == KIND["QUALIFIER"]:
        return "a qualifier name", "WBEMMOF_E_EXPECTED_QUALIFIER_NAME (0x80044001)"
    if before == KIND["COLON"] and opener == _LBRACKET:
        return "a flavor", "WBEMMOF_E_EXPECTED_FLAVOR_TYPE (0x80044022)"
    if before == KIND["COLON"]:
        return "a class name", class_name
    if opener == _LBRACKET:
        return "a qualifier name", "WBEMMOF_E_EXPECTED_QUALIFIER_NAME (0x80044001)"
    if opener == _LPAREN:
        return "a parameter", "WBEMMOF_E_EXPECTED_TYPE_IDENTIFIER (0x80044008)"
    if opener == _LBRACE and fault.cell.accepts(KIND["CLASS"]) and before in (_LBRACE, _SEMICOLON):
        return "a property or method", "WBEMMOF_E_EXPECTED_TYPE_IDENTIFIER (0x80044008)"
    if opener == _LBRACE and before in (_LBRACE, _SEMICOLON):
        return "a property", "WBEMMOF_E_EXPECTED_PROPERTY_NAME (0x8004400C)"
    return "a name", "WBEMMOF_E_EXPECTED_PROPERTY_NAME (0x8004400C)"


def _either(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _found(tree: SyntaxTree, token: int) -> str:
    if tree.kinds[token] == END:
        return "the end of the file"
    return f"`{_short(tree.texts[token])}`"


def _short(text: str) -> str:
    first = text.splitlines()[0] if text else ""
    return first if text == first and len(text) <= _LONGEST else first[:_LONGEST] + "…"


_LONGEST: Final = 40


def _character(text: str) -> str:
    if text.isprintable():
        return f"`{text}`"
    return f"the character U+{ord(text):04X}"


# -------------------------------------------------------------------------------------- places


def _after(tree: SyntaxTree, token: int) -> Span:
    """Return the place right behind the token in front of `token`."""
    return Span.at(tree.token_end(token - 1) if token else 0)


def _bracket_place(tree: SyntaxTree, place: int, kind: int) -> Span:
    """Return where a missing token goes: right behind what is before it.

    A bracket goes on the next line in a file that gives such brackets a line of their own.
    """
    source = tree.source
    behind = _after(tree, place)
    line = source.position(behind.start).line + 1
    if kind not in OPENERS | CLOSERS or not tree.starts_line(place) or line > source.line_count:
        return behind
    if kind == KIND["RBRACE"] and tree.kinds[place] == _SEMICOLON:
        return Span.at(tree.starts[place])
    text = source.line_text(line)
    before = [token for token in range(max(place - _NEARBY, 0), place) if tree.kinds[token] == kind]
    alone = tree.starts_line(before[-1]) if before else kind == KIND["RBRACE"] or not text.strip()
    if not alone:
        return behind
    start = source.line_span(line).start + len(text) - len(text.lstrip(" \t"))
    return Span.at(min(start, tree.starts[place]))


_NEARBY: Final = 2000  # tokens; layout further away says little


def _insertion(tree: SyntaxTree, place: int, at: Span, text: str) -> Edit:
    """Return the edit that puts `text` at `at`, in front of token `place`."""
    line_end = "\r\n" if "\r\n" in tree.source.text else "\n"
    if at.start == tree.starts[place] and text[0] in "{}" and tree.kinds[place] != _SEMICOLON:
        return Edit(at, text + line_end)
    return Edit(at, text)


def _opener(tree: SyntaxTree, fault: Fault, closer: int) -> int:
    """Return the bracket that `closer` should close; -1 where it is not the innermost one."""
    opener = fault.opener
    return opener if opener >= 0 and CLOSER_OF.get(tree.kinds[opener]) == closer else -1


def _opened_here(tree: SyntaxTree, opener: int) -> tuple[Related, ...]:
    if opener < 0:
        return ()
    text = tree.texts[opener]
    return (Related(tree.source, tree.token_span(opener), f"`{text}` was opened here"),)


def _owner(tree: SyntaxTree, opener: int) -> str:
    """Return what the bracket belongs to, "" where that is not clear."""
    if opener < 0:
        return ""
    kind = tree.kinds[opener]
    if kind == _LBRACKET:
        before = tree.kinds[opener - 1] if opener else END
        is_bound = before == NAME or before in _tables.KEYWORDS
        return f"the bound of `{tree.texts[opener - 1]}`" if is_bound else "the qualifier list"
    if kind == _LPAREN:
        return f"the parentheses of `{_short(tree.texts[opener - 1])}`" if opener else ""
    node = _smallest_around(tree, opener)
    return describe(node) if node is not None else ""


def _smallest_around(tree: SyntaxTree, token: int) -> Node | None:
    """Return the innermost declaration that holds a token."""
    found = None
    node: Node | None = tree.root
    while node is not None:
        if isinstance(node, _DESCRIBED):
            found = node
        node = next(
            (
                child
                for child in node.children
                if isinstance(child, Node) and child.first <= token < child.end
            ),
            None,
        )
    return found


def _node_ending_at(tree: SyntaxTree, end: int) -> Node | None:
    """Return the innermost declaration whose last token is the one in front of `end`."""
    found = None
    node: Node | None = tree.root
    while node is not None:
        if isinstance(node, _DESCRIBED) and node.end == end:
            found = node
        node = next(
            (
                child
                for child in node.children
                if isinstance(child, Node) and child.first < end <= child.end
            ),
            None,
        )
    return found
