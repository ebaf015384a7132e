"""What a generated directory holds: against golden files, other readers, and Calico's own rules."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calico_core.findings import Severity
from calico_migrate.calico.existing import Pool
from calico_migrate.calico.reading import resources
from calico_migrate.network import generation, markers
from calico_migrate.network.agents import read_agents
from calico_migrate.network.generation import check, generate
from calico_migrate.network.promise import Promise
from calico_migrate.network.settings import GenerationSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.network.generation import GeneratedFile

GOLDEN = Path(__file__).parent / "golden"
AGENTS = ("10.0.0.1", "10.0.0.2", "node-3.example.com")
CASES: dict[str, GenerationSettings] = {
    "plain": GenerationSettings("web", "10.1.0.0/16", agents=AGENTS),
    "isolated-ipip": GenerationSettings(
        "back-office",
        "10.2.0.0/20",
        mode="ipip",
        isolated=True,
        block_size=28,
        agents=AGENTS,
        create_on="10.0.0.2",
    ),
    "profiles-shared": GenerationSettings("web", "10.1.0.0/16", profile="team-a", shared_pool=True),
    "profile-calico": GenerationSettings("web", "10.1.0.0/16", profile="calico"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_files_are_the_golden_ones(name: str) -> None:
    """With ``UPDATE_GOLDEN=1`` in the environment the files are written anew, to be looked at in a diff."""
    files = generate(CASES[name])
    directory = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        for path, file in files.items():
            (directory / path).parent.mkdir(parents=True, exist_ok=True)
            (directory / path).write_bytes(file.content)
    stored = {str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file()}
    assert set(files) == stored
    for path, file in files.items():
        assert file.content.decode() == (directory / path).read_text(encoding="utf-8"), path
        assert file.mode == (0o755 if path.endswith(".sh") else 0o644)


@pytest.mark.parametrize("name", CASES)
def test_the_same_settings_give_the_same_bytes(name: str) -> None:
    again = CASES[name]._replace(agents=list(CASES[name].agents))
    assert generate(again) == generate(CASES[name])


def _document(files: Mapping[str, GeneratedFile], path: str) -> Any:
    return yaml.safe_load(files[path].content)


def test_the_pool_has_encapsulation_and_is_for_this_network_alone() -> None:
    pool = _document(generate(CASES["plain"]), "ippool.yaml")
    assert pool["spec"] == {
        "cidr": "10.1.0.0/16",
        "blockSize": 26,
        "vxlanMode": "Always",
        "ipipMode": "Never",
        "natOutgoing": True,
        "nodeSelector": "!all()",
    }
    shared = _document(generate(CASES["profiles-shared"]), "ippool.yaml")
    assert "nodeSelector" not in shared["spec"]
    ipip = _document(generate(CASES["isolated-ipip"]), "ippool.yaml")
    assert (ipip["spec"]["vxlanMode"], ipip["spec"]["ipipMode"], ipip["spec"]["blockSize"]) == (
        "Never",
        "Always",
        28,
    )


def _profiles(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(generate(CASES[name])["profile.yaml"].content))


def test_the_profiles_apply_the_networks_label() -> None:
    (profile,) = _profiles("plain")
    assert profile["metadata"]["name"] == "web"
    assert profile["spec"] == {
        "ingress": [{"action": "Allow"}],
        "egress": [{"action": "Allow"}],
        "labelsToApply": {"web": ""},
    }


def test_an_isolated_network_lets_in_only_its_own_endpoints() -> None:
    (profile,) = _profiles("isolated-ipip")
    assert profile["spec"]["ingress"] == [
        {"action": "Allow", "source": {"selector": "has(calico-migrate.member/back-office)"}}
    ]
    # No definition writes this label: a container with one named like the network stays out.
    assert profile["spec"]["labelsToApply"] == {"back-office": "", "calico-migrate.member/back-office": ""}
    assert profile["spec"]["egress"] == [{"action": "Allow"}]


def test_ucr_gets_a_profile_of_the_networks_name_with_the_same_rules() -> None:
    own, other = _profiles("profiles-shared")
    assert [own["metadata"]["name"], other["metadata"]["name"]] == ["web", "team-a"]
    assert own["spec"] == other["spec"]
    (alone,) = _profiles("profile-calico")
    assert alone["metadata"]["name"] == "web"


@pytest.mark.parametrize("name", CASES)
def test_calico_takes_the_resources(name: str) -> None:
    files = generate(CASES[name])
    for path in ("ippool.yaml", "profile.yaml"):
        findings = resources.validate(files[path].content.decode())
        assert [finding for finding in findings if finding.rule.startswith("invalid-")] == []


@pytest.mark.parametrize("name", CASES)
def test_the_resources_fit_calicos_schemas(name: str, shared: Path) -> None:
    import jsonschema

    files = generate(CASES[name])
    documents = [_document(files, "ippool.yaml"), *yaml.safe_load_all(files["profile.yaml"].content)]
    for document in documents:
        schema = json.loads(
            (shared / f"schemas/calico/json-v3.14/{document['kind']}.schema.json").read_text()
        )
        jsonschema.validate(document, schema)


@pytest.mark.parametrize("name", CASES)
def test_the_script_holds_the_pool_and_the_profiles(name: str) -> None:
    files = generate(CASES[name])
    script = files["create-network.sh"].content.decode()
    assert files["ippool.yaml"].content.decode().rstrip("\n") in script
    for part in files["profile.yaml"].content.decode().split("---\n"):
        assert part.rstrip("\n") in script


def test_an_agents_script_is_the_common_one_with_its_role() -> None:
    files = generate(CASES["isolated-ipip"])
    common = files["create-network.sh"].content
    for agent in AGENTS:
        role = b"create" if agent == "10.0.0.2" else b"join"
        own = files[f"agents/{agent}/create-network.sh"].content
        assert own.replace(b"ROLE='" + role, b"ROLE='any").replace(agent.encode(), b"-") == common.replace(
            agent.encode(), b"-"
        )


def test_the_promise_comes_back_as_it_was() -> None:
    for case in CASES.values():
        files = generate(case)
        made = Promise.from_json(files["network.json"].content.decode())
        assert made == generation.promise_of(case)


def test_the_mark_is_of_what_is_made_and_not_of_the_agents() -> None:
    plain = CASES["plain"]
    mark = generation.promise_of(plain).mark
    assert generation.promise_of(plain._replace(agents=("10.0.0.9",))).mark == mark
    others = [
        plain._replace(cidr="10.3.0.0/16"),
        plain._replace(name="web-2"),
        plain._replace(isolated=True),
        plain._replace(profile="team-a"),
        plain._replace(shared_pool=True),
        plain._replace(mode="ipip"),
        plain._replace(block_size=27),
    ]
    assert len({mark, *(generation.promise_of(other).mark for other in others)}) == len(others) + 1


def test_the_inventory_can_be_given_back_as_the_agents_file() -> None:
    inventory = generate(CASES["plain"])["inventory.yml"].content.decode()
    found = read_agents(inventory, "inventory.yml")
    assert {agent.name for agent in found.agents} == set(AGENTS)


def test_the_playbook_uses_no_module_that_needs_python_on_the_agents() -> None:
    plays = _document(generate(CASES["plain"]), "playbook.yml")
    modules = {key for play in plays for task in play["tasks"] for key in task if "." in key}
    assert modules == {"ansible.builtin.script", "ansible.builtin.raw"}
    assert all(play["gather_facts"] is False for play in plays)
    assert [play["hosts"] for play in plays][:2] == ["calico_agents", "calico_creator"]


def test_errors_keep_the_files_from_being_made() -> None:
    with pytest.raises(ValueError, match="host bits"):
        generate(GenerationSettings("web", "10.1.2.3/16"))


@settings(max_examples=200)
@given(
    st.builds(
        GenerationSettings,
        name=st.one_of(
            st.just("web"),
            st.text(max_size=70),
            st.sampled_from(["web", "$(reboot)", "a'b", "web\n", "a" * 300, "-x"]),
        ),
        cidr=st.one_of(
            st.just("10.1.0.0/16"),
            st.text(max_size=30),
            st.sampled_from(["10.1.0.0/16", "10.1.0.0/016", "0x0a.0.0.0/8"]),
        ),
        profile=st.one_of(st.just(""), st.text(max_size=70)),
        block_size=st.one_of(st.just(26), st.integers(-5, 300)),
        agents=st.lists(
            st.one_of(st.text(max_size=20), st.sampled_from(["10.0.0.1", "../../x", "-x"])), max_size=3
        ),
        create_on=st.one_of(st.just(""), st.text(max_size=10)),
        pools=st.lists(st.builds(Pool, name=st.text(max_size=5), cidr=st.text(max_size=20)), max_size=2),
    )
)
@example(GenerationSettings("web", "10.1.0.0/16", agents=("10.0.0.1",)))
def test_whatever_comes_in_is_refused_or_made_safely(hostile: GenerationSettings) -> None:
    findings = check(hostile)
    if any(finding.severity is Severity.ERROR for finding in findings):
        assert all(finding.message.isprintable() for finding in findings), findings
        return
    for path in generate(hostile):
        assert not path.startswith("/")
        assert ".." not in path.split("/")


def test_twenty_thousand_agents_are_no_matter() -> None:
    agents = tuple(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}" for number in range(20_000))
    settings = GenerationSettings("web", "100.64.0.0/10", agents=agents)
    assert [finding.rule for finding in check(settings)] == []
    assert len(generate(settings)) == 20_008


def test_every_code_of_the_script_is_documented_and_used() -> None:
    files = generate(CASES["plain"])
    script, readme = files["create-network.sh"].content.decode(), files["README.md"].content.decode()
    for code in markers.SCRIPT_CODES:
        if code.code:
            assert f"#   {code.code}  {code.word}: {code.meaning}" in script
            assert script.count(f"$E_{code.name}") >= 1
            assert f"| {code.code} | `{code.word}` |" in readme
    for word in markers.DONE_WORDS:
        assert f"finish {word} 0" in script
        assert f"`{word}`" in readme


def test_no_value_is_interpolated_into_a_script_without_quotes() -> None:
    """Every assignment of a value at the script's beginning is one literal word."""
    script = generate(CASES["plain"])["create-network.sh"].content.decode()
    head = script[script.index("set -eu") : script.index("# The pool and the profiles")]
    assignments = [line for line in head.splitlines() if "=" in line and not line.startswith("#")]
    assert len(assignments) >= 10
    for line in assignments:
        value = line.partition("=")[2]
        assert value == f"'{ast.literal_eval(value)}'", line


