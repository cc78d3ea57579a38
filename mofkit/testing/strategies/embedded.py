"""Texts of the languages inside MOF strings, and MOF that has such strings."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from mofkit.decompiler.spelling import string

__all__ = ["EMBEDDED_LANGUAGES", "embedded_texts", "subscription_files"]

_PIECES: Final = {
    "wql": (
        "SELECT select * FROM WHERE WITHIN GROUP BY HAVING AND OR NOT IS ISA LIKE NULL TRUE false "
        "ASSOCIATORS OF REFERENCES {A=1} {B.c='}'} { } ( ) , . = < > <= >= != <> == A __B Fan "
        "ResultClass ClassDefsOnly 1 -2.5 .5 0x1F 1.2.3 'a' \"b\\\"\" 'c\\' \" ; \u017felect Größe"
    ),
    "sddl": (
        "O: G: D: S: o: X: BA WD QQ S-1-1-0 S-1-5 P AI PAI NO_ACCESS_CONTROL ( ) ; ;; (A;;GA;;;BA) "
        "(A;CI;0x1;;;SY) A XA CIOI GAGR 0x23 35 0x 5c0ffee0-1d2e-4f60-8a9b-0c1d2e3f4a5b "
        '(XA;;FX;;;WD; (@User.A=="b") "c;" " @ && { } 12ab _ D:(A;;;;;'
    ),
    "object_path": (
        "Fan A root cimv2 a-b \\ \\\\ / // \\\\.\\root \\\\server\\root\\x : . = , @ =@ .Id=1 "
        ",B='c' \"d\\\"\" ' 1 -0x1F 1.5 true FALSE foo \u017f 風扇 (x)"
    ),
}
EMBEDDED_LANGUAGES: Final = (*_PIECES, "datetime")
"""Those of `mofkit.embedded`."""


def embedded_texts(language: str) -> st.SearchStrategy[str]:
    """Return texts that have much of an embedded language, and are seldom right."""
    return _texts[language] | st.text()


def subscription_files() -> st.SearchStrategy[str]:
    """Return MOF of an event subscription, in which a query, a path and a time may be anything.

    >>> from hypothesis import find
    >>> "Query = " in find(subscription_files(), lambda text: "WITHIN" in text)
    True
    """
    return _subscriptions


def _near(pieces: str) -> st.SearchStrategy[str]:
    gaps = st.sampled_from(["", " ", " ", "\n"])
    return st.lists(
        st.tuples(st.sampled_from(pieces.split(" ")), gaps).map("".join), max_size=25
    ).map("".join)


_texts: Final = {language: _near(pieces) for language, pieces in _PIECES.items()} | {
    "datetime": st.lists(
        st.sampled_from([*"0123456789*", ".", ":", "+", "00", "000"]), max_size=25
    ).map("".join)
    | st.from_regex(r"[0-9*]{14}\.[0-9*]{6}[+:-][0-9*]{3}\Z")
}

_QUERIES: Final = st.sampled_from(
    [
        "SELECT * FROM __InstanceModificationEvent WITHIN 5 WHERE TargetInstance ISA 'Fan'",
        "SELECT * FROM __TimerEvent WHERE TimerId = 'T'",
        "REFERENCES OF {Fan.Name='A'}",
    ]
)
_SUBSCRIPTION: Final = """#pragma namespace("\\\\\\\\.\\\\root\\\\subscription")
instance of __EventFilter as $Filter
{{
    Name = "Filter";
    EventNamespace = "root\\\\cimv2";
    QueryLanguage = "WQL";
    Query = {query};
    EventAccess = {sddl};
}};

instance of CommandLineEventConsumer as $Consumer
{{
    Name = "Consumer";
    CommandLineTemplate = {command};
}};

instance of __FilterToConsumerBinding
{{
    Filter = $Filter;
    Consumer = {path};
}};

instance of __AbsoluteTimerInstruction
{{
    TimerId = "T";
    EventDateTime = {time};
}};
"""
_COMMANDS: Final = st.sampled_from(
    ["fan.exe %TargetInstance.Name%", "powershell -nop -w hidden -enc ZgBhAG4A", "cmd /c echo a"]
)
_subscriptions: Final = st.builds(
    lambda query, sddl, command, path, time: _SUBSCRIPTION.format(
        query=query, sddl=sddl, command=command, path=path, time=time
    ),
    (_QUERIES | _texts["wql"]).map(string),
    (st.just("O:BAG:BAD:(A;;0x1;;;WD)") | _texts["sddl"]).map(string),
    _COMMANDS.map(string),
    st.just("$Consumer") | _texts["object_path"].map(string),
    _texts["datetime"].map(string),
)
