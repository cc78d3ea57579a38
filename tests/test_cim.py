"""The data types of `mofkit.cim`, and their form as plain data."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mofkit.cim import (
    FLAVOR_WORDS,
    CimClass,
    CimDirective,
    CimFlavor,
    CimInstance,
    CimInteger,
    CimProperty,
    CimReal,
    CimString,
    CimType,
    PragmaState,
    Schema,
    flag_names,
    flavors_of,
    merge_flavors,
    namespace_key,
)
from mofkit.cim.plain import to_plain
from mofkit.cim.record import replace
from mofkit.compiler import bind
from mofkit.syntax import parse_bytes, parse_source
from tests.support import ROOT, data_files
from tests.support_mof import GOOD

JSON_SCHEMA = Draft202012Validator(
    json.loads((ROOT / "docs" / "dump-schema.json").read_text("utf-8"))
)


class TestTypes:
    @pytest.mark.parametrize("cim_type", [t for t in CimType if t is not CimType.REFERENCE])
    def test_words_are_known_in_any_letter_case(self, cim_type: CimType) -> None:
        for word in (cim_type.value, cim_type.value.upper(), cim_type.value.title()):
            assert CimType.of_word(word) is cim_type

    def test_any_other_word_is_a_class(self) -> None:
        assert CimType.of_word("int32") is CimType.OBJECT
        assert CimType.of_word("ref") is CimType.OBJECT

    def test_ranges(self) -> None:
        """DSP0004 §5.2, table 1."""
        ranges = {t.value: t.integer_range for t in CimType if t.integer_range is not None}
        assert {name: (found[0], found[-1]) for name, found in ranges.items()} == {
            "char16": (0, 65535),
            "uint8": (0, 255),
            "sint8": (-128, 127),
            "uint16": (0, 65535),
            "sint16": (-32768, 32767),
            "uint32": (0, 4294967295),
            "sint32": (-2147483648, 2147483647),
            "uint64": (0, 18446744073709551615),
            "sint64": (-9223372036854775808, 9223372036854775807),
        }


class TestFlavors:
    def test_words_have_a_flag_each(self) -> None:
        assert (
            len(set(FLAVOR_WORDS.values())) == len(FLAVOR_WORDS) == len(CimFlavor.__members__) - 1
        )
        for word, flavor in FLAVOR_WORDS.items():
            assert flavors_of([word.upper()]) is flavor

    @pytest.mark.parametrize(
        ("default", "written", "effective"),
        [
            ("ToSubclass Amended", "", "ToSubclass Amended"),
            ("ToSubclass", "ToInstance", "ToSubclass ToInstance"),
            ("ToSubclass", "NotToSubclass", "NotToSubclass"),
            ("ToSubclass ToInstance", "Restricted", "Restricted"),
            ("Restricted", "ToSubclass", "ToSubclass"),
            ("EnableOverride Translatable", "DisableOverride", "DisableOverride Translatable"),
        ],
    )
    def test_written_ones_replace_those_that_answer_the_same_question(
        self, default: str, written: str, effective: str
    ) -> None:
        found = merge_flavors(flavors_of(default.split()), flavors_of(written.split()))
        assert found == flavors_of(effective.split())

    def test_binary_mof_has_four_bits(self) -> None:
        assert flavors_of("ToInstance ToSubclass DisableOverride Amended".split()) == 0x93


class TestNamespaces:
    @pytest.mark.parametrize(
        "spelling",
        [
            r"root\CIMv2",
            "root/cimv2",
            r"\\.\root\cimv2",
            "//./ROOT/cimv2",
            r"\root\cimv2\ ".strip(),
        ],
    )
    def test_spellings_of_one_namespace(self, spelling: str) -> None:
        assert namespace_key(spelling) == "root/cimv2"

    def test_flags_have_names(self) -> None:
        assert flag_names(0x63) == ["updateonly", "createonly", "safeupdate", "forceupdate"]
        assert flag_names(0x10) == []


class TestRecords:
    def test_they_compare_by_value(self) -> None:
        assert CimInteger(16, "0x10") == CimInteger(16, "16")
        assert CimInteger(1) != CimReal(1.0)  # type: ignore[comparison-overlap]
        assert CimClass("Fan") != CimClass("fan")

    def test_they_show_their_fields(self) -> None:
        assert repr(CimString("x")) == "CimString(value='x')"

    def test_they_can_be_made_anew(self) -> None:
        speed = CimProperty("Speed", CimType.UINT8, "uint8", is_array=True)
        assert replace(speed, name="Load").name == "Load"
        assert replace(speed, name="Load").is_array

    def test_they_take_no_other_attribute(self) -> None:
        with pytest.raises(AttributeError):
            CimString("x").colour = "red"  # type: ignore[attr-defined]


class TestSchema:
    def test_views_keep_the_order(self) -> None:
        items = (CimDirective("locale"), CimClass("B"), CimInstance("B"), CimClass("A"))
        schema = Schema(items)
        assert [found.name for found in schema.classes] == ["B", "A"]
        assert schema.instances == (items[2],)
        assert schema.directives == (items[0],)
        assert schema == Schema(items) != Schema()

    def test_classes_are_found_by_name_and_namespace(self) -> None:
        old, new = CimClass("Fan"), CimClass("FAN", "Device")
        other = CimClass("Fan", pragmas=PragmaState(r"\\.\root\wmi"))
        schema = Schema((old, new, other, CimClass("device")))
        assert schema.find_class("fan") is new
        assert schema.find_class("fan", "root/WMI") is other
        assert schema.find_class("Pump") is None
        assert [found.name for found in schema.lineage(new)] == ["FAN", "device"]

    def test_a_lineage_that_is_a_circle_ends(self) -> None:
        a, b = CimClass("A", "B"), CimClass("B", "A")
        assert list(Schema((a, b)).lineage(a)) == [a, b]


class TestPlain:
    """The form that `mofkit dump --what schema --format json` prints."""

    @pytest.mark.parametrize("path", data_files("sem/*.mof"))
    def test_is_as_the_json_schema_says(self, path: Path) -> None:
        self.check(bind([parse_bytes(path.read_bytes())]).schema)

    def test_of_everything_is_as_the_json_schema_says(self) -> None:
        self.check(bind([parse_source(GOOD)]).schema)

    def test_keeps_what_was_written(self) -> None:
        text = (
            "#pragma classflags(65)\n"
            "[Key : ToInstance, Max(0x10)] class Fan : Base { UINT8 X[4] = { -1, 1.50 }; };"
        )
        _, fan = self.check(bind([parse_source(text)]).schema)["items"]
        assert fan["class_flags"] == {"value": 65, "words": ["updateonly", "forceupdate"]}
        key, maximum = fan["qualifiers"]
        assert (key["value"], key["flavors"]) == (None, ["ToInstance"])
        assert maximum["value"] == {"kind": "integer", "value": 16, "spelling": "0x10"}
        (feature,) = fan["features"]
        assert feature["type"] == {"kind": "uint8", "word": "UINT8", "array": True, "size": 4}
        assert feature["default"]["values"] == [
            {"kind": "integer", "value": -1, "spelling": "-1"},
            {"kind": "real", "value": 1.5, "spelling": "1.50"},
        ]

    def test_a_real_that_no_float_holds_is_null(self) -> None:
        (found,) = self.check(bind([parse_source("instance of A { B = 1.0e999; };")]).schema)[
            "items"
        ]
        assert found["properties"][0]["value"] == {
            "kind": "real",
            "value": None,
            "spelling": "1.0e999",
        }

    def test_the_json_schema_is_one(self) -> None:
        Draft202012Validator.check_schema(JSON_SCHEMA.schema)

    def test_the_json_schema_refuses_what_is_wrong(self) -> None:
        good = to_plain(Schema((CimClass("Fan"),)))
        assert JSON_SCHEMA.is_valid(good)
        assert not JSON_SCHEMA.is_valid({**good, "version": 2})
        assert not JSON_SCHEMA.is_valid({**good, "items": [{"kind": "class"}]})
        assert not JSON_SCHEMA.is_valid({**good, "more": 1})

    @staticmethod
    def check(schema: Schema) -> Any:
        """Return the plain form as it comes out of JSON, after holding it against the schema."""
        text = json.dumps(to_plain(schema), allow_nan=False)
        plain = json.loads(text)
        assert list(JSON_SCHEMA.iter_errors(plain)) == []
        return plain
