"""What `bind` makes of files: state of pragmas, includes, aliases, flavors, order, depth."""

import pytest

from mofkit.cim import (
    CimAlias,
    CimArray,
    CimBoolean,
    CimCharacter,
    CimClass,
    CimFlavor,
    CimInstance,
    CimInteger,
    CimMethod,
    CimNull,
    CimReal,
    CimString,
    CimType,
    CimUnexpanded,
    CimValue,
    ClassForm,
    Schema,
)
from mofkit.compiler import BindResult, bind
from mofkit.compiler.reader import MAX_DEPTH
from mofkit.source import Loader, MappingLoader
from mofkit.syntax import parse_bytes, parse_source


def bound(*texts: str, loader: Loader | None = None) -> BindResult:
    results = [parse_source(text, path=f"file{number}.mof") for number, text in enumerate(texts)]
    return bind(results, loader=loader)


def schema_of(*texts: str, **files: str) -> Schema:
    """Return the schema of files without a finding; `files` are there to be included."""
    loader = MappingLoader({f"{name}.mof": text.encode() for name, text in files.items()})
    result = bound(*texts, loader=loader)
    assert [f"{d.code} {d.message}" for d in result.diagnostics] == []
    return result.schema


def codes(result: BindResult) -> list[str]:
    return [diagnostic.code for diagnostic in result.diagnostics]


class TestPragmas:
    def test_they_hold_from_their_place_on(self) -> None:
        schema = schema_of(
            "class A { };"
            '#pragma namespace("\\\\\\\\.\\\\Root\\\\wmi")\n'
            "class B : Elsewhere { };"
            '#pragma classflags("updateonly", "forceupdate")\n'
            '#pragma instanceflags("createonly")\n'
            "instance of B { Part = instance of A { }; };"
            '#pragma classflags("safeupdate")\n'
            '#pragma namespace("root/other")\n'
            "Qualifier Q : ToInstance;"
        )
        a, b, instance, declaration = (
            item for item in schema.items if item not in schema.directives
        )
        assert a.pragmas == (None, None, None)
        assert b.pragmas == (r"\\.\Root\wmi", None, None)
        assert instance.pragmas == (r"\\.\Root\wmi", 0x41, 2)
        assert isinstance(instance, CimInstance)
        part = instance.properties[0].value
        assert isinstance(part, CimInstance)
        assert part.pragmas == instance.pragmas
        assert declaration.pragmas == ("root/other", 0x20, 2)

    def test_they_hold_for_one_file_and_its_includes(self) -> None:
        schema = schema_of(
            '#pragma include("inner.mof")\nclass After { };',
            "class Next { };",
            inner='class Inner { };\n#pragma namespace("root/inner")\n',
        )
        names = {found.name: found.pragmas.namespace for found in schema.classes}
        assert names == {"Inner": None, "After": "root/inner", "Next": None}

    @pytest.mark.parametrize(
        ("arguments", "flags"),
        [
            ('("createonly")', 2),
            ('("updateonly, forceupdate")', 0x41),
            ('("updateonly" "," "forceupdate")', 0x41),
            ("(UPDATEONLY)", 1),
            ("(64)", 64),
            ("(0x61)", 0x61),
        ],
    )
    def test_class_flags_come_in_many_forms(self, arguments: str, flags: int) -> None:
        (found,) = schema_of(f"#pragma classflags{arguments}\nclass A {{ }};").classes
        assert found.pragmas.class_flags == flags

    def test_directives_are_recorded_in_order(self) -> None:
        schema = schema_of(
            "#pragma AutoRecover\nclass A { };\n"
            '#pragma deleteclass("A", NoFail)\n#pragma deleteinstance("A.X=1", "fail")\n'
            '#pragma locale("en_US")\n#include ("inner.mof")\n',
            inner="class B { };",
        )
        found = [(item.name, item.arguments, item.included) for item in schema.directives]
        assert found == [
            ("AutoRecover", (), None),
            ("deleteclass", ("A", "NoFail"), None),
            ("deleteinstance", ("A.X=1", "fail"), None),
            ("locale", ("en_US",), None),
            ("include", ("inner.mof",), "inner.mof"),
        ]
        assert [type(item).__name__ for item in schema.items][-2:] == ["CimDirective", "CimClass"]


