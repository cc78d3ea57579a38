"""The SEM rules: what each code of the binder means.

One constant a rule, in order of code; `RULES` is the list of all. `mofkit rule CODE` prints a page.
SEM0xx is about directives and files, 1xx about values and types, 2xx about qualifiers, 3xx about
classes, 4xx about instances and aliases. The examples are tested: each trips its rule and no other.

A rule is an error only where mofcomp is documented to refuse the text, or where DSP0004 forbids it
and no published file that was tried does it; else it is a warning, and says what is not known.
"""

from __future__ import annotations

from typing import Final

from mofkit.diagnostics import Rule, Severity

# -------------------------------------------------------------------------- directives and includes

UNKNOWN_PRAGMA: Final = Rule(
    code="SEM001",
    name="unknown-pragma",
    severity=Severity.WARNING,
    what="Reports a pragma that neither mofcomp nor DSP0004 has.",
    why=(
        "DSP0004 lets compilers ignore what they do not know, so a misspelled pragma does "
        "nothing and says nothing there; mofcomp refuses the file."
    ),
    example=r"""#pragma namespcae("\\\\.\\root\\Fenwick")
class Fan { uint8 Speed; };
""",
    instead=r"""#pragma namespace("\\\\.\\root\\Fenwick")
class Fan { uint8 Speed; };
""",
    source='DSP0004 §7.10; WMI SDK, "Preprocessor commands"',
    wbemmof="WBEMMOF_E_INVALID_PRAGMA (0x80044012)",
    fix_safety="Unsafe: the nearest pragma may not be the one that was meant.",
)

PRAGMA_ARGUMENTS: Final = Rule(
    code="SEM002",
    name="pragma-arguments",
    severity=Severity.ERROR,
    what=(
        "Reports a pragma without the argument it needs, and (as a warning) arguments that it"
        " does not take."
    ),
    why=(
        "Without its argument the pragma says nothing. What stands in parentheses behind "
        "`autorecover`, or as a second argument, has no effect, so somebody expects something"
        " that will not happen."
    ),
    example="""\
#pragma locale()
class Fan { uint8 Speed; };
""",
    instead="""\
#pragma locale("en_US")
class Fan { uint8 Speed; };
""",
    source='DSP0004 §7.10; WMI SDK, "Preprocessor commands"',
    wbemmof="WBEMMOF_E_INVALID_PRAGMA (0x80044012)",
)

NAMESPACE_SYNTAX: Final = Rule(
    code="SEM003",
    name="namespace-syntax",
    severity=Severity.ERROR,
    what=(
        "Reports a namespace pragma whose path is missing, empty, has backslashes that are not"
        " doubled, or a part that cannot be a name, such as `..` or one with spaces or quotes."
    ),
    why=(
        r"In a MOF string a backslash begins an escape: the `\r` of a path to `\root` is a "
        "carriage return. The path names no namespace, and the file cannot be compiled."
    ),
    example=r"""#pragma namespace("\\.\root")
class Fan { uint8 Speed; };
""",
    instead=r"""#pragma namespace("\\\\.\\root")
class Fan { uint8 Speed; };
""",
    source='WMI SDK, "pragma namespace"; the paths of published files',
    wbemmof="WBEMMOF_E_INVALID_NAMESPACE_SYNTAX (0x80044013)",
    fix_safety="Unsafe: the path may have been meant otherwise.",
)

OTHER_SERVER: Final = Rule(
    code="SEM004",
    name="namespace-on-another-server",
    severity=Severity.ERROR,
    what="Reports a namespace pragma that names another machine.",
    why=(
        "mofcomp compiles into the repository of the machine it runs on and refuses a path to "
        "another one. It is an error with `#pragma autorecover` and without: mofcomp fails "
        "either way."
    ),
    example=r"""#pragma namespace("\\\\PUMPHOUSE\\root\\Fenwick")
class Fan { uint8 Speed; };
""",
    instead=r"""#pragma namespace("\\\\.\\root\\Fenwick")
class Fan { uint8 Speed; };
""",
    source='WMI SDK, "pragma namespace"',
    wbemmof="WBEMMOF_E_INVALID_NAMESPACE_SPECIFICATION (0x8004401C)",
)

FLAGS: Final = Rule(
    code="SEM005",
    name="invalid-flags",
    severity=Severity.ERROR,
    what=(
        "Reports flags of `classflags` or `instanceflags` that do not exist, contradict each "
        "other, or are missing."
    ),
    why=(
        "The flags say whether what follows may create or change what the repository has. "
        "`createonly` with `updateonly`, or `safeupdate` with `forceupdate`, leaves no way to"
        " do either."
    ),
    example="""\
#pragma classflags("createonly", "updateonly")
class Fan { uint8 Speed; };
""",
    instead="""\
#pragma classflags("updateonly", "forceupdate")
class Fan { uint8 Speed; };
""",
    source='WMI SDK, "pragma classflags" and "pragma instanceflags"',
    wbemmof="WBEMMOF_E_INVALID_FLAGS_SYNTAX (0x80044028)",
)

DELETE_CLASS: Final = Rule(
    code="SEM006",
    name="invalid-deleteclass",
    severity=Severity.ERROR,
    what=(
        'Reports a `deleteclass` pragma that is not of the form `("Class", fail)` or '
        '`("Class", nofail)`.'
    ),
    why=(
        "The second word says what happens where the class does not exist, and mofcomp has no"
        " default for it."
    ),
    example="""\
#pragma deleteclass("Fan")
""",
    instead="""\
#pragma deleteclass("Fan", nofail)
""",
    source='WMI SDK, "pragma deleteclass"',
    wbemmof="WBEMMOF_E_INVALID_DELETECLASS_SYNTAX (0x80044031)",
)

