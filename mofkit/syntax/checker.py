"""What the tolerant grammar accepts and the language forbids, and the faults of the parse.

Takes a tree, gives SYN diagnostics. Runs only on files that gave cause (`parsing.py`). The faults of
the parse come from `messages.py`; here are the checks of tokens (numbers, escapes, quotes), of
trivia (comments), and of nodes (a `;` after a declaration, words without quotes, MOF 3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from mofkit.diagnostics import Diagnostic, Fix, Related, Safety, Severity
from mofkit.source import Edit, FactKind, SourceFact, Span
from mofkit.syntax import nodes, rules
from mofkit.syntax.lexer import CHARACTER, ESCAPE, KIND, NUMBER, STRING_KINDS, faultless_token
from mofkit.syntax.messages import describe, fault_diagnostics, open_comments
from mofkit.syntax.tree import Node, SyntaxTree
from mofkit.syntax.visitor import walk

_UNREADABLE = frozenset({FactKind.BINARY_MOF, FactKind.SHIFTED_UTF16})
_UNTERMINATED = KIND["UNTERMINATED_STRING"]
_TYPOGRAPHIC = KIND["TYPOGRAPHIC_STRING"]
_MULTILINE = KIND["MULTILINE_STRING"]
_SEMICOLON = KIND["SEMICOLON"]


def check(tree: SyntaxTree, facts: Sequence[SourceFact] = ()) -> Iterator[Diagnostic]:
    """Yield the SYN diagnostics of a file, in no particular order."""
    if any(fact.kind in _UNREADABLE for fact in facts):
        return
    if not_mof := _not_mof(tree):
        yield not_mof
        return
    findings = [
        *fault_diagnostics(tree),
        *_check_tokens(tree),
        *_check_comments(tree),
        *_check_nodes(tree),
    ]
    yield from _without_consequences(tree, findings)


def _check_nodes(tree: SyntaxTree) -> Iterator[Diagnostic]:
    seen = _Surroundings(tree)
    for node in walk(tree.root):
        check_node = _CHECKS.get(type(node))
        if check_node:
            yield from check_node(node, seen)


def _without_consequences(tree: SyntaxTree, findings: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings less those that only follow from another.

    Where a line has a string that nothing closes, only its first error says something. Where a
    token is wrong in itself, it is no news that it does not fit.
    """
    line_of = tree.source.position
    broken = {
        line_of(tree.starts[token]).line
        for token, kind in enumerate(tree.kinds)
        if kind == _UNTERMINATED
    }
    wrong_in_itself = {
        finding.span.start
        for finding in findings
        if finding.rule is not rules.UNEXPECTED_TOKEN and finding.severity is Severity.ERROR
    }
    reported: set[int] = set()
    for finding in sorted(findings, key=lambda finding: finding.span):
        is_consequence = finding.rule is rules.UNEXPECTED_TOKEN or finding.severity < Severity.ERROR
        if is_consequence and finding.span.start in wrong_in_itself:
            continue
        line = line_of(finding.span.start).line if broken else 0
        if line in broken:
            if line in reported or finding.severity < Severity.ERROR:
                continue
            reported.add(line)
        yield finding


# ------------------------------------------------------------------------------- the whole file


def _not_mof(tree: SyntaxTree) -> Diagnostic | None:
    """Return the one finding for a file in which nothing is MOF."""
    root = tree.root
    if not tree.faults or any(not isinstance(node, nodes.Error | int) for node in root.children):
        return None
    if any(
        not isinstance(child, nodes.Error | int)
        for error in root.children
        if isinstance(error, Node)
        for child in error.children
    ):
        return None
    if len(tree.kinds) < _FEWEST_TOKENS or tree.source.line_count < _FEWEST_LINES:
        return None
    line = tree.source.line_span(tree.source.position(tree.starts[0]).line)
    what = next((name for start, name in _FOREIGN if re.match(start, tree.source.text)), "")
    return Diagnostic(
        rules.NOT_MOF,
        f"this file is not MOF: it looks like {what}" if what else "this file is not MOF",
        tree.source,
        Span(max(line.start, tree.starts[0]), line.end),
        help="no class, instance, qualifier declaration or pragma was found in it",
    )


