"""`calico-migrate policy`: options, exit codes, formats, and every bad input."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.support.timing import cpu_time

if TYPE_CHECKING:
    from pathlib import Path

POLICY = """\
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: server
spec:
  selector: tier == 'server'
  ingress:
  - action: Allow
    protocol: TCP
    source:
      selector: business == 'books'
    destination:
      ports: [80]
"""


def run(*arguments: str | Path, cwd: Path | None = None, stdin: str = "") -> Any:
    return subprocess.run(
        [sys.executable, "-m", "calico_migrate", "policy", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=120,
        check=False,
    )


def _app(identity: str, labels: dict[str, str], port: int, vip: str | None = None) -> dict[str, Any]:
    mapping: dict[str, Any] = {"containerPort": port}
    if vip:
        mapping["labels"] = {"VIP_0": vip}
    return {
        "id": identity,
        "container": {"type": "MESOS", "portMappings": [mapping]},
        "networks": [{"mode": "container", "name": "calico", "labels": labels}],
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "apps").mkdir()
    (tmp_path / "policies").mkdir()
    apps = [
        _app("/books/web", {"business": "books"}, 8080),
        _app("/books/server", {"business": "books", "tier": "server"}, 80, "/books:80"),
        _app("/fruit/web", {"business": "fruit"}, 8080),
    ]
    for app in apps:
        name = app["id"].strip("/").replace("/", "-")
        (tmp_path / "apps" / f"{name}.json").write_text(json.dumps(app))
    (tmp_path / "policies" / "server.yaml").write_text(POLICY)
    return tmp_path


BOTH = ("--apps", "apps", "--policies", "policies")


def simulate(site: Path, *arguments: str) -> Any:
    return run("simulate", *BOTH, *arguments, cwd=site)


def test_the_answer_in_words(site: Path) -> None:
    result = simulate(site, "--from", "/fruit/web", "--to", "/books/server")
    assert result.returncode == 0
    assert result.stderr == ""
    first, *rest = result.stdout.splitlines()
    assert first == "/fruit/web to /books/server, TCP port 80: deny (on two different agents)"
    assert "Allow by Profile/calico" in rest[0]
    assert "none of its rules matches" in rest[1]
    assert rest[2].strip().startswith("to let it through")


@pytest.mark.parametrize(
    ("source", "expect", "code"),
    [
        ("/books/web", "allow", 0),
        ("/books/web", "deny", 1),
        ("/fruit/web", "deny", 0),
        ("/fruit/web", "allow", 1),
    ],
)
def test_expect_makes_it_a_test(site: Path, source: str, expect: str, code: int) -> None:
    result = simulate(site, "--from", source, "--to", "/books/server", "--expect", expect, "--format", "json")
    assert result.returncode == code
    report = json.loads(result.stdout)
    assert list(report) == ["version", "verdict", "trace"]
    assert ("expected" in result.stderr) == bool(code)


def test_what_depends_meets_no_expectation(site: Path) -> None:
    half = POLICY.replace("      selector: business == 'books'\n", "      nets: [172.29.0.0/20]\n")
    (site / "policies" / "server.yaml").write_text(half)
    for expect in ("allow", "deny"):
        arguments = ("--from", "/books/web", "--to", "/books/server", "--expect", expect)
        assert simulate(site, *arguments).returncode == 1
    result = simulate(site, "--from", "/books/web", "--to", "/books/server")
    assert result.returncode == 0
    assert "allow when the address of /books/web is in 172.29.0.0/20" in result.stdout
    # It depends on no agent, so that --agents would not help.
    assert "--agents" not in result.stdout


def test_a_scenario(site: Path) -> None:
    scenario = {
        "endpoints": [{"name": "a", "ip": "10.0.0.1", "labels": {}, "profiles": []}],
        "flow": {"src_ip": "10.0.0.1", "dst_ip": "10.0.0.2", "protocol": "TCP"},
    }
    path = site / "scenario.json"
    path.write_text(json.dumps(scenario))
    result = run("simulate", "--scenario", path, "--format", "json", "--expect", "deny")
    assert result.returncode == 0
    assert json.loads(result.stdout)["verdict"] == "deny"
    assert run("simulate", "--scenario", "-", "--expect", "allow", stdin=json.dumps(scenario)).returncode == 1


@pytest.mark.parametrize(
    "others",
    [
        ["--from", "/a"],
        ["--apps", "a.json"],
        ["--port", "80"],
        ["--config", "config.yaml"],
        ["--agents", "agents"],
        ["--same-agent"],
    ],
)
def test_a_scenario_is_the_whole_question(site: Path, others: list[str]) -> None:
    path = site / "scenario.json"
    path.write_text("{}")
    result = run("simulate", "--scenario", path, *others)
    assert result.returncode == 2
    assert "takes the place of all options" in result.stderr.replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", ":1:2: is no JSON"),
        ("[]", ":1:1: a scenario must be an object"),
        ('{"flow": {}}', ":1:10: flow.protocol"),
        (
            '{"flow": {"src_ip": "1.1.1.1", "dst_ip": "1.1.1.2", "protocol":6},\n"policies": [{"kind": ""}]}',
            ":2:23: policies[0].kind",
        ),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_broken_scenario(site: Path, text: str, place: str) -> None:
    path = site / "scenario.json"
    path.write_text(text)
    result = run("simulate", "--scenario", path)
    assert result.returncode == 3
    assert place in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "/books/wep", "--to", "/books/server"), "the nearest: /books/web"),
        (("--from", "/books/web", "--to", "8.8.8.8"), "declares no port"),
        (("--from", "/books/web"), "--to"),
        (("--from", "/books/web", "--to", "/books/server", "--expect", "maybe"), "maybe"),
        (("--from", "/books/web", "--to", "/books/server", "--format", "sarif"), "sarif"),
        (("--from", "/books/web", "--to", "/books/server", "--scenario", "x"), "--scenario"),
        (("--from", "/books/web", "--to", "/books/server", "--port", "x"), "--port"),
    ],
)
def test_wrong_usage(site: Path, arguments: tuple[str, ...], words: str) -> None:
    result = simulate(site, *arguments)
    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "option", "instead"),
    [
        ([], "--apps", "--bundle or --scenario"),
        (["--apps", "apps"], "--policies", "--bundle or --scenario"),
        (["--bundle", "b.zip"], "--from", "--scenario"),
        (["--bundle", "b.zip", "--from", "/a"], "--to", "--scenario"),
    ],
)
def test_what_is_missing_and_what_may_take_its_place(
    arguments: list[str], option: str, instead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    result = run("simulate", *arguments)
    assert result.returncode == 2
    assert f"{option}: is needed, unless {instead} is given" in result.stderr


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("policies/bad.yaml", POLICY.replace("NetworkPolicy", "NetworkPolice"), "bad.yaml:"),
        ("policies/bad.yaml", POLICY.replace("selector: tier", "selektor: tier"), "bad.yaml:6:"),
        ("policies/bad.yaml", POLICY.replace("tier == 'server'", "tier ="), "bad.yaml:6:"),
        ("policies/bad.yaml", "kind: NetworkPolicy\n  x: [", "bad.yaml:"),
        (
            "policies/bad.yaml",
            "a: &a [x,x,x,x,x,x,x,x]\n"
            + "".join(
                f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 8)}]\n" for n in range(12)
            )
            + "kind: NetworkPolicy\n",
            "bad.yaml:",
        ),
        ("policies/bad.yaml", "kind: NetworkPolicy\nspec: " + "[" * 50_000, "bad.yaml:"),
        ("apps/bad.json", '{"id": "/bad"', "bad.json:1:"),
        ("apps/bad.json", '{"a":' * 50_000, "bad.json:"),
    ],
)
def test_bad_input_is_one_line_with_file_and_line(site: Path, name: str, text: str, words: str) -> None:
    (site / name).write_text(text)
    with cpu_time() as spent:
        result = simulate(site, "--from", "/books/web", "--to", "/books/server")
    assert spent.seconds < 60
    assert result.returncode == 3, result.stderr
    assert words in result.stderr
    assert result.stderr.count("\n") == 1, result.stderr
    # What cannot be read leaves the answer about the rest.
    assert "allow" in result.stdout


def test_several_documents_and_ten_thousand_policies(site: Path) -> None:
    one = "\n---\n".join(POLICY.replace("name: server", f"name: server-{number}") for number in range(10_000))
    (site / "policies" / "server.yaml").write_text(one)
    with cpu_time() as spent:
        result = simulate(site, "--from", "/fruit/web", "--to", "/books/server")
    assert spent.seconds < 90
    assert result.returncode == 0, result.stderr
    assert "10000 policies select the endpoint" in result.stdout


def test_missing_inputs(site: Path) -> None:
    assert (
        run(
            "simulate", "--apps", "none", "--policies", "policies", "--from", "a", "--to", "b", cwd=site
        ).returncode
        == 3
    )
    assert (
        run(
            "simulate", "--apps", "apps", "--policies", "none", "--from", "a", "--to", "b", cwd=site
        ).returncode
        == 3
    )
    (site / "empty").mkdir()
    result = run(
        "simulate", "--apps", "empty", "--policies", "policies", "--from", "a", "--to", "b", cwd=site
    )
    assert (result.returncode, "no Marathon app" in result.stderr) == (3, True)


def test_nothing_from_a_file_moves_the_cursor(site: Path) -> None:
    text = POLICY.replace("business == 'books'", 'business == "\\u001b[2Jbooks"').replace(
        "selector: business", 'selector: "business'
    )
    text = text.replace('== "\\u001b[2Jbooks"', "== '\\u001b[2Jbooks'\"")
    (site / "policies" / "server.yaml").write_text(text)
    result = simulate(site, "--from", "/fruit/web", "--to", "/books/server")
    assert result.returncode == 0, result.stderr
    assert "\x1b" not in result.stdout
    assert "\\x1b[2Jbooks" in result.stdout


def test_ranges_from_files(site: Path) -> None:
    (site / "policies" / "server.yaml").write_text(
        POLICY.replace("      selector: business == 'books'\n", "      nets: [10.0.0.0/24]\n")
    )
    (site / "agents").write_text("10.0.0.4\n10.0.0.5\n")
    (site / "apps" / "host.json").write_text('{"id": "/host", "cmd": "x"}')
    (site / "config.yaml").write_text("calico_network_cidr: 10.0.0.0/24\n")
    arguments = ("--from", "/host", "--to", "/books/server")
    assert simulate(site, *arguments, "--expect", "allow").returncode == 1
    sure = ("--agents", "agents", "--config", "config.yaml")
    assert simulate(site, *arguments, *sure, "--expect", "allow").returncode == 0
    (site / "config.yaml").write_text("a: [")
    result = simulate(site, *arguments, *sure)
    assert result.returncode == 3
    assert "config.yaml:1" in result.stderr


def test_the_matrix_on_a_terminal(site: Path) -> None:
    result = run("matrix", *BOTH, "--open", "/books/server", cwd=site)
    assert result.returncode == 0
    table = result.stdout.splitlines()
    assert table[3].split() == ["3", "/fruit/web", "✕", "●", "●"]
    assert "    /fruit/web: TCP 80 deny" in table


def test_the_matrix_as_json_and_as_a_page(site: Path) -> None:
    result = run("matrix", *BOTH, "--format", "json", "--html", "reach.html", cwd=site)
    assert result.returncode == 0
    report = json.loads(result.stdout)
    assert len(report["cells"]) == 3
    assert (site / "reach.html").read_text().startswith("<!DOCTYPE html>")
    assert run("matrix", *BOTH, "--html", "-", cwd=site).stdout.startswith("<!DOCTYPE html>")
    (site / "a-file").write_text("")
    assert run("matrix", *BOTH, "--html", "a-file/x.html", cwd=site).returncode == 5


def test_the_matrix_before_and_after(site: Path) -> None:
    (site / "none").mkdir()
    result = run("matrix", *BOTH, "--before", "none", cwd=site)
    assert "/fruit/web to /books/server: TCP port 80 allow → deny" in result.stdout
    assert "change nothing" in run("matrix", *BOTH, "--before", "policies", cwd=site).stdout


def test_an_unknown_app_to_open(site: Path) -> None:
    result = run("matrix", *BOTH, "--open", "/books/serve", cwd=site)
    assert (result.returncode, "the nearest: /books/server" in result.stderr) == (2, True)


def test_many_groups_are_listed_by_target(site: Path) -> None:
    apps = [_app(f"/a/{number}", {"n": str(number)}, 80) for number in range(80)]
    (site / "apps" / "many.json").write_text(json.dumps(apps))
    text = "\n---\n".join(
        POLICY.replace("name: server", f"name: n{number}").replace("tier == 'server'", f"n == '{number}'")
        for number in range(80)
    )
    (site / "policies" / "many.yaml").write_text(text)
    result = run("matrix", *BOTH, cwd=site)
    assert result.returncode == 0
    assert any(line.startswith("to /a/7: ") and "none from" in line for line in result.stdout.splitlines())


EXPECTATIONS = """\
apps: [apps]
policies: [policies]
expect:
- {from: /books/web, to: /books/server, port: 80, protocol: tcp, verdict: allow}
- {from: /fruit/web, to: /books/server, verdict: deny}
- {from: /books/web, to: "vip:/books:80", verdict: deny}
"""


def test_expectations_that_are_met(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (site / "tests.yaml").write_text(EXPECTATIONS)
    # The paths are those beside the file, wherever the command runs.
    result = run("test", site / "tests.yaml", cwd=tmp_path_factory.mktemp("elsewhere"))
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "3 expectations, all met"


def test_expectations_that_are_not_met(site: Path) -> None:
    text = EXPECTATIONS.replace("verdict: allow", "verdict: deny").replace("/fruit/web", "/fruit/wep")
    (site / "tests.yaml").write_text(text)
    result = run("test", "tests.yaml", cwd=site)
    assert result.returncode == 1
    assert "tests.yaml:4: /books/web to /books/server tcp port 80: deny: expected deny" in result.stdout
    assert "the nearest: /fruit/web" in result.stdout
    report = json.loads(run("test", "tests.yaml", "--format", "json", cwd=site).stdout)
    assert (report["met"], report["not_met"]) == (1, 2)
    xml = run("test", "tests.yaml", "--format", "junit", cwd=site)
    assert xml.returncode == 1
    assert ElementTree.fromstring(xml.stdout).attrib["failures"] == "1"
    assert ElementTree.fromstring(xml.stdout).attrib["errors"] == "1"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "is a mapping"),
        ("apps: [a]\n", "`expect` must be a list"),
        (EXPECTATIONS + "expekt: 1\n", ":7: `expekt` is no key"),
        (EXPECTATIONS.replace("verdict: allow", "verdikt: allow"), ":4: `verdikt` is no key"),
        (EXPECTATIONS.replace("verdict: allow", "verdict: maybe"), ":4: the verdict 'maybe'"),
        (EXPECTATIONS.replace("port: 80", "port: http"), ":4: 'http' is no port"),
        (EXPECTATIONS.replace("apps: [apps]", "apps: 5"), ":1: `apps` must be a list of paths"),
        ("a: [", "no YAML"),
        ("", "empty"),
    ],
)
def test_a_broken_file_of_expectations(site: Path, text: str, words: str) -> None:
    (site / "tests.yaml").write_text(text)
    result = run("test", "tests.yaml", cwd=site)
    assert result.returncode == 3
    assert words in result.stderr


def test_scaffold(site: Path) -> None:
    result = run("scaffold", "--apps", "apps", "-o", "draft", "--egress", cwd=site)
    assert result.returncode == 0
    assert (site / "draft" / "labels.jsonpatch").exists()
    assert run("check", "draft/policies.yaml", cwd=site).returncode == 0
    printed = run("scaffold", "--apps", "apps", "--egress", cwd=site)
    assert printed.stdout == (site / "draft" / "policies.yaml").read_text()
    patch = json.loads(
        run("scaffold", "--apps", "apps/books-web.json", "--format", "jsonpatch", cwd=site).stdout
    )
    # Alone, the app has a label that no other one has.
    assert patch == []
    assert run("scaffold", "--apps", "apps", "--format", "sarif", cwd=site).returncode == 2


REFUSED = POLICY.replace("name: server", "name: typo").replace("Allow", "allow")
KUBERNETES = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: from-another-cluster}
spec: {podSelector: {}}
"""


