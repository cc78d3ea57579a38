r"""The ENC and SYN rules: what each code of this package means.

One constant a rule, in order of code; `RULES` is the list of all. `mofkit rule CODE` prints a page.
ENC001 to ENC003 are numbered as in mofkit's rule catalogue; ENC003 is about a set of files and
belongs to the linter.

Sources: DSP0004 is DMTF's "CIM Infrastructure Specification" 2.x, whose Annex A is the grammar of
MOF; DSP0221 is MOF 3.0. What Microsoft's mofcomp does is known from the WMI SDK's pages ("mofcomp",
"WMI error constants") only, and said so. What pywbem refuses was tried with pywbem 1.9.1.
"""

from __future__ import annotations

from typing import Final

from mofkit.diagnostics import Rule, Severity

# ------------------------------------------------------------------------- bytes and characters

NON_ASCII_WITHOUT_BOM: Final = Rule(
    code="ENC001",
    name="non-ascii-without-bom",
    severity=Severity.WARNING,
    what=(
        "Reports a file that holds characters other than ASCII (accents, umlauts, typographic "
        "dashes) as UTF-8 and does not say so with a byte order mark."
    ),
    why=(
        "Nothing in such a file tells its encoding. mofcomp's documentation knows UTF-16 by its "
        "two-byte signature and nothing else, so the text is presumably read in the ANSI code "
        "page of whatever machine compiles it: descriptions arrive as `LÃ¼fter`, and names, keys "
        "and paths no longer match. pywbem and OMI read UTF-8."
    ),
    example='[Description("Ein Lüfter")]\nclass Fan {\n};\n',
    example_bytes='[Description("Ein Lüfter")]\nclass Fan {\n};\n'.encode(),
    instead='[Description("Ein L\\x00FCfter")] // or save the file as UTF-16\nclass Fan {\n};\n',
    source=(
        "Microsoft, WMI SDK: mofcomp (Remarks: a file in Unicode starts with a two-byte "
        "signature). DSP0004 Annex A, stringEscapeSequence, for the escape."
    ),
    fix_safety=(
        "Unsafe: it writes escapes, where all such characters stand in strings. Readers of UTF-8 "
        "get the same text; what mofcomp stores is no longer what it was, and people can hardly "
        "read the source. Saved as UTF-16 it stays readable, but that is a matter of the bytes: "
        "fixes are edits of the text."
    ),
)

UTF8_BOM: Final = Rule(
    code="ENC002",
    name="utf8-bom",
    severity=Severity.WARNING,
    what=(
        "Reports a file that starts with the UTF-8 byte order mark, the bytes EF BB BF. Windows "
        "PowerShell and Notepad write it without asking."
    ),
    why=(
        "Several readers take the mark for a character of the text and stop at line 1: pywbem "
        "with `Illegal character '\\ufeff'`, Puppet's MOF parser likewise. mofcomp's "
        "documentation mentions the marks of UTF-16 only. OMI reads it. There is no fix: fixes are "
        "edits of the text, and the mark stands in front of that; and without the mark a file with "
        "other text than ASCII would be no better (ENC001)."
    ),
    example="<U+FEFF>class Fan {\n};\n",
    example_bytes=b"\xef\xbb\xbfclass Fan {\n};\n",
    instead="class Fan {\n};\n",
    source=(
        "Microsoft, WMI SDK: mofcomp (Remarks). puppetlabs-dsc, pull request 181, which strips "
        "the marks that came with published DSC resources."
    ),
)

CP1252_TEXT: Final = Rule(
    code="ENC004",
    name="cp1252-text",
    severity=Severity.WARNING,
    what=(
        "Reports a file whose bytes are not UTF-8. It is read as Windows-1252, the usual ANSI "
        "code page of western Windows; whether that was meant, nobody can tell."
    ),
    why=(
        "The same bytes are other letters on a machine with another code page, so what mofcomp "
        "stores depends on where it ran. pywbem stops with a UnicodeDecodeError."
    ),
    example='[Description("Ein L<FC>fter")]\nclass Fan {\n};\n',
    example_bytes=b'[Description("Ein L\xfcfter")]\nclass Fan {\n};\n',
    instead='[Description("Ein L\\x00FCfter")] // or save the file as UTF-16\nclass Fan {\n};\n',
    source=(
        "Microsoft, WMI SDK: mofcomp (Remarks: only Unicode text has a signature). DSP0004 Annex "
        "A, stringEscapeSequence, for the escape."
    ),
)