_FEWEST_TOKENS = 12  # below that, a slip of the pen is likelier than another language
_FEWEST_LINES = 3
_FOREIGN: Final = (
    (r"\s*-----BEGIN ", "an encrypted or signed message"),
    (r"\s*<(?:!|\?|html|[A-Za-z])", "XML or HTML"),
    (
        r"\s*(?:#!|#[^\n]*\n|\s)*(?:Configuration|function|param|Import-Module|\$\w+\s*=)",
        "PowerShell",
    ),
    (r"\s*Executing \(", "output of wmic"),
)


class _Surroundings:
    """What checks of single nodes need to know of the file."""

    def __init__(self, tree: SyntaxTree) -> None:
        self.has_macros = bool(_MACRO_SOURCE.search(tree.source.text))
        self.has_mof3 = any(isinstance(node, _MOF3_DECLARATIONS) for node in tree.root.children)
        # Words may stand bare among a pragma's parameters: deleteclass("A", nofail).
        self.pragma_parameters = {
            parameter.first
            for node in tree.root.all(nodes.CompilerDirective)
            for parameter in node.parameters
        }


_MACRO_SOURCE = re.compile(r"#[ \t]*(?:define|if|ifdef|ifndef|include[ \t]*[\"<])")
"""Lines that may define the macros a file uses."""

_MOF3_DECLARATIONS = (nodes.StructureDeclaration, nodes.EnumerationDeclaration)


# --------------------------------------------------------------------------- tokens and trivia


def _check_tokens(tree: SyntaxTree) -> Iterator[Diagnostic]:
    for token, kind in enumerate(tree.kinds):
        if kind in STRING_KINDS:
            yield from _check_string(tree, token, kind)
        elif kind == NUMBER:
            if tree.kinds[token + 1] == NUMBER and tree.touches_next(token):
                if not token or not tree.touches_next(token - 1):
                    yield _bare_text(tree, token)
            elif token and tree.kinds[token - 1] == NUMBER and tree.touches_next(token - 1):
                pass  # the end of what was reported where it begins
            elif not faultless_token().fullmatch(tree.texts[token]):
                yield _bad_number(tree, token)
        elif kind == CHARACTER and not faultless_token().fullmatch(tree.texts[token]):
            yield _bad_character(tree, token)


def _check_string(tree: SyntaxTree, token: int, kind: int) -> Iterator[Diagnostic]:
    source, span = tree.source, tree.token_span(token)
    text = tree.texts[token]
    if kind == _TYPOGRAPHIC:
        plain = '"' + re.sub(r'["“-‟]', "", text) + '"'
        yield Diagnostic(
            rules.TYPOGRAPHIC_QUOTES,
            f"typographic quotes {text[0]} {text[-1]} around a string",
            source,
            span,
            help="MOF knows only the straight quote",
            fix=Fix('use `"`', (Edit(span, plain),)),
        )
    elif kind == _UNTERMINATED:
        yield Diagnostic(
            rules.UNTERMINATED_STRING,
            "this string is not closed on its line",
            source,
            Span(span.start, span.start + 1),
            help='close it with `"`; a long text is several strings one after the other',
            fix=Fix("close the string", (Edit(Span.at(span.end), '"'),), Safety.UNSAFE),
        )
    elif kind == _MULTILINE:
        first_line = source.line_span(source.position(span.start).line)
        yield Diagnostic(
            rules.MULTILINE_STRING,
            "this string runs over the end of its line",
            source,
            Span(span.start, first_line.end),
            related=(Related(source, Span(span.end - 1, span.end), "it is closed here"),),
            help='close each line with `\\n"` and open the next with `"`: neighbours are joined',
        )
    if "\\" in text:
        yield from _check_escapes(tree, token, text[1:-1] if len(text) > 1 else "")


_ANY_ESCAPE = re.compile(rf"{ESCAPE}|\\([\s\S]?)")