@pytest.mark.parametrize(
    "refused", [{"k8s.yaml": KUBERNETES}, {"server.yaml": f"{POLICY}---\n{REFUSED}"}, {"typo.yaml": REFUSED}]
)
def test_what_is_refused_is_left_out_and_the_rest_answered(site: Path, refused: dict[str, str]) -> None:
    for name, text in refused.items():
        (site / "policies" / name).write_text(text)
        words = "left out: .*a Kubernetes" if text == KUBERNETES else "NetworkPolicy/typo is left out"
    found = simulate(site, "--from", "/fruit/web", "--to", "/books/server")
    assert (found.returncode, found.stdout.split("(")[0].split(":")[-1].strip()) == (3, "deny")
    (line,) = found.stderr.splitlines()
    assert re.match(rf"calico-migrate: policies/{name}:\d+:\d+: {words}", line)
    matrix = run("matrix", *BOTH, cwd=site)
    assert matrix.returncode == 3
    assert "✕" in matrix.stdout
    assert line in matrix.stderr
    before = run("matrix", *BOTH, "--before", "policies", cwd=site)
    assert before.returncode == 3
    assert "change nothing" in before.stdout
    expectations = {
        "apps": ["apps"],
        "policies": ["policies"],
        "expect": [{"from": "/fruit/web", "to": "/books/server", "verdict": "deny"}],
    }
    (site / "expect.json").write_text(json.dumps(expectations))
    tests = run("test", "expect.json", cwd=site)
    assert (tests.returncode, tests.stdout.splitlines()[-1]) == (3, "1 expectation, all met")