class TestIncludes:
    def test_without_a_loader_they_are_recorded_only(self) -> None:
        result = bound('#pragma include("x.mof")\ninstance of A { B = $Elsewhere; };')
        assert result.diagnostics == []
        assert result.schema.directives[0].included is None

    def test_findings_of_included_files_are_there_once(self) -> None:
        files = {"b.mof": b"class B { uint8 X = 300 };", "c.mof": b'#pragma include("b.mof")\n'}
        main = '#pragma include("b.mof")\n#pragma include("c.mof")\n'
        result = bound(main, loader=MappingLoader(files))
        assert [(d.path, d.code) for d in result.diagnostics] == [("b.mof", "SYN002")]
        assert len(result.schema.classes) == 2

    def test_findings_of_files_given_are_theirs(self) -> None:
        broken = parse_source("class B { uint8 X };", path="b.mof")
        main = parse_source('#pragma include("b.mof")\n', path="a.mof")
        result = bind([main, broken], loader=MappingLoader({"b.mof": b"class B { uint8 X };"}))
        assert codes(result) == []

    def test_names_are_relative_to_the_includer(self) -> None:
        files = {
            "lib/one.mof": b'#pragma include("two.mof")\n',
            "lib/two.mof": b"class Two { };",
        }
        result = bound('#pragma include("lib/one.mof")\n', loader=MappingLoader(files))
        assert result.diagnostics == []
        assert [found.name for found in result.schema.classes] == ["Two"]

    def test_a_cycle_names_its_chain(self) -> None:
        files = {
            "a.mof": b'#pragma include("b.mof")\n',
            "b.mof": b'#pragma include("a.mof")\nclass B { };',
        }
        result = bound('#pragma include("a.mof")\n', loader=MappingLoader(files))
        (finding,) = result.diagnostics
        assert (finding.code, finding.path) == ("SEM011", "b.mof")
        assert finding.message.endswith("a.mof → b.mof → a.mof")
        assert [found.name for found in result.schema.classes] == ["B"]

    def test_depth_has_a_bound(self) -> None:
        files = {f"{n}.mof": f'#pragma include("{n + 1}.mof")\n'.encode() for n in range(200)}
        result = bound('#pragma include("0.mof")\n', loader=MappingLoader(files))
        assert codes(result) == ["SEM011"]

    def test_number_has_a_bound(self) -> None:
        """Thirty files that include the next one twice are a thousand million includes."""
        twice = '#pragma include("{0}.mof")\n#pragma include("{0}.mof")\n'
        files = {f"{n}.mof": twice.format(n + 1).encode() for n in range(30)}
        files["30.mof"] = b""
        result = bound('#pragma include("0.mof")\n', loader=MappingLoader(files))
        assert set(codes(result)) == {"SEM011"}


class TestAliases:
    def test_they_may_be_used_before_they_are_declared(self) -> None:
        schema = schema_of("instance of A { B = $C; }; instance of A as $c { };")
        assert schema.instances[0].properties[0].value == CimAlias("C")
        assert schema.instances[1].alias == "c"

    def test_their_scope_is_a_file_with_its_includes(self) -> None:
        uses = "instance of A { B = $C; };"
        declares = "instance of A as $C { };"
        assert codes(bound(uses, declares)) == ["SEM406"]
        assert codes(bound(declares, declares)) == []
        schema_of('#pragma include("inner.mof")\n' + uses, inner=declares)

    def test_an_include_that_was_not_read_may_declare_them(self) -> None:
        assert codes(bound('#pragma include("x.mof")\ninstance of A { B = $C; };')) == []


class TestFlavors:
    def test_wmi_declarations_hold_within_the_file(self) -> None:
        schema = schema_of(
            "[Note] class Before { }; Qualifier note : ToInstance Amended;"
            "[Note, NOTE2 : ToSubclass] class A { };",
            "[Note] class Other { };",
        )
        before, a, other = schema.classes
        assert before.qualifiers[0].effective is CimFlavor.NONE
        assert a.qualifiers[0].effective == CimFlavor.TO_INSTANCE | CimFlavor.AMENDED
        assert a.qualifiers[0].flavors == ()
        assert a.qualifiers[1].effective is CimFlavor.TO_SUBCLASS
        assert other.qualifiers[0].effective is CimFlavor.NONE

    def test_dmtf_declarations_hold_for_later_files_too(self) -> None:
        schema = schema_of(
            "Qualifier Note : boolean, Scope(any), Flavor(DisableOverride, ToSubclass);",
            "[note, Read : ToInstance] class A { }; [note : EnableOverride] class B { };",
        )
        a, b = schema.classes
        assert a.qualifiers[0].effective == CimFlavor.DISABLE_OVERRIDE | CimFlavor.TO_SUBCLASS
        assert b.qualifiers[0].effective == CimFlavor.ENABLE_OVERRIDE | CimFlavor.TO_SUBCLASS
        assert b.qualifiers[0].flavors == ("EnableOverride",)


