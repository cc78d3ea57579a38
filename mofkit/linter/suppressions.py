"""Comments that keep findings from being reported.

    uint8 Speed = 300; // mofkit: noqa[SEM101]     this line, and what ends here, of these codes
    // mofkit: noqa                                … whatever it is
    // mofkit: disable=WDM,SEM101                  from here to `enable`, or to the end of the file
    // mofkit: enable=WDM
    // mofkit: file-noqa[ENC001]                   in all of this file

A code may be a family, or any beginning of codes; without codes, all are meant. `enable` ends what
was disabled by the same code, or by one that begins with it. A comment counts for its own file, and
anything may follow it. `noqa: SEM101` and `noqa SEM101`, as in other tools, are `noqa[SEM101]`.

`noqa` is for what begins on its line, and for all of what ends before it there (`enders.py`): a
declaration or member with its qualifiers, wherever they begin. So it does not matter whether
somebody breaks the line. The work is linear: a finding has few beginnings of its code to look up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from mofkit.diagnostics import Diagnostic, Fix
from mofkit.diagnostics.suggestions import nearest, replace_word
from mofkit.linter.codes import UnknownCodeError, code_for, known_codes
from mofkit.linter.config import ConfigOf, LintConfig
from mofkit.linter.enders import Enders
from mofkit.linter.suppression_rules import UNKNOWN_SUPPRESSION, UNUSED_SUPPRESSION
from mofkit.source import Edit, SourceFile, Span
from mofkit.syntax import ParseResult

__all__ = ["suppress"]

_VERBS: Final = ("noqa", "file-noqa", "disable", "enable")
_COMMENT = re.compile(
    r"(?P<open>//+|/\*+)[ \t]*(?P<said>mofkit:[ \t]*(?P<verb>[\w-]*))", re.IGNORECASE
)
_CODE = r"[A-Za-z0-9]+"
_LIST = rf"[ \t]*(?:{_CODE}[ \t]*(?:,[ \t]*{_CODE}[ \t]*)*+)?"
_BRACKETS: Final = re.compile(rf"\[(?P<list>{_LIST})\]")
_SIGN: Final = re.compile(rf"[ \t]*[:=](?P<list>{_LIST})")
_SPACE: Final = re.compile(r"[ \t]+(?P<list>[A-Za-z]{3}(?:[0-9]{1,4}\b|\b(?=[ \t]*(?:,|$|\*/))))")
_MORE: Final = re.compile(r"(?:[ \t]*,[ \t]*|[ \t]+)[A-Za-z]{3}[0-9]{1,4}\b")
"""A further code behind one without brackets; other words are words."""
_MAX_HINTS: Final = 100
"""Looking for the code that was meant takes a millisecond."""

_MAX_NESTED: Final = 64
"""Parts around a finding that are looked at; nothing that can be read is as deep."""

_EVERYTHING: Final = ""
"""What every code begins with."""
_ASKED_ELSEWHERE: Final = ("REG", "CPP")
"""Families that not every check looks for: whether a comment is for nothing, nobody knows."""


def suppress(
    findings: Sequence[Diagnostic],
    files: Iterable[ParseResult],
    config_of: ConfigOf,
    *,
    report_unused: bool = True,
) -> list[Diagnostic]:
    """Return the findings, in order, that no comment in the files suppresses.

    With them, what is wrong with the comments themselves.

    Args:
        findings: in order of path and place.
        files: those that may have such comments.
        config_of: which rules may have run.
        report_unused: whether comments that suppress nothing are findings.
    """
    by_file: dict[SourceFile, list[Diagnostic]] = {file.source: [] for file in files}
    kept: list[Diagnostic] = []
    for found in findings:
        by_file.get(found.source, kept).append(found)
    for file in files:
        config = config_of(file.source.path)
        comments = list(_comments(file, kept))
        kept += _unsuppressed(by_file[file.source], comments, file)
        if report_unused:
            kept += _unused(file.source, comments, config)
    return sorted(kept, key=lambda found: found.sort_key)


class _Code(NamedTuple):
    """A code that a comment names, and where; `_EVERYTHING` for a comment without codes."""

    code: str
    span: Span


@dataclass(slots=True)
class _Comment:
    """One comment that suppresses.

    Attributes:
        verb: of `_VERBS`.
        span: from `mofkit:` to the end of the codes.
        whole: with the marks of the comment, and the space before it, where it says nothing else.
        before: the token before it, -1 without one.
        used: the codes that suppressed something; of `enable`, those that ended something.
    """

    verb: str
    span: Span
    whole: Span
    codes: tuple[_Code, ...]
    before: int
    used: set[str] = field(default_factory=set)


_Active = dict[str, _Comment]
"""From each code, or beginning of codes, to the comment that suppresses it."""


# ------------------------------------------------------------------------------------ reading them


def _comments(file: ParseResult, complaints: list[Diagnostic]) -> Iterator[_Comment]:
    """Yield the comments of a file that suppress; what nobody understands goes to `complaints`."""
    source, tree = file.source, file.tree
    for found in _COMMENT.finditer(source.text):
        before = tree.token_at(found.start())
        if before >= 0 and tree.token_end(before) > found.start():
            continue  # in a string
        verb = found["verb"].lower()
        if verb not in _VERBS:
            complaints.append(_unknown_word(source, Span(*found.span("verb"))))
            continue
        listed, end = _listed(source.text, found.end())
        span = Span(found.start("said"), end)
        codes: tuple[_Code, ...] = (_Code(_EVERYTHING, span),)
        if listed is not None:
            codes = tuple(_codes(source, listed, complaints))
        yield _Comment(verb, span, _whole(source.text, found.start(), span), codes, before)


def _listed(text: str, at: int) -> tuple[Span | None, int]:
    """Return where codes are listed behind a word, if any are, and where that ends."""
    if found := _BRACKETS.match(text, at):
        return Span(*found.span("list")), found.end()
    found = _SIGN.match(text, at) or _SPACE.match(text, at)
    if found is None:
        return None, at
    end = found.end()
    while more := _MORE.match(text, end):
        end = more.end()
    return Span(found.start("list"), end), end


def _codes(source: SourceFile, span: Span, complaints: list[Diagnostic]) -> Iterator[_Code]:
    words = list(re.compile(_CODE).finditer(source.text, *span))
    if not words:
        complaints.append(Diagnostic(UNKNOWN_SUPPRESSION, "no code is named here", source, span))
    for found in words:
        place = Span(*found.span())
        try:
            yield _Code(code_for(found[0]), place)
        except UnknownCodeError as error:
            complaints.append(_unknown_code(source, place, str(error), complaints))


def _whole(text: str, start: int, span: Span) -> Span:
    """Return what to remove with a comment: its marks, too, if they hold nothing else."""
    rest = re.compile(r"[ \t]*(?:\*+/|(?=[\r\n])|\Z)" if text[start + 1] == "*" else r"[^\r\n]*")
    found = rest.match(text, span.end)
    if found is None or (text[start + 1] == "/" and found[0].strip()):
        return span
    while start and text[start - 1] in " \t":
        start -= 1
    return Span(start, found.end())


def _unknown_word(source: SourceFile, span: Span) -> Diagnostic:
    word = source.text[slice(*span)]
    said = f"`{word}` is no word that mofkit understands" if word else "nothing follows `mofkit:`"
    fix = replace_word(span, nearest(word[:20], _VERBS)) if word else None
    return Diagnostic(
        UNKNOWN_SUPPRESSION, said, source, span, help=f"write {', '.join(_VERBS)}", fix=fix
    )


def _unknown_code(
    source: SourceFile, span: Span, reason: str, before: Sequence[Diagnostic]
) -> Diagnostic:
    word = source.text[slice(*span)].upper()
    family = [code for code in known_codes() if code[:3] == word[:3]]
    fix = replace_word(span, nearest(word, family)) if len(before) < _MAX_HINTS else None
    return Diagnostic(
        UNKNOWN_SUPPRESSION, reason, source, span, help="`mofkit rule` lists the codes", fix=fix
    )


# ----------------------------------------------------------------------------------- applying them


def _unsuppressed(
    findings: Sequence[Diagnostic], comments: Sequence[_Comment], file: ParseResult
) -> Iterator[Diagnostic]:
    """Yield the findings of one file that are left, and note which comments did something.

    Findings and comments are gone through together, in order of place.
    """
    if not findings:
        return
    in_file = _actives(comment for comment in comments if comment.verb == "file-noqa")
    parts = _parts([comment for comment in comments if comment.verb == "noqa"], file)
    active: _Active = {}
    regions = [comment for comment in comments if comment.verb in ("disable", "enable")]
    at = 0
    around: list[_Part] = []
    for found in findings:
        place = found.span.start
        while at < len(regions) and regions[at].span.start <= place:
            _switch(active, regions[at])
            at += 1
        while parts and parts[-1].span.start <= place:
            around.append(parts.pop())
        around = [part for part in around[-_MAX_NESTED:] if place <= part.span.end]
        if not _hit(found.code, (*(part.active for part in around), active, in_file)):
            yield found
    for comment in regions[at:]:
        _switch(active, comment)


class _Part(NamedTuple):
    """A part of a file, and the comments that suppress what begins there."""

    span: Span
    active: _Active


def _parts(comments: Sequence[_Comment], file: ParseResult) -> list[_Part]:
    """Return what each line's `noqa` is for, the last part first."""
    if not comments:
        return []
    source = file.source
    enders = Enders(file.tree)
    by_line: dict[int, _Part] = {}
    for comment in comments:
        line = source.position(comment.span.start).line
        part = by_line.get(line) or _Part(source.line_span(line), {})
        start = min(part.span.start, enders.start(comment.before, part.span))
        part.active.update(_actives([comment]))
        by_line[line] = _Part(Span(start, part.span.end), part.active)
    return sorted(by_line.values(), key=lambda part: part.span, reverse=True)


