"""Parsing any file whatever is wrong with it: where the text stops fitting, what was done about it.

Takes token kinds, gives a `Parse`: the steps that rebuild the tree, and a `Fault` for each place
where the text did not fit. A fault is repaired in the cheapest way that lets the parse go on
(Burke & Fisher 1987, over interned stacks, where a trial costs a few lookups):

1. Insert, delete or replace a token at the fault or a few tokens before it. The repair after which
   the parse gets furthest wins; a repair must take at least `PROOF` tokens beyond the fault.
2. Otherwise give up what is being read: go back to the innermost stack that takes the grammar's
   ERROR (a feature, a qualifier, a parameter, an item), and skip to where the parse can go on.

A repair never looks behind the previous one, and the work on a fault is bounded, so that time stays
linear. After `MAX_FAULTS` faults the rest of the file is given up: nobody reads that many.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import cached_property
from typing import Final

from mofkit.syntax.lalr import Cell, UnexpectedToken
from mofkit.syntax.lexer import END, KEYWORDS, KIND, NAME, UNKNOWN, token_starts, token_texts
from mofkit.syntax.parser import Parser, accessing_symbol, may_be_name
from mofkit.syntax.steps import ERROR, Deleted, Parse, Run, Skipped, Supplied

OPENERS: Final = {KIND["LBRACE"], KIND["LBRACKET"], KIND["LPAREN"]}
CLOSER_OF: Final = {
    KIND["LBRACE"]: KIND["RBRACE"],
    KIND["LBRACKET"]: KIND["RBRACKET"],
    KIND["LPAREN"]: KIND["RPAREN"],
}
CLOSERS: Final = frozenset(CLOSER_OF.values())
_OPENER_OF: Final = {closer: opener for opener, closer in CLOSER_OF.items()}
NULL: Final = KIND["NULL"]
_SEMICOLON = KIND["SEMICOLON"]
_COMMA = KIND["COMMA"]
_LBRACE = KIND["LBRACE"]
_LPAREN = KIND["LPAREN"]
_EQUAL = KIND["EQUAL"]
_STRING = KIND["STRING"]

PROOF: Final = 2
"""Tokens that must fit beyond a fault before a repair is believed."""

MAX_FAULTS: Final = 1000

_LOOKAHEAD = 12  # tokens a trial reads beyond the fault
_LOOKBACK = 4  # tokens before the fault where a repair may start
_MAX_CLOSERS = 6  # tokens one repair may supply to close what is open
_MAX_POPS = 200  # parts already read that giving up looks through before it gives up everything
_MAX_SKIP = 2000  # tokens it skips inside a declaration
_INSERTABLE = tuple(
    KIND[name]
    for name in (
        "SEMICOLON",
        "RBRACKET",
        "RPAREN",
        "RBRACE",
        "COMMA",
        "EQUAL",
        "LBRACE",
        "LPAREN",
        "LBRACKET",
        "COLON",
    )
)
_KEYWORDS_IN_FRONT_OF: Final = {
    NAME: [KIND["CLASS"], KIND["INSTANCE"], KIND["OF"]],
    KIND["ALIAS_IDENTIFIER"]: [KIND["AS"]],
    KIND["PRAGMA"]: [KIND["HASH"]],
    KIND["INCLUDE"]: [KIND["HASH"]],
}
_ENDS_VALUE: Final = CLOSERS | {_SEMICOLON, _COMMA}
_KEYWORD_KINDS = frozenset(KEYWORDS.values())
_MISTAKEN_FOR: Final[dict[int, Collection[int]]] = {
    **dict.fromkeys(CLOSERS, CLOSERS),
    **dict.fromkeys(OPENERS, OPENERS),
    **{
        KIND[typed]: [KIND[meant] for meant in others]
        for typed, others in {
            "SEMICOLON": ("COMMA", "COLON", "EQUAL"),
            "COMMA": ("SEMICOLON", "DOT"),
            "COLON": ("SEMICOLON", "EQUAL", "COMMA"),
            "EQUAL": ("COLON",),
            "DOT": ("COMMA", "SEMICOLON"),
        }.items()
    },
    UNKNOWN: _INSERTABLE,
}
_HEADS_AND_LINKS = frozenset(KIND[name] for name in ("CLASS", "INSTANCE", "OF", "AS"))
_HEADS = frozenset(
    KIND[name] for name in ("CLASS", "INSTANCE", "QUALIFIER", "STRUCTURE", "ENUMERATION")
)


class Repair(Enum):
    """What was done about a fault."""

    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the text does not fit the grammar.

    Attributes:
        token: the first token that fits nowhere.
        cell: the stack in front of it: what it would accept is what was expected.
        repair: what was done.
        place: the token in front of which, or at which, it was done; `token` or a bit before.
        kinds: the kinds supplied (INSERT, REPLACE).
        end: SKIP: the token where reading went on.
        opener: the token of the innermost bracket open at `place`, -1 where there is none.
    """

    token: int
    cell: Cell
    repair: Repair
    place: int
    kinds: tuple[int, ...] = ()
    end: int = -1
    opener: int = -1