class TestDeclarations:
    def test_spelling_and_order_are_kept(self) -> None:
        schema = schema_of(
            "[DYNAMIC, key(FALSE)] CLASS fan AS $Alias : BASE {"
            " UINT32 B; void Go(); [Read] Boolean a[]; object ref C; Part d[4]; };"
        )
        (fan,) = schema.classes
        assert (fan.name, fan.superclass, fan.alias) == ("fan", "BASE", "Alias")
        assert [qualifier.name for qualifier in fan.qualifiers] == ["DYNAMIC", "key"]
        assert fan.qualifiers[0].value is None
        assert fan.qualifiers[1].value == CimBoolean(value=False)
        assert [feature.name for feature in fan.features] == ["B", "Go", "a", "C", "d"]
        assert [(p.type, p.type_word, p.is_array, p.array_size) for p in fan.properties] == [
            (CimType.UINT32, "UINT32", False, None),
            (CimType.BOOLEAN, "Boolean", True, None),
            (CimType.REFERENCE, "object", False, None),
            (CimType.OBJECT, "Part", True, 4),
        ]
        assert fan.methods == [CimMethod("Go", CimType.VOID, "void")]

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ('"a" "b"', CimString("ab")),
            ('"a" /* with */ MACRO "b"', CimUnexpanded('"a" MACRO "b"')),
            ("0x1F", CimInteger(31)),
            ("-017", CimInteger(-15)),
            ("0b", CimInteger(0)),
            ("1.5e-1", CimReal(0.15)),
            (r"'\x41'", CimCharacter("A")),
            ("tRUE", CimBoolean(value=True)),
            ("null", CimNull()),
            ("{ }", CimArray(())),
            ("{ 1, NULL }", CimArray((CimInteger(1), CimNull()))),
            ("MACRO", CimUnexpanded("MACRO")),
            ("Kind.A", CimUnexpanded("Kind.A")),
            ("instance of A { }", CimInstance("A")),
            ("{ value of A { } }", CimArray((CimInstance("A", is_structure=True),))),
        ],
    )
    def test_values_are_what_they_are_written_as(self, text: str, value: CimValue) -> None:
        (item,) = bound(f"instance of A {{ B = {text}; }};").schema.instances
        assert item.properties[0].value == value

    def test_keywords_are_names_where_names_stand(self) -> None:
        schema = schema_of(
            "class Class : Of { uint8 ref; Value ref Pragma; string String[]; [Key] uint8 instance;"
            " uint8 Include(); };"
            "instance of Class as $Class { value = 1; of = 2; };"
        )
        assert [feature.name for feature in schema.classes[0].features] == (
            "ref Pragma String instance Include".split()
        )
        assert [found.name for found in schema.instances[0].properties] == ["value", "of"]

    def test_mof3_is_read(self) -> None:
        schema = bound(
            "structure S { enumeration E : Integer { A = 1, B }; structure T { E X = A; }; };"
            "association L : Base { S REF One; }; enumeration F : String { C };"
        ).schema
        structure, link = schema.classes
        assert (structure.form, link.form) == (ClassForm.STRUCTURE, ClassForm.ASSOCIATION)
        enumeration, nested = structure.features
        assert isinstance(nested, CimClass)
        assert nested.properties[0].default == CimUnexpanded("A")
        assert [literal.name for literal in getattr(enumeration, "literals", ())] == ["A", "B"]
        assert [found.base for found in schema.enumerations] == ["String"]

    def test_several_values_in_parentheses_were_meant_as_an_array(self) -> None:
        (found,) = bound('[BitMap("0", "1")] class A { };').schema.classes
        assert found.qualifiers[0].value == CimArray((CimString("0"), CimString("1")))

    def test_damaged_text_keeps_what_could_be_read(self) -> None:
        result = bound("class A { uint8 X; ) uint8 Y; }; class { }; class B { uint8 Z; };")
        names = [feature.name for found in result.schema.classes for feature in found.features]
        assert {"X", "Y", "Z"} <= set(names)

    def test_bytes_in_any_encoding(self) -> None:
        text = 'class Fan { string Name = "Lüfter"; };'
        (found,) = bind([parse_bytes(b"\xff\xfe" + text.encode("utf-16-le"))]).schema.classes
        assert found.properties[0].default == CimString("Lüfter")


class TestOrigins:
    def test_they_say_where_a_record_stands(self) -> None:
        text = '// a fan\n[Note("x")] class Fan\n{ [Key] uint8 Speed = 300; };'
        (fan,) = bound(text).schema.classes
        (speed,) = fan.properties
        (note,) = fan.qualifiers
        pieces = []
        for record in (fan, note, speed, speed.default):
            assert record is not None
            assert record.origin is not None
            assert record.origin.path == "file0.mof"
            pieces.append(text[slice(*record.origin.span)])
            pieces.append(text[slice(*record.origin.name_span)])
        assert pieces == [
            *(text[9:-1], "Fan"),
            *('Note("x")', "Note"),
            *("[Key] uint8 Speed = 300", "Speed"),
            *("300", "300"),
        ]

    def test_they_are_not_compared(self) -> None:
        assert bound("class A { };").schema == bound("\n\n class  A { } ;").schema