DELETE_INSTANCE: Final = Rule(
    code="SEM007",
    name="invalid-deleteinstance",
    severity=Severity.ERROR,
    what=(
        'Reports a `deleteinstance` pragma that is not of the form `("path", fail)` or '
        '`("path", nofail)`.'
    ),
    why=(
        "The second word says what happens where the instance does not exist, and mofcomp has"
        " no default for it."
    ),
    example="""\
#pragma deleteinstance("Fan.Id=1")
""",
    instead="""\
#pragma deleteinstance("Fan.Id=1", nofail)
""",
    source='WMI SDK, "pragma deleteinstance"',
    wbemmof="WBEMMOF_E_INVALID_DELETEINSTANCE_SYNTAX (0x8004402C)",
)

AMENDMENT: Final = Rule(
    code="SEM008",
    name="invalid-amendment",
    severity=Severity.ERROR,
    what="Reports an `amendment` pragma without a locale.",
    why=("The locale names the language of the texts, and the namespace that they are moved to."),
    example="""\
#pragma amendment()
class Fan { uint8 Speed; };
""",
    instead="""\
#pragma amendment("MS_409")
class Fan { uint8 Speed; };
""",
    source='WMI SDK, "pragma amendment"',
    wbemmof="WBEMMOF_E_INVALID_AMENDMENT_SYNTAX (0x80044010)",
)

DUPLICATE_AMENDMENT: Final = Rule(
    code="SEM009",
    name="duplicate-amendment",
    severity=Severity.ERROR,
    what="Reports a second `amendment` pragma in a file and what it includes.",
    why=(
        "A file is split into a neutral part and one language. For a second language there is"
        " a second file."
    ),
    example="""\
#pragma amendment("MS_409")
#pragma amendment("MS_407")
class Fan { uint8 Speed; };
""",
    instead="""\
#pragma amendment("MS_409")
class Fan { uint8 Speed; };
""",
    source='WMI SDK, "pragma amendment"',
    wbemmof="WBEMMOF_E_INVALID_DUPLICATE_AMENDMENT (0x80044011)",
)

INCLUDE_NOT_FOUND: Final = Rule(
    code="SEM010",
    name="include-not-found",
    severity=Severity.ERROR,
    what="Reports an include whose file is not there or cannot be read.",
    why=(
        "What the file declares is missing then: superclasses, qualifiers, aliases. A "
        "backslash in the name has to be doubled, as in every string."
    ),
    example="""\
#pragma include("bass.mof")
class Fan : Base { uint8 Speed; };
""",
    instead="""\
#pragma include("base.mof")
class Fan : Base { uint8 Speed; };
""",
    source="DSP0004 §7.10",
    wbemmof="WBEMMOF_E_ERROR_INVALID_INCLUDE_FILE (0x80044030)",
)

INCLUDE_CYCLE: Final = Rule(
    code="SEM011",
    name="include-cycle",
    severity=Severity.ERROR,
    what=(
        "Reports an include that leads back to the file it stands in, and includes that are "
        "nested too deep or too many."
    ),
    why=("An include puts the text of the file in its place, so a circle has no end."),
    example="""\
#pragma include("fan.mof") // this file
class Fan { uint8 Speed; };
""",
    instead="""\
#pragma include("base.mof")
class Fan { uint8 Speed; };
""",
    source="DSP0004 §7.10",
    wbemmof="WBEMMOF_E_ERROR_INVALID_INCLUDE_FILE (0x80044030)",
)

PREPROCESSOR: Final = Rule(
    code="SEM012",
    name="c-preprocessor",
    severity=Severity.INFO,
    what=(
        "Says that a file has lines for the C preprocessor, so that its meaning is not checked. "
        "`mofkit check` reads such a file through the preprocessor, and says this only where that "
        "stops. Why it does, CPP001 and its like say."
    ),
    why=(
        "Driver sources often go through `cl /EP` before mofcomp. Before that, macros stand for "
        "types, qualifiers and values, and both branches of an `#if` are there: whatever seems "
        "wrong may be right. It is an info and no mistake: such files are meant for the "
        "preprocessor, which `mofkit check` and `mofkit compile` have."
    ),
    example="""\
#define MAX_SPEED 100
class Fan { uint8 Speed = MAX_SPEED; };
""",
    instead="""\
class Fan { uint8 Speed = 100; };
""",
    source="The iSCSI sources of Microsoft's driver samples",
)


# --------------------------------------------------------------------------------- values and types

OUT_OF_RANGE: Final = Rule(
    code="SEM101",
    name="out-of-range",
    severity=Severity.ERROR,
    what="Reports a number that the declared type cannot hold.",
    why=(
        "The value would be cut off or refused. Hex and binary literals are plain positive "
        "numbers: 0xFF is 255, also for a signed type. It is an error, since no value of that "
        "type is what was written."
    ),
    example="""\
class Fan { uint8 Speed = 300; };
""",
    instead="""\
class Fan { uint16 Speed = 300; };
""",
    source="DSP0004 §5.2",
    wbemmof="WBEMMOF_E_OUT_OF_RANGE (0x8004401D)",
)

TYPE_MISMATCH: Final = Rule(
    code="SEM102",
    name="type-mismatch",
    severity=Severity.ERROR,
    what=(
        "Reports a literal of another kind than the declared type. It is a warning where a "
        "conversion is possible: a string that reads as the number it should be, a number in "
        "an instance for a string. It is an info where that number has 64 bits: to WMI such "
        "integers are strings."
    ),
    why=(
        "mofcomp refuses a wrong default. Literals of instances it keeps as they are, in "
        "binary MOF, too, and what the repository makes of them is another matter."
    ),
    example="""\
class Fan { boolean Running = "perhaps"; };
""",
    instead="""\
class Fan { boolean Running = TRUE; };
""",
    source='DSP0004 §5.2; WMI SDK, "MOF compiler error codes" and "Numbers (WMI)"',
    wbemmof="WBEMMOF_E_TYPE_MISMATCH (0x80044015)",
)

