"""`lint_units`: one walk over what files declare, each element offered to the rules that asked.

A rule's module is imported only when a unit has one of the words the rule is about: a file without
drivers' classes does not load what is known about them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from mofkit.cim import (
    CimClass,
    CimDirective,
    CimInstance,
    CimMethod,
    CimProperty,
    CimQualifierDeclaration,
)
from mofkit.compiler import BindResult
from mofkit.diagnostics import Diagnostic, Rule
from mofkit.linter.config import ConfigOf, LintConfig, as_config_of
from mofkit.linter.lint_rule import Findings, LintRule, Qualified
from mofkit.linter.page import rule_of
from mofkit.linter.registry import REGISTRY, Row
from mofkit.linter.reporting import reported
from mofkit.linter.unit import FileSet, Unit, with_embedded
from mofkit.source import SourceFile
from mofkit.syntax import ParseResult, parse

if TYPE_CHECKING:
    from mofkit.preprocessor import Expansion

__all__ = ["all_rules", "lint_bound", "lint_units", "load"]


def lint_bound(
    results: Sequence[ParseResult],
    bound: Sequence[BindResult],
    config: LintConfig | ConfigOf,
    extra: Iterable[Diagnostic] = (),
    *,
    made: Collection[SourceFile] = (),
    expansions: Collection[Expansion] = (),
    obeys_comments: bool = True,
    suppressed: list[Diagnostic] | None = None,
) -> list[Diagnostic]:
    """Return all that is wrong with files: what reading and binding them found, and the rules.

    `config` holds for all files, or is a function that says what holds for each path; `extra` is
    what others have found. In the texts `made`, which nobody wrote, no comment suppresses anything:
    strangers may have put it there; nor anywhere with `obeys_comments` false. Findings about what
    the C preprocessor made of files (`expansions`) are moved to the files. What comments suppress
    is added to `suppressed`. The findings are in order of path and place, each once, and without
    those that are not wanted.
    """
    config_of = as_config_of(config)
    findings = [*extra, *(finding for result in results for finding in result.diagnostics)]
    findings += [finding for one in bound for finding in one.diagnostics]
    units = [Unit(one, config_of(one.files[0].source.path).dialect) for one in bound]
    findings += lint_units(units, config_of)
    files = {file.source: file for one in bound for file in one.files if file.source not in made}
    if expansions:
        findings, files = _as_written(findings, files, expansions)
    commented = [*results, *files.values()] if obeys_comments else []
    return reported(findings, commented, config_of, suppressed=suppressed)


def _as_written(
    findings: Iterable[Diagnostic],
    files: dict[SourceFile, ParseResult],
    expansions: Collection[Expansion],
) -> tuple[list[Diagnostic], dict[SourceFile, ParseResult]]:
    """Return findings, and files, with what people wrote for what the C preprocessor made of it."""
    from mofkit.preprocessor.expansion import relocated

    of_text = {expansion.source for expansion in expansions}
    written = {text: file for text, file in files.items() if text not in of_text}
    for expansion in expansions:
        for source in (expansion.original, *expansion.headers):
            written.setdefault(source, parse(source))
    return relocated(findings, expansions), written


def all_rules() -> list[Rule]:
    """Return the pages of all rules, for which all of them are imported."""
    return [rule_of(load(row)) for row in REGISTRY]


def load(row: Row) -> type[LintRule]:
    """Return the rule of a row of the registry."""
    module = import_module(f"mofkit.linter.rules.{row.module}")
    rule: type[LintRule] = getattr(module, row.class_name)
    return rule


def lint_units(units: Sequence[Unit], config: LintConfig | ConfigOf) -> list[Diagnostic]:
    """Return what the rules have to say about units, each seeing the others.

    Files that are parts of several units are looked at with each of them, so a finding can be there
    several times. Suppressions and levels are not applied here.
    """
    config_of = as_config_of(config)
    files = FileSet(units)
    rows_of: dict[tuple[int, ...], list[Row]] = {}
    findings: list[Diagnostic] = []
    for unit in units:
        unit.files = files
        configs = {id(config): config for config in map(config_of, unit.paths)}
        key = tuple(configs)
        if key not in rows_of:
            rows_of[key] = _rows_for(configs.values())
        rules = [load(row)(unit) for row in rows_of[key] if row.applies_to(unit)]
        if rules:
            findings += _walk(unit, rules)
    return findings


def _rows_for(configs: Collection[LintConfig]) -> list[Row]:
    """Return the rules of which findings may be wanted."""

    def may_report(row: Row, config: LintConfig) -> bool:
        return (config.may_report_info if row.is_info else config.may_report)(row.code)

    return [row for row in REGISTRY if any(may_report(row, config) for config in configs)]


def _walk(unit: Unit, rules: Sequence[LintRule]) -> Iterator[Diagnostic]:
    asked = _Asked(rules)
    for file in unit.parsed:
        yield from _offer(asked.file, file)
    for item in unit.schema.items:
        match item:
            case CimClass():
                yield from _walk_class(item, asked)
            case CimInstance():
                for instance in with_embedded(item):
                    yield from _offer(asked.instance, instance)
                    yield from _walk_qualifiers(instance, asked)
            case CimDirective():
                yield from _offer(asked.directive, item)
            case CimQualifierDeclaration():
                yield from _offer(asked.qualifier_declaration, item)
    yield from _offer(asked.unit)


def _walk_class(cim_class: CimClass, asked: _Asked) -> Iterator[Diagnostic]:
    yield from _offer(asked.class_, cim_class)
    yield from _walk_qualifiers(cim_class, asked)
    if not asked.wants_members:
        return
    for feature in cim_class.features:
        if isinstance(feature, CimProperty):
            yield from _offer_member(asked.property_, feature, cim_class, feature)
            yield from _walk_qualifiers(feature, asked)
        elif isinstance(feature, CimMethod):
            yield from _offer_member(asked.method, feature, cim_class, feature)
            yield from _walk_qualifiers(feature, asked)
            for parameter in feature.parameters:
                yield from _offer_member(asked.parameter, parameter, cim_class, feature, parameter)
                yield from _walk_qualifiers(parameter, asked)


def _walk_qualifiers(owner: Qualified, asked: _Asked) -> Iterator[Diagnostic]:
    for qualifier in owner.qualifiers:
        for check in asked.qualifier.always:
            yield from check(owner, qualifier)
        for check in asked.qualifier.about.get(qualifier.name.lower(), ()):
            yield from check(owner, qualifier)


def _offer_member(checks: _Checks, member: Qualified, *elements: Any) -> Iterator[Diagnostic]:
    for check in checks.always:
        yield from check(*elements)
    if checks.about:
        asking = {
            check: None
            for qualifier in member.qualifiers
            for check in checks.about.get(qualifier.name.lower(), ())
        }
        for check in asking:
            yield from check(*elements)


def _offer(checks: Iterable[Check], *elements: Any) -> Iterator[Diagnostic]:
    for check in checks:
        yield from check(*elements)


Check: TypeAlias = Callable[..., Findings]


class _Checks:
    """The checks of one kind of element: those that want all, and those about a qualifier."""

    def __init__(self, checks: Iterable[tuple[LintRule, Check]]) -> None:
        self.always: list[Check] = []
        self.about: dict[str, list[Check]] = {}
        for rule, check in checks:
            if not rule.about:
                self.always.append(check)
            for name in rule.about:
                self.about.setdefault(name, []).append(check)

    def __bool__(self) -> bool:
        return bool(self.always or self.about)


class _Asked:
    """For each kind of element the checks that want it: the methods that a rule overrides."""

    def __init__(self, rules: Sequence[LintRule]) -> None:
        def of(name: str) -> list[tuple[LintRule, Check]]:
            inherited = getattr(LintRule, name)
            return [
                (rule, getattr(rule, name))
                for rule in rules
                if getattr(type(rule), name) is not inherited
            ]

        def all_of(name: str) -> list[Check]:
            return [check for _, check in of(name)]

        self.file = all_of("check_file")
        self.unit = all_of("check_unit")
        self.directive = all_of("check_directive")
        self.qualifier_declaration = all_of("check_qualifier_declaration")
        self.class_ = all_of("check_class")
        self.instance = all_of("check_instance")
        self.property_ = _Checks(of("check_property"))
        self.method = _Checks(of("check_method"))
        self.parameter = _Checks(of("check_parameter"))
        self.qualifier = _Checks(of("check_qualifier"))
        self.wants_members = bool(self.property_ or self.method or self.parameter or self.qualifier)