@pytest.mark.parametrize("as_json", [False, True])
def test_what_calicoctl_get_prints_is_read(site: Path, as_json: bool) -> None:
    stored = {
        "resourceVersion": "4711",
        "uid": "8d1c1b3e-1111-4000-8000-000000000001",
        "creationTimestamp": "2021-06-01T10:00:00Z",
    }
    policy = {
        "apiVersion": "projectcalico.org/v3",
        "kind": "NetworkPolicy",
        "metadata": {"name": "server", "namespace": "default", **stored},
        "spec": {"order": 100, "selector": "tier == 'server'", "types": ["Ingress"]},
    }
    listed = {
        "apiVersion": "projectcalico.org/v3",
        "kind": "NetworkPolicyList",
        "metadata": {"resourceVersion": "4720"},
        "items": [policy],
    }
    for document in (policy, listed):
        text = json.dumps(document) if as_json else yaml.safe_dump(document)
        path = site / "policies" / "server.yaml"
        path.write_text(text)
        found = simulate(site, "--from", "/fruit/web", "--to", "/books/server", "--expect", "deny")
        assert (found.returncode, found.stderr) == (0, "")
        assert run("matrix", *BOTH, cwd=site).returncode == 0
        checked = run("check", "policies", "--apps", "apps", "--format", "json", cwd=site)
        assert checked.returncode == 0
        (file,) = json.loads(checked.stdout)["files"]
        told = [
            (one["rule"], one["severity"]) for one in file["findings"] if "resourceVersion" in one["message"]
        ]
        assert told == [("printed-by-calicoctl", "info")]