ARRAY_FOR_SCALAR: Final = Rule(
    code="SEM103",
    name="array-for-scalar",
    severity=Severity.ERROR,
    what="Reports a value in braces for a property that is no array.",
    why="Braces make an array even around one value.",
    example="""\
class Fan { uint8 Speed = { 1 }; };
""",
    instead="""\
class Fan { uint8 Speed = 1; };
""",
    source="DSP0004 §7.9",
    wbemmof="WBEMMOF_E_UNEXPECTED_ARRAY_INIT (0x8004400F)",
)

SCALAR_FOR_ARRAY: Final = Rule(
    code="SEM104",
    name="scalar-for-array",
    severity=Severity.WARNING,
    what="Reports a single value without braces for an array.",
    why=(
        "DSP0004 wants the braces. Whether mofcomp takes the value without them is not documented."
    ),
    example="""\
class Fan { uint8 Speeds[] = 1; };
""",
    instead="""\
class Fan { uint8 Speeds[] = { 1 }; };
""",
    source="DSP0004 §7.9",
)

REAL_FOR_INTEGER: Final = Rule(
    code="SEM105",
    name="real-for-integer",
    severity=Severity.WARNING,
    what="Reports a number with a fraction for an integer.",
    why=(
        "mofcomp rounds it to the next integer, so the file says something else than what is "
        "stored. It is a warning and no error, because mofcomp takes it."
    ),
    example="""\
class Fan { uint8 Speed = 1.5; };
""",
    instead="""\
class Fan { real32 Speed = 1.5; };
""",
    source='WMI SDK, "Compiling MOF code with floating-point values"',
)

MIXED_ARRAY: Final = Rule(
    code="SEM106",
    name="mixed-array",
    severity=Severity.ERROR,
    what="Reports an array whose elements are of several kinds.",
    why=("All elements of an array have one type, and nothing declares which is meant here."),
    example="""\
[Values{"Off", 1}] class Fan { uint8 Speed; };
""",
    instead="""\
[Values{"Off", "On"}] class Fan { uint8 Speed; };
""",
    source='DSP0004 §5.2; WMI SDK, "Qualifier values"',
    wbemmof="WBEMMOF_E_TYPE_MISMATCH (0x80044015)",
)

NULL_IN_ARRAY: Final = Rule(
    code="SEM107",
    name="null-in-array",
    severity=Severity.WARNING,
    what="Reports NULL among the elements of an array.",
    why=(
        "DSP0004 allows it, mofcomp refuses it: a whole array can be NULL there, an element cannot."
    ),
    example="""\
class Fan { string Names[] = { "left", NULL }; };
""",
    instead="""\
class Fan { string Names[] = { "left", "" }; };
""",
    source='DSP0004 §7.9; WMI SDK, "MOF compiler error codes"',
    wbemmof="WBEMMOF_E_NULL_ARRAY_ELEM (0x80044020)",
)

DATETIME: Final = Rule(
    code="SEM108",
    name="bad-datetime",
    severity=Severity.ERROR,
    what="Reports a string for a datetime that is none.",
    why=(
        "A datetime has exactly 25 characters: yyyymmddhhmmss.mmmmmmsutc for a point in time,"
        " where s is + or - and utc is minutes; ddddddddhhmmss.mmmmmm:000 for a time span. "
        "Asterisks stand for parts that are not known."
    ),
    example="""\
class Fan { datetime Built = "2026-11-20"; };
""",
    instead="""\
class Fan { datetime Built = "20261120000000.000000+000"; };
""",
    source="DSP0004 §5.2.4",
)

NESTED_ARRAY: Final = Rule(
    code="SEM109",
    name="nested-array",
    severity=Severity.ERROR,
    what="Reports an array among the elements of an array.",
    why="Arrays have one dimension.",
    example="""\
class Fan { uint8 Speeds[] = { { 1, 2 }, { 3, 4 } }; };
""",
    instead="""\
class Fan { uint8 Speeds[] = { 1, 2, 3, 4 }; };
""",
    source="DSP0004 Annex A, arrayInitializer",
    wbemmof="WBEMMOF_E_EXPECTED_CLOSE_BRACE (0x80044004)",
)

NESTED_TOO_DEEP: Final = Rule(
    code="SEM110",
    name="nested-too-deep",
    severity=Severity.ERROR,
    what=("Reports instances within instances, or structures within structures, beyond 32 levels."),
    why="No real file comes near. What is deeper is kept as text and not read.",
    example=(
        "class Fan { Fan Next; };\n"
        + "instance of Fan { Next =\n" * 34
        + "NULL"
        + "; }" * 18
        + "\n"
        + "; }" * 16
        + ";\n"
    ),
    instead="""\
class Fan { Fan Next; };
instance of Fan { Next = instance of Fan { Next = NULL; }; };
""",
    source="A bound of mofkit",
)

FOREIGN_TYPE: Final = Rule(
    code="SEM111",
    name="foreign-type",
    severity=Severity.WARNING,
    what=(
        "Reports a type of another language, such as `int32` or `DWORD`, where no class is "
        "called so."
    ),
    why=(
        "Every name can be a type, since classes can be embedded, so the file is read without"
        " complaint: `int32 Speed` is an embedded object of a class `int32`. mofcomp does not"
        " find it."
    ),
    example="""\
class Fan { int32 Speed; };
""",
    instead="""\
class Fan { sint32 Speed; };
""",
    source='DSP0004 §5.2; WMI SDK, "MOF compiler error codes"',
    wbemmof="WBEMMOF_E_UNRECOGNIZED_TYPE (0x8004400B)",
    fix_safety="Unsafe: the MOF type is near to the one written, and may differ in size.",
)

