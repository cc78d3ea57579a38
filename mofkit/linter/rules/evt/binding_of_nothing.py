from __future__ import annotations

from mofkit.cim import (
    CimInstance,
    CimNull,
    CimString,
    Origin,
)
from mofkit.compiler.string_map import span_in_file
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, related_to
from mofkit.linter.subscriptions import (
    CONSUMER,
    FILTER,
    SubscriptionRule,
    Target,
)


class BindingOfNothing(SubscriptionRule):
    r"""A binding that binds nothing.

    ## What it does
    Reports a binding that lacks its Filter or its Consumer, names one by a text that is no path of
    an instance, or by an alias or path of something else: of no filter, of no consumer. As a
    warning it reports a path to what is in none of the files, which may be there already. (An alias
    that nothing declares is SEM406.)

    ## Why it matters
    WMI refuses the binding, or keeps it and never acts on it.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of __EventFilter as $Filter
    {
        Name = "Fenwick tick";
        EventNamespace = "root\\cimv2";
        QueryLanguage = "WQL";
        Query = "SELECT * FROM __InstanceModificationEvent WITHIN 600 "
                "WHERE TargetInstance ISA 'Win32_LocalTime'";
        EventAccess = "O:BAG:BAD:(A;;0x80;;;BA)";
    };
    instance of LogFileEventConsumer as $Log
    {
        Name = "Fenwick log";
        Filename = "C:\\Windows\\Logs\\fenwick.log";
        Text = "tick";
    };
    instance of __FilterToConsumerBinding
    {
        Filter = $Log;
        Consumer = $Log;
    };
    ```

    ## Use instead
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of __EventFilter as $Filter
    {
        Name = "Fenwick tick";
        EventNamespace = "root\\cimv2";
        QueryLanguage = "WQL";
        Query = "SELECT * FROM __InstanceModificationEvent WITHIN 600 "
                "WHERE TargetInstance ISA 'Win32_LocalTime'";
        EventAccess = "O:BAG:BAD:(A;;0x80;;;BA)";
    };
    instance of LogFileEventConsumer as $Log
    {
        Name = "Fenwick log";
        Filename = "C:\\Windows\\Logs\\fenwick.log";
        Text = "tick";
    };
    instance of __FilterToConsumerBinding // mofkit: noqa[EVT001]
    {
        Filter = $Filter;
        Consumer = $Log;
    };
    ```

    ## Source
    WMI SDK, "__FilterToConsumerBinding".
    """

    code = "EVT014"
    name = "binding-of-nothing"
    severity = Severity.ERROR

    def check_unit(self) -> Findings:
        for found in self.known.all:
            yield from self._check("Filter", found.filter, found.binding)
            yield from self._check("Consumer", found.consumer, found.binding)

    def _check(self, name: str, target: Target, binding: CimInstance) -> Findings:
        value = target.value
        if value is None or isinstance(value, CimNull):
            yield self.finding(f"the binding names no {name}", binding.origin)
        elif target.error is not None and isinstance(value, CimString) and value.origin is not None:
            span = span_in_file(value, target.error.span)
            message = f"the {name} of the binding: {target.error.message}"
            yield self.finding_in(value.origin.source, span, message)
        elif target.instance is None:
            yield from self._check_path(name, target, value.origin)
        elif not self._is(name, target.instance):
            kind = target.instance.class_name
            message = f"the {name} of the binding is a `{kind}`, which is no {name.lower()}"
            related = related_to(target.instance.origin, "the instance")
            yield self.finding(message, value.origin, related=related)

    def _check_path(self, name: str, target: Target, at: Origin | None) -> Findings:
        """Look at a path to what is in none of the files."""
        path = target.path
        if path is None:
            return
        if path.class_name is None or not path.keys:
            yield self.finding(f"the {name} of the binding is no path of an instance", at)
        elif name == "Filter" and path.class_name.text.lower() != FILTER:
            yield self.finding(f"the Filter of the binding is a `{path.class_name.text}`", at)
        elif self.unit.is_complete:
            message = f"the {name} of the binding is in none of the files"
            yield self.finding(message, at, severity=Severity.WARNING)

    def _is(self, name: str, instance: CimInstance) -> bool:
        """Say whether an instance is a filter, or what may be a consumer."""
        if name == "Filter":
            return instance.class_name.lower() == FILTER
        if self.known.kind_of(instance) or instance.class_name.lower() == CONSUMER:
            return True
        is_here = self.unit.files.classes_called(instance.class_name)
        return not is_here and not instance.class_name.startswith("__")
