"""Which template language a text is in, and which of its lines name a network."""

from __future__ import annotations

import pytest

from calico_migrate.placeholders import default_of, named_lines, template_in

NAMES = {"dcos"}


@pytest.mark.parametrize(
    "text, language, lines",
    [
        ("networks:\n{% if x %}\n- name: {{ net | default('dcos') }}\n{% else %}\n- name: dcos\n{% endif %}\n",
         "a Jinja template", {3: ("dcos",), 5: ("dcos",)}),
        ('{\n"networks": [{"name": "<%= net || "dcos" %>"}],\n<% if x %>\n"networkName": "dcos"\n<% end %>}\n',
         "an ERB template", {2: ("dcos",), 4: ("dcos",)}),
        ("networks:\n  - name: {{ .Values.network | default \"dcos\" }}\n", "a Go template", {2: ("dcos",)}),
        ("{{ range .Apps }}\n- networks: [{name: {{ .Network }}}]\n{{ end }}\n", "a Go template", {2: ()}),
        ("{{#net}}\nnetworks: [{name: dcos}]\n{{/net}}\n", "a mustache template", {2: ("dcos",)}),
        ('{"networks": [{"name": ${NETWORK:-dcos}}]}\n', "a template for envsubst", {1: ("dcos",)}),
        ("networks:\n- name: {{ net }}\n", "a template with {{ }}", {2: ()}),
        ('{"cpus": {{ cpus }}, "id": "dcos"}\n', "a template with {{ }}", {}),
    ],
)  # fmt: skip
def test_languages_and_lines(text: str, language: str, lines: dict[int, tuple[str, ...]]) -> None:
    places = [place for place in ("{%", "<%", "{{", "$") if place in text]
    found = template_in(text, NAMES, text.index(places[0]))
    assert found is not None
    assert found.language == language
    told = {
        each.line: tuple(
            dict.fromkeys([*each.names, *(default for _, default in each.placeholders if default)])
        )
        for each in found.lines
    }
    assert told == lines
    message = found.message("YAML")
    assert message.startswith(f"is {language}, and no YAML before it is rendered")
    assert all(f"line {line} " in message for line in lines)


@pytest.mark.parametrize(
    "text, offset",
    [
        ('{"cmd": "echo $PORT ${HOST}",\n}', 31),
        ("cmd: echo {{ x }}\nb: [\n", 23),
        ("a: b\n", 0),
    ],
)
def test_a_text_that_goes_wrong_elsewhere_is_no_template(text: str, offset: int) -> None:
    assert template_in(text, NAMES, offset) is None


@pytest.mark.parametrize(
    "placeholder, default",
    [
        ("{{ net | default('dcos') }}", "dcos"),
        ('{{ net | default("dcos", true) }}', "dcos"),
        ("{{ net or 'dcos' }}", "dcos"),
        ("${NET:-dcos}", "dcos"),
        ("${NET-dcos}", "dcos"),
        ('<%= ENV.fetch("NET", "dcos") %>', "dcos"),
        ("{{ lookup('env', 'NET') | default('dcos', true) }}", "dcos"),
        ("{{ net }}", None),
        ("$NET", None),
    ],
)
def test_defaults(placeholder: str, default: str | None) -> None:
    assert default_of(placeholder) == default


def test_other_lines_name_no_network() -> None:
    text = "id: {{ id }}\nimage: dcos\nenv:\n  X: dcos\ndcos.thisdcos.directory: a\nname: dcos\n"
    assert list(named_lines(text, NAMES)) == []