TYPEDEF: Final = Rule(
    code="SEM112",
    name="enum-or-typedef",
    severity=Severity.ERROR,
    what="Reports `enum` and `typedef`, which MOF does not have.",
    why=(
        "mofcomp knows the words only to refuse them. A list of values goes into the "
        "qualifiers Values and ValueMap."
    ),
    example="""\
class Fan { enum State; };
""",
    instead="""\
class Fan {
    [ValueMap{"0", "1"}, Values{"Off", "On"}] uint8 State;
};
""",
    source='WMI SDK, "MOF compiler error codes"',
    wbemmof="WBEMMOF_E_TYPEDEF_NOT_SUPPORTED (0x8004400D)",
)

VOID_MEMBER: Final = Rule(
    code="SEM113",
    name="void-member",
    severity=Severity.ERROR,
    what="Reports a property or parameter of type `void`.",
    why=("`void` says that a method returns nothing. A property has to have a type."),
    example="""\
class Fan { void Speed; };
""",
    instead="""\
class Fan { void Stop(); };
""",
    source='WMI SDK, "Creating a method"',
    wbemmof="WBEMMOF_E_UNRECOGNIZED_TYPE (0x8004400B)",
)

ARRAY_SIZE: Final = Rule(
    code="SEM114",
    name="array-size",
    severity=Severity.ERROR,
    what="Reports an array bound that is zero, negative, or no integer.",
    why="The bound says how many elements there can be.",
    example="""\
class Fan { uint8 Speeds[0]; };
""",
    instead="""\
class Fan { uint8 Speeds[4]; };
""",
    source="DSP0004 Annex A, array",
)

ARRAY_RESULT: Final = Rule(
    code="SEM115",
    name="array-result",
    severity=Severity.ERROR,
    what="Reports a method that returns an array.",
    why=("Only MOF 3 allows it. In WMI and MOF 2 an array goes into an [out] parameter."),
    example="""\
class Fan { uint8[] GetSpeeds(); };
""",
    instead="""\
class Fan { uint32 GetSpeeds([out] uint8 Speeds[]); };
""",
    source='DSP0004 §5.1.2; WMI SDK, "MOF compiler error codes"',
    wbemmof="WBEMMOF_E_NO_ARRAYS_RETURNED (0x80044026)",
)

REFERENCE_TO_TYPE: Final = Rule(
    code="SEM116",
    name="reference-to-basic-type",
    severity=Severity.WARNING,
    what="Reports a reference to a basic type, such as `uint16 ref`.",
    why=(
        "A reference points at an instance of a class, so this one points at a class called "
        "`uint16`. The `ref` is most often too much."
    ),
    example="""\
class Fan { uint16 ref Speed; };
""",
    instead="""\
class Fan { uint16 Speed; };
""",
    source="DSP0004 §5.2; seen in generated documentation of WMI classes",
)

UNQUOTED_STRING: Final = Rule(
    code="SEM117",
    name="unquoted-string",
    severity=Severity.ERROR,
    what=(
        "Reports a bare word where a value belongs: a string without its quotes. The only bare "
        "values of MOF are TRUE, FALSE and NULL, and the C macros of files that go through the C "
        "preprocessor first; such a file defines them or includes a file that does."
    ),
    why=(
        "mofcomp's list of errors has `strings without quotes`. pywbem silently takes the word "
        "for a string, so a file that passes there fails on Windows."
    ),
    example="""instance of __Win32Provider {
    Name = "FanProvider";
    HostingModel = NetworkServiceHost;
};
""",
    instead="""instance of __Win32Provider {
    Name = "FanProvider";
    HostingModel = "NetworkServiceHost";
};
""",
    source=(
        "DSP0004 Annex A, constantValue. Microsoft, WMI SDK: WMI error constants. Microsoft's page "
        "`Provider Hosting and Security` shows HostingModel without quotes."
    ),
    wbemmof="WBEMMOF_E_ILLEGAL_CONSTANT_VALUE (0x80044007)",
    fix_safety=(
        "Safe for the hosts of HostingModel; else unsafe: a name may have been meant. Words all in "
        "capitals have no fix, and neither have several words: they may be macros."
    ),
)

BEYOND_ARRAY_SIZE: Final = Rule(
    code="SEM118",
    name="beyond-array-size",
    severity=Severity.WARNING,
    what="Reports a value with more elements than the bound of its array allows.",
    why=(
        "The bound says how many elements there can be, and consumers make room for so many. "
        "Binary MOF stores the value and the bound (as the qualifier MAX) side by side, and "
        "nothing there compares them."
    ),
    example="""\
class Fan { uint8 Speeds[2] = { 10, 20, 30 }; };
""",
    instead="""\
class Fan { uint8 Speeds[3] = { 10, 20, 30 }; };
""",
    source="DSP0004 Annex A, array; that mofcomp accepts such a value is not known",
)


# --------------------------------------------------------------------------------------- qualifiers

DUPLICATE_QUALIFIER: Final = Rule(
    code="SEM201",
    name="duplicate-qualifier",
    severity=Severity.ERROR,
    what=("Reports a qualifier that an element has twice. Letter case makes no difference."),
    why="Only one of the values can hold.",
    example="""\
[Description("A fan"), description("A pump")]
class Fan { uint8 Speed; };
""",
    instead="""\
[Description("A fan")]
class Fan { uint8 Speed; };
""",
    source='DSP0004 §5.1.2.11; WMI SDK, "MOF compiler error codes"',
    wbemmof="WBEMMOF_E_DUPLICATE_QUALIFIER (0x80044021)",
)

CIMTYPE_QUALIFIER: Final = Rule(
    code="SEM202",
    name="cimtype-qualifier",
    severity=Severity.ERROR,
    what="Reports a CIMTYPE qualifier.",
    why="The compiler makes it, from the type in front of the name.",
    example="""\
class Fan { [CIMTYPE("uint8")] uint8 Speed; };
""",
    instead="""\
class Fan { uint8 Speed; };
""",
    source='WMI SDK, "MOF compiler error codes"',
    wbemmof="WBEMMOF_E_CIMTYPE_QUALIFIER (0x8004401A)",
)