UTF16_WITHOUT_BOM: Final = Rule(
    code="ENC005",
    name="utf16-without-bom",
    severity=Severity.WARNING,
    what=(
        "Reports UTF-16 text that does not start with a byte order mark (FF FE or FE FF). It was "
        "recognised by the NUL byte in each of its first characters."
    ),
    why=(
        "mofcomp knows UTF-16 by its mark. Without it every second byte is a NUL character, and "
        "the file is not MOF any more. OMI guesses as mofkit does; pywbem cannot read UTF-16."
    ),
    example="class Fan {\n};\n",
    example_bytes="class Fan {\n};\n".encode("utf-16-le"),
    instead="class Fan {\n};\n",
    source="Microsoft, WMI SDK: mofcomp (Remarks). OMI MOF parser, which guesses.",
)

ODD_TAIL: Final = Rule(
    code="ENC006",
    name="odd-tail",
    severity=Severity.WARNING,
    what=(
        "Reports UTF-16 text with one byte behind its last character: half a character, since "
        "each takes two bytes or four."
    ),
    why=(
        "The file was cut, or something that counts in bytes added to it: `copy a.mof+b.mof` puts "
        "a single 1A byte at the end. Strict decoders refuse the whole file for it."
    ),
    example="class Fan {\n};\n<1A>\n",
    example_bytes=b"\xff\xfe" + "class Fan {\n};\n".encode("utf-16-le") + b"\x1a",
    instead="class Fan {\n};\n",
    source="Microsoft, Windows Commands: copy (text mode ends a file with Ctrl-Z, /b does not).",
)

CONTROL_TAIL: Final = Rule(
    code="ENC007",
    name="control-tail",
    severity=Severity.WARNING,
    what=(
        "Reports NUL or Ctrl-Z characters at the end of a file. Ctrl-Z (1A) meant `end of text` "
        "in CP/M and DOS, and `copy a.mof+b.mof c.mof` still adds one; NULs are padding."
    ),
    why=(
        "They are no MOF. pywbem refuses the file (`Illegal character '\\x1a'`), and when another "
        "file is appended later, they end up in the middle of it."
    ),
    example="class Fan {\n};\n<1A>\n",
    example_bytes=b"class Fan {\n};\n\x1a",
    instead="class Fan {\n};\n",
    source="Microsoft, Windows Commands: copy (text mode ends a file with Ctrl-Z, /b does not).",
)

BOM_INSIDE: Final = Rule(
    code="ENC008",
    name="bom-inside",
    severity=Severity.WARNING,
    what=(
        "Reports a byte order mark (U+FEFF) that is not at the start of the file. Two files with "
        "a mark each were joined, for example with `copy /b`."
    ),
    why=(
        "A mark counts at the start only. Elsewhere it is an invisible character which DSP0004 "
        "would let into a name, and which pywbem refuses. mofkit reads it as white space."
    ),
    example="class Fan {};\n<U+FEFF>class Pump {};\n",
    example_bytes="\ufeffclass Fan {};\n\ufeffclass Pump {};\n".encode("utf-16-le"),
    instead="class Fan {};\nclass Pump {};\n",
    source="DSP0004 Annex A, IDENTIFIER (U+0080 to U+FFEF). The Unicode Standard, U+FEFF.",
)

SUSPICIOUS_SPACE: Final = Rule(
    code="ENC009",
    name="suspicious-space",
    severity=Severity.WARNING,
    what=(
        "Reports white space that is not a blank, a tab or a line end, such as the non-breaking "
        "space U+00A0. It usually comes from a web page or a word processor."
    ),
    why=(
        "It looks like a blank, but DSP0004 counts it among the letters: `string` and `Name` with "
        "such a space between are one word. pywbem stops at it as an illegal character. Published "
        "documentation has MOF indented with it. mofkit reads it as white space."
    ),
    example="class Fan {\n<U+00A0>string Name;\n};\n",
    example_bytes=b"class Fan {\n\xc2\xa0string Name;\n};\n",
    instead="class Fan {\n    string Name;\n};\n",
    source="DSP0004 Annex A, IDENTIFIER (U+0080 to U+FFEF) and the white space of MOF.",
)

MIXED_LINE_ENDS: Final = Rule(
    code="ENC010",
    name="mixed-line-ends",
    severity=Severity.INFO,
    what="Reports a file in which some lines end in CR LF, as on Windows, and others in LF.",
    why=(
        "MOF does not mind. Version control and editors do: the next one to save the file may "
        "change every line, and the diff hides what was really changed."
    ),
    example="class Fan {};<CR><LF>\nclass Pump {};<LF>\n",
    example_bytes=b"class Fan {};\r\nclass Pump {};\n",
    instead="class Fan {};\nclass Pump {};\n",
    source="Published files, such as the class definitions in OMI's source.",
)