def _check_escapes(tree: SyntaxTree, token: int, body: str) -> Iterator[Diagnostic]:
    wrong = [match for match in _ANY_ESCAPE.finditer(body) if match[1] is not None]
    if not wrong:
        return
    base = tree.starts[token] + 1
    edits = tuple(Edit(Span.at(base + match.start()), "\\") for match in wrong)
    first = wrong[0]
    what = f"`\\{first[1]}` is not an escape"
    if len(wrong) > 1:
        what += f", and {len(wrong) - 1} more in this string"
    yield Diagnostic(
        rules.BAD_ESCAPE,
        what,
        tree.source,
        Span(base + first.start(), base + first.end()),
        help="a backslash in a string is written `\\\\`",
        fix=Fix("double the backslash", edits, Safety.UNSAFE),
    )


def _bad_number(tree: SyntaxTree, token: int) -> Diagnostic:
    text = tree.texts[token]
    digits = text.lstrip("+-")
    fix = None
    if re.fullmatch(r"0[0-9]*[89][0-9]*", digits):
        message, remedy = f"`{text}` begins like an octal number", "octal digits go from 0 to 7"
        fix = digits.lstrip("0")
    elif re.fullmatch(r"[0-9]+[bB]", digits):
        message, remedy = f"`{text}` is not a binary number", "binary digits are 0 and 1"
    elif re.match(r"0[xX]", digits):
        message, remedy = f"`{text}` is not a hexadecimal number", "it takes 0-9 and A-F after `0x`"
    elif re.fullmatch(r"[0-9]+[eE][+-]?[0-9]+", digits):
        message, remedy = f"`{text}` has no decimal point", "a real number needs one: `1.0e5`"
        fix = re.sub("[eE]", r".0\g<0>", digits)
    elif re.fullmatch(r"[0-9]+\.", digits):
        message, remedy = f"`{text}` has no digit after the point", "write `1.0`"
        fix = digits + "0"
    else:
        message = f"`{text}` is not a number"
        remedy = "nor a name, which cannot begin with a digit; a string needs quotes"
    sign = text[: len(text) - len(digits)]
    span = tree.token_span(token)
    return Diagnostic(
        rules.BAD_NUMBER,
        message,
        tree.source,
        span,
        help=remedy,
        fix=fix and Fix(f"write `{sign}{fix}`", (Edit(span, sign + fix),), Safety.UNSAFE) or None,
    )


def _bare_text(tree: SyntaxTree, token: int) -> Diagnostic:
    """Report numbers that hang together, as a GUID without quotes makes them."""
    end = token
    while tree.touches_next(end) and tree.kinds[end + 1] == NUMBER:
        end += 1
    span = Span(tree.starts[token], tree.token_end(end))
    text = tree.source.text[span.start : span.end]
    return Diagnostic(
        rules.BAD_NUMBER,
        f"`{text}` is not a number",
        tree.source,
        span,
        help="a string needs quotes",
        fix=Fix("put it in quotes", (Edit(span, f'"{text}"'),), Safety.UNSAFE),
    )


def _bad_character(tree: SyntaxTree, token: int) -> Diagnostic:
    text, span = tree.texts[token], tree.token_span(token)
    body = text[1:-1]
    fix = None
    if not body:
        message = "an empty character"
    elif body[0] == "\\":
        message = f"`{body}` is not one character"
    else:
        message = f"{text} holds {len(body)} characters"
        if '"' not in body:
            fix = Fix("make it a string", (Edit(span, f'"{body}"'),), Safety.UNSAFE)
    return Diagnostic(
        rules.BAD_CHARACTER,
        message,
        tree.source,
        span,
        help="single quotes hold one character, double quotes a string",
        fix=fix,
    )


def _check_comments(tree: SyntaxTree) -> Iterator[Diagnostic]:
    """Report a `/*` that nothing closes: it is the last trivia of the file."""
    for match in open_comments(tree):
        if match[1]:
            yield Diagnostic(
                rules.UNTERMINATED_COMMENT,
                "this comment is never closed",
                tree.source,
                Span(match.start(1), match.start(1) + 2),
                help="everything after it was taken for comment; close it with `*/`",
            )


# --------------------------------------------------------------------------------------- nodes