UNKNOWN_FLAVOR: Final = Rule(
    code="SEM203",
    name="unknown-flavor",
    severity=Severity.ERROR,
    what="Reports a word behind the colon of a qualifier that is no flavor.",
    why=("Flavors say whether a qualifier is inherited, may be overridden, or is translated."),
    example="""\
[Description("A fan") : ToSubclas]
class Fan { uint8 Speed; };
""",
    instead="""\
[Description("A fan") : ToSubclass]
class Fan { uint8 Speed; };
""",
    source='DSP0004 §5.6.1.2; WMI SDK, "Qualifier flavors"',
    wbemmof="WBEMMOF_E_EXPECTED_FLAVOR_TYPE (0x80044022)",
    fix_safety="Unsafe: the nearest flavor may not be the one that was meant.",
)

INCOMPATIBLE_FLAVORS: Final = Rule(
    code="SEM204",
    name="incompatible-flavors",
    severity=Severity.ERROR,
    what="Reports a qualifier with both `EnableOverride` and `DisableOverride`.",
    why="A subclass either may change the value or may not.",
    example="""\
[Description("A fan") : EnableOverride DisableOverride]
class Fan { uint8 Speed; };
""",
    instead="""\
[Description("A fan") : EnableOverride]
class Fan { uint8 Speed; };
""",
    source="DSP0004 §5.6.1.2",
    wbemmof="WBEMMOF_E_INCOMPATIBLE_FLAVOR_TYPES (0x80044023)",
)

RESTRICTED_AND_PROPAGATED: Final = Rule(
    code="SEM205",
    name="restricted-and-propagated",
    severity=Severity.ERROR,
    what=("Reports a qualifier with `Restricted` and with `ToSubclass` or `ToInstance`."),
    why=(
        "`Restricted` says that the qualifier stays where it is written, the others say that "
        "it is passed on."
    ),
    example="""\
[Description("A fan") : Restricted ToSubclass]
class Fan { uint8 Speed; };
""",
    instead="""\
[Description("A fan") : ToSubclass]
class Fan { uint8 Speed; };
""",
    source="DSP0004 §5.6.1.2",
    wbemmof="WBEMMOF_E_INCOMPATIBLE_FLAVOR_TYPES2 (0x80044025)",
)

REPEATED_FLAVOR: Final = Rule(
    code="SEM206",
    name="repeated-flavor",
    severity=Severity.WARNING,
    what="Reports a flavor that a qualifier has twice.",
    why="Once is enough; another one may have been meant.",
    example="""\
[Description("A fan") : ToSubclass ToSubclass]
class Fan { uint8 Speed; };
""",
    instead="""\
[Description("A fan") : ToSubclass ToInstance]
class Fan { uint8 Speed; };
""",
    source="DSP0004 §5.6.1.2",
)

FLAVOR_AS_QUALIFIER: Final = Rule(
    code="SEM207",
    name="flavor-as-qualifier",
    severity=Severity.WARNING,
    what="Reports a qualifier with the name of a flavor.",
    why=(
        "A comma ends a qualifier. `[Key : ToInstance, ToSubclass]` has a qualifier called "
        "`ToSubclass`, and the key does not have the flavor."
    ),
    example="""\
class Fan { [Key : ToInstance, ToSubclass] string Id; };
""",
    instead="""\
class Fan { [Key : ToInstance ToSubclass] string Id; };
""",
    source="DSP0004 Annex A, qualifier",
    fix_safety="Unsafe: a qualifier of that name may have been meant.",
)

OUTSIDE_SCOPE: Final = Rule(
    code="SEM208",
    name="qualifier-outside-scope",
    severity=Severity.ERROR,
    what=("Reports a qualifier on an element that its declaration does not allow."),
    why="`Scope(...)` lists the kinds of elements that the qualifier is for.",
    example="""\
Qualifier Unit : string, Scope(property);
[Unit("rpm")] class Fan { uint8 Speed; };
""",
    instead="""\
Qualifier Unit : string, Scope(property);
class Fan { [Unit("rpm")] uint8 Speed; };
""",
    source="DSP0004 §5.6.1.3",
    wbemmof="WBEMMOF_E_QUALIFIER_USED_OUTSIDE_SCOPE (0x8004402E)",
)

QUALIFIER_WITHOUT_VALUE: Final = Rule(
    code="SEM209",
    name="qualifier-without-value",
    severity=Severity.WARNING,
    what=("Reports a qualifier without a value where its declaration says that it is not boolean."),
    why=(
        "A name alone means TRUE, which is no value of that type. Some compilers take the "
        "default instead."
    ),
    example="""\
Qualifier Unit : string, Scope(property);
class Fan { [Unit] uint8 Speed; };
""",
    instead="""\
Qualifier Unit : string, Scope(property);
class Fan { [Unit("rpm")] uint8 Speed; };
""",
    source="DSP0004 §5.6.1; published schemas have it",
)

OVERRIDE_DISABLED: Final = Rule(
    code="SEM210",
    name="override-disabled",
    severity=Severity.ERROR,
    what=(
        "Reports a qualifier that a subclass changes although it is inherited with "
        "`DisableOverride`."
    ),
    why="Who relies on the superclass relies on the value: a key stays a key.",
    example="""\
class Device { [Unit("rpm") : DisableOverride ToSubclass] uint8 Speed; };
class Fan : Device { [Unit("Hz")] uint8 Speed; };
""",
    instead="""\
class Device { [Unit("rpm") : EnableOverride ToSubclass] uint8 Speed; };
class Fan : Device { [Unit("Hz")] uint8 Speed; };
""",
    source="DSP0004 §5.6.1.2",
)

QUALIFIER_REDECLARED: Final = Rule(
    code="SEM211",
    name="qualifier-redeclared",
    severity=Severity.WARNING,
    what=("Reports a qualifier type that is declared a second time and says something else."),
    why=("Every use is held against one declaration: the last one that the compiler saw."),
    example="""\
Qualifier Unit : string, Scope(property);
Qualifier Unit : uint8, Scope(property);
""",
    instead="""\
Qualifier Unit : string, Scope(property);
""",
    source="DSP0004 §5.6.1",
)