LONE_CR: Final = Rule(
    code="ENC011",
    name="lone-cr",
    severity=Severity.WARNING,
    what="Reports a line that ends in CR alone, without the LF that should follow.",
    why=(
        "Readers disagree on whether that is a line end. To pywbem a `//` comment goes on until "
        "the next LF: in a file whose lines end in CR, one comment swallows everything behind it, "
        "and the file compiles without a word to nothing. Line numbers in messages differ too."
    ),
    example="// Fans<CR>\nclass Fan {};<LF>\n",
    example_bytes=b"// Fans\rclass Fan {};\n",
    instead="// Fans\nclass Fan {};\n",
    source="Tried with pywbem 1.9.1; lone CRs stand in published DSC resources.",
)

SHIFTED_UTF16: Final = Rule(
    code="ENC012",
    name="shifted-utf16",
    severity=Severity.ERROR,
    what=(
        "Reports UTF-16 text whose line ends were converted as if it had one byte a character: "
        "the byte 0D was put in front of each byte 0A. In UTF-16LE, 0D 00 0A 00 became "
        "0D 00 0D 0A 00."
    ),
    why=(
        "From that byte on every character is cut in the wrong place, up to the next line end, so "
        "every other line is Chinese-looking nonsense to any reader. Version control that is told "
        "to take the file for text (`* text` in .gitattributes) does this, and so do scripts."
    ),
    example="class Fan {<0D 00 0D 0A 00>\n};\n",
    example_bytes=b"\xff\xfe" + "class Fan {\r\n};\r\n".encode("utf-16-le").replace(b"\n", b"\r\n"),
    instead="class Fan {\n};\n",
    source="Published files: the DSR_*.schema.mfl of puppetlabs-dsc.",
)

UNPAIRED_SURROGATE: Final = Rule(
    code="ENC013",
    name="unpaired-surrogate",
    severity=Severity.WARNING,
    what=(
        "Reports half of a surrogate pair. UTF-16 writes a character beyond U+FFFF, such as an "
        "emoji, as two halves; one of them is missing."
    ),
    why=(
        "The half means nothing by itself. UTF-8, XML and JSON cannot hold it, so a tool that "
        "converts the file fails or puts a question mark there."
    ),
    example="// fan <U+D83D>\nclass Fan {};\n",
    example_bytes=b"\xff\xfe"
    + "// fan \ud83d\nclass Fan {};\n".encode("utf-16-le", "surrogatepass"),
    instead="// fan\nclass Fan {};\n",
    source="The Unicode Standard, chapter 3.8, Surrogates.",
)

BINARY_MOF: Final = Rule(
    code="ENC014",
    name="binary-mof",
    severity=Severity.ERROR,
    what=(
        "Reports a file that starts with the letters FOMB: binary MOF, the compressed form that "
        "mofcomp makes for drivers with -B:. It holds no text."
    ),
    why=(
        "mofcomp takes both forms, so the mix-up goes unnoticed there; a tool that reads text can "
        "say nothing about such a file. Check the MOF it was made from."
    ),
    example="FOMB<01 00 00 00 ...>\n",
    example_bytes=b"FOMB\x01\x00\x00\x00",
    instead="class Fan {};\n",
    source=(
        "Microsoft, WMI SDK: mofcomp (-B:); WMI error constants, WBEMMOF_E_INVALID_FILE: `not a "
        "valid text MOF file or binary MOF file`."
    ),
)

CONTROL_INSIDE: Final = Rule(
    code="ENC015",
    name="control-inside",
    severity=Severity.WARNING,
    what="Reports NUL (a zero byte) and Ctrl-Z characters in front of the end of the text.",
    why=(
        "To programs in C a NUL ends a text, and to some on Windows a Ctrl-Z: such a reader sees "
        "only what stands in front of it. A NUL is often UTF-16 text that was pasted into an 8-bit "
        "file, a Ctrl-Z what `copy a+b` leaves between two files."
    ),
    example='class Fan {\n    string Name = "A<00>B";\n};\n',
    example_bytes=b'class Fan {\n    string Name = "A\0B";\n};\n',
    instead='class Fan {\n    string Name = "AB";\n};\n',
    source="DSP0004 Annex A: no token of MOF needs a NUL; in a string, `\\x0` writes one.",
)

# --------------------------------------------------------------------------------------- syntax

