"""The verdict: what files install that runs by itself, as whom, and how sure that is.

Takes units, gives one `Verdict` a subscription: facts that are in the files, for somebody who has
to judge them, and never a word of praise or blame. The accounts are those of WMI SDK,
"ActiveScriptEventConsumer" and "CommandLineEventConsumer" (the Remarks say LocalSystem), and, for
consumers with a provider of their own, "Provider hosting and security".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from mofkit.cim import CimAlias, CimInstance, CimInteger, Origin
from mofkit.diagnostics import Severity
from mofkit.embedded import EmbeddedError, wql
from mofkit.linter.namespaces import shown
from mofkit.linter.payloads import Hidden, Mark, hidden_in, marks_in
from mofkit.linter.providers import Registrations, named, string_in, strings_in
from mofkit.linter.subscriptions import (
    COMMAND,
    SCRIPT,
    Subscription,
    Subscriptions,
    Target,
)
from mofkit.linter.unit import FileSet, Unit
from mofkit.preprocessor import needs_preprocessing
from mofkit.source import Span

__all__ = ["Action", "Certainty", "Verdict", "action_of", "verdicts"]


class Certainty(StrEnum):
    """How sure it is that compiling the files installs the subscription."""

    CERTAIN = "certain"
    """Filter, consumer and binding are all in the files."""
    POSSIBLE = "possible"
    """There is a binding; what it binds is not all in the files."""
    INCOMPLETE = "incomplete"
    """A filter or a consumer that no binding in the files binds: it does nothing by itself."""


@dataclass(frozen=True, slots=True)
class Action:
    """What a consumer does.

    Attributes:
        what: in words: "runs a VBScript".
        text: the script, the command line, or what is written or sent.
        runs_code: whether the text is a program, or names one.
        account: whose rights it has; nothing where WMI itself does all that is done.
        hidden: the encoded parts of the text, decoded.
        marks: what hidden commands have, too.
    """

    what: str
    text: str
    runs_code: bool
    account: str
    hidden: tuple[Hidden, ...]
    marks: tuple[Mark, ...]

    @property
    def in_words(self) -> str:
        """What it does, and as whom."""
        return f"{self.what}, as {self.account}" if self.account else self.what


@dataclass(frozen=True, slots=True)
class Verdict:
    """A subscription, whole or in part.

    Attributes:
        at: where the binding is, or the part that there is.
        query: which events; None where the filter is not in the files.
        query_namespace: where they are looked for.
        action: None where the consumer is not in the files.
        namespace: where the subscription is stored.
        persistence: what keeps it, in words.
        reasons: for the certainty, in words.
    """

    at: Origin
    query: str | None
    query_namespace: str
    action: Action | None
    namespace: str
    persistence: tuple[str, ...]
    certainty: Certainty
    reasons: tuple[str, ...]

    @property
    def path(self) -> str:
        """The path of the file."""
        return self.at.path

    @property
    def line(self) -> int:
        """The line in it."""
        return self.at.source.position(self.at.name_span.start).line

    @property
    def is_installed(self) -> bool:
        """Whether there is a binding: without one, nothing happens."""
        return self.certainty is not Certainty.INCOMPLETE


def verdicts(units: Sequence[Unit]) -> list[Verdict]:
    """Return what files install, in their order: subscriptions, then parts that nothing binds.

    The units see one another afterwards, as when they are linted together.
    """
    files = FileSet(units)
    for unit in units:
        unit.files = files
    found: list[Verdict] = []
    bound: set[int] = set()
    for unit in units:
        for one in unit.knowledge(Subscriptions).all:
            bound |= {id(one.filter.instance), id(one.consumer.instance)}
            found.append(_of_subscription(one, unit))
    for unit in units:
        known = unit.knowledge(Subscriptions)
        found += [
            _of_part(part, unit)
            for part in (*known.filters, *known.consumers)
            if id(part) not in bound
        ]
    return found


def _of_subscription(one: Subscription, unit: Unit) -> Verdict:
    is_certain = one.is_complete and not _has_c_lines(unit)
    certainty = Certainty.CERTAIN if is_certain else Certainty.POSSIBLE
    if one.is_complete:
        reasons = ["filter, consumer and binding are all here"]
    else:
        parts = (("filter", one.filter), ("consumer", one.consumer))
        reasons = [
            _missing(name, target, unit) for name, target in parts if target.instance is None
        ]
    return _verdict(
        one.binding,
        unit,
        one.filter.instance,
        one.consumer.instance,
        certainty,
        (*reasons, *_doubts(one.filter.instance, unit)),
    )


def _of_part(part: CimInstance, unit: Unit) -> Verdict:
    is_consumer = bool(unit.knowledge(Subscriptions).kind_of(part))
    return _verdict(
        part,
        unit,
        None if is_consumer else part,
        part if is_consumer else None,
        Certainty.INCOMPLETE,
        (f"no binding here uses this {'consumer' if is_consumer else 'filter'}",),
    )


def _verdict(
    at: CimInstance,
    unit: Unit,
    event_filter: CimInstance | None,
    consumer: CimInstance | None,
    certainty: Certainty,
    reasons: tuple[str, ...],
) -> Verdict:
    assert at.origin is not None, "it was read from text"
    query = None if event_filter is None else string_in(event_filter, "query")
    elsewhere = None if event_filter is None else string_in(event_filter, "eventnamespace")
    return Verdict(
        at=at.origin,
        query=query,
        query_namespace=shown(elsewhere or at.pragmas.namespace),
        action=None if consumer is None else action_of(consumer, unit),
        namespace=shown(at.pragmas.namespace),
        persistence=tuple(_persistence(unit, certainty)),
        certainty=certainty,
        reasons=reasons,
    )


def _has_c_lines(unit: Unit) -> bool:
    """Say whether the C preprocessor might make something else of a file that is not all known."""
    return not unit.is_complete and any(needs_preprocessing(one.source) for one in unit.parsed)


def _missing(name: str, target: Target, unit: Unit) -> str:
    if target.value is None:
        return f"the binding names no {name}"
    if not unit.is_complete:
        return f"what the binding names as {name} is in a part that could not be read, or nowhere"
    if isinstance(target.value, CimAlias):
        return f"the alias ${target.value.name}, which the binding names as {name}, is of nothing"
    if target.path is not None and target.path.class_name is not None:
        return f"the {name} is in none of the files: it may be there already, or come later"
    return f"what the binding names as {name} is in none of the files"


def _doubts(event_filter: CimInstance | None, unit: Unit) -> Iterator[str]:
    if any(found.severity is Severity.ERROR for one in unit.parsed for found in one.diagnostics):
        yield "the file has errors of syntax, for which mofcomp refuses it as it stands"
    query = None if event_filter is None else string_in(event_filter, "query")
    if query is not None:
        try:
            wql.parse(query)
        except EmbeddedError as error:
            yield f"the query is no WQL: {error.message}"
    if _has_c_lines(unit):
        yield "the file has lines for the C preprocessor, which could not be carried out"


def _persistence(unit: Unit, certainty: Certainty) -> Iterator[str]:
    if certainty is Certainty.INCOMPLETE:
        return
    yield "in the repository, over restarts, until somebody deletes it"
    if any(found.name.lower() == "autorecover" for found in unit.schema.directives):
        yield "comes back when the repository is rebuilt (#pragma autorecover)"


# ---------------------------------------------------------------------------------- what is run

_LOCAL_SYSTEM: Final = "LocalSystem"
_UNSAID: Final = "an account that the files do not say"
_ACCOUNTS: Final = (
    ("localsystem", _LOCAL_SYSTEM),
    ("networkservice", "NetworkService"),
    ("localservice", "LocalService"),
    ("decoupled", "the account of the program that the provider is in"),
    ("selfhost", "the account that its COM server is set up for"),
)
_SYSTEM_FILE: Final = re.compile(
    r"[\\/]drivers[\\/]etc[\\/]|[\\/]windows[\\/]system32[\\/](?!logfiles[\\/])",
    re.IGNORECASE,
)
_RUN_FILE: Final = re.compile(
    r"\.(?:bat|cmd|dll|exe|hta|jse?|mof|ps1|reg|vb[es]|wsf)$|[\\/]start ?up[\\/]", re.IGNORECASE
)


def action_of(consumer: CimInstance, unit: Unit) -> Action:
    """Return what a consumer does."""
    known = unit.knowledge(Subscriptions)
    kind = known.kind_of(consumer)
    if kind == SCRIPT:
        return _script(consumer, known)
    if kind == COMMAND:
        return _command(consumer, known)
    if kind in _STANDARD:
        return _STANDARD[kind](consumer, known)
    what = f"gives the event to the provider of class {consumer.class_name}"
    return _action(what, "", account=_account_of_provider(consumer, unit))


def _script(consumer: CimInstance, known: Subscriptions) -> Action:
    engine = known.text_of(consumer, "scriptingengine")
    text = known.text_of(consumer, "scripttext")
    file = known.text_of(consumer, "scriptfilename")
    language = engine.value if engine else "script of unknown language"
    if text is None and file is not None:
        return _action(f"runs a file as {language}", file.value, runs_code=True)
    return _action(f"runs {language}", text.value if text else "", runs_code=True)


def _command(consumer: CimInstance, known: Subscriptions) -> Action:
    """Say what CreateProcess is given: the program, and the command line."""
    program = known.text_of(consumer, "executablepath")
    line = known.text_of(consumer, "commandlinetemplate")
    texts = [one.value for one in (program, line) if one]
    if len(texts) == 2 and texts[1].strip('" ').lower().startswith(texts[0].lower()):
        texts = texts[1:]
    return _action("runs a program", "\n".join(texts), runs_code=True)


def _log_file(consumer: CimInstance, known: Subscriptions) -> Action:
    path, line = known.text_of(consumer, "filename"), known.text_of(consumer, "text")
    text = ": ".join(one.value for one in (path, line) if one)
    marks = []
    for mark, pattern in (
        ("a file of the system", _SYSTEM_FILE),
        ("a file that can be run", _RUN_FILE),
    ):
        found = pattern.search(path.value) if path else None
        if found:
            marks.append(Mark(mark, Span(*found.span())))
    action = _action("writes a line into a file", text, account="")
    return replace(action, marks=tuple(marks))


def _event_log(consumer: CimInstance, known: Subscriptions) -> Action:
    source = known.text_of(consumer, "sourcename")
    number = known.value_of(consumer, "eventid")
    head = [f"source {source.value}" if source else "no source"]
    if isinstance(number, CimInteger):
        head.append(f"event {number.value}")
    texts = [one.value for one in strings_in(consumer, "insertionstringtemplates")]
    return _action(
        "writes an entry into an event log", "\n".join([", ".join(head), *texts]), account=""
    )


def _message(consumer: CimInstance, known: Subscriptions) -> Action:
    def lines() -> Iterator[str]:
        for label, name in _OF_MESSAGE:
            text = known.text_of(consumer, name)
            if text is not None:
                yield f"{label}{text.value}"

    return _action("sends a message", "\n".join(lines()), account="")


_OF_MESSAGE: Final = (
    ("to ", "toline"),
    ("cc ", "ccline"),
    ("bcc ", "bccline"),
    ("through ", "smtpserver"),
    ("subject: ", "subject"),
    ("", "message"),
)
_STANDARD: Final[dict[str, Callable[[CimInstance, Subscriptions], Action]]] = {
    "logfileeventconsumer": _log_file,
    "nteventlogeventconsumer": _event_log,
    "smtpeventconsumer": _message,
}


def _action(
    what: str, text: str, *, runs_code: bool = False, account: str = _LOCAL_SYSTEM
) -> Action:
    hidden = tuple(hidden_in(text)) if runs_code else ()
    marks = marks_in("\n".join([text, *(one.text for one in hidden)])) if runs_code else []
    return Action(what, text, runs_code, account, hidden, tuple(marks))


def _account_of_provider(consumer: CimInstance, unit: Unit) -> str:
    """Return whose rights the provider of a consumer class has, which the files may register."""
    known = unit.files.units[0].knowledge(_ConsumerProviders).by_class
    provider = known.get(consumer.class_name.lower())
    return _UNSAID if provider is None else _account_of_host(provider)


class _ConsumerProviders:
    """Which provider each consumer class has, by all files; kept with the first unit."""

    def __init__(self, unit: Unit) -> None:
        self.by_class: dict[str, CimInstance] = {}
        for one in unit.files.units:
            for registration in one.instances_of("__eventconsumerproviderregistration"):
                provider = one.knowledge(Registrations).provider_of(registration)
                if isinstance(provider, CimInstance):
                    for name in strings_in(registration, "consumerclassnames"):
                        self.by_class[name.value.lower()] = provider


def _account_of_host(provider: CimInstance) -> str:
    model = string_in(provider, "hostingmodel")
    if model is None:
        is_absent = named(provider, "hostingmodel") is None
        return "NetworkService" if is_absent else _UNSAID
    return next((who for name, who in _ACCOUNTS if name in model.lower()), _UNSAID)
