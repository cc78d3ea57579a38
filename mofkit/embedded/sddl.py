"""SDDL: security descriptors as text.

Takes the text of a descriptor, gives its parts with their places. The grammar is
`grammars/sddl.lark`; the names are in `mofkit/embedded/sddl_names.py`. Names are read in any letter
case, though mofcomp wants them in upper case
(WmiSdk/setting-namespace-security-when-the-namespace-is-created): that is for a rule to say.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from mofkit.embedded.error import EmbeddedError, Word
from mofkit.embedded.language import Language, Part, Phrase, integer
from mofkit.embedded.sddl_names import ACCOUNTS, ACE_FLAGS, ACE_TYPES, ACL_FLAGS, RIGHTS
from mofkit.source import Span

__all__ = ["Ace", "Acl", "Rights", "SecurityDescriptor", "Sid", "parse"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sid:
    """An account.

    Attributes:
        text: as spelled.
        name: in upper case where it is spelled by name, `WD`; else "".
        value: `S-1-1-0`; "" for a name whose SID depends on the domain or the machine.
    """

    text: str
    name: str
    value: str
    span: Span

    @property
    def account(self) -> str:
        """Who that is, for people: `everyone`; the SID itself where it has no name in SDDL."""
        names = [who for who, value in ACCOUNTS.values() if value and value == self.value]
        return ACCOUNTS[self.name][0] if self.name else next(iter(names), self.value)


@dataclass(frozen=True, slots=True)
class Rights:
    """An access mask; `names` is empty where it is spelled as a number."""

    mask: int
    names: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Ace:
    """One entry: what it does (`A` allows, `D` denies, ...), for whom.

    Attributes:
        type: in upper case.
        flags: in upper case, in the order of the text.
        condition: of a conditional or resource entry, with its parentheses.
    """

    type: str
    flags: tuple[str, ...]
    rights: Rights
    object_guid: Word | None
    inherit_object_guid: Word | None
    sid: Sid
    condition: Word | None
    span: Span


@dataclass(frozen=True, slots=True)
class Acl:
    """A list of entries, and its flags in upper case."""

    flags: tuple[str, ...]
    aces: tuple[Ace, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class SecurityDescriptor:
    """Owner, group, and the lists for access (DACL) and for audit (SACL); None where left out."""

    owner: Sid | None
    group: Sid | None
    dacl: Acl | None
    sacl: Acl | None
    span: Span


def parse(text: str) -> SecurityDescriptor:
    """Return what a descriptor says.

    Raises:
        EmbeddedError: it is no SDDL, or has names that SDDL has not.

    >>> descriptor = parse("O:BAG:BAD:P(A;CI;0x23;;;WD)")
    >>> ace = descriptor.dacl.aces[0]
    >>> descriptor.owner.account, ace.type, ace.flags, ace.rights.mask, ace.sid.account
    ('administrators', 'A', ('CI',), 35, 'everyone')
    >>> parse("D:(A;;GA;;;QQ)")
    Traceback (most recent call last):
    mofkit.embedded.error.EmbeddedError: `QQ` is no account that SDDL has a name for
    """
    descriptor: SecurityDescriptor = _language().parse(text).value
    return descriptor


# ---------------------------------------------------------------------------------------- reading


def _descriptor(part: Part) -> SecurityDescriptor:
    seen: set[str] = set()
    for child in part.parts:
        if child.production in seen:
            raise EmbeddedError(child.span, f"a second {_SECTIONS[child.production]}")
        seen.add(child.production)
    return SecurityDescriptor(
        part.one("owner"), part.one("group"), part.one("dacl"), part.one("sacl"), part.span
    )


_SECTIONS = {"owner": "owner", "group": "group", "dacl": "DACL", "sacl": "SACL"}


def _acl(part: Part) -> Acl:
    return Acl(part.one("flags") or (), tuple(part.all("ace")), part.span)


def _acl_flags(part: Part) -> tuple[str, ...]:
    """Take the flags of a list apart, which have one to seventeen letters."""
    word = part.word
    text, at = word.text.upper(), 0
    found = []
    while at < len(text):
        flag = next((flag for flag in ACL_FLAGS if text.startswith(flag, at)), None)
        if flag is None:
            rest = Span(word.span.start + at, word.span.end)
            raise EmbeddedError(
                rest,
                f"`{word.text[at:]}` is no flag of a list; they are {', '.join(sorted(ACL_FLAGS))}",
            )
        found.append(flag)
        at += len(flag)
    return tuple(found)


def _ace(part: Part) -> Ace:
    kind, flags, rights, object_guid, inherit_object_guid, sid, *rest = part.values
    condition = rest[0] if rest else None
    return Ace(kind, flags, rights, object_guid, inherit_object_guid, sid, condition, part.span)


def _ace_type(part: Part) -> str:
    word = part.word
    if word.text.upper() not in ACE_TYPES:
        raise EmbeddedError(word.span, f"`{word.text}` is no type of an entry")
    return word.text.upper()


def _ace_flags(part: Part) -> tuple[str, ...]:
    return _pairs(part.word, ACE_FLAGS, "flag of an entry")


def _rights(part: Part) -> Rights:
    word = part.word
    if word.text[:1].isdigit():
        mask = integer(word)
        if mask > 0xFFFFFFFF:
            raise EmbeddedError(word.span, "an access mask has 32 bits")
        return Rights(mask, (), word.span)
    names = _pairs(word, RIGHTS, "access right")
    mask = 0
    for name in names:
        mask |= RIGHTS[name]
    return Rights(mask, names, word.span)


def _pairs(word: Word, known: Collection[str], noun: str) -> tuple[str, ...]:
    """Take a word apart whose names have two letters each."""
    text = word.text
    for at in range(0, len(text), 2):
        name = text[at : at + 2]
        if name.upper() not in known:
            start = word.span.start + at
            raise EmbeddedError(Span(start, start + len(name)), f"`{name}` is no {noun}")
    return tuple(text[at : at + 2].upper() for at in range(0, len(text), 2))


def _optional_word(part: Part) -> Word | None:
    return part.word if part.end > part.first else None


def _sid(part: Part) -> Sid:
    word = part.word
    text = word.text.upper()
    if text.startswith("S-"):
        return Sid(word.text, "", text, word.span)
    if text not in ACCOUNTS:
        raise EmbeddedError(word.span, f"`{word.text}` is no account that SDDL has a name for")
    return Sid(word.text, text, ACCOUNTS[text][1], word.span)


@cache
def _language() -> Language:
    from mofkit.embedded import _tables_sddl

    return Language(
        _tables_sddl,
        noun="security descriptor",
        phrases=(
            Phrase.of(
                "a condition",
                "LPAREN WORD NUMBER SID GUID STRING SYMBOL OWNER GROUP DACL SACL",
            ),
            Phrase.of("an account such as `BA`", "WORD SID"),
            Phrase.of("the type of the entry", "WORD", "LPAREN"),
            Phrase.of("flags", "WORD", "DACL SACL"),
            Phrase.of("access rights", "WORD NUMBER"),
            Phrase.of("flags", "WORD"),
            Phrase.of("a GUID", "GUID"),
            Phrase.of("`O:`, `G:`, `D:` or `S:`", "OWNER GROUP DACL SACL"),
        ),
        readers={
            "security_descriptor": _descriptor,
            "owner": lambda part: part.values[0],
            "group": lambda part: part.values[0],
            "dacl": _acl,
            "sacl": _acl,
            "flags": _acl_flags,
            "ace": _ace,
            "ace_type": _ace_type,
            "ace_flags": _ace_flags,
            "rights": _rights,
            "object_guid": _optional_word,
            "inherit_object_guid": _optional_word,
            "sid": _sid,
            "condition": lambda part: part.word,
            "parenthesis": lambda _: None,
        },
    )