QUALIFIER_DECLARATION: Final = Rule(
    code="SEM212",
    name="invalid-qualifier-declaration",
    severity=Severity.ERROR,
    what=(
        "Reports a qualifier declaration with an unknown type, scope or clause, without a "
        "scope, or with its clauses in the wrong order."
    ),
    why=(
        "A declaration has a type, perhaps a default, then the scope, then perhaps the "
        "flavor; or, in WMI's form, flavors only."
    ),
    example="""\
Qualifier Unit : string;
""",
    instead="""\
Qualifier Unit : string, Scope(property), Flavor(ToSubclass);
""",
    source="DSP0004 Annex A, qualifierDeclaration",
    wbemmof="WBEMMOF_E_INVALID_QUALIFIER_SYNTAX (0x8004402D)",
    fix_safety="Unsafe: the nearest word may not be the one that was meant.",
)


# ------------------------------------------------------------------------------------------ classes

DUPLICATE_MEMBER: Final = Rule(
    code="SEM301",
    name="duplicate-member",
    severity=Severity.ERROR,
    what=(
        "Reports a property or a method that a class has twice. Letter case makes no difference."
    ),
    why="Nobody can tell which one is meant.",
    example="""\
class Fan { uint8 Speed; uint16 SPEED; };
""",
    instead="""\
class Fan { uint8 Speed; uint16 MaxSpeed; };
""",
    source='DSP0004 §5.1.2.8; WMI SDK, "MOF compiler error codes"',
    wbemmof="WBEMMOF_E_DUPLICATE_PROPERTY (0x8004401B)",
)

DUPLICATE_PARAMETER: Final = Rule(
    code="SEM302",
    name="duplicate-parameter",
    severity=Severity.ERROR,
    what=("Reports a parameter that a method has twice. Letter case makes no difference."),
    why=("Parameters are passed by name: they are the properties of a `__PARAMETERS` object."),
    example="""\
class Fan { void Set([in] uint8 Speed, [in] uint8 speed); };
""",
    instead="""\
class Fan { void Set([in] uint8 Speed, [in] uint8 MaxSpeed); };
""",
    source="DSP0004 §5.1.2.10",
    wbemmof="WBEMMOF_E_DUPLICATE_PROPERTY (0x8004401B)",
)

CLASS_REDEFINED: Final = Rule(
    code="SEM303",
    name="class-redefined",
    severity=Severity.WARNING,
    what="Reports a class that is defined twice in one namespace.",
    why=(
        "mofcomp takes the second definition as an update of the first, without a word. In "
        "binary MOF both are there, and which one counts is up to the reader."
    ),
    example="""\
class Fan { uint8 Speed; };
class Fan { uint16 Speed; };
""",
    instead="""\
class Fan { uint8 Speed; };
class FastFan { uint16 Speed; };
""",
    source='WMI SDK, "Compiling MOF files"; binary MOF made by mofcomp',
)

SUPERCLASS_CYCLE: Final = Rule(
    code="SEM304",
    name="superclass-cycle",
    severity=Severity.ERROR,
    what=("Reports a class that inherits from itself, directly or through others."),
    why="No compiler can begin with such a class.",
    example="""\
class Fan : TurboFan { uint8 Speed; };
class TurboFan : Fan { uint8 Boost; };
""",
    instead="""\
class Fan { uint8 Speed; };
class TurboFan : Fan { uint8 Boost; };
""",
    source="DSP0004 §5.1.2.8",
)

DECLARED_LATER: Final = Rule(
    code="SEM305",
    name="declared-later",
    severity=Severity.WARNING,
    what=(
        "Reports a class that stands above its superclass, a reference or an embedded object that "
        "stands above the class it is of, and an instance that stands above its class. Two classes "
        "that name each other are left out."
    ),
    why=(
        "mofcomp stores what it reads one by one from top to bottom. The file compiles only "
        "where the repository has the missing class already, from the last time perhaps."
    ),
    example="""\
class TurboFan : Fan { uint8 Boost; };
class Fan { uint8 Speed; };
""",
    instead="""\
class Fan { uint8 Speed; };
class TurboFan : Fan { uint8 Boost; };
""",
    source='WMI SDK, "Creating a class"',
)

INHERITED_TYPE: Final = Rule(
    code="SEM306",
    name="inherited-type",
    severity=Severity.ERROR,
    what=("Reports a property that is inherited and declared again with another type."),
    why=("A subclass can override qualifiers and the default of a property, not its type."),
    example="""\
class Device { uint8 Speed; };
class Fan : Device { string Speed; };
""",
    instead="""\
class Device { uint8 Speed; };
class Fan : Device { [Description("In rpm")] uint8 Speed; };
""",
    source="DSP0004 §5.6.3, Override",
)

ADDED_KEY: Final = Rule(
    code="SEM307",
    name="added-key",
    severity=Severity.WARNING,
    what="Reports a key property that a class adds to inherited keys.",
    why=(
        "Keys are final once a class has some: instances of all subclasses are found by the "
        "same ones. DSP0004 forbids it; whether mofcomp refuses it is not documented."
    ),
    example="""\
class Device { [Key] string Id; };
class Fan : Device { [Key] string Slot; };
""",
    instead="""\
class Device { [Key] string Id; };
class Fan : Device { string Slot; };
""",
    source="DSP0004 §7.4, Key",
)

ARRAY_KEY: Final = Rule(
    code="SEM308",
    name="array-key",
    severity=Severity.WARNING,
    what="Reports a key property that is an array.",
    why=(
        "Keys become part of a path, where an array has no form. DSP0004 forbids it; whether "
        "mofcomp refuses it is not documented."
    ),
    example="""\
class Fan { [Key] string Names[]; };
""",
    instead="""\
class Fan { [Key] string Name; };
""",
    source="DSP0004 §5.6.3, Key",
)