def _check_specification(root: nodes.MofSpecification, seen: _Surroundings) -> Iterator[Diagnostic]:
    """Report declarations without their `;`."""
    tree = root.tree
    for child, after in zip(root.children, [*root.children[1:], None], strict=False):
        if not isinstance(child, Node) or not isinstance(child, _TERMINATED):
            continue
        if isinstance(after, int | nodes.Error) or child.end in tree.supplied:
            continue
        span = Span.at(child.span.end)
        yield Diagnostic(
            rules.MISSING_SEMICOLON,
            f"expected `;` after {describe(child)}",
            tree.source,
            span,
            fix=Fix("insert `;`", (Edit(span, ";"),)),
        )


_TERMINATED = (
    nodes.ClassDeclaration,
    nodes.InstanceDeclaration,
    nodes.StructureDeclaration,
    nodes.EnumerationDeclaration,
)


def _check_string_value(value: nodes.StringValue, seen: _Surroundings) -> Iterator[Diagnostic]:
    """Report words that stand where a string should."""
    tree = value.tree
    words = [token for token in value.tokens if tree.kinds[token] not in STRING_KINDS]
    if not words or seen.has_macros or value.first in seen.pragma_parameters:
        return
    alone = len(words) == len(value.tokens)
    if seen.has_mof3 and alone and len(words) == 1:
        return
    span = value.span if alone else tree.token_span(words[0])
    text = tree.source.text[span.start : span.end]
    looks_like_macro = all(_MACRO_NAME.fullmatch(tree.texts[word]) for word in words)
    single_line = "\n" not in text and "\r" not in text
    yield Diagnostic(
        rules.UNQUOTED_STRING,
        f"`{text}` is not a value" if single_line else "these words are not a value",
        tree.source,
        span,
        severity=Severity.WARNING if looks_like_macro or not alone else Severity.ERROR,
        help="a string needs quotes; a C macro needs a `#define`, and the preprocessor before mofcomp"
        if looks_like_macro or not alone
        else "a string needs quotes",
        fix=Fix("put it in quotes", (Edit(span, f'"{text}"'),), Safety.UNSAFE)
        if alone and single_line and "/" not in text
        else None,
    )


_MACRO_NAME = re.compile(r"[A-Z][A-Z0-9]*_[A-Z0-9_]*")


def _check_value_initializer(
    node: nodes.ValueInitializer, seen: _Surroundings
) -> Iterator[Diagnostic]:
    tree = node.tree
    is_broken = node.end in tree.supplied and not tree.starts_line(node.end)
    if node.value is None and node.qualifier_list is None and not is_broken:
        name = tree.texts[node.name]
        yield Diagnostic(
            rules.MISSING_VALUE,
            f"property `{name}` has no value",
            tree.source,
            tree.token_span(node.name),
            help="give it one with `=`; only a property provider's instances have none, "
            "and there a `PropertyContext` qualifier stands in front",
        )


def _check_qualifier(node: nodes.Qualifier, seen: _Surroundings) -> Iterator[Diagnostic]:
    parameter = node.one(nodes.QualifierParameter)
    if parameter is None:
        return
    tree, values = node.tree, parameter.values
    array = (
        values[0] if len(values) == 1 and isinstance(values[0], nodes.ArrayInitializer) else None
    )
    if len(values) < 2 and array is None:
        return
    span = parameter.span
    text = tree.source.text
    inside = array.text if array else "{" + text[span.start + 1 : span.end - 1] + "}"
    yield Diagnostic(
        rules.VALUES_IN_PARENTHESES,
        f"several values of qualifier `{tree.texts[node.name]}` in parentheses"
        if array is None
        else f"braces inside the parentheses of qualifier `{tree.texts[node.name]}`",
        tree.source,
        span,
        help="an array goes in braces alone: `Name{...}`",
        fix=Fix("use braces", (Edit(span, inside),)),
    )


def _check_qualifier_list(node: nodes.QualifierList, seen: _Surroundings) -> Iterator[Diagnostic]:
    if len(node.children) == len(node.tokens) == 2:  # noqa: PLR2004  # the brackets alone
        yield Diagnostic(
            rules.EMPTY_QUALIFIER_LIST,
            "expected a qualifier name between `[` and `]`",
            node.tree.source,
            node.span,
            fix=Fix("remove the brackets", (Edit(node.span, ""),)),
        )


