from __future__ import annotations

from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.source import SourceFile, Span
from mofkit.syntax import ParseResult


class MixedEncodings(LintRule):
    r"""Files of one set in different encodings.

    ## What it does
    Reports a translation (`pump.mfl`, `pump_ms_407.mfl`) in UTF-16 whose neutral file (`pump.mof`)
    is in 8 bits, or the reverse, where both are checked.

    ## Why it matters
    Builds join the two, as `copy pump.mof + pump.mfl joined.mof` does. Joined files of two
    encodings are no text any more: the second part is read as garbage.

    ## Example
    ```mof
    // file: pump.mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")
    [Description("A pump")] class Fenwick_Pump {};
    // file: pump_ms_407.mfl
    // as UTF-16
    #pragma namespace("\\\\.\\root\\Fenwick\\ms_407")
    [Description("Eine Pumpe") : amended, amendment, locale(0x407)]
    class Fenwick_Pump {};
    ```

    ## Use instead
    ```mof
    // file: pump.mof
    // as UTF-16
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")
    [Description("A pump")] class Fenwick_Pump {};
    ```

    ## Source
    Windows driver documentation, "Using wmimofck.exe": its options -y and -z join files that `copy`
    does not.
    """

    code = "ENC003"
    name = "mixed-encodings"
    severity = Severity.WARNING

    def check_file(self, file: ParseResult) -> Findings:
        source = file.source
        if not source.path.lower().endswith(".mfl"):
            return
        for unit in self.unit.files.units:
            other = unit.parsed[0].source
            if _is_neutral_of(other.path, source.path) and _bits(other) != _bits(source):
                message = f"this file is in {_words(source)}, `{other.path}` in {_words(other)}"
                yield self.finding_in(source, Span(0, 0), message)


def _is_neutral_of(path: str, translation: str) -> bool:
    stem, dot, extension = path.lower().rpartition(".")
    return extension == "mof" and bool(dot) and translation.lower().startswith(stem)


def _bits(source: SourceFile) -> int:
    return 16 if source.encoding.is_utf16 else 8


def _words(source: SourceFile) -> str:
    return "UTF-16" if source.encoding.is_utf16 else "8 bits"