UNEXPECTED_TOKEN: Final = Rule(
    code="SYN001",
    name="unexpected-token",
    severity=Severity.ERROR,
    what=(
        "Reports a word, number or sign that fits nowhere at its place, where no more exact rule "
        "applies. A comma behind the last item of a list is the usual case: many languages allow "
        "it, MOF does not."
    ),
    why=(
        "mofcomp checks the whole file before it does anything; at the first syntax error it "
        "stops with exit code 3 and stores nothing. The other compilers refuse the file as well."
    ),
    example="""class Demo_Fan {
    [Values{"Off", "On",}]
    uint32 State;
};
""",
    instead="""class Demo_Fan {
    [Values{"Off", "On"}]
    uint32 State;
};
""",
    source="DSP0004 Annex A, arrayInitializer. Microsoft, WMI SDK: mofcomp (Return Values).",
    fix_safety="Unsafe: what was left out is guessed from what could stand there.",
)

MISSING_SEMICOLON: Final = Rule(
    code="SYN002",
    name="missing-semicolon",
    severity=Severity.ERROR,
    what=(
        "Reports a property, method, class, instance or qualifier declaration that is not ended "
        "by `;`. The semicolon behind the last `}` belongs to the class or instance."
    ),
    why=(
        "Without it the next declaration is read as part of this one, and compilers name a place "
        "a line or more too late: pywbem says `Unexpected end of MOF` when the last one of a file "
        "is missing."
    ),
    example="""class Demo_Fan {
    uint32 Speed
};
""",
    instead="""class Demo_Fan {
    uint32 Speed;
};
""",
    source="DSP0004 Annex A, propertyDeclaration, classDeclaration, instanceDeclaration.",
    wbemmof="WBEMMOF_E_EXPECTED_SEMI (0x80044002)",
    fix_safety="Safe: nothing else can stand there.",
)

UNCLOSED_BRACE: Final = Rule(
    code="SYN003",
    name="unclosed-brace",
    severity=Severity.ERROR,
    what="Reports a `{` of a class, an instance or an array that no `}` closes.",
    why=(
        "All that follows is read as part of what was left open, so compilers complain at the "
        "next class or at the end of the file, far from the mistake. mofcomp has another message "
        "for it as well: `the final brace and semi-colon for a class are missing`."
    ),
    example="""class Demo_Fan {
    uint32 Speed;

class Demo_Pump {
    uint32 Flow;
};
""",
    instead="""class Demo_Fan {
    uint32 Speed;
};

class Demo_Pump {
    uint32 Flow;
};
""",
    source=(
        "DSP0004 Annex A, classDeclaration, instanceDeclaration, arrayInitializer. Microsoft, WMI "
        "SDK: WMI error constants, also WBEMMOF_E_EXPECTED_BRACE_OR_BAD_TYPE (0x80044029)."
    ),
    wbemmof="WBEMMOF_E_EXPECTED_CLOSE_BRACE (0x80044004)",
    fix_safety="Unsafe: where the brace belongs is guessed.",
)

UNCLOSED_BRACKET: Final = Rule(
    code="SYN004",
    name="unclosed-bracket",
    severity=Severity.ERROR,
    what="Reports a `[` of a qualifier list or of an array that no `]` closes.",
    why=(
        "What follows is read as one more qualifier. Compilers stop at the type of the property "
        "or at `class`, which looks right."
    ),
    example="""class Demo_Fan {
    [Key, Read
    string Id;
};
""",
    instead="""class Demo_Fan {
    [Key, Read]
    string Id;
};
""",
    source="DSP0004 Annex A, qualifierList and array.",
    wbemmof="WBEMMOF_E_EXPECTED_CLOSE_BRACKET (0x80044005)",
    fix_safety="Unsafe: where the bracket belongs is guessed.",
)

UNCLOSED_PARENTHESIS: Final = Rule(
    code="SYN005",
    name="unclosed-parenthesis",
    severity=Severity.ERROR,
    what="Reports a `(` of a qualifier, a method or a pragma that no `)` closes.",
    why="No compiler reads the file: a qualifier's value has to end before the next one begins.",
    example="""[Description("A fan"]
class Demo_Fan {
};
""",
    instead="""[Description("A fan")]
class Demo_Fan {
};
""",
    source="DSP0004 Annex A, qualifierParameter, methodDeclaration, compilerDirective.",
    wbemmof="WBEMMOF_E_EXPECTED_CLOSE_PAREN (0x80044006)",
    fix_safety="Unsafe: where the parenthesis belongs is guessed.",
)

