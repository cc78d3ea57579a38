"""No name changes what a script does.

Microsoft's page on naming files says which characters a name cannot have; all others may come.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mofkit.codegen import CodegenError
from mofkit.codegen.provider_scripts import provider_scripts
from mofkit.codegen.shell_text import check_path, cmd_value, ps_literal
from tests.support_shell import CmdScript, cmd_shape, expand_percents, ps_errors, ps_literals
from tests.test_provider_scripts import PLAIN, named

ANY = st.text(max_size=30)
ASCII_NAMES = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters='<>:"/\\|?*.'),
    min_size=1,
    max_size=20,
)
TRICKY = st.text(
    st.sampled_from("%^&!'\"`$(){}[];,=~ ab01\u2018\u2019\u201a\u201b\u201cü"), max_size=20
)


class TestQuoting:
    """`%` is the only character that means anything inside the quotes of a .cmd."""

    @given(ANY | TRICKY)
    def test_cmd_reads_back_what_was_written(self, text: str) -> None:
        try:
            value = cmd_value(text)
        except CodegenError:
            assert '"' in text or not text.isprintable()
            return
        assert '"' not in value
        assert expand_percents(value, {}, ()) == text

    @given(ANY | TRICKY)
    def test_powershell_reads_back_what_was_written(self, text: str) -> None:
        try:
            literal = ps_literal(text)
        except CodegenError:
            assert not text.isprintable()
            return
        assert ps_errors(f"$x = {literal}") == []
        assert ps_literals(f"$x = {literal}") == [text]


@pytest.mark.slow
class TestScripts:
    """Names are data: the rest of a script is the same whatever they are."""

    @given(ASCII_NAMES)
    def test_cmd(self, name: str) -> None:
        try:
            check_path(name)
        except CodegenError:
            name = "a device"
        for file, text in provider_scripts(named(name), ["cmd"]).items():
            script = CmdScript(text)
            assert script.variables["OLD"] == f"C:\\{name}\\{name}.dll"
            harmless = CmdScript(provider_scripts(named("pump"), ["cmd"])[file])
            assert cmd_shape(script) == cmd_shape(harmless)

    @given(TRICKY)
    def test_powershell(self, provider: str) -> None:
        inputs = replace(PLAIN, provider=provider)
        for text in provider_scripts(inputs, ["ps1"]).values():
            assert ps_errors(text) == []
            assert provider in ps_literals(text)