def _actives(comments: Iterable[_Comment]) -> _Active:
    return {code.code: comment for comment in comments for code in comment.codes}


def _switch(active: _Active, comment: _Comment) -> None:
    """Begin or end what a region's comment says."""
    if comment.verb == "disable":
        active.update(_actives([comment]))
        return
    for code, _ in comment.codes:
        ended = [one for one in active if one.startswith(code)]
        for one in ended:
            del active[one]
        if ended:
            comment.used.add(code)


def _hit(code: str, actives: Iterable[_Active]) -> bool:
    """Say whether a code is suppressed, and note by which comments."""
    is_hit = False
    for active in actives:
        for length in range(len(code) + 1) if active else ():
            comment = active.get(code[:length])
            if comment is not None:
                comment.used.add(code[:length])
                is_hit = True
    return is_hit


# ------------------------------------------------------------------------------ those for nothing


def _unused(
    source: SourceFile, comments: Iterable[_Comment], config: LintConfig
) -> Iterator[Diagnostic]:
    @cache
    def was_asked(code: str) -> bool:
        if not code:
            return not config.select and not config.ignore
        return all(config.may_report(known) for known in known_codes() if known.startswith(code))

    for comment in comments:
        idle = [code for code in comment.codes if _is_idle(code.code, comment, was_asked)]
        if not idle:
            continue
        if len(idle) == len(comment.codes):
            span, edit = comment.span, Edit(comment.whole, "")
        else:
            span, edit = idle[0].span, _without(source, comment, idle)
        names = ", ".join(code.code for code in idle)
        verb = "ends" if comment.verb == "enable" else "suppresses"
        said = f"`{comment.verb}` of {names} {verb} nothing" if names else f"this {verb} nothing"
        yield Diagnostic(UNUSED_SUPPRESSION, said, source, span, fix=Fix("remove it", (edit,)))


def _is_idle(code: str, comment: _Comment, was_asked: Callable[[str], bool]) -> bool:
    """Say whether a code of a comment did nothing, though what it is for was looked for."""
    if code in comment.used or code.startswith(_ASKED_ELSEWHERE):
        return False
    return comment.verb == "enable" or was_asked(code)


def _without(source: SourceFile, comment: _Comment, idle: Sequence[_Code]) -> Edit:
    """Return the edit that leaves some codes out of a comment's list."""
    left = [source.text[slice(*code.span)] for code in comment.codes if code not in idle]
    span = Span(comment.codes[0].span.start, comment.codes[-1].span.end)
    return Edit(span, ", ".join(left))