NOTHING_TO_OVERRIDE: Final = Rule(
    code="SEM309",
    name="nothing-to-override",
    severity=Severity.WARNING,
    what=('Reports `Override("Name")` where no superclass has a member of that name.'),
    why=(
        "The qualifier has no effect, and the inherited member that was meant is still there "
        "beside the new one."
    ),
    example="""\
class Device { uint8 Speed; };
class Fan : Device { [Override("Sped")] uint8 Speed; };
""",
    instead="""\
class Device { uint8 Speed; };
class Fan : Device { [Override("Speed")] uint8 Speed; };
""",
    source="DSP0004 §5.6.3, Override",
)

UNDIRECTED_PARAMETER: Final = Rule(
    code="SEM310",
    name="undirected-parameter",
    severity=Severity.INFO,
    what="Says that a parameter has neither `in` nor `out`.",
    why=(
        "WMI takes such a parameter as both, and DSP0004 as `in`. mofcomp's documentation "
        "demands one of them, though it compiles the method without."
    ),
    example="""\
class Fan { void Set(uint8 Speed); };
""",
    instead="""\
class Fan { void Set([in] uint8 Speed); };
""",
    source='WMI SDK, "Creating a method"; binary MOF made by mofcomp',
    wbemmof="WBEMMOF_E_MUST_BE_IN_OR_OUT (0x80044027)",
)

DUPLICATE_PARAMETER_ID: Final = Rule(
    code="SEM311",
    name="duplicate-parameter-id",
    severity=Severity.WARNING,
    what="Reports two parameters of a method with the same `id`.",
    why=(
        "The ids are the order of the parameters, beginning with 0. The compiler gives them "
        "out by itself where none is written."
    ),
    example="""\
class Fan {
    void Set([in, id(0)] uint8 Speed, [in, id(0)] uint8 Time);
};
""",
    instead="""\
class Fan {
    void Set([in, id(0)] uint8 Speed, [in, id(1)] uint8 Time);
};
""",
    source='WMI SDK, "ID qualifier"',
)

PARAMETER_ID_GAP: Final = Rule(
    code="SEM312",
    name="parameter-id-gap",
    severity=Severity.INFO,
    what="Says that the ids of a method's parameters leave out a number.",
    why=(
        "The ids are the order of the parameters, beginning with 0 and without gaps. It is "
        "only an info: the parameters are declared in some order all the same."
    ),
    example="""\
class Fan { void Set([in, id(1)] uint8 Speed); };
""",
    instead="""\
class Fan { void Set([in, id(0)] uint8 Speed); };
""",
    source='WMI SDK, "ID qualifier"',
)


# ---------------------------------------------------------------------------- instances and aliases

DUPLICATE_VALUE: Final = Rule(
    code="SEM401",
    name="duplicate-value",
    severity=Severity.ERROR,
    what=("Reports a property that an instance sets twice. Letter case makes no difference."),
    why="Only one of the values can hold.",
    example="""\
instance of Fan { Speed = 1; speed = 2; };
""",
    instead="""\
instance of Fan { Speed = 2; };
""",
    source='WMI SDK, "MOF compiler error codes"',
    wbemmof="WBEMMOF_E_DUPLICATE_PROPERTY (0x8004401B)",
)

UNKNOWN_PROPERTY: Final = Rule(
    code="SEM402",
    name="unknown-property",
    severity=Severity.WARNING,
    what=(
        "Reports a property that the class of the instance does not have. It is said only "
        "where the class and all its superclasses are in the files."
    ),
    why=(
        "The repository refuses the instance when it is stored. Binary MOF takes the name as "
        "it is, misspelled or not."
    ),
    example="""\
class Fan { [Key] string Id; uint8 Speed; };
instance of Fan { Id = "a"; Sped = 1; };
""",
    instead="""\
class Fan { [Key] string Id; uint8 Speed; };
instance of Fan { Id = "a"; Speed = 1; };
""",
    source='WMI SDK, "Creating an instance"; binary MOF made by mofcomp',
    fix_safety="Unsafe: the nearest property may not be the one that was meant.",
)

MISSING_KEY: Final = Rule(
    code="SEM403",
    name="missing-key",
    severity=Severity.WARNING,
    what=(
        "Reports an instance that leaves out a key without a default. It is said only where "
        "the class and all its superclasses are in the files."
    ),
    why=(
        "An instance is found by its keys. Some providers make them up, and WMI gives an instance "
        "that is stored without its key, a string, a GUID for it; so this may be meant. For that "
        "reason nothing is said of system classes such as `__EventFilter`, though a subscription "
        "whose filter has a new name each time is stored each time anew."
    ),
    example="""\
class Fan { [Key] string Id; uint8 Speed; };
instance of Fan { Speed = 1; };
""",
    instead="""\
class Fan { [Key] string Id; uint8 Speed; };
instance of Fan { Id = "a"; Speed = 1; };
""",
    source='DSP0004 §7.9; WMI SDK, "Creating and declaring an instance using C++" (the GUID)',
)

ABSTRACT_INSTANCE: Final = Rule(
    code="SEM404",
    name="abstract-instance",
    severity=Severity.WARNING,
    what="Reports an instance of a class with the qualifier `Abstract`.",
    why=(
        "An abstract class is there to be inherited from; the repository refuses instances of it."
    ),
    example="""\
[Abstract] class Device { [Key] string Id; };
instance of Device { Id = "a"; };
""",
    instead="""\
[Abstract] class Device { [Key] string Id; };
class Fan : Device { };
instance of Fan { Id = "a"; };
""",
    source="DSP0004 §5.6.3, Abstract",
)

