from __future__ import annotations

import re

from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.source import Edit, Span
from mofkit.syntax import ParseResult

_ESCAPE = re.compile(r"\\\\|\\([bfnrtBFNRT]|[xX][0-9A-Fa-f])")
_PATH = re.compile(
    r"""(?ix)"(?:[^"]*[\s=,;(|])?            # at the start, or behind what is no part of a path
    (?:[a-z]:(?!(?<=\s..)\\n)               # a drive ("Plan b:" and a line end is none),
      |\\\\\\\\[\w.$-]{1,60}|\\\\[\w.$-]{1,60}  # a share, doubled or not,
      |\.\.?                                # a folder,
      |hklm|hkcu|hkey_\w{1,30}              # a root of the registry,
      |%\w{1,60}%                           # or a variable,
    )(?:\\\\[\w.\ $-]{1,60}){0,20}\\[bfnrtx][\w$-]  # and a name behind a single backslash;
    |"[^"\s]*\w\\[bfnrtx]\w[\w.\\-]{0,80}
     \.(?:bat|cmd|dll|exe|inf|ini|log|mfl|mof|ps1|sys|txt|vbs|xml)\b  # or what ends like a file
    """
)


class UnescapedPath(LintRule):
    r"""A path whose backslashes are not doubled.

    ## What it does
    Reports a string that looks like a path (it begins with a drive, a share, dots, a registry root
    or an environment variable, or ends like a file) and in which a backslash begins an escape such
    as `\t`. (SYN010 reports a backslash that begins no escape, SEM003 the path of a namespace.)

    ## Why it matters
    The two characters become one: `"C:\temp"` has a tab in it and names no folder, and no compiler
    says so.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        string LogFile = "C:\fenwick\trace.log";
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        string LogFile = "C:\\fenwick\\trace.log";
    };
    ```

    ## Source
    DSP0004 Annex A, stringValue: the escapes.

    ## Fix safety
    Unsafe: the escape may have been meant.
    """

    code = "STY011"
    name = "unescaped-path"
    severity = Severity.WARNING

    def check_file(self, file: ParseResult) -> Findings:
        if "\\" not in file.source.text:
            return
        texts = file.tree.texts
        for token in [token for token, text in enumerate(texts) if "\\" in text]:
            text = texts[token]
            if text[:1] != '"' or not _PATH.match(text):
                continue
            if [word.lower() for word in texts[token - 2 : token]] == ["namespace", "("]:
                continue
            start = file.tree.starts[token]
            places = [
                Span.at(start + found.start()) for found in _ESCAPE.finditer(text) if found[1]
            ]
            first = places[0].start
            shown = text[first - start : first - start + 2]
            yield self.finding_in(
                file.source,
                Span(first, first + 2),
                f"`{shown}` in the path {_short(text)} is an escape",
                help="double the backslashes",
                fix=Fix(
                    "double the backslashes",
                    tuple(Edit(place, "\\") for place in places),
                    Safety.UNSAFE,
                ),
            )


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + '..."'
