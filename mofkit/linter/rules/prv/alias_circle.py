from __future__ import annotations

from mofkit.cim import CimAlias
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import ProviderRule


class AliasCircle(ProviderRule):
    r"""Aliases that form a circle.

    ## What it does
    Reports an instance whose references lead, from alias to alias, back to itself.

    ## Why it matters
    No order of creation would do: each instance needs the other one first.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    class Fenwick_Link
    {
        [key] string Id;
        Fenwick_Link ref Next;
    };
    instance of Fenwick_Link as $First
    {
        Id = "1";
        Next = $Second;
    };
    instance of Fenwick_Link as $Second
    {
        Id = "2";
        Next = $First;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    class Fenwick_Link
    {
        [key] string Id;
        Fenwick_Link ref Next;
    };
    instance of Fenwick_Link as $Second
    {
        Id = "2";
    };
    instance of Fenwick_Link as $First
    {
        Id = "1";
        Next = $Second;
    };
    ```

    ## Source
    WMI SDK, "Creating an alias".
    """

    code = "PRV030"
    name = "alias-circle"
    severity = Severity.ERROR

    def check_unit(self) -> Findings:
        settled: set[str] = set()
        for start in self.known.aliases:
            chain: list[str] = []
            name: str | None = start
            while name is not None and name not in settled and name not in chain:
                chain.append(name)
                name = self._next(name)
            if name in chain:
                yield from self._circle(chain[chain.index(name) :])
            settled.update(chain)

    def _next(self, name: str) -> str | None:
        """Return an alias that the instance with this one refers to."""
        instance = self.known.aliases.get(name)
        if instance is None:
            return None
        for found in instance.properties:
            if isinstance(found.value, CimAlias):
                return found.value.name.lower()
        return None

    def _circle(self, names: list[str]) -> Findings:
        instance = self.known.aliases[names[0]]
        words = " → ".join(f"${self.known.aliases[name].alias}" for name in [*names, names[0]])
        yield self.finding(f"aliases form a circle: {words}", instance.origin)