PING = """\
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: {name: ping}
spec:
  selector: tier == 'server'
  types: [Ingress]
  ingress:
  - {action: Allow, protocol: ICMP, icmp: {type: 8}}
  - {action: Allow, protocol: TCP, source: {ports: ["1024:65535"]}, destination: {ports: [80]}}
"""


def test_questions_about_traffic(site: Path) -> None:
    (site / "policies" / "server.yaml").write_text(PING)
    ends = ("--from", "/fruit/web", "--to", "/books/server")
    found = simulate(site, *ends, "--protocol", "icmp")
    assert found.stdout.startswith("/fruit/web to /books/server, ICMP: depends")
    assert "  allow when the ICMP type is 8:\n" in found.stdout
    assert "  deny when the ICMP type is not 8:\n" in found.stdout
    for kind, verdict in (("8", "allow"), ("0", "deny")):
        found = simulate(site, *ends, "--protocol", "icmp", "--icmp-type", kind, "--icmp-code", "0")
        assert found.stdout.startswith(f"/fruit/web to /books/server, ICMP type {kind} code 0: {verdict}")
    found = simulate(site, *ends)
    assert ": allow" in found.stdout.splitlines()[0]
    assert "the source port is taken for one of 32768 to 60999" in found.stdout
    assert "it is deny where the source port is one of 1 to 1023" in found.stdout
    found = simulate(site, *ends, "--source-port", "1000")
    assert found.stdout.startswith("/fruit/web to /books/server, TCP port 80 from port 1000: deny")
    assert simulate(site, *ends, "--icmp-code", "8").returncode == 2
    assert simulate(site, *ends, "--icmp-type", "8", "--port", "80").returncode == 2
    matrix = run("matrix", *BOTH, "--icmp-type", "0", cwd=site)
    assert "● allowed   ✕ not allowed" in matrix.stdout
    assert "✕" in run("matrix", *BOTH, "--source-port", "80", cwd=site).stdout.split("declared")[0]
    assert "taken for one of" in run("matrix", *BOTH, cwd=site).stdout
    assert "?" in run("matrix", *BOTH, "--protocol", "icmp", cwd=site).stdout
    report = json.loads(run("matrix", *BOTH, "--protocol", "icmp", "--format", "json", cwd=site).stdout)
    assert {port["port"] for outcome in report["outcomes"] for port in outcome["ports"]} == {None}
    assert run("matrix", *BOTH, "--protocol", "icmp", "--port", "80", cwd=site).returncode == 2
    expectations: dict[str, Any] = {
        "apps": ["apps"],
        "policies": ["policies"],
        "expect": [
            {"from": "/fruit/web", "to": "/books/server", "protocol": "icmp", "verdict": "depends"},
            {"from": "/fruit/web", "to": "/books/server", "icmp_type": 8, "icmp_code": 0, "verdict": "allow"},
            {"from": "/fruit/web", "to": "/books/server", "source_port": 80, "verdict": "deny"},
        ],
    }
    (site / "expect.json").write_text(json.dumps(expectations))
    tests = run("test", "expect.json", cwd=site)
    assert (tests.returncode, tests.stdout.splitlines()[-1]) == (0, "3 expectations, all met")
    assert "ok /fruit/web to /books/server type 8 code 0: allow" in tests.stdout
    for wrong in ({"icmp_type": "8"}, {"icmp_code": 8}, {"source_port": True}):
        expectations["expect"] = [{"from": "/fruit/web", "to": "/books/server", "verdict": "deny", **wrong}]
        (site / "expect.json").write_text(json.dumps(expectations))
        assert run("test", "expect.json", cwd=site).returncode == (1 if "icmp_code" in wrong else 3)


def test_check(site: Path) -> None:
    result = run("check", "policies", "--apps", "apps", cwd=site)
    assert result.returncode == 0
    assert "policies/server.yaml:" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("1 file, 0 errors")
    (site / "policies" / "server.yaml").write_text(POLICY.replace("Allow", "allow"))
    result = run("check", "policies", "--format", "json", cwd=site)
    assert result.returncode == 1
    (file,) = json.loads(result.stdout)["files"]
    assert file["kind"] == "calico"
    assert file["findings"][0]["rule"].startswith("invalid-")
    assert run("check", "policies", "--fail-on", "never", cwd=site).returncode == 0
    assert run("check", "nowhere", cwd=site).returncode == 3
    assert run("check", "policies", "--format", "jsonpatch", cwd=site).returncode == 2
    # What is no resource of Calico's is passed over in a directory.
    (site / "policies" / "notes.yaml").write_text("colour: blue\n")
    assert run("check", "policies", "--fail-on", "never", cwd=site).returncode == 0
