"""`mofkit rule`: what a diagnostic's code means."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

import click

from mofkit.api import rules
from mofkit.cli.output import write_files
from mofkit.cli.terminal import write
from mofkit.diagnostics import Rule
from mofkit.diagnostics.rule_page import render_page
from mofkit.linter.registry import NOT_CHECKED, SAID_ELSEWHERE

__all__ = ["command", "rule_pages"]


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
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="With --all --format md: write a page for each rule, and README.md as their list.",
)
def command(code: str | None, show_all: bool, format_: str, folder: str | None) -> None:
    """Explain a diagnostic: what it means, why it matters, what to write instead.

    CODE is a code such as SYN002, in any letter case, or a name such as missing-semicolon. Without
    one, the list of all codes is printed; those of binary MOF, such as E-SIZE, are not in it.

    \b
    Examples:
      mofkit rule SYN002
      mofkit rule missing-semicolon
      mofkit rule --all --format md
      mofkit rule --all --format md -o docs/rules
    """
    if folder is not None and not (show_all and format_ == "md"):
        raise click.UsageError("-o goes with --all --format md")
    if code and show_all:
        raise click.UsageError("give a CODE or --all, not both")
    if code and code.upper() in NOT_CHECKED:
        write(_not_checked(code.upper(), is_json=format_ == "json"))
        return
    known = rules()
    if code:
        chosen: tuple[Rule, ...] = (_find(code, known),)
    elif show_all or format_ == "json":
        chosen = known
    else:
        for rule in known:
            write(f"{rule.code}  {rule.severity.label:7}  {rule.name}\n")
        return
    if folder is not None:
        pages = rule_pages(known).items()
        write_files({str(Path(folder, name)): text.encode() for name, text in pages})
    elif format_ == "json":
        write(_to_json(chosen))
    else:
        if code and code.upper() in SAID_ELSEWHERE:
            write(f"{code.upper()} is no rule of its own: {chosen[0].code} reports it.\n\n")
        write("\n".join(render_page(rule, "md" if format_ == "md" else "text") for rule in chosen))


_FAMILIES = {
    "CPP": "The C preprocessor's directives",
    "ENC": "Bytes and characters",
    "EVT": "Event subscriptions",
    "GEN": "Files and registrations in general",
    "LOC": "Localisation",
    "NSP": "Namespaces",
    "PRV": "Provider registrations",
    "REG": "Registration info held against MOF",
    "SEC": "Security",
    "SEM": "Meaning",
    "STY": "Style, and quiet traps",
    "SYN": "Syntax",
    "WDM": "Driver classes",
}


def rule_pages(known: tuple[Rule, ...]) -> Mapping[str, str]:
    """Return the files of the documentation: `SYN002.md` for each rule, and their `README.md`."""
    pages = {f"{rule.code}.md": render_page(rule, "md") for rule in known}
    return {**pages, "README.md": _index(known)}


def _index(known: tuple[Rule, ...]) -> str:
    """Return the list of all rules, a table for each family."""
    lines = [
        "# Rules",
        "",
        "What `mofkit` reports, and what each code means; `mofkit rule CODE` prints the same page.",
        "Findings of level info are reported only where they are selected. What has a fix, `mofkit",
        "check --fix` mends; the page says how safe that is.",
    ]
    family = ""
    for rule in known:
        if rule.code[:3] != family:
            family = rule.code[:3]
            lines += ["", f"## {family}: {_FAMILIES[family]}", ""]
            lines += ["| code | name | level | fix |", "| --- | --- | --- | --- |"]
        has_fix = "yes" if rule.fix_safety else ""
        lines.append(
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity.label} | {has_fix} |"
        )
    return "\n".join(lines) + "\n"


def _find(code: str, known: tuple[Rule, ...]) -> Rule:
    if code.upper().startswith(("E-", "W-")):
        from mofkit.linter.binary_rules import binary_rules

        known = tuple(binary_rules().values())
    code = SAID_ELSEWHERE.get(code.upper(), code)
    for rule in known:
        if code.upper() == rule.code or code.lower() == rule.name:
            return rule
    names = [name for rule in known for name in (rule.code, rule.name)]
    near = (
        [name for name in names if name.startswith((code.upper(), code.lower()))]
        or get_close_matches(code.upper(), names, 1)
        or get_close_matches(code.lower(), names, 1)
    )
    hint = f"; did you mean {near[0]}?" if near else "; `mofkit rule` lists them"
    raise click.BadParameter(f"there is no rule {code!r}{hint}", param_hint="CODE")


def _not_checked(code: str, *, is_json: bool) -> str:
    """Return why a code of the catalogues has no page."""
    if not is_json:
        return f"{code} is no rule: {NOT_CHECKED[code]}\n"
    import json

    return json.dumps([{"code": code, "not_checked": NOT_CHECKED[code]}], indent=2) + "\n"


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
            "fix_safety": rule.fix_safety or None,
        }
        for rule in chosen
    ]
    return json.dumps(pages, indent=2, ensure_ascii=False) + "\n"