MISSING_OPENING: Final = Rule(
    code="SYN006",
    name="missing-opening-bracket",
    severity=Severity.ERROR,
    what="Reports a place where a `{`, `[` or `(` has to stand and does not.",
    why=(
        "Compilers read the words that follow as something else. mofcomp has a message for the "
        "brace and the parenthesis (WBEMMOF_E_EXPECTED_OPEN_BRACE, WBEMMOF_E_EXPECTED_OPEN_PAREN), "
        "none for the bracket."
    ),
    example="""class Demo_Fan
    uint32 Speed;
};
""",
    instead="""class Demo_Fan {
    uint32 Speed;
};
""",
    source=(
        "DSP0004 Annex A, classDeclaration, qualifierList, qualifierParameter. Microsoft, WMI SDK: "
        "WMI error constants (0x80044003, 0x80044009)."
    ),
    fix_safety="Unsafe: what was left out is guessed from what could stand there.",
)

UNEXPECTED_CHARACTER: Final = Rule(
    code="SYN007",
    name="unexpected-character",
    severity=Severity.ERROR,
    what=(
        "Reports a character with which nothing in MOF begins, outside strings and comments: "
        "`?`, `@`, `%`, `<`, a backslash."
    ),
    why=(
        "No compiler reads the file. Often it is a template whose holes (`@VERSION@`, `<PREFIX>`) "
        "were never filled in, or text of another language."
    ),
    example="""class Demo_Fan {
    uint8 Load = 50%;
};
""",
    instead="""class Demo_Fan {
    uint8 Load = 50; // percent
};
""",
    source="DSP0004 Annex A, the tokens of MOF.",
    wbemmof="WBEMMOF_E_UNRECOGNIZED_TOKEN (0x8004400A)",
)

UNTERMINATED_STRING: Final = Rule(
    code="SYN008",
    name="unterminated-string",
    severity=Severity.ERROR,
    what=(
        "Reports a string whose closing quote is missing on its line. A backslash in front of the "
        'quote hides it too: `"C:\\"` does not end.'
    ),
    why=(
        "The next quote in the file then counts as the closing one, strings and code change "
        "places, and a compiler's message is about some later line."
    ),
    example="""class Demo_Fan {
    string Name = "intake;
};
""",
    instead="""class Demo_Fan {
    string Name = "intake";
};
""",
    source="DSP0004 Annex A, stringValue. OpenPegasus and pywbem refuse it at the quote.",
    fix_safety="Unsafe: the string is closed at the end of its line, which may be too late.",
)

UNTERMINATED_COMMENT: Final = Rule(
    code="SYN009",
    name="unterminated-comment",
    severity=Severity.ERROR,
    what="Reports a comment that begins with `/*` and is never closed by `*/`.",
    why=(
        "Everything up to the end of the file is comment. A reader that does not mind loses those "
        "declarations without a word; pywbem stops at the `/`."
    ),
    example="""class Demo_Fan {
};
/* The pumps follow.
class Demo_Pump {
};
""",
    instead="""class Demo_Fan {
};
/* The pumps follow. */
class Demo_Pump {
};
""",
    source="DSP0004, MOF comments: `//` to the end of the line, `/*` to `*/`, not nested.",
)

BAD_ESCAPE: Final = Rule(
    code="SYN010",
    name="bad-escape",
    severity=Severity.WARNING,
    what=(
        "Reports a backslash in a string or character that begins no escape of MOF. The escapes "
        "are `\\b`, `\\t`, `\\n`, `\\f`, `\\r`, `\\\"`, `\\'`, `\\\\`, and `\\x` with one to four "
        "hexadecimal digits. Usually it is a Windows path whose backslashes were not doubled."
    ),
    why=(
        "Readers do different things: pywbem and OMI refuse the string, OpenPegasus keeps the "
        "backslash; what mofcomp does is not documented. Worse is the path that happens to make "
        "an escape: the `\\n` of `C:\\new` is a line end, and nobody reports it."
    ),
    example=r"""class Demo_Fan {
    string Log = "C:\Data";
};
""",
    instead=r"""class Demo_Fan {
    string Log = "C:\\Data";
};
""",
    source=(
        "DSP0004 Annex A, stringEscapeSequence. Published files have it, among them libvirt-cim's "
        "and `#pragma include` lines with Windows paths."
    ),
    fix_safety="Unsafe: the backslash is doubled; another escape may have been meant.",
)

