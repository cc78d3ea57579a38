"""What mofcomp is documented to do, one row a behaviour: the cases of test_repository.

Page names are those of `mofkit.repository.Step.basis`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mofkit.cim import CLASS_FLAGS
from mofkit.repository import CompileOptions, Policy, WbemStatus

PLAIN: Final = CompileOptions()
ASSUMING: Final = CompileOptions(assume_classes=True)


@dataclass(frozen=True)
class Case:
    """A documented behaviour: what was compiled before, what is compiled, and what it does."""

    page: str
    says: str
    before: str
    text: str
    steps: str
    status: WbemStatus | None = None
    options: CompileOptions = PLAIN
    error_page: str | None = None
    """Of the error, where `page` says something else about it."""

    @property
    def name(self) -> str:
        return f"{self.page}: {self.says}"


FAN = "class Fan { [key] uint32 Id; uint32 Rpm = 1; };"
FAN_1 = "instance of Fan { Id = 1; Rpm = 9; };"
FASTER = "class Fan { [key] uint32 Id; uint32 Rpm = 2; };"
TURBO = "class Turbo : Fan { uint32 Boost; };"


def flags(words: str) -> str:
    return f"#pragma classflags({words})\n"


# ------------------------------------------------------------------------------------------ flags

CLASSFLAGS = "WmiSdk/pragma-classflags"
INSTANCEFLAGS = "WmiSdk/pragma-instanceflags"
RUNNING = "WmiSdk/running-the-mof-compiler-on-a-file"
PUT_CLASS = "wbemcli/IWbemServices::PutClass"
PUT_INSTANCE = "wbemcli/IWbemServices::PutInstance"
MOFCOMP = "WmiSdk/mofcomp"

CLASS_FLAG_CASES = [
    Case(
        CLASSFLAGS, "createonly makes what is new", "", flags('"createonly"') + FAN, "created Fan"
    ),
    Case(
        CLASSFLAGS,
        "createonly stops where a class exists, even just so",
        FAN,
        flags('"createonly"') + FAN + TURBO,
        "refused Fan",
        WbemStatus.ALREADY_EXISTS,
    ),
    Case(
        CLASSFLAGS,
        "updateonly stops where a class is missing",
        FAN,
        flags('"updateonly"') + FASTER + "class Pump { };",
        "updated Fan; refused Pump",
        WbemStatus.NOT_FOUND,
    ),
    Case(
        CLASSFLAGS,
        "words in one string, as its syntax line has them",
        FAN,
        flags('"updateonly, safeupdate"') + FASTER,
        "updated Fan",
    ),
    Case(
        CLASSFLAGS,
        "safeupdate changes a class with child classes",
        FAN + TURBO,
        flags('"safeupdate"') + FASTER,
        "updated Fan",
    ),
    Case(
        CLASSFLAGS,
        "safeupdate adds a property that no child mentions",
        FAN + TURBO,
        flags('"safeupdate"') + "class Fan { [key] uint32 Id; uint32 Rpm = 1; string Label; };",
        "updated Fan",
    ),
    Case(
        CLASSFLAGS,
        "safeupdate stops at a property that a child has with another type",
        FAN + TURBO,
        flags('"safeupdate"') + "class Fan { [key] uint32 Id; uint32 Rpm = 1; string Boost; };",
        "refused Fan",
        WbemStatus.CLASS_HAS_CHILDREN,
    ),
    Case(
        CLASSFLAGS,
        "safeupdate stops at a class qualifier that a child has otherwise",
        FAN + '[Provider("A")] ' + TURBO,
        flags('"safeupdate"') + '[Provider("B")] ' + FAN,
        "refused Fan",
        WbemStatus.CLASS_HAS_CHILDREN,
    ),
    Case(
        CLASSFLAGS,
        "forceupdate deletes the conflicting qualifier in the child class",
        FAN + '[Provider("A"), Locale(1033)] ' + TURBO,
        flags('"forceupdate"') + '[Provider("B")] ' + FAN,
        "updated Turbo; updated Fan",
    ),
    Case(
        CLASSFLAGS,
        "forceupdate deletes a conflicting qualifier of a property",
        FAN + "class Turbo : Fan { [Units(1)] uint32 Rpm; };",
        flags('"forceupdate"') + "class Fan { [key] uint32 Id; [Units(2)] uint32 Rpm = 2; };",
        "updated Turbo; updated Fan",
    ),
    Case(
        CLASSFLAGS,
        "forceupdate cannot resolve a conflict of types",
        FAN + TURBO,
        flags('"forceupdate"') + "class Fan { [key] uint32 Id; uint32 Rpm = 1; string Boost; };",
        "refused Fan",
        WbemStatus.CLASS_HAS_CHILDREN,
    ),
    Case(
        MOFCOMP,
        "forceupdate fails where a child class has instances",
        FAN + TURBO + "instance of Turbo { Id = 1; };",
        flags('"forceupdate"') + FASTER,
        "refused Fan",
        WbemStatus.CLASS_HAS_INSTANCES,
    ),
    Case(
        MOFCOMP,
        "safeupdate fails where a child class has instances",
        FAN + TURBO + "instance of Turbo { Id = 1; };",
        flags('"safeupdate"') + FASTER,
        "refused Fan",
        WbemStatus.CLASS_HAS_INSTANCES,
    ),
    Case(
        PUT_CLASS,
        "safe mode fails where the class has instances",
        FAN + FAN_1,
        flags('"safeupdate"') + FASTER,
        "refused Fan",
        WbemStatus.CLASS_HAS_INSTANCES,
    ),
    Case(
        CLASSFLAGS,
        "safeupdate with forceupdate does nothing to a class that is there",
        FAN,
        flags('"safeupdate", "forceupdate"') + FASTER,
        "skipped Fan",
    ),
    Case(
        CLASSFLAGS,
        "nor makes it one that is not",
        "",
        flags("96") + FAN,
        "skipped Fan",
    ),
    Case(
        RUNNING,
        "createonly with updateonly does nothing",
        "",
        flags('"createonly", "updateonly"') + FAN,
        "skipped Fan",
    ),
    Case(
        CLASSFLAGS,
        "a number has the bits of the words",
        FAN,
        flags("2") + FAN,
        "refused Fan",
        WbemStatus.ALREADY_EXISTS,
    ),
    Case(
        MOFCOMP,
        "-class:updateonly is the flag as a switch",
        "",
        FAN,
        "refused Fan",
        WbemStatus.NOT_FOUND,
        CompileOptions(class_policy=CLASS_FLAGS["updateonly"]),
    ),
    Case(
        "policy: pragma_flags",
        "flags of a pragma replace those of the switch",
        "",
        flags('"safeupdate"') + FAN,
        "created Fan",
        options=CompileOptions(class_policy=CLASS_FLAGS["updateonly"]),
    ),
    Case(
        "policy: pragma_flags",
        "or are added to them",
        "",
        flags('"safeupdate"') + FAN,
        "refused Fan",
        WbemStatus.NOT_FOUND,
        CompileOptions(class_policy=CLASS_FLAGS["updateonly"], policy=Policy(pragma_flags="add")),
        CLASSFLAGS,
    ),
    Case(
        "policy: force_with_instances",
        "forceupdate of a class with instances is refused",
        FAN + FAN_1,
        flags('"forceupdate"') + FASTER,
        "refused Fan",
        WbemStatus.CLASS_HAS_INSTANCES,
    ),
    Case(
        "policy: force_with_instances",
        "or deletes them",
        FAN + FAN_1,
        flags('"forceupdate"') + FASTER,
        "deleted Fan.Id=1; updated Fan",
        options=CompileOptions(policy=Policy(force_with_instances="delete")),
    ),
]

INSTANCE_FLAG_CASES = [
    Case(
        INSTANCEFLAGS,
        "createonly leaves what exists alone",
        FAN + FAN_1,
        '#pragma instanceflags("createonly")\n' + "instance of Fan { Id = 2; };" + FAN_1,
        "created Fan.Id=2; refused Fan.Id=1",
        WbemStatus.ALREADY_EXISTS,
    ),
    Case(
        INSTANCEFLAGS,
        "updateonly makes nothing new",
        FAN + FAN_1,
        '#pragma instanceflags("updateonly")\n'
        "instance of Fan { Id = 1; Rpm = 8; }; instance of Fan { Id = 2; };",
        "updated Fan.Id=1; refused Fan.Id=2",
        WbemStatus.NOT_FOUND,
    ),
    Case(
        MOFCOMP,
        "-instance:createonly is the flag as a switch",
        FAN + FAN_1,
        FAN_1,
        "refused Fan.Id=1",
        WbemStatus.ALREADY_EXISTS,
        CompileOptions(instance_policy=2),
    ),
    Case(
        RUNNING,
        "createonly with updateonly does nothing",
        FAN,
        '#pragma instanceflags("createonly", "updateonly")\n' + FAN_1,
        "skipped Fan",
    ),
]

# ---------------------------------------------------------------------------------------- classes

KEY = "WmiSdk/key-qualifier"
CLASS_CASES = [
    Case(PUT_CLASS, "a class is made", "", FAN, "created Fan"),
    Case(PUT_CLASS, "the same class again changes nothing", FAN, FAN.upper(), "unchanged Fan"),
    Case(PUT_CLASS, "it is overwritten", FAN, FASTER, "updated Fan"),
    Case(
        PUT_CLASS,
        "by default not where classes are derived from it",
        FAN + TURBO,
        FASTER,
        "refused Fan",
        WbemStatus.CLASS_HAS_CHILDREN,
    ),
    Case(
        PUT_CLASS,
        "by default not where it has instances",
        FAN + FAN_1,
        FASTER,
        "refused Fan",
        WbemStatus.CLASS_HAS_INSTANCES,
    ),
    Case(
        PUT_CLASS,
        "nonimportant qualifiers may change in all cases",
        FAN + TURBO + FAN_1,
        '[Description("air")] ' + FAN,
        "updated Fan",
    ),
    Case(
        "policy: important_qualifiers",
        "which those are can be said",
        FAN + TURBO,
        '[Description("air")] ' + FAN,
        "refused Fan",
        WbemStatus.CLASS_HAS_CHILDREN,
        CompileOptions(policy=Policy(important_qualifiers=frozenset({"description"}))),
        PUT_CLASS,
    ),
    Case(
        PUT_CLASS,
        "no name begins or ends with an underscore",
        "",
        "class Fan_ { };",
        "refused Fan_",
        WbemStatus.INVALID_PARAMETER,
    ),
    Case(
        "WmiSdk/wmi-system-classes",
        "mofcomp does not compile a class with a double underscore",
        "",
        "class __Fan { };",
        "refused __Fan",
        WbemStatus.INVALID_OPERATION,
    ),
    Case(
        "policy: system_class",
        "or goes on without it",
        "",
        "class __Fan { }; class Fan { };",
        "skipped __Fan; created Fan",
        options=CompileOptions(policy=Policy(system_class="skip")),
    ),
    Case(
        "WmiSdk/wmi-error-constants",
        "the superclass must be there",
        "",
        TURBO,
        "refused Turbo",
        WbemStatus.INVALID_SUPERCLASS,
    ),
    Case(
        "WmiSdk/wmi-error-constants",
        "in the same namespace",
        FAN,
        '#pragma namespace("root\\\\wmi")\n' + TURBO,
        "refused \\\\.\\root\\wmi:Turbo",
        WbemStatus.INVALID_SUPERCLASS,
    ),
    Case(
        "WmiSdk/wmi-error-constants",
        "and not be derived from the class",
        FAN + TURBO,
        "class Fan : Turbo { };",
        "refused Fan",
        WbemStatus.INVALID_SUPERCLASS,
    ),
    Case(
        "WmiSdk/wmi-system-classes",
        "system classes are in every namespace",
        "",
        "class Alarm : __ExtrinsicEvent { };",
        "created Alarm",
    ),
    Case(
        "policy: assume_classes",
        "or the superclass is taken to be there, once",
        "",
        TURBO + "class Other : Fan { };",
        "assumed Fan; created Turbo; created Other",
        options=ASSUMING,
    ),
    Case(
        "policy: assume_classes",
        "until it is declared",
        "class Turbo : Fan { };",
        FAN,
        "created Fan",
        options=ASSUMING,
    ),
    Case(
        KEY,
        "a class adds no key to those it inherits",
        FAN,
        "class Turbo : Fan { [key] string Name; };",
        "refused Turbo",
        WbemStatus.CANNOT_BE_KEY,
    ),
    Case(
        KEY, "it may repeat them", FAN, "class Turbo : Fan { [key] uint32 ID; };", "created Turbo"
    ),
    Case(
        KEY,
        "it may have a key where its abstract superclass has none",
        "[abstract] class Base { };",
        "class Turbo : Base { [key] string Name; };",
        "created Turbo",
    ),
    Case(
        KEY, "no array", "", "class A { [key] string B[]; };", "refused A", WbemStatus.CANNOT_BE_KEY
    ),
    Case(KEY, "no real", "", "class A { [key] real32 B; };", "refused A", WbemStatus.CANNOT_BE_KEY),
    Case(
        KEY,
        "no embedded object",
        "",
        "class A { [key] object B; };",
        "refused A",
        WbemStatus.CANNOT_BE_KEY,
    ),
    Case(
        KEY,
        "not in a singleton",
        "",
        "[singleton] class A { [key] string B; };",
        "refused A",
        WbemStatus.CANNOT_BE_SINGLETON,
    ),
    Case(
        KEY,
        "nor below one",
        "[singleton] class A { };",
        "class B : A { [key] string C; };",
        "refused B",
        WbemStatus.CANNOT_BE_SINGLETON,
    ),
    Case(
        MOFCOMP,
        "Key(FALSE) is a key (since Windows 8)",
        "class A { [key(false)] string B; string C; };",
        'instance of A { B = "b"; C = "c"; };',
        'created A.B="b"',
    ),
    Case(
        "wbemcli/IWbemClassObject::Put",
        "an inherited property keeps its type",
        FAN,
        "class Turbo : Fan { string Rpm; };",
        "refused Turbo",
        WbemStatus.TYPE_MISMATCH,
    ),
    Case(
        "kernel/creating-the-localized-mof-file",
        "a translation repeats a class without what it is derived from",
        "",
        "[amendment, locale(0x409)] class Turbo : Fan { };",
        "created Turbo",
    ),
    Case(
        "WmiSdk/amended-class-considerations",
        "and counts as abstract",
        "[amendment, locale(0x409)] class Turbo : Fan { [key] string Id; };",
        'instance of Turbo { Id = "a"; };',
        "refused Turbo",
        WbemStatus.ILLEGAL_OPERATION,
    ),
    Case(
        "WmiSdk/wmi-error-constants",
        "a translation is not above itself either",
        "[amendment] class Turbo : Fan { };",
        "[amendment] class Fan : Turbo { };",
        "refused Fan",
        WbemStatus.INVALID_SUPERCLASS,
    ),
    Case(
        "policy: assume_classes",
        "a class that turns up gives its keys to the instances there are",
        "class Turbo : Fan { [key] uint32 Id; }; instance of Turbo { Id = 1; };"
        "instance of Fan { Id = 2; Rpm = 3; };",
        "class Fan { [key] uint32 Id; uint32 Rpm; };"
        "instance of Fan { Id = 2; };" + '#pragma deleteinstance("Fan.Id=1", fail)\n',
        "created Fan; updated Fan.Id=2; deleted Turbo.Id=1",
        options=ASSUMING,
    ),
]

# -------------------------------------------------------------------------------------- instances

ALIAS = "WmiSdk/creating-an-alias"
PROVIDER = 'instance of __Win32Provider as $P { Name = "Pump"; CLSID = "{0}"; };'
REGISTRATION = "instance of __MethodProviderRegistration { Provider = $P; };"
REGISTERED = r'__MethodProviderRegistration.provider="__Win32Provider.Name=\"Pump\""'
INSTANCE_CASES = [
    Case(PUT_INSTANCE, "an instance is made", FAN, FAN_1, "created Fan.Id=1"),
    Case(
        PUT_INSTANCE,
        "the same again changes nothing",
        FAN + FAN_1,
        "instance of FAN { RPM = 9; ID = 1; };",
        "unchanged Fan.Id=1",
    ),
    Case(
        PUT_INSTANCE,
        "the same keys overwrite",
        FAN + FAN_1,
        "instance of Fan { Id = 1; };",
        "updated Fan.Id=1",
    ),
    Case(
        "WmiSdk/--win32provider",
        "Name is the key, in any case",
        PROVIDER,
        'instance of __win32provider { NAME = "PUMP"; ClsId = "{1}"; };',
        'updated __Win32Provider.Name="PUMP"',
    ),
    Case(
        PUT_INSTANCE, "its class must be there", "", FAN_1, "refused Fan", WbemStatus.INVALID_CLASS
    ),
    Case(
        "policy: assume_classes",
        "or is taken to be",
        "",
        FAN_1 + FAN_1,
        "assumed Fan; created Fan.Id=1,Rpm=9; unchanged Fan.Id=1,Rpm=9",
        options=ASSUMING,
    ),
    Case(
        "WmiSdk/standard-consumer-classes",
        "as its page says, if it has one",
        "",
        'instance of LogFileEventConsumer { Name = "log"; Text = "hot"; };',
        'assumed LogFileEventConsumer; created LogFileEventConsumer.Name="log"',
        options=ASSUMING,
    ),
    Case(
        PUT_INSTANCE,
        "system classes are not assumed",
        "",
        "instance of __Pump { };",
        "refused __Pump",
        WbemStatus.INVALID_CLASS,
        ASSUMING,
    ),
    Case(
        PUT_INSTANCE,
        "an abstract class has no instances",
        "",
        'instance of __Provider { Name = "x"; };',
        "refused __Provider",
        WbemStatus.ILLEGAL_OPERATION,
    ),
    Case(
        "wbemcli/IWbemClassObject::Put",
        "an instance has the properties of its class",
        FAN,
        "instance of Fan { Id = 1; Colour = 2; };",
        "refused Fan",
        WbemStatus.NOT_FOUND,
    ),
    Case(
        "wbemcli/IWbemClassObject::Put",
        "inherited ones, too",
        FAN + TURBO,
        "instance of Turbo { Id = 1; Rpm = 2; Boost = 3; };",
        "created Turbo.Id=1",
    ),
    Case(
        PUT_INSTANCE,
        "one of a dynamic class goes to its provider",
        '[dynamic, provider("Pump")] ' + FAN,
        FAN_1,
        "forwarded Fan",
    ),
    Case(
        "WmiSdk/changing-the-inheritance-of-an-instance",
        "the keys of another class of the family: its instance goes",
        FAN + TURBO + "class Quiet : Fan { };" + "instance of Turbo { Id = 1; };",
        "instance of Quiet { Id = 1; };",
        "deleted Turbo.Id=1; created Quiet.Id=1",
    ),
    Case(
        "WmiSdk/creating-and-declaring-an-instance-using-c-",
        "a key without value is refused",
        FAN,
        "instance of Fan { Rpm = 1; };",
        "refused Fan",
        WbemStatus.ILLEGAL_NULL,
    ),
    Case(
        KEY,
        "a key is no array",
        "class A { [key] string B; };",
        'instance of A { B = { "x" }; };',
        "refused A",
        WbemStatus.CANNOT_BE_KEY,
    ),
    Case(
        "WmiSdk/wmi-system-classes",
        "a singleton has one instance",
        "",
        "instance of __ObjectProviderCacheControl { };"
        'instance of __ObjectProviderCacheControl { ClearAfter = "00000000000500.000000:000"; };',
        "created __ObjectProviderCacheControl=@; updated __ObjectProviderCacheControl=@",
    ),
    Case(
        "policy: keyless",
        "so has a class without a key",
        "class A { string B; };",
        'instance of A { B = "1"; }; instance of A { B = "2"; };',
        "created A=@; updated A=@",
    ),
    Case(
        "policy: keyless",
        "or it has none",
        "class A { string B; };",
        "instance of A { };",
        "refused A",
        WbemStatus.ILLEGAL_OPERATION,
        CompileOptions(policy=Policy(keyless="refuse")),
    ),
    Case(
        ALIAS,
        "an alias is the path of its object",
        "",
        PROVIDER + REGISTRATION,
        f'created __Win32Provider.Name="Pump"; created {REGISTERED}',
    ),
    Case(
        ALIAS,
        "used above its declaration",
        "",
        REGISTRATION + PROVIDER,
        f'created {REGISTERED}; created __Win32Provider.Name="Pump"',
    ),
    Case(
        ALIAS,
        "even above the class",
        "",
        "class R { [key] Fan ref A; };"
        "instance of R { A = $f; };" + FAN + "instance of Fan as $f { Id = 1; };",
        'created R; created R.A="Fan.Id=1"; created Fan; created Fan.Id=1',
    ),
    Case(
        ALIAS,
        "a class may have one",
        "class R { [key] object ref A; };",
        "class Fan as $c { }; instance of R { A = $c; };",
        'created Fan; created R.A="Fan"',
    ),
    Case(
        ALIAS,
        "in an array",
        "class R { [key] string K; object ref A[]; };" + FAN,
        'instance of Fan as $f { Id = 1; }; instance of R { K = "k"; A = { $f, NULL }; };',
        'created Fan.Id=1; created R.K="k"',
    ),
    Case(
        ALIAS,
        "declared in this file only",
        PROVIDER,
        REGISTRATION,
        "refused \\\\.\\root\\default",
        None,
    ),
    Case(
        ALIAS,
        "not circular",
        "class R { [key] string K; R ref Next; };",
        'instance of R as $a { K = "a"; Next = $b; }; instance of R as $b { K = "b"; Next = $a; };',
        "refused \\\\.\\root\\default",
        None,
    ),
    Case(
        ALIAS,
        "not of itself",
        "class R { [key] R ref K; };",
        "instance of R as $a { K = $a; };",
        "refused \\\\.\\root\\default",
        None,
    ),
    Case(
        "wbemcli/WBEMSTATUS",
        "only a reference takes an alias",
        FAN,
        'instance of __Win32Provider as $P { Name = "p"; }; instance of Fan { Id = $P; };',
        'created __Win32Provider.Name="p"; refused Fan',
        WbemStatus.UNEXPECTED_ALIAS,
    ),
]

# ----------------------------------------------------------------------- namespaces and deletions

NAMESPACE = "WmiSdk/pragma-namespace"
DELETECLASS = "WmiSdk/pragma-deleteclass"
DELETEINSTANCE = "WmiSdk/pragma-deleteinstance"
DELETE_CLASS = "wbemcli/IWbemServices::DeleteClass"
DEMO = 'instance of __Namespace { Name = "Demo"; };'
IN_DEMO = '#pragma namespace("\\\\\\\\.\\\\root\\\\default\\\\Demo")\n'
_IN_DEMO = "deleted \\\\.\\root\\default\\Demo"
ALL_OF_DEMO = (
    f'{_IN_DEMO}\\Demo; {_IN_DEMO}:Fan.Id=1; {_IN_DEMO}:__Namespace.Name="Demo"; '
    f"{_IN_DEMO}:Fan; {_IN_DEMO}"
)
PRAGMA_CASES = [
    Case(NAMESPACE, "root\\default without it", "", FAN, "created Fan"),
    Case(
        NAMESPACE,
        "where declarations go",
        "",
        '#pragma namespace("//./root/WMI")\n' + FAN,
        "created \\\\.\\root\\wmi:Fan",
    ),
    Case(
        MOFCOMP,
        "-N: is the namespace as a switch",
        "",
        FAN,
        "created \\\\.\\root\\wmi:Fan",
        options=CompileOptions(namespace=r"root\wmi"),
    ),
    Case(
        NAMESPACE,
        "which it takes priority over",
        "",
        '#pragma namespace("root\\\\default")\n' + FAN,
        "created Fan",
        options=CompileOptions(namespace=r"root\wmi"),
    ),
    Case(
        "WmiSdk/wmi-error-constants",
        "a namespace must be there",
        "",
        FAN + IN_DEMO + FAN,
        "created Fan; refused \\\\.\\root\\default\\Demo",
        WbemStatus.INVALID_NAMESPACE,
    ),
    Case(
        "policy: assume_namespaces",
        "or is taken to be",
        "",
        IN_DEMO + FAN,
        "assumed \\\\.\\root\\default\\Demo; created \\\\.\\root\\default\\Demo:Fan",
        options=CompileOptions(assume_namespaces=True),
    ),
    Case(
        "WmiSdk/--namespace",
        "an instance of __Namespace makes a child",
        "",
        DEMO + IN_DEMO + FAN,
        'created __Namespace.Name="Demo"; created \\\\.\\root\\default\\Demo:Fan',
    ),
    Case(
        "WmiSdk/--namespace",
        "once",
        DEMO + IN_DEMO + FAN,
        DEMO,
        'unchanged __Namespace.Name="Demo"',
    ),
    Case(
        "WmiSdk/--namespace",
        "with a name that is one",
        "",
        'instance of __Namespace { Name = "a\\\\b"; };',
        'refused __Namespace.Name="a\\\\b"',
        WbemStatus.INVALID_PARAMETER,
    ),
    Case(
        "WmiSdk/--namespace",
        "deleting it deletes what is inside",
        DEMO + IN_DEMO + FAN + FAN_1 + DEMO,
        "#pragma deleteinstance(\"__Namespace.Name='demo'\", fail)\n" + IN_DEMO,
        f'{ALL_OF_DEMO}; deleted __Namespace.Name="Demo"; refused \\\\.\\root\\default\\Demo',
        WbemStatus.INVALID_NAMESPACE,
        error_page="WmiSdk/wmi-error-constants",
    ),
    Case(
        DELETECLASS,
        "a class and its instances",
        FAN + FAN_1,
        '#pragma deleteclass("FAN",FAIL)\n',
        "deleted Fan.Id=1; deleted Fan",
    ),
    Case(
        DELETE_CLASS,
        "with the classes below it and theirs",
        FAN + TURBO + FAN_1 + "instance of Turbo { Id = 2; };",
        '#pragma deleteclass("Fan", nofail)\n',
        "deleted Turbo.Id=2; deleted Turbo; deleted Fan.Id=1; deleted Fan",
    ),
    Case(
        DELETECLASS,
        "fail: it must be there",
        "",
        '#pragma deleteclass("Fan", fail)\n' + FAN,
        "refused Fan",
        WbemStatus.INVALID_CLASS,
    ),
    Case(
        DELETECLASS,
        "nofail: it need not",
        "",
        '#pragma deleteclass("Fan", NoFail)\n' + FAN,
        "skipped Fan; created Fan",
    ),
    Case(
        "policy: assume_classes",
        "fail of a class taken to be there",
        "",
        '#pragma deleteclass("Fan", fail)\n',
        "assumed Fan",
        options=ASSUMING,
    ),
    Case(
        DELETECLASS,
        "in the current namespace",
        FAN,
        '#pragma namespace("root\\\\wmi")\n#pragma deleteclass("Fan", fail)\n',
        "refused \\\\.\\root\\wmi:Fan",
        WbemStatus.INVALID_CLASS,
    ),
    Case(
        DELETE_CLASS,
        "system classes cannot be deleted",
        "",
        '#pragma deleteclass("__Win32Provider", nofail)\n',
        "refused __Win32Provider",
        WbemStatus.INVALID_OPERATION,
    ),
    Case(
        DELETEINSTANCE,
        "an instance by its path",
        FAN + FAN_1,
        '#pragma deleteinstance("fan.ID=0x1", fail)\n',
        "deleted Fan.Id=1",
    ),
    Case(
        DELETEINSTANCE,
        "the name of an only key may be left out",
        FAN + FAN_1,
        '#pragma deleteinstance("Fan=1", fail)\n',
        "deleted Fan.Id=1",
    ),
    Case(
        DELETEINSTANCE,
        "also by the class it is derived from",
        FAN + TURBO + "instance of Turbo { Id = 2; };",
        '#pragma deleteinstance("Fan.Id=2", fail)\n',
        "deleted Turbo.Id=2",
    ),
    Case(
        DELETEINSTANCE,
        "not by one below it",
        FAN + TURBO + FAN_1,
        '#pragma deleteinstance("Turbo.Id=1", fail)\n',
        "refused Turbo.Id=1",
        WbemStatus.NOT_FOUND,
    ),
    Case(
        DELETEINSTANCE,
        "fail: it must be there",
        FAN,
        '#pragma deleteinstance("Fan.Id=2", fail)\n',
        "refused Fan.Id=2",
        WbemStatus.NOT_FOUND,
    ),
    Case(
        DELETEINSTANCE,
        "nofail: it need not",
        FAN,
        '#pragma deleteinstance("Fan.Id=2", nofail)\n',
        "skipped Fan.Id=2",
    ),
    Case(
        DELETEINSTANCE,
        "nor its class",
        "",
        '#pragma deleteinstance("Fan.Id=2", nofail)\n',
        "skipped Fan.Id=2",
    ),
    Case(
        DELETEINSTANCE,
        "nor its namespace",
        "",
        '#pragma deleteinstance("root/gone:Fan.Id=2", nofail)\n',
        "skipped \\\\.\\root\\gone:Fan.Id=2",
    ),
    Case(
        "policy: assume_classes",
        "fail of an instance whose class is taken to be there",
        "",
        '#pragma deleteinstance("Fan.Id=2", fail)\n',
        "assumed Fan.Id=2",
        options=ASSUMING,
    ),
    Case(
        DELETEINSTANCE,
        "a path is a path",
        FAN,
        '#pragma deleteinstance("Fan", nofail)\n',
        "refused \\\\.\\root\\default",
        WbemStatus.INVALID_DELETEINSTANCE_SYNTAX,
    ),
    Case(
        "WmiSdk/pragma-autorecover",
        "the file is compiled again at a rebuild",
        "",
        "#pragma autorecover\n" + FAN,
        "noted \\\\.\\root\\default; created Fan",
    ),
]

# ------------------------------------------------------------------------------------- whole files

WHOLE_CASES = [
    Case(
        "WmiSdk/handling-errors-with-the-mof-compiler",
        "what was stored before the error stays, what follows is not stored",
        FAN,
        "class A { };" + flags('"createonly"') + FAN + "class B { };",
        "created A; refused Fan",
        WbemStatus.ALREADY_EXISTS,
        error_page=CLASSFLAGS,
    ),
    Case(
        MOFCOMP,
        "the syntax is checked first: nothing is stored",
        "",
        FAN + '#pragma deleteclass("Fan")\n',
        "refused \\\\.\\root\\default",
        WbemStatus.INVALID_DELETECLASS_SYNTAX,
        error_page=DELETECLASS,
    ),
    Case(
        "wbemcli/WBEMSTATUS",
        "two values for a property",
        "",
        FAN + "instance of Fan { Id = 1; ID = 2; };",
        "refused \\\\.\\root\\default",
        WbemStatus.DUPLICATE_PROPERTY,
    ),
    Case(
        "wbemcli/WBEMSTATUS",
        "two objects with one alias",
        "",
        PROVIDER + PROVIDER,
        "refused \\\\.\\root\\default",
        WbemStatus.MULTIPLE_ALIASES,
    ),
    Case(
        "wbemcli/WBEMSTATUS",
        "MOF 3",
        "",
        FAN + "enumeration E : uint8 { A = 1 };",
        "refused \\\\.\\root\\default",
        WbemStatus.TYPEDEF_NOT_SUPPORTED,
    ),
    Case(
        "wbemcli/WBEMSTATUS",
        "structures of MOF 3",
        "",
        FAN + "structure S { };",
        "refused \\\\.\\root\\default",
        WbemStatus.TYPEDEF_NOT_SUPPORTED,
    ),
]

STATUS = "wbemcli/WBEMSTATUS"
NOTHING_STORED = "refused \\\\.\\root\\default"


def refused(says: str, text: str, status: WbemStatus) -> Case:
    """Return a case of a file in which the syntax check finds an error of mofcomp."""
    return Case(STATUS, says, "", FAN + text, NOTHING_STORED, status)


SYNTAX_CASES = [
    refused("an unknown pragma", "#pragma foo\n", WbemStatus.INVALID_PRAGMA),
    refused("an unknown class flag", flags('"foo"'), WbemStatus.INVALID_FLAGS_SYNTAX),
    refused("one of two in a string", flags('"updateonly, foo"'), WbemStatus.INVALID_FLAGS_SYNTAX),
    refused("no class flag", flags(""), WbemStatus.INVALID_FLAGS_SYNTAX),
    refused("bits that are no class flag", flags("999"), WbemStatus.INVALID_FLAGS_SYNTAX),
    refused(
        "an instance flag that is one for classes",
        '#pragma instanceflags("forceupdate")\n',
        WbemStatus.INVALID_FLAGS_SYNTAX,
    ),
    refused("as a number", "#pragma instanceflags(64)\n", WbemStatus.INVALID_FLAGS_SYNTAX),
    refused(
        "a namespace of another server",
        '#pragma namespace("\\\\\\\\SRV\\\\root\\\\default")\n',
        WbemStatus.INVALID_NAMESPACE_SPECIFICATION,
    ),
    refused(
        "with the other slashes",
        '#pragma namespace("//SRV/root/default")\n',
        WbemStatus.INVALID_NAMESPACE_SPECIFICATION,
    ),
    refused("an empty namespace", '#pragma namespace("")\n', WbemStatus.INVALID_NAMESPACE_SYNTAX),
    refused("no namespace", "#pragma namespace\n", WbemStatus.INVALID_NAMESPACE_SYNTAX),
    refused(
        "backslashes that are not doubled",
        '#pragma namespace("\\\\.\\root")\n',
        WbemStatus.INVALID_NAMESPACE_SYNTAX,
    ),
    refused(
        "a class with a property twice",
        "class Pump { string a; string A; };",
        WbemStatus.DUPLICATE_PROPERTY,
    ),
    Case(
        NAMESPACE,
        "this machine by its names",
        "",
        '#pragma namespace("\\\\\\\\LocalHost\\\\root\\\\default")\n' + FAN,
        "created Fan",
    ),
    Case(
        "DSP0004 7.10",
        "its pragmas have no effect",
        "",
        '#pragma locale("en_US")\n#pragma Source("x")\n#pragma noautorecover\n' + FAN,
        "created Fan",
    ),
]

CASES = [
    *SYNTAX_CASES,
    *CLASS_FLAG_CASES,
    *INSTANCE_FLAG_CASES,
    *CLASS_CASES,
    *INSTANCE_CASES,
    *PRAGMA_CASES,
    *WHOLE_CASES,
]
