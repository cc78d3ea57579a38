"""`mofkit rule`: what a diagnostic's code means."""

from __future__ import annotations

from difflib import get_close_matches

import click

from mofkit.api import rules
from mofkit.cli.terminal import write
from mofkit.diagnostics import Rule
from mofkit.diagnostics.rule_page import render_page


@click.command("rule")
@click.argument("code", required=False)
@click.option("--all", "show_all", is_flag=True, help="Every rule, in order of code.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "md", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
def command(code: str | None, show_all: bool, format_: str) -> None:
    """Explain a diagnostic: what it means, why it matters, what to write instead.

    CODE is a code such as SYN002, in any letter case, or a name such as missing-semicolon. Without
    one, the list of all codes is printed.

    \b
    Examples:
      mofkit rule SYN002
      mofkit rule missing-semicolon
      mofkit rule --all --format md
    """
    if code and show_all:
        raise click.UsageError("give a CODE or --all, not both")
    known = rules()
    if code:
        chosen: tuple[Rule, ...] = (_find(code, known),)
    elif show_all or format_ == "json":
        chosen = known
    else:
        for rule in known:
            write(f"{rule.code}  {rule.severity.label:7}  {rule.name}\n")
        return
    if format_ == "json":
        write(_to_json(chosen))
    else:
        write("\n".join(render_page(rule, "md" if format_ == "md" else "text") for rule in chosen))


def _find(code: str, known: tuple[Rule, ...]) -> Rule:
    for rule in known:
        if code.upper() == rule.code or code.lower() == rule.name:
            return rule
    names = [name for rule in known for name in (rule.code, rule.name)]
    near = get_close_matches(code.upper(), names, 1) or get_close_matches(code.lower(), names, 1)
    hint = f"; did you mean {near[0]}?" if near else "; `mofkit rule` lists them"
    raise click.BadParameter(f"there is no rule {code!r}{hint}", param_hint="CODE")


def _to_json(chosen: tuple[Rule, ...]) -> str:
    import json

    pages = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.label,
            "what": rule.what,
            "why": rule.why,
            "example": rule.example,
            "instead": rule.instead,
            "source": rule.source,
            "wbemmof": rule.wbemmof or None,
        }
        for rule in chosen
    ]
    return json.dumps(pages, indent=2, ensure_ascii=False) + "\n"