BAD_NUMBER: Final = Rule(
    code="SYN011",
    name="bad-number",
    severity=Severity.ERROR,
    what=(
        "Reports text that begins like a number and is none: `089` (a leading zero means octal, "
        "which has no 8 or 9), `102b` (binary has 0 and 1 only), `0x` without digits, `1.` "
        "without a digit behind the point, `1e5` without a point, `12abc`."
    ),
    why=(
        "pywbem refuses all of these. Readers that cut the text into pieces go on with a wrong "
        "number. A leading zero never means what it seems to: `010` is eight."
    ),
    example="""class Demo_Fan {
    uint32 Port = 089;
};
""",
    instead="""class Demo_Fan {
    uint32 Port = 89;
};
""",
    source="DSP0004 Annex A, integerValue (binary, octal, decimal, hex) and realValue.",
    fix_safety="Unsafe: the number may have been meant otherwise.",
)

DETACHED_SIGN: Final = Rule(
    code="SYN012",
    name="detached-sign",
    severity=Severity.ERROR,
    what="Reports a `+` or `-` that does not stand directly in front of its number.",
    why=(
        "The sign is part of the number in MOF; it is no operator, and there is no arithmetic. "
        "pywbem stops at the sign as an illegal character."
    ),
    example="""class Demo_Fan {
    sint32 Offset = - 5;
};
""",
    instead="""class Demo_Fan {
    sint32 Offset = -5;
};
""",
    source="DSP0004 Annex A, decimalValue and realValue.",
    wbemmof="WBEMMOF_E_UNRECOGNIZED_TOKEN (0x8004400A)",
    fix_safety="Safe: the space is removed.",
)

BAD_CHARACTER: Final = Rule(
    code="SYN013",
    name="bad-character-literal",
    severity=Severity.ERROR,
    what=(
        "Reports a text in single quotes that is not exactly one character or one escape. Single "
        "quotes write a char16, double quotes a string."
    ),
    why=(
        "A char16 is one 16-bit unit: there is no place for more. pywbem refuses the literal. "
        "Who comes from a language where both quotes make strings writes this."
    ),
    example="""class Demo_Fan {
    string Unit = 'rpm';
};
""",
    instead="""class Demo_Fan {
    string Unit = "rpm";
};
""",
    source="DSP0004 Annex A, charValue.",
    fix_safety="Unsafe: it becomes a string, which is another type than char16.",
)

TYPOGRAPHIC_QUOTES: Final = Rule(
    code="SYN014",
    name="typographic-quotes",
    severity=Severity.ERROR,
    what=(
        "Reports a string in the quotes of a word processor, “ and ”, instead of the "
        "plain quote of the keyboard."
    ),
    why=(
        "They look like quotes and are none: DSP0004 counts them among the letters of a name, and "
        "pywbem stops at them as illegal characters. They come from web pages and from mail."
    ),
    example="""class Demo_Fan {
    string Name = “intake”;
};
""",
    instead="""class Demo_Fan {
    string Name = "intake";
};
""",
    source='DSP0004 Annex A, stringValue (the quote is U+0022, `"`) and IDENTIFIER.',
    wbemmof="WBEMMOF_E_UNRECOGNIZED_TOKEN (0x8004400A)",
    fix_safety="Safe: the quotation mark becomes a plain one.",
)

MULTILINE_STRING: Final = Rule(
    code="SYN016",
    name="multiline-string",
    severity=Severity.WARNING,
    what=(
        "Reports a string that runs over a line end. MOF writes a line end in a string as "
        "`\\n`, and a long string as several, which are joined with nothing between."
    ),
    why=(
        "OMI and PowerShell DSC for Linux read it, line end included; DSP0004 does not have it, "
        "pywbem and OpenPegasus refuse it, and what mofcomp does is not documented. The string's "
        "value also changes when the file's line ends are converted."
    ),
    example="""instance of Demo_Script {
    Text = "start
stop";
};
""",
    instead=r"""instance of Demo_Script {
    Text = "start\n"
           "stop";
};
""",
    source="DSP0004 Annex A, stringValue. Published files: nxScript of PowerShell DSC for Linux.",
)

MISSING_VALUE: Final = Rule(
    code="SYN017",
    name="missing-value",
    severity=Severity.WARNING,
    what=(
        "Reports a property in an instance that has no value: `Speed;`. Only where a property "
        "provider of WMI supplies it may the value be left out, and then a qualifier stands in "
        "front which says where it comes from."
    ),
    why=(
        "A property that shall keep its default is not mentioned at all. pywbem refuses the "
        "statement; mofcomp asks for a semicolon or `=`."
    ),
    example="""instance of Demo_Fan {
    Id = "intake";
    Speed;
};
""",
    instead="""instance of Demo_Fan {
    Id = "intake";
    Speed = 900;
};
""",
    source=(
        "DSP0004 Annex A, valueInitializer. Microsoft, WMI SDK: the registry provider's pages, "
        "which show the form with a PropertyContext qualifier."
    ),
)