@pytest.mark.parametrize("shell", ["sh", "bash"])
@pytest.mark.parametrize(("written", "seconds"), [("08", 8), ("010", 10), ("0", 0), ("000", 0), ("0090", 90)])
def test_a_number_of_seconds_is_decimal(shell: str, written: str, seconds: int, tmp_path: Path) -> None:
    script = generate(CASES["plain"])["create-network.sh"].content.decode()
    (body,) = re.findall(r"^read_options\(\) \{\n.*?^\}\n", script, re.MULTILINE | re.DOTALL)
    text = f'ROLE=any chosen=\nchoose() {{ :; }}\nusage() {{ exit 2; }}\n{body}read_options "$@"\necho $((WAIT + 0))\n'
    path = tmp_path / "options.sh"
    path.write_text(text)
    result = subprocess.run(
        [shell, str(path), "--wait", written], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout.strip(), result.stderr) == (0, str(seconds), "")
    for wrong in ("8s", "-1", "0x8", "12345", ""):
        assert subprocess.run([shell, str(path), "--wait", wrong], check=False).returncode == 2


def test_the_readme_says_who_gets_in_and_what_is_assumed() -> None:
    isolated = generate(CASES["isolated-ipip"])["README.md"].content.decode()
    assert "`calico-migrate.member/back-office`" in isolated
    assert "not even between members of the network" in " ".join(isolated.split())
    assert "Marathon's own health checks" in " ".join(isolated.split())
    assert "everything else is refused" not in isolated
    assert "IP in IP, as the cluster's own pool" in isolated
    plain = generate(CASES["plain"])["README.md"].content.decode()
    assert "VXLAN, DC/OS' default: neither a config.yaml nor the pools said" in plain
    assert "keep 1500" in plain
    known = generate(CASES["plain"]._replace(mode="vxlan"))["README.md"].content.decode()
    assert "VXLAN, as the cluster's own pool" in known
