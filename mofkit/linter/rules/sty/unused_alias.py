from __future__ import annotations

from collections import Counter
from itertools import pairwise

from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.source import Edit, Span


class UnusedAlias(LintRule):
    r"""An alias that nothing uses.

    ## What it does
    Reports an alias of an instance or a class that no value in the file, and no file that includes
    it, uses.

    ## Why it matters
    An alias is there to be referred to. Either a reference is missing, or the name of the alias
    says nothing.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Tank { [key] string Id; };
    instance of Fenwick_Tank as $Tank { Id = "north"; };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Tank { [key] string Id; };
    instance of Fenwick_Tank { Id = "north"; };
    ```

    ## Source
    DSP0004 §7.6. WMI SDK, "Creating an alias".

    ## Fix safety
    Safe: nothing refers to it.
    """

    code = "STY031"
    name = "unused-alias"
    severity = Severity.INFO

    def check_unit(self) -> Findings:
        file, *_ = self.unit.parsed
        if any(self.unit.path in one.paths[1:] for one in self.unit.files.units):
            return
        used = Counter(
            text.lower() for one in self.unit.parsed for text in one.tree.texts if text[:1] == "$"
        )
        for token, (word, alias) in enumerate(pairwise(file.tree.texts)):
            if alias[:1] != "$" or word.lower() != "as" or used[alias.lower()] > 1:
                continue
            span = file.tree.token_span(token + 1)
            edit = Edit(Span(file.tree.token_end(token - 1), span.end), "")
            yield self.finding_in(
                file.source,
                span,
                f"nothing uses the alias `{alias}`",
                fix=Fix("remove it", (edit,), Safety.SAFE),
            )
