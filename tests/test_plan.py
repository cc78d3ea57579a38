"""Update plans: what the update of a provider will do, from pairs of registrations.

A case is a folder of tests/data/plan with `old.mof` and `new.mof`, and `plan.txt` as printed: the
plan, the messages, the exit code.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from mofkit.cli.plan_output import Binaries, read_binaries
from mofkit.compiler import bind
from mofkit.diagnostics import Severity
from mofkit.repository.plan import DependentKind, UpdateError, UpdatePlan
from mofkit.repository.plan_json import plan_to_plain
from mofkit.repository.plan_steps import Phase
from mofkit.repository.plan_text import render_markdown, render_text
from mofkit.repository.update import plan_update
from mofkit.rewriter import BumpError, bump_clsid
from mofkit.rewriter.providers import providers_in
from mofkit.source import SourceFile
from mofkit.syntax import parse
from tests.support import DATA, ROOT, data_files
from tests.support_cli import mofkit
from tests.support_shell import CmdScript, ps_errors, ps_literals

PLAN = DATA / "plan"
OLD_CLSID = UUID("fc890931-9019-4d83-9e51-d6eac100eea6")
NEW_CLSID = UUID("3d0b7a52-6c1e-4f0a-8b63-90c4d5a7e1f8")
DLL = ("--dll", "C:\\Fenwick\\pump.dll=pump2.dll")


def pair(case: str) -> tuple[str, str]:
    return tuple((PLAN / case / f"{which}.mof").read_text("utf-8") for which in ("old", "new"))  # type: ignore[return-value]


def planned(old: str, new: str, provider: str | None = None) -> UpdatePlan:
    schemas = [
        bind([parse(SourceFile.from_text(text, path=path))]).schema
        for text, path in ((old, "old.mof"), (new, "new.mof"))
    ]
    return plan_update(schemas[:1], schemas[1:], provider)


@pytest.fixture
def in_case(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda case: monkeypatch.chdir(PLAN / case)


# ---------------------------------------------------------------------------------- golden files


@pytest.mark.parametrize("old", data_files("plan/*/old.mof"))
def test_cases(
    old: Path, golden: Callable[[Path, str], None], in_case: Callable[[str], None]
) -> None:
    in_case(old.parent.name)
    outcome = mofkit("plan", "old.mof", "new.mof")
    text = f"{outcome.out}{outcome.err}exit code {outcome.code}\n"
    golden(old.parent / "plan.txt", text)


@pytest.mark.parametrize("format_", ["md", "json"])
@pytest.mark.parametrize("case", ["bump", "subscription", "clsid_left"])
def test_other_forms(
    case: str, format_: str, golden: Callable[[Path, str], None], in_case: Callable[[str], None]
) -> None:
    in_case(case)
    outcome = mofkit("plan", "old.mof", "new.mof", "--format", format_)
    assert (outcome.code, outcome.err) == (0, "")
    golden(PLAN / case / f"plan.{format_}", outcome.out)


# ------------------------------------------------------------------------------------- the plan


def test_the_new_provider_takes_over_where_its_mof_is_compiled() -> None:
    plan = planned(*pair("bump"))
    assert (plan.provider.old_clsid, plan.provider.new_clsid) == (OLD_CLSID, NEW_CLSID)
    assert [change.name for change in plan.provider.changes] == ["CLSID"]
    takeovers = [step for step in plan.steps if step.phase is Phase.TAKEOVER]
    assert len(takeovers) == 1
    assert "mofcomp new.mof" in takeovers[0].text
    assert (
        "old provider is fully functional" in plan.steps[plan.steps.index(takeovers[0]) - 1].state
    )
    assert "mofcomp old.mof" in plan.way_back[0].text
    assert [found.severity for found in plan.findings] == [Severity.INFO]
    assert "stays in the list of `#pragma autorecover`" in plan.findings[0].message


REGISTRATION = (
    f'instance of __Win32Provider as $P {{ Name = "P"; CLSID = "{{{OLD_CLSID}}}"; }};\n'
    "instance of __InstanceProviderRegistration { Provider = $P; };\n"
    '[Dynamic, Provider("P")] class Fenwick_Fan { [Key] string Id; };\n'
)


def renewed(text: str) -> str:
    return text.replace(str(OLD_CLSID), str(NEW_CLSID))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('#pragma instanceflags("createonly")\n', "", 'Name="P"`: the instance is there already'),
        ('#pragma classflags("createonly")\n', "", "Fan`: the class is there already"),
        (
            "",
            "class Fenwick_Fan { [Key] string Id; uint8 V; }; class Fenwick_Big : Fenwick_Fan { };",
            "`Fenwick_Big` is derived from it",
        ),
    ],
)
def test_the_way_back_is_tried(old: str, new: str, reason: str) -> None:
    plan = planned(old + REGISTRATION, renewed(REGISTRATION) + new)
    assert plan.errors == ()
    assert plan.steps
    assert (plan.has_way_back, plan.way_back) == (False, ())
    (found,) = [each for each in plan.findings if "there is no way back" in each.message]
    assert found.severity is Severity.WARNING
    assert reason in found.message


def test_what_is_new_stays_after_going_back() -> None:
    new = renewed(REGISTRATION) + "class Fenwick_New { };"
    messages = [found.message for found in planned(REGISTRATION, new).findings]
    assert r"after going back, what is new stays: `\\.\root\default:Fenwick_New`" in messages


@pytest.mark.parametrize("kind", ["instance", "class"])
def test_an_update_may_only_update(kind: str) -> None:
    plan = planned(REGISTRATION, f'#pragma {kind}flags("updateonly")\n{renewed(REGISTRATION)}')
    assert plan.errors == ()
    assert [found.is_in_new for found in plan.dependents] == [True, True]
    assert not any("stays as it is" in found.message for found in plan.findings)


def test_the_part_that_clients_load_is_updated_alone() -> None:
    old = REGISTRATION.replace("CLSID =", f'CLSID = "{{{UUID(int=7)}}}"; ClientLoadableCLSID =')
    plan = planned(old, renewed(old))
    assert (plan.provider.old_clsid, plan.provider.new_clsid) == (OLD_CLSID, NEW_CLSID)
    assert [change.name for change in plan.provider.changes] == ["ClientLoadableCLSID"]
    assert plan.has_way_back
    assert plan.errors == ()


def test_properties_can_have_a_provider() -> None:
    more = (
        'class Fenwick_P { [Key] string Id; [Dynamic, Provider("p")] uint32 Speed; };\n'
        "class Fenwick_Q { [Key] string Id; uint32 Speed; };\n"
        'instance of Fenwick_Q { Id = "1"; [Dynamic, Provider("P")] Speed; };\n'
    )
    plan = planned(REGISTRATION + more, renewed(REGISTRATION))
    found = [each for each in plan.dependents if each.reason.endswith(" at `Speed`")]
    assert [each.kind for each in found] == [DependentKind.CLASS, DependentKind.INSTANCE]
    assert [each.is_in_new for each in found] == [False, False]


@pytest.mark.parametrize(
    ("left", "what"),
    [
        (f'class Fenwick_X {{ string Id = "{OLD_CLSID.hex}"; }};', "the default of `Id`"),
        (f"// {{{OLD_CLSID}}}", "a comment"),
        (f"/* {OLD_CLSID.hex.upper()}\n*/", "a comment"),
    ],
)
def test_the_old_clsid_is_found_in_any_form(left: str, what: str) -> None:
    messages = [found.message for found in planned(REGISTRATION, renewed(REGISTRATION)).findings]
    assert not any("old CLSID" in message for message in messages)
    findings = planned(REGISTRATION, f"{renewed(REGISTRATION)}{left}\n").findings
    assert sum(f"the old CLSID is still in {what}" in found.message for found in findings) == 1


def test_what_depends_on_a_provider() -> None:
    plan = planned(*pair("subscription"))
    kinds = [found.kind for found in plan.dependents]
    assert kinds.count(DependentKind.REGISTRATION) == 3
    assert kinds.count(DependentKind.CLASS) == 1
    assert kinds.count(DependentKind.FILTER) == 2
    assert kinds.count(DependentKind.CONSUMER) == 1
    assert kinds.count(DependentKind.BINDING) == 2


@pytest.mark.parametrize("case", ["other_namespace", "stops"])
def test_what_replaces_nothing_is_an_error(case: str) -> None:
    plan = planned(*pair(case))
    assert plan.errors
    assert plan.steps == plan.way_back == ()


@pytest.mark.parametrize(
    ("case", "provider", "reason"),
    [
        ("same_clsid", None, "keeps the CLSID `{FC890931-9019-4D83-9E51-D6EAC100EEA6}`"),
        ("name_changed", None, "`FenwickPumpProvider` to `FenwickPumpProvider2`"),
        ("bump", "FenwikPumpProvider", "did you mean `FenwickPumpProvider`?"),
        ("bump", "Other", "it registers `FenwickPumpProvider`"),
        ("same_name_twice", None, "2 providers called `FenwickPumpProvider`"),
        ("two_change", None, "`FenwickPumpProvider`, `FenwickFanProvider` change their CLSIDs"),
        ("two_providers", "FenwickFanProvider", "keeps the CLSID"),
        ("key_changed", None, "class `Fenwick_Provider` adds key `Edition`"),
    ],
)
def test_verdicts(case: str, provider: str | None, reason: str) -> None:
    with pytest.raises(UpdateError) as raised:
        planned(*pair(case), provider)
    assert reason in str(raised.value)


def test_the_name_of_the_provider_has_no_case() -> None:
    assert planned(*pair("bump"), "FENWICKPUMPPROVIDER").provider.name == "FenwickPumpProvider"


def test_of_two_that_change_the_other_is_reported() -> None:
    plan = planned(*pair("two_change"), "FenwickPumpProvider")
    assert any("`FenwickFanProvider` gets another CLSID" in each.message for each in plan.findings)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "",
            'instance of __Win32Provider {Name="P"; CLSID="{0}";};',
            "old registration has no instance",
        ),
        (
            'instance of __Win32Provider {Name="P"; CLSID="{0}";};',
            "",
            "new registration has no instance",
        ),
        (
            'instance of __Win32Provider {Name="P";};',
            f'instance of __Win32Provider {{Name="P"; CLSID="{{{NEW_CLSID}}}";}};',
            "it has no CLSID",
        ),
        (
            f'instance of __Win32Provider {{Name="P"; CLSID="{{{NEW_CLSID}}}";}};',
            'instance of __Win32Provider {Name="P"; CLSID="{x}";};',
            "its CLSID is `{x}`",
        ),
    ],
)
def test_what_cannot_be_updated(old: str, new: str, reason: str) -> None:
    with pytest.raises(UpdateError) as raised:
        planned(old, new)
    assert reason in str(raised.value)


# ---------------------------------------------------------------------------------------- forms


def test_no_control_character_and_no_markup_gets_through() -> None:
    name = "\\x1b[31m`*<b>|\\n# P"
    old = f'instance of __Win32Provider {{Name="{name}"; CLSID="{{{OLD_CLSID}}}";}};'
    plan = planned(old, old.replace(str(OLD_CLSID), str(NEW_CLSID)))
    assert plan.provider.name.startswith("\x1b")
    for text in (render_text(plan), render_markdown(plan)):
        assert "\x1b" not in text
        assert "\n# P" not in text
    heading = render_markdown(plan).splitlines()[0]
    assert "\\`\\*\\<b\\>\\|" in heading


def test_json_has_the_documented_keys() -> None:
    plain = plan_to_plain(planned(*pair("clsid_left")))
    assert json.loads(json.dumps(plain)) == plain
    assert list(plain) == [
        "provider",
        "dependents",
        "effects",
        "steps",
        "way_back",
        "findings",
        "old_files",
        "new_files",
    ]


# -------------------------------------------------------------------------------------- scripts


def test_the_script_goes_to_standard_output(in_case: Callable[[str], None]) -> None:
    in_case("bump")
    outcome = mofkit("plan", "old.mof", "new.mof", *DLL, "--format", "cmd")
    assert outcome.code == 0
    variables = CmdScript(outcome.out).variables
    assert variables["OLD"] == "C:\\Fenwick\\pump.dll"
    assert variables["NEW_CLSID"] == f"{{{NEW_CLSID}}}".upper()


def test_scripts_go_into_a_folder(tmp_path: Path, in_case: Callable[[str], None]) -> None:
    in_case("bump")
    outcome = mofkit("plan", "old.mof", "new.mof", *DLL, "-o", tmp_path)
    assert outcome.code == 0
    assert outcome.out.startswith("Update of provider FenwickPumpProvider")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["rollback.cmd", "rollback.ps1", "update.cmd", "update.ps1"]
    text = (tmp_path / "update.ps1").read_bytes().decode("utf-8-sig")
    assert ps_errors(text) == []
    assert any(literal.endswith("plan\\bump\\new.mof") for literal in ps_literals(text))


def test_one_kind_of_scripts(tmp_path: Path, in_case: Callable[[str], None]) -> None:
    in_case("bump")
    outcome = mofkit("plan", "old.mof", "new.mof", *DLL, "-o", tmp_path, "--format", "ps1")
    assert outcome == (0, "", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rollback.ps1", "update.ps1"]


def test_scripts_of_another_update_stay(tmp_path: Path, in_case: Callable[[str], None]) -> None:
    in_case("bump")
    arguments = ("plan", "old.mof", "new.mof", "-o", tmp_path, "--format", "cmd")
    for _again in range(2):
        assert mofkit(*arguments, *DLL).code == 0
    before = (tmp_path / "rollback.cmd").read_bytes()
    outcome = mofkit(*arguments, "--dll", "C:\\Fenwick\\pump.dll=pump3.dll")
    assert (outcome.code, outcome.out) == (2, "")
    assert "is there already, and not for this update" in " ".join(outcome.err.split())
    assert (tmp_path / "rollback.cmd").read_bytes() == before


def test_without_a_way_back_there_is_no_script(tmp_path: Path) -> None:
    old, new = tmp_path / "old.mof", tmp_path / "new.mof"
    old.write_text(f'#pragma instanceflags("createonly")\n{REGISTRATION}')
    new.write_text(renewed(REGISTRATION))
    outcome = mofkit("plan", old, new, *DLL, "-o", tmp_path)
    assert (outcome.code, outcome.out) == (1, "")
    assert "no script could go back" in outcome.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.mof", "old.mof"]


@pytest.mark.parametrize("case", ["other_namespace", "key_changed", "decoupled", "same_clsid"])
def test_there_is_no_script_for_what_is_no_update(
    case: str, tmp_path: Path, in_case: Callable[[str], None]
) -> None:
    in_case(case)
    outcome = mofkit("plan", "old.mof", "new.mof", *DLL, "-o", tmp_path)
    assert (outcome.code, outcome.out) == (1, "")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--format", "cmd"], "a script needs --dll OLD=NEW"),
        (["-o", "."], "a script needs --dll OLD=NEW"),
        (["--dll", "pump.dll"], "is not OLD=NEW"),
        (["--dll", "pump=pump2"], "is not OLD=NEW"),
        (["-o", "nowhere"], "does not exist"),
    ],
)
def test_wrong_usage(arguments: list[str], reason: str, in_case: Callable[[str], None]) -> None:
    in_case("bump")
    outcome = mofkit("plan", "old.mof", "new.mof", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert reason in " ".join(outcome.err.split())


def test_names_that_windows_has_not_are_refused(in_case: Callable[[str], None]) -> None:
    in_case("bump")
    outcome = mofkit("plan", "old.mof", "new.mof", "--dll", "a.dll=a?b.dll", "--format", "cmd")
    assert (outcome.code, outcome.out) == (1, "")
    assert "a?b.dll" in outcome.err


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("a.dll=b.dll", "a.dll", "b.dll"),
        ("C:\\x=y\\a.dll=b.dll", "C:\\x=y\\a.dll", "b.dll"),
        ("a.EXE=b=c.exe", "a.EXE", "b=c.exe"),
    ],
)
def test_names_of_binaries(text: str, old: str, new: str) -> None:
    assert read_binaries(text) == Binaries(old, new)


def test_files_with_errors_have_no_plan(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mof"
    broken.write_text("instance of __Win32Provider { Name = ")
    outcome = mofkit("plan", PLAN / "bump" / "old.mof", broken)
    assert (outcome.code, outcome.out) == (1, "")
    assert "SYN" in outcome.err
    assert mofkit("plan", PLAN / "bump" / "old.mof", tmp_path / "none.mof").code == 2


# ----------------------------------------------------------------------------------------- bump


BUMP = ("--provider", "FenwickPumpProvider", "--clsid", str(NEW_CLSID))


@pytest.fixture
def mof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("pump.mof")
    path.write_bytes((PLAN / "bump" / "old.mof").read_bytes())
    return path


def test_bump_prints_its_plan(mof: Path) -> None:
    outcome = mofkit("bump", mof, *BUMP, "-o", "pump2.mof", "--plan")
    assert outcome.code == 0
    assert outcome.out.startswith("Update of provider FenwickPumpProvider")
    assert "mofcomp pump2.mof" in outcome.out
    assert "mofcomp pump.mof" in outcome.out
    assert re.search(r"old: pump.mof:(\d+)\n +new: pump2.mof:\1\n", outcome.out)
    assert Path("pump2.mof").exists()
    assert str(NEW_CLSID).upper() in outcome.err


@pytest.mark.parametrize("suffix", ["txt", "md", "json"])
def test_bump_writes_its_plan(mof: Path, suffix: str) -> None:
    outcome = mofkit("bump", mof, *BUMP, f"--plan=plan.{suffix}", "-o", "pump2.mof")
    assert (outcome.code, outcome.err) == (0, "")
    text = Path(f"plan.{suffix}").read_text("utf-8")
    assert "FenwickPumpProvider" in text
    assert "pump2.mof" in text


def test_bump_writes_scripts(mof: Path) -> None:
    outcome = mofkit("bump", mof, *BUMP, *DLL, "--plan=update.cmd", "-o", "v2/pump.mof")
    assert outcome.code == 0
    script = CmdScript(Path("update.cmd").read_bytes().decode())
    assert script.variables["NEW_MOF_1"].endswith("\\v2\\pump.mof")
    assert script.variables["OLD_MOF_1"].endswith("\\pump.mof")
    assert Path("rollback.cmd").exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--plan=pump.mof"], "has none of the suffixes"),
        (["--plan", "pump.mof"], "has none of the suffixes"),
        (["--plan=update.cmd", "-o", "v2.mof"], "a script needs --dll OLD=NEW"),
        (["--plan=update.cmd", *DLL, "--in-place"], "scripts need both registrations"),
        (["--plan=update.cmd", *DLL], "scripts need both registrations"),
        (["--plan=update.cmd", *DLL, "-o", "-"], "scripts need both registrations"),
        (["--plan=pump.txt", "-o", "pump.txt"], "cannot be both a plan and a file"),
        (["--plan=rollback.cmd", *DLL, "-o", "v2.mof"], "what the way back is called"),
    ],
)
def test_bump_refuses_and_writes_nothing(mof: Path, arguments: list[str], reason: str) -> None:
    before = mof.read_bytes()
    outcome = mofkit("bump", mof, *BUMP, *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert reason in " ".join(outcome.err.split())
    assert [path.name for path in Path().iterdir()] == [mof.name]
    assert mof.read_bytes() == before


@pytest.mark.parametrize("link", ["./pump.mof", "{folder}/pump.mof", "link.mof", "hard.mof"])
def test_the_old_registration_under_another_name_is_the_old_one(mof: Path, link: str) -> None:
    before = mof.read_bytes()
    Path("link.mof").symlink_to(mof.name)
    Path("hard.mof").hardlink_to(mof)
    output = link.format(folder=Path.cwd())
    outcome = mofkit("bump", mof, *BUMP, *DLL, "--plan=update.cmd", "-o", output)
    assert (outcome.code, outcome.out) == (2, "")
    assert "scripts need both registrations" in " ".join(outcome.err.split())
    assert not Path("rollback.cmd").exists()
    assert mof.read_bytes() == before


@pytest.mark.parametrize("arguments", [["--in-place"], ["-o", "./pump.mof"]])
def test_the_way_back_needs_a_copy_of_what_is_written_over(mof: Path, arguments: list[str]) -> None:
    outcome = mofkit("bump", mof, *BUMP, "--plan", *arguments)
    assert outcome.code == 0
    assert f"mofcomp a copy of the old pump.mof: it puts {{{OLD_CLSID}}}".upper() in (
        outcome.out.upper()
    )


def test_bump_of_a_sample_has_a_plan() -> None:
    sample = ROOT / "samples" / "pump_provider.mof"
    outcome = mofkit("bump", sample, *BUMP, "--plan")
    assert outcome.code == 0
    assert "The takeover" in outcome.out


# --------------------------------------------------------------------------------------- corpus


@pytest.mark.corpus
def test_every_registration_of_the_corpus_has_a_plan(shared: Path) -> None:
    n_planned = 0
    for path in sorted((shared / "corpus" / "mof").rglob("*.mof")):
        source = SourceFile.from_bytes(path.read_bytes(), path=path.name)
        if "provider" not in source.text.lower():
            continue
        for provider in providers_in(bind([parse(source)]).schema):
            (name,) = (each.value for each in provider.properties if each.name.lower() == "name")
            try:
                result = bump_clsid([source], getattr(name, "value", ""), NEW_CLSID)
            except BumpError:
                continue
            assert result.plan.errors == ()
            assert "CLSID" in [change.name.upper() for change in result.plan.provider.changes]
            n_planned += 1
    assert n_planned >= 12