SAME_KEYS: Final = Rule(
    code="SEM405",
    name="same-keys",
    severity=Severity.WARNING,
    what="Reports an instance that has the keys of an earlier one of its class.",
    why="The second one replaces the first when it is stored, or is refused.",
    example="""\
class Fan { [Key] string Id; uint8 Speed; };
instance of Fan { Id = "a"; Speed = 1; };
instance of Fan { Id = "A"; Speed = 2; };
""",
    instead="""\
class Fan { [Key] string Id; uint8 Speed; };
instance of Fan { Id = "a"; Speed = 1; };
instance of Fan { Id = "b"; Speed = 2; };
""",
    source="DSP0004 §5.1.2.9",
)

UNDEFINED_ALIAS: Final = Rule(
    code="SEM406",
    name="undefined-alias",
    severity=Severity.ERROR,
    what=("Reports an alias that no instance of the file and its includes is declared as."),
    why=(
        "An alias stands for the path of an instance, or for the instance itself; it may "
        "stand above its declaration."
    ),
    example="""\
instance of Fan as $Left { Id = "a"; };
instance of Shelf { Owner = $Lift; };
""",
    instead="""\
instance of Fan as $Left { Id = "a"; };
instance of Shelf { Owner = $Left; };
""",
    source='DSP0004 §7.9; WMI SDK, "Creating an alias"',
    fix_safety="Unsafe: the nearest alias may not be the one that was meant.",
)

DUPLICATE_ALIAS: Final = Rule(
    code="SEM407",
    name="duplicate-alias",
    severity=Severity.ERROR,
    what="Reports an alias that is declared twice in a file and its includes.",
    why="Nobody can tell which instance is meant.",
    example="""\
instance of Fan as $Left { Id = "a"; };
instance of Fan as $Left { Id = "b"; };
""",
    instead="""\
instance of Fan as $Left { Id = "a"; };
instance of Fan as $Right { Id = "b"; };
""",
    source='WMI SDK, "MOF compiler error codes"',
    wbemmof="WBEMMOF_E_MULTIPLE_ALIASES (0x80044024)",
)

ALIAS_IN_EMBEDDED: Final = Rule(
    code="SEM408",
    name="alias-in-embedded-instance",
    severity=Severity.ERROR,
    what="Reports an alias on an instance that is a value.",
    why=("An embedded instance has no path of its own that an alias could stand for."),
    example="""\
instance of Shelf { Top = instance of Fan as $Left { Speed = 1; }; };
""",
    instead="""\
instance of Shelf { Top = instance of Fan { Speed = 1; }; };
""",
    source='WMI SDK, "MOF compiler error codes"',
    wbemmof="WBEMMOF_E_ALIASES_IN_EMBEDDED (0x8004401F)",
)

UNEXPECTED_ALIAS: Final = Rule(
    code="SEM409",
    name="unexpected-alias",
    severity=Severity.ERROR,
    what=(
        "Reports an alias as the value of a property that is neither a reference nor an "
        "object. A string with `EmbeddedInstance` is an object."
    ),
    why="An alias stands for an instance.",
    example="""\
class Shelf { uint8 Owner; };
instance of Fan as $Left { Id = "a"; };
instance of Shelf { Owner = $Left; };
""",
    instead="""\
class Shelf { Fan ref Owner; };
instance of Fan as $Left { Id = "a"; };
instance of Shelf { Owner = $Left; };
""",
    source='WMI SDK, "MOF compiler error codes"',
    wbemmof="WBEMMOF_E_UNEXPECTED_ALIAS (0x8004400E)",
)


RULES: Final = (
    UNKNOWN_PRAGMA,
    PRAGMA_ARGUMENTS,
    NAMESPACE_SYNTAX,
    OTHER_SERVER,
    FLAGS,
    DELETE_CLASS,
    DELETE_INSTANCE,
    AMENDMENT,
    DUPLICATE_AMENDMENT,
    INCLUDE_NOT_FOUND,
    INCLUDE_CYCLE,
    PREPROCESSOR,
    OUT_OF_RANGE,
    TYPE_MISMATCH,
    ARRAY_FOR_SCALAR,
    SCALAR_FOR_ARRAY,
    REAL_FOR_INTEGER,
    MIXED_ARRAY,
    NULL_IN_ARRAY,
    DATETIME,
    NESTED_ARRAY,
    NESTED_TOO_DEEP,
    FOREIGN_TYPE,
    TYPEDEF,
    VOID_MEMBER,
    ARRAY_SIZE,
    ARRAY_RESULT,
    REFERENCE_TO_TYPE,
    UNQUOTED_STRING,
    BEYOND_ARRAY_SIZE,
    DUPLICATE_QUALIFIER,
    CIMTYPE_QUALIFIER,
    UNKNOWN_FLAVOR,
    INCOMPATIBLE_FLAVORS,
    RESTRICTED_AND_PROPAGATED,
    REPEATED_FLAVOR,
    FLAVOR_AS_QUALIFIER,
    OUTSIDE_SCOPE,
    QUALIFIER_WITHOUT_VALUE,
    OVERRIDE_DISABLED,
    QUALIFIER_REDECLARED,
    QUALIFIER_DECLARATION,
    DUPLICATE_MEMBER,
    DUPLICATE_PARAMETER,
    CLASS_REDEFINED,
    SUPERCLASS_CYCLE,
    DECLARED_LATER,
    INHERITED_TYPE,
    ADDED_KEY,
    ARRAY_KEY,
    NOTHING_TO_OVERRIDE,
    UNDIRECTED_PARAMETER,
    DUPLICATE_PARAMETER_ID,
    PARAMETER_ID_GAP,
    DUPLICATE_VALUE,
    UNKNOWN_PROPERTY,
    MISSING_KEY,
    ABSTRACT_INSTANCE,
    SAME_KEYS,
    UNDEFINED_ALIAS,
    DUPLICATE_ALIAS,
    ALIAS_IN_EMBEDDED,
    UNEXPECTED_ALIAS,
)
"""Every rule of this package, in order of code."""