def recover(parser: Parser, kinds: list[int], run: Run, text: str) -> Parse:
    """Read on from where `run` met a fault, to the end of the file; never fails.

    `text` only helps to choose among repairs.
    """
    return _Recovery(parser, kinds, run, text).finish()


class _Recovery:
    """The state of a parse that met a fault."""

    def __init__(self, parser: Parser, kinds: list[int], run: Run, text: str) -> None:
        self.parser = parser
        self.kinds = kinds
        self.run = run
        self.text = text
        self.parse = Parse(kinds)
        self.brackets = _Brackets(kinds)

    def finish(self) -> Parse:
        while True:
            self._repair()
            rest = iter(self.kinds)
            rest.__setstate__(self.run.first)  # type: ignore[attr-defined]  # islice would walk
            if self.parser.run(self.run.cells, rest):
                break
        self.parse.steps.append(self.run)
        return self.parse

    def _repair(self) -> None:
        token = self.run.first + len(self.run.cells) - 1
        if len(self.parse.faults) == MAX_FAULTS:
            self._give_up(token)
            return
        if self._is_in_nested_class(token) or self._is_behind_open_string(token):
            self._skip(token)
            return
        best = max(self._local_repairs(token), default=None, key=lambda trial: trial.score)
        if best is None:
            self._skip(token)
        else:
            self._apply(token, best)

    def _cell(self, token: int) -> Cell:
        return self.run.cells[token - self.run.first]

    @cached_property
    def _starts(self) -> list[int]:
        return token_starts(self.text)

    @cached_property
    def _texts(self) -> list[str]:
        return token_texts(self.text)

    def _starts_line(self, token: int) -> bool:
        if not token:
            return True
        gap = self.text[self._starts[token - 1] + len(self._texts[token - 1]) : self._starts[token]]
        return "\n" in gap or "\r" in gap

    def _replacements(self, token: int) -> Collection[int]:
        """Return what may have been meant: a neighbour on the keyboard, or a keyword misspelled."""
        kind = self.kinds[token]
        if kind != NAME:
            return _MISTAKEN_FOR.get(kind, ())
        word = self._texts[token].lower()
        if len(word) == 2:  # too short to be similar; letters swapped
            return [KEYWORDS[word[::-1]]] if word[::-1] in KEYWORDS else ()
        return [KEYWORDS[match] for match in get_close_matches(word, KEYWORDS, 2, 0.65)]

    def _is_behind_open_string(self, token: int) -> bool:
        """Say whether a string that nothing closes took in what should stand in front of a `;`."""
        return (
            token > self.run.first
            and self.kinds[token] == _SEMICOLON
            and self.kinds[token - 1] == KIND["UNTERMINATED_STRING"]
        )

    def _is_in_nested_class(self, token: int) -> bool:
        """Say whether the fault is behind the word `class` of a class inside a class.

        Either the outer class was never closed, and then another declaration or the end follows, or
        the inner one stands in it, and then members of the outer one or its `}` do.
        """
        if not token or self.kinds[token - 1] != KIND["CLASS"] or token == self.run.first:
            return False
        depth = 0
        for place in range(token, min(token + _MAX_SKIP, len(self.kinds))):
            kind = self.kinds[place]
            depth += (kind == _LBRACE) - (kind == KIND["RBRACE"])
            if kind == _SEMICOLON and depth == 0:
                following = self.kinds[place + 1]
                member = following == NAME and self.kinds[place + 2] not in OPENERS
                return following == KIND["RBRACE"] or member
        return False

    # ------------------------------------------------------------------------ local repairs

    def _local_repairs(self, token: int) -> list[_Trial]:
        trials = [self._try(token, *candidate) for candidate in self._candidates(token)]
        return [trial for trial in trials if trial is not None]

    def _candidates(self, token: int) -> Iterator[tuple[int, tuple[int, ...], Repair]]:
        """Yield the repairs worth trying: where, the kinds supplied there, and what it is."""
        for place in self._places(token):
            cell = self._cell(place)
            for supplied in self._insertions(cell, place):
                yield place, supplied, Repair.INSERT
            if place < token - 1 or self.kinds[place] == END:
                continue
            if self.kinds[place] != _SEMICOLON:
                yield place, (), Repair.DELETE
            for kind in self._replacements(place):
                if cell.accepts(kind) and not _would_nest(cell, kind):
                    yield place, (kind,), Repair.REPLACE

    def _places(self, token: int) -> list[int]:
        """Return where a repair may start, nearest first.

        These are the last tokens, and the start of a declaration whose first words are among them.
        """
        first = self.run.first
        near = list(range(token, max(first, token - _LOOKBACK) - 1, -1))
        far = []
        for place in near:
            if self.kinds[place] in _HEADS and place > first:
                start = self.brackets.list_start(place - 1)
                if first <= start < near[-1]:
                    far.append(start)
                if start > first and self.kinds[start - 1] == _SEMICOLON:
                    far.append(start - 1)  # the `;` of the brace that is missing
        return near + far

    def _insertions(self, cell: Cell, place: int) -> list[tuple[int, ...]]:
        """Return the kinds worth supplying in front of a token.

        That is one, or all that close what is open until the token fits.
        """
        wanted = self.kinds[place]
        candidates = [*_INSERTABLE, *_KEYWORDS_IN_FRONT_OF.get(wanted, ())]
        if wanted in _ENDS_VALUE and cell.accepts(_STRING):
            candidates.append(NULL)  # stands for a value that is missing
        single = [
            (kind,)
            for kind in candidates
            if cell.accepts(kind)
            and not _would_nest(cell, kind)
            and not (kind == _LBRACE and wanted == KIND["AS"])
        ]
        closing: list[tuple[int, ...]] = []
        frontier: list[tuple[tuple[int, ...], Cell]] = [((), cell)]
        for _ in range(_MAX_CLOSERS):
            frontier = [
                ((*kinds, kind), before[kind])
                for kinds, before in frontier
                for kind in (_SEMICOLON, *CLOSERS)
                if before.accepts(kind) and (kind != _SEMICOLON or kinds[-1:] != (_SEMICOLON,))
            ][:8]
            closing += [
                kinds for kinds, after in frontier if len(kinds) > 1 and after.accepts(wanted)
            ]
            if closing:
                break
        return single + closing

    def _try(
        self, token: int, place: int, supplied: tuple[int, ...], repair: Repair
    ) -> _Trial | None:
        """Return how far the parse gets with a repair, None when that proves nothing."""
        suspicions = self.parser.suspicions
        resume = place if repair is Repair.INSERT else place + 1
        cell = self._cell(place)
        try:
            for kind in supplied:
                cell = cell[kind]
        except UnexpectedToken:
            return None
        if repair is Repair.INSERT and supplied[-1] in _HEADS_AND_LINKS and may_be_name(cell.state):
            return None  # only a keyword as such is worth supplying
        reached = resume
        limit = min(token + _LOOKAHEAD, len(self.kinds))
        try:
            while reached < limit:
                cell = cell[self.kinds[reached]]
                reached += 1
        except UnexpectedToken:
            pass
        proof = PROOF
        if supplied == (_SEMICOLON,) and repair is Repair.INSERT:
            # What people forget most: the next mistake may be near.
            if self.kinds[place] == KIND["RBRACE"]:
                proof = 0
            elif self._starts_line(place):
                proof = 1
        if reached <= token + proof and reached < len(self.kinds):
            return None
        price = 3 * (self.parser.suspicions - suspicions) + 2 * max(len(supplied) - 1, 0)
        if repair is Repair.DELETE and self.kinds[place] not in CLOSERS | {_COMMA, UNKNOWN}:
            price += 2
        score = (
            reached - price,
            self._likelihood(place, supplied, repair),
            place,
        )
        return _Trial(score, place, supplied, resume, repair)

    def _likelihood(self, place: int, supplied: tuple[int, ...], repair: Repair) -> int:
        """Rank repairs that get equally far: what people forget or mistype most comes first."""
        if repair is Repair.DELETE:
            if self.kinds[place] == _COMMA and self.kinds[place + 1] in CLOSERS:
                return 4
            return 1 if self.kinds[place] in CLOSERS or self.kinds[place] == UNKNOWN else 0
        if repair is Repair.REPLACE:
            if self.kinds[place] in OPENERS:
                return 1
            ends_line = self.kinds[place] == _SEMICOLON and self._starts_line(place + 1)
            return 1 if ends_line else 3
        if set(supplied) <= CLOSERS | {_SEMICOLON}:
            return 2 + self._starts_line(place)
        return {NULL: 2, _EQUAL: -1}.get(supplied[0], 1)

    def _apply(self, token: int, trial: _Trial) -> None:
        place = trial.place
        cell = self._cell(place)
        self._keep_run_until(place)
        self.parse.faults.append(
            Fault(
                token,
                self._cell(token),
                trial.repair,
                place,
                trial.supplied,
                trial.resume,
                self.brackets.open_at(place),
            )
        )
        if trial.repair is Repair.DELETE:
            self.brackets.ignore(place)
            at_start = cell.below is None  # where there is nothing to hang the token on
            if cell.accepts(ERROR) and (at_start or self._goes_on(cell[ERROR], trial.resume)):
                self.parse.steps.append(Skipped(cell, 0, place, trial.resume))
                cell = cell[ERROR]
            else:
                self.parse.steps.append(Deleted(place))
            self.run = Run([cell], trial.resume)
            return
        for number, kind in enumerate(trial.supplied):
            stands_for = place if trial.repair is Repair.REPLACE and number == 0 else -1
            self.parse.steps.append(Supplied(cell, kind, place, stands_for))
            self.brackets.supply(place, kind)
            cell = cell[kind]
        if trial.repair is Repair.REPLACE:
            self.brackets.ignore(place)
        self.run = Run([cell], trial.resume)

    def _keep_run_until(self, token: int) -> None:
        kept = token - self.run.first
        self.parse.steps.append(Run(self.run.cells[: kept + 1], self.run.first))

    # ------------------------------------------------------------------------------- giving up

    def _skip(self, token: int) -> None:
        """Pop to the innermost stack that can take ERROR and go on after it."""
        target: Cell | None = self._cell(token)
        popped = 0
        open_brackets: list[int] = []
        while target is not None and popped < _MAX_POPS:
            if target.accepts(ERROR):
                end = self._resume_at(target[ERROR], token, open_brackets[::-1])
                if end >= 0:
                    self._skip_to(end, target, popped, len(open_brackets))
                    return
            popped += 1
            symbol = accessing_symbol(target.state)
            if symbol in OPENERS:
                is_array = symbol == _LBRACE and not target.accepts(_SEMICOLON)
                open_brackets.append(_LPAREN if is_array else symbol)
            target = target.below
        self._give_up(token)

    def _give_up(self, token: int) -> None:
        """Skip the rest of the file, or at least up to the next declaration."""
        start, depth = self._cell(token), 0
        brackets = 0
        while start.below is not None:
            below = start.below
            if start.accepts(ERROR) and start[ERROR].accepts(END):
                break
            brackets += accessing_symbol(start.state) in OPENERS
            start, depth = below, depth + 1
        end = self._resume_at(start[ERROR], token, [])
        if len(self.parse.faults) == MAX_FAULTS:
            end = len(self.kinds) - 1
        self._skip_to(end, start, depth, brackets)

    def _skip_to(self, end: int, target: Cell, popped: int, given_up: int) -> None:
        token = self.run.first + len(self.run.cells) - 1
        fault = Fault(
            token, self._cell(token), Repair.SKIP, token, (), end, self.brackets.open_at(token)
        )
        self._keep_run_until(token)
        self.parse.faults.append(fault)
        self.parse.steps.append(Skipped(target, popped, token, end))
        self.brackets.skip(end, given_up)
        self.run = Run([target[ERROR]], end)

    def _resume_at(self, after: Cell, token: int, open_brackets: list[int]) -> int:
        """Return the first token from `token` on where a parse goes on from `after`; -1 for none.

        Brackets still open and those that open on the way are skipped whole. A `;` ends what is
        between parentheses, square brackets and the braces of an array (given as LPAREN). A bracket
        that closes more than was opened ends the level, unless the level waits for it.
        """
        kinds = self.kinds
        top_level = after.accepts(END)
        limit = len(kinds) if top_level else min(token + _MAX_SKIP, len(kinds))
        while token < limit:
            kind = kinds[token]
            if kind == END:
                return token if top_level else -1
            if kind == _SEMICOLON:
                while open_brackets and open_brackets[-1] != _LBRACE:
                    open_brackets.pop()
                if not open_brackets:
                    return token if after.accepts(_SEMICOLON) else -1
            elif (not open_brackets or (top_level and kind in _HEADS)) and self._goes_on(
                after, token
            ):
                return token
            if kind in OPENERS:
                open_brackets.append(kind)
            elif kind in CLOSERS:
                opener = _OPENER_OF[kind]
                if opener in open_brackets:
                    while open_brackets.pop() != opener:
                        pass
                elif kind == KIND["RBRACE"] and _LPAREN in open_brackets:
                    open_brackets.remove(_LPAREN)  # an array's brace, see _skip
                elif not top_level and (kind == KIND["RBRACE"] or not open_brackets):
                    return -1
            token += 1
        return -1

    def _goes_on(self, cell: Cell, token: int) -> bool:
        """Say whether the next tokens fit, and the first of them is where something may begin."""
        if self.kinds[token] not in CLOSERS | {_COMMA} and not self._starts_line(token):
            return False
        for kind in self.kinds[token : token + PROOF + 1]:
            if not cell.accepts(kind):
                return False
            cell = cell[kind]
        return True


