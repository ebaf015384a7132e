"""The configuration file, as commands use it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

HOST_PORT = (
    '{"id": "/shop/%s", "cmd": "./run", "networks": [{"name": "dcos"}],'
    ' "container": {"type": "DOCKER", "docker": {"image": "web"}, "portMappings": [{"containerPort": 80, "hostPort": 8080}]}}'
)
PLAIN = "id: /%s\ncmd: ./run\nnetworks:\n- name: dcos\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "legacy").mkdir()
    (tmp_path / "legacy/web.json").write_text(HOST_PORT % "web")
    (tmp_path / "api.json").write_text(HOST_PORT % "api")
    (tmp_path / "db.yaml").write_text(PLAIN % "db")
    return tmp_path


def configure(project: Path, text: str) -> None:
    (project / ".calico-migrate.toml").write_text(text)


def told(*arguments: str) -> dict[str, list[str]]:
    """What is said and changed of each file, by rule."""
    report = run("marathon", "--check", "--format", "json", *arguments, ".").json
    return {
        file["path"].removeprefix("./"): sorted(each["rule"] for each in (*file["edits"], *file["findings"]))
        for file in report["files"]
        if file["edits"] or file["findings"]
    }


ALL = {
    "api.json": ["docker-host-port", "rename-network", "upgrade-deadlock"],
    "db.yaml": ["rename-network"],
    "legacy/web.json": ["docker-host-port", "rename-network", "upgrade-deadlock"],
}


def test_without_a_file_nothing_is_different(project: Path) -> None:
    assert told() == ALL
    assert "settled" not in run("marathon", "--check", ".").text


@pytest.mark.parametrize(
    "entry, left",
    [
        ('path = "legacy"', {"api.json": ALL["api.json"], "db.yaml": ALL["db.yaml"]}),
        (
            'rule = "docker-*"',
            {
                **ALL,
                "api.json": ["rename-network", "upgrade-deadlock"],
                "legacy/web.json": ["rename-network", "upgrade-deadlock"],
            },
        ),
        (
            'rule = "docker-host-port"\nid = "/shop/api"',
            {**ALL, "api.json": ["rename-network", "upgrade-deadlock"]},
        ),
        ('id = "/shop/*"\nuntil = 2999-12-31', {"db.yaml": ALL["db.yaml"]}),
        (
            'rule = "rename-network"\npath = "*.yaml"',
            {key: ALL[key] for key in ("api.json", "legacy/web.json")},
        ),
    ],
)
def test_accepting(entry: str, left: dict[str, list[str]], project: Path) -> None:
    configure(project, f'[[accept]]\n{entry}\nreason = "because"\n')
    assert told() == left
    assert told("--no-config") == ALL


def test_what_is_settled_is_not_rewritten_and_the_summary_says_by_which_file(project: Path) -> None:
    configure(project, '[[accept]]\npath = "legacy"\nreason = "because"\n')
    result = run("marathon", "-w", ".")
    assert "2 findings and 1 edit settled by .calico-migrate.toml" in result.errors
    assert "dcos" in (project / "legacy/web.json").read_text()
    assert "calico" in (project / "api.json").read_text()
    summary = run("marathon", "--check", "--format", "json", ".").json["summary"]
    assert summary["configuration"] == ".calico-migrate.toml"
    assert summary["settled"] == {"findings": 2, "edits": 1}
    assert summary["edits"] == 0


def test_some_apps_of_a_file_stay_and_the_others_move(project: Path) -> None:
    for name in ("apps.json", "apps.yaml"):
        apps = [{"id": f"/{n}", "cmd": "./run", "networks": [{"name": "dcos"}]} for n in "abc"]
        (project / name).write_text(json.dumps({"apps": apps}))
        configure(project, '[[accept]]\nid = "/b"\nreason = "because"\n')
        assert run("marathon", "-w", name).code == 0
        names = [app["networks"][0]["name"] for app in json.loads((project / name).read_text())["apps"]]
        assert names == ["calico", "dcos", "calico"]
        diff = run("marathon", "--diff", "--no-config", name).out.decode()
        assert diff.count('"calico"') == 1 or '"b"' in diff or "/b" in diff


def test_the_edits_of_one_app_go_together(project: Path) -> None:
    text = (
        "id: /web\ncmd: ./run\nnetworks:\n- name: dcos\ncontainer:\n  type: MESOS\n  portMappings:\n"
        "  - networkNames: [dcos]  # calico-migrate: keep for now\n"
    )
    (project / "db.yaml").write_text(text)
    assert run("marathon", "-w", "db.yaml").code == 0
    assert (project / "db.yaml").read_text() == text


def test_a_line_that_is_kept(project: Path) -> None:
    text = PLAIN.replace("dcos", "dcos  # calico-migrate: keep until the database has moved") % "db"
    (project / "db.yaml").write_text(text)
    result = run("marathon", "--check", "db.yaml")
    assert result.code == 0
    assert "1 edit settled where they stand" in result.text
    assert run("marathon", "db.yaml").out.decode() == text
    (project / "db.yaml").write_text(PLAIN.replace("dcos", "dcos  # calico-migrate: keep") % "db")
    result = run("marathon", "--check", "db.yaml")
    assert result.code == 1
    assert "db.yaml:4: keep-without-reason: info" in result.text


def test_an_entry_that_is_over_or_does_nothing_is_told(project: Path) -> None:
    configure(
        project,
        'fail-on = "never"\n[[accept]]\npath = "legacy"\nuntil = 2020-01-01\nreason = "was"\n\n'
        '[[accept]]\nid = "/nobody"\nreason = "who"\n',
    )
    result = run("marathon", "--check", ".")
    assert ".calico-migrate.toml:2: accept-expired: info: this entry held until 2020-01-01" in result.text
    assert ".calico-migrate.toml:7: accept-unused: info: this entry settles nothing (who)" in result.text
    assert told()["legacy/web.json"] == ALL["legacy/web.json"]


def test_precedence(project: Path) -> None:
    configure(project, 'map = ["dcos=web"]\nfail-on = "never"\nignore = ["docker-host-port"]\n')
    report = run("marathon", "--format", "json", "api.json")
    assert report.code == 0
    (file,) = report.json["files"]
    assert file["edits"][0]["new"] == "web"
    assert {finding["rule"] for finding in file["findings"]} == {"upgrade-deadlock"}
    report = run(
        "marathon",
        "--format",
        "json",
        "--map",
        "dcos=net",
        "--fail-on",
        "warning",
        "--ignore",
        "vip-label",
        "api.json",
    )
    assert report.code == 1
    assert report.json["files"][0]["edits"][0]["new"] == "net"
    assert {finding["rule"] for finding in report.json["files"][0]["findings"]} == {"upgrade-deadlock"}
    assert (
        run("marathon", "--no-config", "--format", "json", "api.json").json["files"][0]["edits"][0]["new"]
        == "calico"
    )


def test_excluded_files_are_not_opened_in_directories(project: Path) -> None:
    configure(project, 'exclude = ["legacy", "**/*.yaml"]\n')
    assert told() == {"api.json": ALL["api.json"]}
    assert run("marathon", "--check", "db.yaml").code == 1
    assert run("marathon", "-o", "../out-of-here", ".").code in (0, 1)


def test_a_config_file_of_its_own(project: Path) -> None:
    (project / "other.toml").write_text('[[accept]]\npath = "**"\nreason = "all"\n')
    assert told("--config-file", "other.toml") == {}
    assert run("marathon", "--config-file", "missing.toml", ".").code == 2
    assert run("marathon", "--config-file", "other.toml", "--no-config", ".").code == 2


@pytest.mark.parametrize(
    "text", ["unknown = 1", "map = 1", 'ignore = ["no-such-rule"]', "[", 'map = ["dcos"]']
)
def test_a_wrong_file_is_wrong_usage(text: str, project: Path) -> None:
    configure(project, text)
    result = run("marathon", "--check", ".")
    assert result.code == 2
    assert len(result.errors.splitlines()) == 1


def test_a_baseline_makes_the_run_clean_until_something_is_added(project: Path) -> None:
    result = run("marathon", "--check", ".", "--write-baseline", "baseline.json")
    assert result.code == 0
    configure(project, 'baseline = "baseline.json"\n')
    assert run("marathon", "--check", "--fail-on", "info", ".").code == 0
    assert told() == {}
    (project / "legacy/web.json").write_text(
        (HOST_PORT % "web").replace(
            '"hostPort": 8080}', '"hostPort": 8080}, {"containerPort": 81, "hostPort": 81}'
        )
    )
    assert told() == {"legacy/web.json": ["docker-host-port", "upgrade-deadlock"]}
    (project / "new.yaml").write_text(PLAIN % "new")
    assert run("marathon", "--check", ".").code == 1
    assert told()["new.yaml"] == ["rename-network"]


def test_a_baseline_counts(project: Path) -> None:
    run("marathon", "--check", ".", "--write-baseline", "baseline.json")
    written = json.loads((project / "baseline.json").read_text())
    assert written["calico-migrate-baseline"] == 1
    assert {"rule": "docker-host-port", "path": "legacy/web.json", "id": "/shop/web", "count": 1} in written[
        "entries"
    ]
    # Written again, it is the same.
    before = (project / "baseline.json").read_bytes()
    run("marathon", "--check", ".", "--write-baseline", "baseline.json")
    assert (project / "baseline.json").read_bytes() == before


def test_nothing_but_a_baseline_is_written_over(project: Path) -> None:
    before = (project / "api.json").read_text()
    result = run("marathon", "--check", ".", "--write-baseline", "api.json")
    assert result.code == 2
    assert (project / "api.json").read_text() == before
    configure(project, 'baseline = "db.yaml"\n')
    assert run("marathon", "--check", ".").code == 2
    configure(project, 'baseline = "missing.json"\n')
    result = run("marathon", "--check", ".")
    assert result.code == 2
    assert "--write-baseline" in result.errors


def test_nothing_is_rewritten_while_a_baseline_is_written(project: Path) -> None:
    assert run("marathon", "-w", ".", "--write-baseline", "baseline.json").code == 0
    assert "dcos" in (project / "api.json").read_text()


CONFIG = "---\nbootstrap_url: http://10.0.0.1\ncluster_name: x\nexhibitor_storage_backend: static\nmaster_list: [10.0.0.2]\nresolvers: [8.8.8.8]\nip_detect_public_filename: x\ncalico_network_cidr: 10.0.0.0/8\n"


def test_every_command_that_reports_findings(project: Path) -> None:
    (project / "config.yaml").write_text(CONFIG)
    before = run("config", "check", "--format", "json", "config.yaml")
    (file,) = before.json["files"]
    assert file["findings"]
    configure(project, "[[accept]]\n" + 'path = "config.yaml"\nreason = "because"\n')
    after = run("config", "check", "--format", "json", "config.yaml")
    assert after.json["files"][0]["findings"] == []
    assert after.json["summary"]["settled"]["findings"] == len(file["findings"])
    assert "settled by .calico-migrate.toml" in run("config", "check", "config.yaml").text
    (project / "policy.yaml").write_text(
        "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {name: UPPER}\nspec: {}\n"
    )
    assert run("policy", "check", "policy.yaml").code == 1
    configure(project, "[[accept]]\n" + 'rule = "invalid-*"\nreason = "because"\n')
    assert run("policy", "check", "policy.yaml").code == 0


def test_a_finding_in_a_kept_line_of_a_config(project: Path) -> None:
    (project / "config.yaml").write_text(CONFIG)
    lines = {
        finding["line"]
        for finding in run("config", "check", "--format", "json", "config.yaml").json["files"][0]["findings"]
    }
    kept = CONFIG.splitlines()
    number = max(line for line in lines if line is not None)
    kept[number - 1] += "  # calico-migrate: keep as it is"
    (project / "config.yaml").write_text("\n".join(kept) + "\n")
    after = run("config", "check", "--format", "json", "config.yaml").json
    assert number not in {finding["line"] for finding in after["files"][0]["findings"]}
    assert after["summary"]["settled"]["findings"] >= 1


def test_statistics(project: Path) -> None:
    text = run("marathon", "--check", "--statistics", ".").text
    assert "3 rename-network\n2 docker-host-port\n2 upgrade-deadlock\n" in text
    statistics: dict[str, Any] = run("marathon", "--check", "--statistics", "--format", "json", ".").json[
        "statistics"
    ]
    assert statistics == {"rename-network": 3, "docker-host-port": 2, "upgrade-deadlock": 2}
    assert "statistics" not in run("marathon", "--check", "--format", "json", ".").json


def test_a_package_stays_or_moves_as_a_whole(project: Path) -> None:
    package = project / "repo/packages/H/hello/0"
    package.mkdir(parents=True)
    (package / "package.json").write_text(
        '{"packagingVersion": "3.0", "name": "hello", "version": "1", "maintainer": "a", "description": "b", "tags": []}'
    )
    (package / "config.json").write_text(
        '{"properties": {"service": {"properties": {"name": {"type": "string", "default": "hello"},'
        ' "network": {"type": "string", "default": "dcos"}}}}}'
    )
    (package / "marathon.json.mustache").write_text(
        '{"id": "{{service.name}}", "cmd": "./run", "networks": [{"mode": "container", "name": "{{service.network}}"}, {"mode": "container", "name": "other"}]}'
    )
    assert run("package", "--check", "repo").code == 1
    configure(project, '[[accept]]\npath = "**/config.json"\nreason = "because"\n')
    result = run("package", "-w", "repo")
    assert '"default": "dcos"' in (package / "config.json").read_text()
    assert "settled by .calico-migrate.toml" in result.errors


def test_what_is_said_of_the_settings_stands_behind_every_report(project: Path) -> None:
    (project / "config.yaml").write_text(CONFIG)
    (project / "policy.yaml").write_text(
        "apiVersion: projectcalico.org/v3\nkind: Profile\nmetadata: {name: a}\nspec: {}\n"
    )
    configure(project, '[[accept]]\nid = "/nobody"\nreason = "who"\n')
    for command in (
        ["marathon", "--check", "api.json"],
        ["config", "check", "config.yaml"],
        ["policy", "check", "policy.yaml"],
    ):
        assert ".calico-migrate.toml:1: accept-unused: info" in run(*command).text


def test_a_run_without_a_file_only_looks_for_one(project: Path) -> None:
    code = (
        "import sys; from calico_migrate.cli import run; run(['marathon', '--check', 'api.json']);"
        "print([name for name in sys.modules if name.startswith('calico_migrate.configuration.')"
        " or name in ('tomllib', 'yaml')])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    loaded = result.stdout.splitlines()[-1]
    assert loaded == "['calico_migrate.configuration.run', 'calico_migrate.configuration.searching']"