VALUES_IN_PARENTHESES: Final = Rule(
    code="SYN018",
    name="values-in-parentheses",
    severity=Severity.WARNING,
    what=(
        "Reports a qualifier whose several values stand in parentheses, or in braces within "
        "parentheses. Parentheses hold a single value; an array stands in braces, directly behind "
        "the qualifier's name."
    ),
    why=(
        "pywbem refuses both forms, and so does the grammar. Microsoft's own page on BitMap shows "
        "the first one, so it may be that mofcomp lets it pass."
    ),
    example="""class Demo_Fan {
    [BitMap("0", "1")]
    uint32 State;
};
""",
    instead="""class Demo_Fan {
    [BitMap{"0", "1"}]
    uint32 State;
};
""",
    source=(
        "DSP0004 Annex A, qualifierParameter. Microsoft, WMI SDK: BitMap and BitValues, which has "
        "the form with parentheses."
    ),
    fix_safety="Safe: the values stay as they are.",
)

EMPTY_QUALIFIER_LIST: Final = Rule(
    code="SYN019",
    name="empty-qualifier-list",
    severity=Severity.WARNING,
    what=(
        "Reports `[]` in front of a declaration: brackets for qualifiers with no qualifier in them."
    ),
    why="A qualifier list holds at least one qualifier; pywbem refuses the file.",
    example="""[]
class Demo_Fan {
};
""",
    instead="""class Demo_Fan {
};
""",
    source="DSP0004 Annex A, qualifierList.",
    fix_safety="Safe: an empty list says nothing.",
)

ALIAS_AFTER_SUPERCLASS: Final = Rule(
    code="SYN020",
    name="alias-after-superclass",
    severity=Severity.WARNING,
    what="Reports a class whose alias (`as $Name`) stands behind its superclass.",
    why=(
        "DSP0004 puts the alias first, directly behind the class's name, and pywbem refuses the "
        "other order."
    ),
    example="""class Demo_Fan : CIM_Fan as $Fan {
};
""",
    instead="""class Demo_Fan as $Fan : CIM_Fan {
};
""",
    source="DSP0004 Annex A, classDeclaration, in the versions that have class aliases.",
)

MOF3_CONSTRUCT: Final = Rule(
    code="SYN021",
    name="mof3-construct",
    severity=Severity.WARNING,
    what=(
        "Reports what only MOF 3.0 has: declarations of structures, enumerations and associations "
        "by keyword, `value of`, methods that return an array, enumeration literals."
    ),
    why=(
        "mofcomp, OMI, pywbem and OpenPegasus read MOF 2. mofcomp's list of errors says that "
        "typedefs and enumerated types are not supported, and that methods cannot return arrays."
    ),
    example="""structure Demo_Size {
    uint32 Width;
};
""",
    instead="""class Demo_Size {
    uint32 Width;
};
""",
    source=(
        "DSP0221 (MOF 3.0). Microsoft, WMI SDK: WMI error constants, "
        "WBEMMOF_E_TYPEDEF_NOT_SUPPORTED (0x8004400D), WBEMMOF_E_NO_ARRAYS_RETURNED (0x80044026)."
    ),
)

MISPLACED_ARRAY: Final = Rule(
    code="SYN022",
    name="misplaced-array",
    severity=Severity.ERROR,
    what=(
        "Reports an array whose brackets stand behind its type, as in C# and Java, instead of "
        "behind its name."
    ),
    why="No reader of MOF 2 knows that order; pywbem stops at the bracket.",
    example="""class Demo_Fan {
    uint32[] Speeds;
};
""",
    instead="""class Demo_Fan {
    uint32 Speeds[];
};
""",
    source="DSP0004 Annex A, propertyDeclaration and parameter: dataType, name, [array].",
    wbemmof="WBEMMOF_E_EXPECTED_PROPERTY_NAME (0x8004400C)",
    fix_safety="Safe: the words stay, and only their place changes.",
)

MISSPELLED_KEYWORD: Final = Rule(
    code="SYN023",
    name="misspelled-keyword",
    severity=Severity.ERROR,
    what=(
        "Reports a word that is nearly a keyword where a keyword has to stand: `clas`, `instanc "
        "of`, `#pragam`."
    ),
    why=(
        "No compiler reads the file. Their messages name the word at best, and not the one that "
        "was meant."
    ),
    example="""clas Demo_Fan {
    uint32 Speed;
};
""",
    instead="""class Demo_Fan {
    uint32 Speed;
};
""",
    source="DSP0004 Annex A, the keywords of MOF.",
    fix_safety="Safe: only that keyword can stand there.",
)

