"""What is settled of one definition, and what of it goes on: through `calico-migrate marathon`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

KEEP = "  # calico-migrate: keep for now"
MAPS = ("--map", "dcos=calico", "--map", "web=net")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rewritten(place: Path, text: str, *options: str) -> str:
    (place / "app.yaml").write_text(text)
    result = run("marathon", "-w", "--fail-on", "never", *(options or MAPS), "app.yaml")
    assert result.code == 0, result.errors
    return (place / "app.yaml").read_text()


def test_another_network_of_the_app_goes_on(place: Path) -> None:
    text = f"id: /a\ncmd: ./run\nnetworks:\n- name: dcos{KEEP}\n- name: web\n"
    assert rewritten(place, text) == text.replace("name: web", "name: net")
    assert "1 edit settled where they stand" in run("marathon", "--check", *MAPS, "app.yaml").text


PORTS = """\
id: /a
cmd: ./run
networks:
- name: dcos
- name: web
container:
  type: MESOS
  portMappings:
  - {containerPort: 80, networkNames: [dcos]}
  - {containerPort: 81, networkNames: [web]}
"""


@pytest.mark.parametrize("kept", ["name: dcos", "networkNames: [dcos]}"])
def test_what_refers_to_a_network_stays_with_it(kept: str, place: Path) -> None:
    text = PORTS.replace(kept, kept + KEEP)
    after = text.replace("name: web", "name: net").replace("[web]", "[net]")
    assert rewritten(place, text) == after


def test_networks_that_become_one_stay_together(place: Path) -> None:
    maps = ("--map", "dcos=calico", "--map", "web=calico", "--map", "other=net")
    for kept in ("dcos", "web"):
        text = "id: /a\ncmd: ./run\nnetworks:\n- name: dcos\n- name: web\n- name: other\n"
        text = text.replace(f"name: {kept}", f"name: {kept}{KEEP}")
        assert rewritten(place, text, *maps) == text.replace("name: other", "name: net")
    text = f"id: /a\ncmd: ./run\nnetworks:\n- name: calico\n- name: dcos{KEEP}\n"
    assert rewritten(place, text) == text


def test_networks_whose_labels_join_stay_with_all_of_the_app(place: Path) -> None:
    text = (
        f"id: /a\ncmd: ./run\nnetworks:\n- name: dcos\n  labels: {{a: b}}\n- name: web{KEEP}\n  labels: {{c: d}}\n"
        "- name: other\n"
    )
    assert rewritten(place, text, "--map", "dcos=calico", "--map", "web=calico", "--map", "other=net") == text


def test_labels_move_when_all_of_the_app_does(place: Path) -> None:
    text = (
        "id: /a\ncmd: ./run\ncontainer: {type: DOCKER, docker: {image: web}}\n"
        "networks:\n- name: dcos\n- name: web\nlabels:\n  org.projectcalico.label.role: db\n"
    )
    maps = ("--map", "dcos=calico", "--map", "web=net", "--move-labels")
    moved = yaml.safe_load(rewritten(place, text, *maps))
    assert moved["labels"] == {}
    assert moved["container"]["docker"]["parameters"] == [
        {"key": "label", "value": "org.projectcalico.label.role=db"}
    ]
    held = text.replace("name: web", f"name: web{KEEP}")
    assert rewritten(place, held, *maps) == held.replace("name: dcos", "name: calico")
    # The label alone stays: the networks move without it.
    label = text.replace("role: db", f"role: db{KEEP}")
    after = label.replace("name: dcos", "name: calico").replace("name: web", "name: net")
    assert rewritten(place, label, *maps) == after


def test_definitions_without_an_id_are_each_their_own(place: Path) -> None:
    app = "  - cmd: ./run\n    networks:\n    - name: dcos%s\n"
    text = "id: /group\napps:\n" + app % KEEP + app % ""
    assert rewritten(place, text) == "id: /group\napps:\n" + app % KEEP + (app % "").replace("dcos", "calico")


def test_definitions_of_one_id_are_each_their_own(place: Path) -> None:
    document = "---\nid: /a\ncmd: ./run\nnetworks:\n- name: dcos%s\n"
    assert (
        rewritten(place, document % "" + document % KEEP)
        == (document % "").replace("dcos", "calico") + document % KEEP
    )


def test_definitions_that_share_a_network_stay_together(place: Path) -> None:
    app = "- id: /%s\n  cmd: ./run\n  networks: %s\n  container:\n    type: MESOS\n    portMappings: [{networkNames: [dcos]}]\n"
    shared = f"&shared\n  - name: dcos{KEEP}"
    text = "apps:\n" + app % ("a", shared) + app % ("b", "*shared") + app % ("c", "[{name: dcos}]")
    held, free = text.split("- id: /c")
    assert rewritten(place, text) == held + "- id: /c" + free.replace("dcos", "calico")


def test_accepting_one_rule_holds_its_edits_alone(place: Path) -> None:
    (place / ".calico-migrate.toml").write_text(
        '[[accept]]\nrule = "name-default-network"\nreason = "because"\n'
    )
    app = {
        "id": "/a",
        "cmd": "./run",
        "networks": [{"mode": "container"}, {"mode": "container", "name": "web"}],
    }
    (place / "app.json").write_text(json.dumps(app))
    result = run("marathon", "-w", *MAPS, "app.json")
    assert result.code == 0
    networks = json.loads((place / "app.json").read_text())["networks"]
    assert networks == [{"mode": "container"}, {"mode": "container", "name": "net"}]
    assert "1 edit settled by .calico-migrate.toml" in result.errors


NAMES = ("dcos", "web", "other", "calico", "net")
names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)


@st.composite
def kept_apps(draw: st.DrawFn) -> tuple[str, list[str]]:
    """An app in YAML some lines of which are to be kept, and a map as options."""
    networks = draw(names)
    ports = draw(
        st.lists(st.lists(st.sampled_from(networks), min_size=1, max_size=2, unique=True), max_size=3)
    )
    lines = ["id: /a", "cmd: ./run", "networks:"]
    for name in networks:
        lines.append(f"- name: {name}" + (KEEP if draw(st.booleans()) else ""))
        if draw(st.booleans()):
            lines.append(f"  labels: {{{draw(st.sampled_from('ab'))}: x}}")
    if ports:
        lines += ["container:", "  type: MESOS", "  portMappings:"]
        lines += [
            f"  - {{containerPort: {80 + number}, networkNames: [{', '.join(port)}]}}"
            + (KEEP if draw(st.booleans()) else "")
            for number, port in enumerate(ports)
        ]
    second = draw(st.sampled_from(["calico", "net"]))
    return "\n".join(lines) + "\n", ["--map", "dcos=calico", "--map", f"web={second}"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(kept_apps())
def test_kept_lines_stay_and_names_stay_true(place: Path, given_app: tuple[str, list[str]]) -> None:
    text, maps = given_app
    after = rewritten(place, text, *maps)
    kept = [line for line in text.splitlines() if KEEP in line]
    assert [line for line in after.splitlines() if KEEP in line] == kept
    value: dict[str, Any] = yaml.safe_load(after)
    held = [entry["name"] for entry in value["networks"]]
    assert len(held) == len(set(held))
    for port in value.get("container", {}).get("portMappings", []):
        assert set(port["networkNames"]) <= set(held)
