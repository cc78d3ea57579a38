"""`mofkit dump`: what mofkit sees in a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from mofkit.cli import options
from mofkit.cli.files import read_source
from mofkit.cli.terminal import write
from mofkit.syntax import Node, SyntaxTree, Token, parse

if TYPE_CHECKING:
    from mofkit.syntax import ParseResult

_INDENT = 2
_DEEPEST_INDENT = 60  # levels; deeper ones are not set further in


@click.command("dump")
@click.argument("file")
@click.option(
    "--what",
    type=click.Choice(["tokens", "tree", "schema"]),
    default="tree",
    show_default=True,
    help="The tokens, the syntax tree, or what the file declares.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it; the JSON of a schema is described in docs/dump-schema.json.",
)
@options.include_folders
def command(file: str, what: str, format_: str, include_folders: tuple[str, ...]) -> int:
    """Print the tokens, the tree or the schema of FILE (- for standard input).

    What is wrong with the file goes to standard error, a line each; the exit code is then 1.

    \b
    Examples:
      mofkit dump driver.mof
      mofkit dump --what tokens --format json driver.mof
      mofkit dump --what schema --format json driver.mof
    """
    result = parse(read_source(file))
    findings = list(result.diagnostics)
    if what == "schema":
        from mofkit.cli.includes import FileLoader, folder_of
        from mofkit.compiler import bind

        bound = bind([result], loader=FileLoader(include_folders, [folder_of(file)]))
        findings += bound.diagnostics
        from mofkit.cim.plain import to_plain

        plain = to_plain(bound.schema)
        write(_json(plain) if format_ == "json" else _plain_text(plain))
    else:
        _dump_syntax(result, what, format_)
    return _complain(findings)


def _dump_syntax(result: ParseResult, what: str, format_: str) -> None:
    tree = result.tree
    if what == "tokens":
        pieces = _tokens_json(tree) if format_ == "json" else _tokens_text(tree)
    else:
        pieces = _tree_json(tree) if format_ == "json" else _tree_text(tree)
    for piece in pieces:
        write(piece)


def _complain(findings: list[Any]) -> int:
    from mofkit.diagnostics import Severity
    from mofkit.diagnostics.render import concise

    findings = [finding for finding in findings if finding.severity > Severity.INFO]
    if findings:
        write(concise.render(findings), sys.stderr)
    return int(bool(findings))


def _json(value: object) -> str:
    import json

    return json.dumps(value, indent=_INDENT, ensure_ascii=False) + "\n"


# -------------------------------------------------------------------------------------- tokens


def _tokens_text(tree: SyntaxTree) -> Iterator[str]:
    for token in tree.tokens():
        place = tree.source.position(token.span.start)
        yield f"{place.line}:{place.column}\t{token.kind}\t{_visible(token.text)}\n"


def _tokens_json(tree: SyntaxTree) -> Iterator[str]:
    yield from _json_list(_token_json(tree, token) for token in tree.tokens())


def _token_json(tree: SyntaxTree, token: Token) -> str:
    import json

    from mofkit.diagnostics.render.json_ import location

    place = location(tree.source, token.span)
    return json.dumps(
        {"kind": token.kind, "text": token.text, "location": place},
        ensure_ascii=False,
    )


def _json_list(items: Iterator[str]) -> Iterator[str]:
    yield "["
    separator = "\n"
    for item in items:
        yield f"{separator}{item}"
        separator = ",\n"
    yield "\n]\n"


def _visible(text: str) -> str:
    from mofkit.diagnostics.render.glyphs import visible

    return visible(text.replace("\r\n", "\n").replace("\n", "␊"))


# ---------------------------------------------------------------------------------------- tree


def _events(tree: SyntaxTree) -> Iterator[tuple[int, Node | int | None]]:
    """Yield (depth, node or token) in file order, and (depth, None) where a node ends."""
    todo: list[tuple[int, Node | int | None]] = [(0, tree.root)]
    while todo:
        depth, item = todo.pop()
        yield depth, item
        if isinstance(item, Node):
            todo.append((depth, None))
            todo += [(depth + 1, child) for child in reversed(item.children)]


def _tree_text(tree: SyntaxTree) -> Iterator[str]:
    for depth, item in _events(tree):
        if item is None:
            continue
        indent = " " * (_INDENT * min(depth, _DEEPEST_INDENT))
        if isinstance(item, Node):
            yield f"{indent}{item.production}\n"
        else:
            token = tree.token(item)
            yield f"{indent}{token.kind} {_visible(token.text)}\n"


def _tree_json(tree: SyntaxTree) -> Iterator[str]:
    """Write nested objects piece by piece: json.dumps would refuse deep nesting."""
    first = True
    for depth, item in _events(tree):
        if item is None:
            yield "]}"
            first = False
            continue
        lead = "" if first else ",\n" if depth else ""
        if isinstance(item, Node):
            yield f'{lead}{{"node": "{item.production}", "children": ['
            first = True
        else:
            yield f"{lead}{_token_json(tree, tree.token(item))}"
            first = False
    yield "\n"


# -------------------------------------------------------------------------------------- schema


def _plain_text(value: object, depth: int = 0) -> str:
    """Return plain data as indented lines, in the manner of YAML."""
    indent = " " * (_INDENT * depth)
    if isinstance(value, dict):
        return "".join(
            f"{indent}{key}:{_plain_inline(item, depth)}"
            for key, item in value.items()
            if item not in (None, [], {})
        )
    if isinstance(value, list):
        return "".join(f"{indent}-{_plain_inline(item, depth)}" for item in value)
    return f"{indent}{value!r}\n"


def _plain_inline(item: object, depth: int) -> str:
    if isinstance(item, dict | list):
        return "\n" + _plain_text(item, depth + 1)
    return f" {_scalar(item)}\n"


def _scalar(item: object) -> str:
    import json

    return json.dumps(item, ensure_ascii=False)