class TestScope:
    def test_a_class_of_another_namespace_is_another_class(self) -> None:
        text = 'class A {{ }};\n#pragma namespace("{}")\nclass A {{ }};'
        assert codes(bound(text.format("root/cimv2"))) == []
        assert codes(bound(text.format(r"\\\\.\\ROOT\\Default"))) == ["SEM303"]

    def test_classes_of_earlier_files_are_known(self) -> None:
        base = "class A { [Key] uint8 X; };"
        assert codes(bound(base, "class B : A { string X; };")) == ["SEM306"]
        assert codes(bound("instance of A { X = 300; };", base)) == ["SEM101"]

    def test_order_counts_within_a_file_only(self) -> None:
        assert codes(bound("class B : A { };", "class A { };")) == []

    def test_a_class_that_may_have_more_is_not_judged(self) -> None:
        instance = "instance of A { Y = 1; };"
        assert codes(bound("class A { uint8 X; };" + instance)) == ["SEM402"]
        assert codes(bound("class A : B { uint8 X; };" + instance)) == []
        assert codes(bound("class A { uint8 X; uint8 };" + instance)) == []
        assert codes(bound("[Amendment] class A { uint8 X; };" + instance)) == []

    def test_in_declared_as_default_needs_no_direction(self) -> None:
        method = "class A { void Go(uint8 X); };"
        assert codes(bound(method)) == ["SEM310"]
        assert codes(bound("Qualifier In : boolean = true, Scope(parameter);" + method)) == []


class TestSize:
    """Depth costs nothing that Python's stack would have to hold, and size costs linear time."""

    def test_nested_braces(self) -> None:
        text = "class A { uint8 X[] = " + "{" * 20_000 + "}" * 20_000 + "; };"
        assert codes(bound(text)) == ["SEM109"]

    def test_adjacent_strings(self) -> None:
        text = "class A { string X = " + '"a" ' * 50_000 + "; };"
        assert schema_of(text).classes[0].properties[0].default == CimString("a" * 50_000)

    @pytest.mark.parametrize(("extra", "expected"), [(0, []), (1, ["SEM110"])])
    def test_nested_instances(self, extra: int, expected: list[str]) -> None:
        depth = MAX_DEPTH + 1 + extra
        text = "instance of A { X = " * depth + "1" + "; }" * depth + ";"
        assert codes(bound(text)) == expected

    def test_many_levels_of_anything(self) -> None:
        n_levels = 2_000
        deep = "structure B { " * n_levels + "}; " * n_levels
        assert codes(bound("class A { " + deep + "};")) == ["SEM110"]
        chain = "".join(f"class C{n} : C{n - 1} {{ uint8 X; }};" for n in range(1, n_levels))
        assert codes(bound("class C0 { uint8 X; };" + chain)) == []

    def test_a_number_of_many_digits(self) -> None:
        (finding,) = bound("class A { uint8 X = " + "9" * 100_000 + "; };").diagnostics
        assert finding.code == "SEM101"
        assert len(finding.message) < 200


class TestFixes:
    @pytest.mark.parametrize(
        ("text", "fixed"),
        [
            ("class A { int32 X; };", "class A { sint32 X; };"),
            ("[A : ToSubclas] class A { };", "[A : ToSubclass] class A { };"),
            (
                "class A { [Key : ToInstance, ToSubclass] uint8 X; };",
                "class A { [Key : ToInstance ToSubclass] uint8 X; };",
            ),
            ("[K : A,ToSubclass] class A { };", "[K : A ToSubclass] class A { };"),
            (
                '#pragma namespace("\\\\.\\root\\cimv2")\n',
                '#pragma namespace("\\\\\\\\.\\\\root\\\\cimv2")\n',
            ),
            ('#pragma namespce("root")\n', '#pragma namespace("root")\n'),
            (
                '[Text("the "inner" one")] class A { };',
                r'[Text("the \"inner\" one")] class A { };',
            ),
        ],
    )
    def test_they_remove_the_finding(self, text: str, fixed: str) -> None:
        from mofkit.source import apply_edits

        findings = [d for d in bound(text).diagnostics if d.fix is not None]
        fix = findings[-1].fix
        assert fix is not None
        assert apply_edits(parse_source(text).source, fix.edits).text == fixed