NOT_MOF: Final = Rule(
    code="SYN024",
    name="not-mof",
    severity=Severity.ERROR,
    what=(
        "Reports a file that is something else than MOF, whatever its name says: a PowerShell "
        "script, an encrypted DSC configuration (`-----BEGIN CMS-----`), an HTML page that was "
        "saved instead of the file."
    ),
    why=(
        "Every line of it would be a syntax error, so only this one is reported. A DSC "
        "configuration is a script that has to be run: the MOF is what it writes."
    ),
    example="""-----BEGIN CMS-----
MIIBswYJKoZIhvcNAQcDoIIBpDCCAaACAQAxggFLMIIBRwIBADAvMBsxGTAXBgNV
-----END CMS-----
""",
    instead="""instance of OMI_ConfigurationDocument {
    Version = "2.0.0";
};
""",
    source=(
        "Published files with the ending .mof: PowerShell scripts, encrypted DSC configurations. "
        "Microsoft, WMI SDK: WMI error constants."
    ),
    wbemmof="WBEMMOF_E_INVALID_FILE (0x8004401E)",
)

NESTED_DECLARATION: Final = Rule(
    code="SYN025",
    name="nested-declaration",
    severity=Severity.ERROR,
    what=(
        "Reports a member of a class that opens braces of its own, as a nested class or struct "
        "does in other languages."
    ),
    why=(
        "A MOF class has properties and methods and nothing inside them. Declare the inner class "
        "by itself and use it as the type of a property (WMI), or as a string with the qualifier "
        "EmbeddedInstance (DSP0004, DSC)."
    ),
    example="""class Demo_Fan {
    struct Blade {
        uint32 Length;
    };
};
""",
    instead="""class Demo_Blade {
    uint32 Length;
};
class Demo_Fan {
    [EmbeddedInstance("Demo_Blade")]
    string Blade;
};
""",
    source=(
        "DSP0004 Annex A, classFeature. DSP0221 (MOF 3.0) allows structures and enumerations in "
        "classes, by those keywords."
    ),
)

LONE_DOLLAR: Final = Rule(
    code="SYN026",
    name="lone-dollar",
    severity=Severity.ERROR,
    what="Reports a `$` that no name follows directly. It begins an alias, such as `$Fan`.",
    why=(
        "An alias is the name by which other instances of the file refer to this one. OpenPegasus "
        "and the messages of mofcomp want the name directly behind the `$`; pywbem lets a space "
        "stand between."
    ),
    example="""instance of Demo_Fan as $ Fan {
    Speed = 900;
};
""",
    instead="""instance of Demo_Fan as $Fan {
    Speed = 900;
};
""",
    source="DSP0004 Annex A, aliasIdentifier. Microsoft, WMI SDK: WMI error constants.",
    wbemmof="WBEMMOF_E_EXPECTED_ALIAS_NAME (0x80044016)",
)

RULES: Final = (
    NON_ASCII_WITHOUT_BOM,
    UTF8_BOM,
    CP1252_TEXT,
    UTF16_WITHOUT_BOM,
    ODD_TAIL,
    CONTROL_TAIL,
    BOM_INSIDE,
    SUSPICIOUS_SPACE,
    MIXED_LINE_ENDS,
    LONE_CR,
    SHIFTED_UTF16,
    UNPAIRED_SURROGATE,
    BINARY_MOF,
    CONTROL_INSIDE,
    UNEXPECTED_TOKEN,
    MISSING_SEMICOLON,
    UNCLOSED_BRACE,
    UNCLOSED_BRACKET,
    UNCLOSED_PARENTHESIS,
    MISSING_OPENING,
    UNEXPECTED_CHARACTER,
    UNTERMINATED_STRING,
    UNTERMINATED_COMMENT,
    BAD_ESCAPE,
    BAD_NUMBER,
    DETACHED_SIGN,
    BAD_CHARACTER,
    TYPOGRAPHIC_QUOTES,
    MULTILINE_STRING,
    MISSING_VALUE,
    VALUES_IN_PARENTHESES,
    EMPTY_QUALIFIER_LIST,
    ALIAS_AFTER_SUPERCLASS,
    MOF3_CONSTRUCT,
    MISPLACED_ARRAY,
    MISSPELLED_KEYWORD,
    NOT_MOF,
    NESTED_DECLARATION,
    LONE_DOLLAR,
)
"""Every rule of this package, in order of code."""