def _check_class(node: nodes.ClassDeclaration, seen: _Surroundings) -> Iterator[Diagnostic]:
    alias, superclass = node.alias, node.superclass
    if alias and superclass and alias.first > superclass.first:
        yield Diagnostic(
            rules.ALIAS_AFTER_SUPERCLASS,
            f"alias `{node.tree.texts[alias.name]}` stands after the superclass",
            node.tree.source,
            alias.span,
            help="DSP0004 puts it right after the class name; other compilers may refuse this",
        )


def _mof3(node: Node, what: str, token: int) -> Diagnostic:
    return Diagnostic(
        rules.MOF3_CONSTRUCT,
        f"{what} is MOF 3.0, which mofcomp does not read",
        node.tree.source,
        node.tree.token_span(token),
    )


def _check_mof3_declaration(
    node: nodes.StructureDeclaration | nodes.EnumerationDeclaration, seen: _Surroundings
) -> Iterator[Diagnostic]:
    word = node.tokens[0]
    yield _mof3(node, f"`{node.tree.texts[word].lower()}` as a declaration", word)


def _check_nested(
    node: nodes.NestedStructure | nodes.NestedEnumeration, seen: _Surroundings
) -> Iterator[Diagnostic]:
    word = node.tree.texts[node.word]
    wanted = "structure" if isinstance(node, nodes.NestedStructure) else "enumeration"
    if word.lower() == wanted:
        yield _mof3(node, f"{'an' if wanted[0] == 'e' else 'a'} {wanted} inside a class", node.word)
    else:
        yield Diagnostic(
            rules.NESTED_DECLARATION,
            f"`{word} {node.tree.texts[node.name]}` opens braces inside a class",
            node.tree.source,
            Span(node.tree.starts[node.word], node.tree.token_end(node.name)),
            help="a member ends in `;`; classes cannot be nested",
        )


def _check_instance(
    node: nodes.InstanceDeclaration | nodes.EmbeddedInstance, seen: _Surroundings
) -> Iterator[Diagnostic]:
    word = node.tokens[0]
    if node.tree.kinds[word] == KIND["VALUE"]:
        yield _mof3(node, "`value of`", word)


def _check_enumeration_literal(
    node: nodes.EnumerationLiteral, seen: _Surroundings
) -> Iterator[Diagnostic]:
    if not seen.has_macros:
        yield _mof3(node, f"the enumeration literal `{node.text}`", node.first)


def _check_array_place(
    node: nodes.PropertyDeclaration | nodes.Parameter, seen: _Surroundings
) -> Iterator[Diagnostic]:
    array = node.array
    if array is None or array.first > node.name:
        return
    tree = node.tree
    moved = (Edit(array.span, ""), Edit(Span.at(tree.token_end(node.name)), array.text))
    yield Diagnostic(
        rules.MISPLACED_ARRAY,
        f"the brackets belong after the name: `{tree.texts[node.name]}{array.text}`",
        tree.source,
        array.span,
        fix=Fix("move them behind the name", moved),
    )


def _check_method(node: nodes.MethodDeclaration, seen: _Surroundings) -> Iterator[Diagnostic]:
    if node.array is not None:
        yield _mof3(node, f"an array as result of method `{node.tree.texts[node.name]}`", node.type)


_CHECKS: Final[dict[type[Node], Callable[[Any, _Surroundings], Iterator[Diagnostic]]]] = {
    nodes.MofSpecification: _check_specification,
    nodes.StringValue: _check_string_value,
    nodes.ValueInitializer: _check_value_initializer,
    nodes.Qualifier: _check_qualifier,
    nodes.QualifierList: _check_qualifier_list,
    nodes.ClassDeclaration: _check_class,
    nodes.StructureDeclaration: _check_mof3_declaration,
    nodes.EnumerationDeclaration: _check_mof3_declaration,
    nodes.NestedStructure: _check_nested,
    nodes.NestedEnumeration: _check_nested,
    nodes.InstanceDeclaration: _check_instance,
    nodes.EmbeddedInstance: _check_instance,
    nodes.EnumerationLiteral: _check_enumeration_literal,
    nodes.PropertyDeclaration: _check_array_place,
    nodes.Parameter: _check_array_place,
    nodes.MethodDeclaration: _check_method,
}