def _would_nest(cell: Cell, kind: int) -> bool:
    """Say whether a brace would make the start of a member into a nested declaration."""
    return kind == _LBRACE and cell.accepts(_SEMICOLON)


@dataclass(frozen=True, slots=True)
class _Trial:
    score: tuple[int, int, int]
    place: int
    supplied: tuple[int, ...]
    resume: int
    repair: Repair


class _Brackets:
    """The brackets open at a place, kept up while recovery moves through the file."""

    def __init__(self, kinds: list[int]) -> None:
        self.kinds = kinds
        self.position = 0
        self.open: list[int] = []

    def open_at(self, place: int) -> int:
        """Return the token of the innermost bracket open in front of `place`, -1 for none."""
        for token in range(self.position, place):
            kind = self.kinds[token]
            if kind in OPENERS:
                self.open.append(token)
            elif kind in CLOSERS and self.open:
                self.open.pop()
        self.position = max(self.position, place)
        return self.open[-1] if self.open else -1

    def list_start(self, end: int) -> int:
        """Return where the qualifier list that ends with token `end` starts; `end + 1` if none."""
        if self.kinds[end] != KIND["RBRACKET"]:
            return end + 1
        depth = 0
        for token in range(end, -1, -1):
            kind = self.kinds[token]
            depth += (kind in CLOSERS) - (kind in OPENERS)
            if not depth:
                return token
        return end + 1

    def supply(self, place: int, kind: int) -> None:
        """Take note of a bracket that the file lacks."""
        self.open_at(place)
        if kind in OPENERS:
            self.open.append(place)
        elif kind in CLOSERS and self.open:
            self.open.pop()

    def ignore(self, token: int) -> None:
        """Take no note of a token."""
        self.open_at(token)
        self.position = token + 1

    def skip(self, end: int, given_up: int) -> None:
        """Go to `end`, leaving as many brackets open as were not given up."""
        if given_up:
            del self.open[-given_up:]
        self.position = end
