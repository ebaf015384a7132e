"""What `calico-migrate marathon` says: diffs, findings, the formats of its report."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import jsonpatch
import pytest

from tests.migrate.cli.marathon.definitions import CLEAN, MOVED, REFUSED
from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path


def test_findings_do_not_hold_the_document_back(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(REFUSED)
    result = run("marathon", str(path))
    assert result.code == 1
    assert result.out == REFUSED.replace(b'"dcos"', b'"calico"')
    assert f"{path}:1:" in result.errors
    assert run("marathon", "--fail-on", "never", str(path)).code == 0
    assert run("marathon", "--ignore", "docker-host-port", str(path)).code == 0


@pytest.mark.parametrize("level", ["error", "warning", "info", "never"])
def test_quiet_changes_no_exit_code(level: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for body in ({"labels": {"a b": "1"}}, {"cmd": "ping 9.0.1.2"}, {"cmd": "x"}):
        path.write_text(json.dumps({"id": "/a", "networks": [{"name": "calico", **body}], **body}))
        said, quiet = (run("marathon", "--fail-on", level, *q, str(path)) for q in ([], ["--quiet"]))
        assert said.code == quiet.code
        assert said.out == quiet.out
        assert quiet.errors.splitlines() == [line for line in said.errors.splitlines() if ": error: " in line]


def test_check_prints_a_line_per_edit_and_finding(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(REFUSED)
    result = run("marathon", "--check", str(path))
    assert result.code == 1
    lines = result.text.splitlines()
    assert [line.split(": ")[1] for line in lines[:-1]] == ["rename-network", "docker-host-port"]
    assert all(line.startswith(f"{path}:1:") for line in lines[:-1])
    assert path.read_bytes() == REFUSED


def test_check_says_nothing_but_the_summary_when_all_is_clean(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(CLEAN)
    result = run("marathon", "--check", str(path))
    assert (result.code, result.text) == (0, "1 file: 0 to change (0 edits), 0 errors, 0 warnings, 0 infos\n")


def test_diff_applies(app: Path) -> None:
    result = run("marathon", "--diff", str(app))
    assert result.code == 0
    subprocess.run(["patch", "--binary", str(app)], input=result.out, check=True, capture_output=True)
    assert app.read_bytes() == MOVED


def test_diff_applies_with_git(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree.parent)
    diff = run("marathon", "services").out
    applied = subprocess.run(["git", "apply"], input=diff, cwd=tree.parent, capture_output=True, check=False)
    assert applied.returncode == 0, applied.stderr
    assert (tree / "app.json").read_bytes() == MOVED


def test_check_with_diff(app: Path) -> None:
    result = run("marathon", "--check", "--diff", str(app))
    assert result.code == 1
    assert result.text.startswith("--- a/")


def test_directories_are_diffed(tree: Path) -> None:
    result = run("marathon", str(tree))
    assert result.code == 0
    assert result.text.count("--- a/") == 1
    assert "3 files: 1 to change (1 edit)" in result.errors
    assert "1 skipped" in result.errors


def test_json_report(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(REFUSED)
    report = run("marathon", "--format", "json", str(path)).json
    assert report["version"] == 1
    assert list(report["summary"]) == [
        "files", "changed", "edits", "errors", "warnings", "infos", "failed", "skipped",
    ]  # fmt: skip
    (file,) = report["files"]
    assert list(file) == ["path", "kind", "changed", "edits", "findings", "error"]
    assert file["kind"] == "app"
    (edit,) = file["edits"]
    assert edit == {
        "pointer": "/networks/0/name", "line": 1, "column": 146, "old": "dcos", "new": "calico",
        "rule": "rename-network", "id": "/d",
    }  # fmt: skip
    (finding,) = file["findings"]
    assert finding["pointer"] == "/container/portMappings/0/hostPort"
    assert set(finding) == {
        "rule",
        "severity",
        "message",
        "hint",
        "line",
        "column",
        "pointer",
        "source",
        "id",
    }
    assert path.read_bytes() == REFUSED


def test_json_report_beside_writing(app: Path) -> None:
    result = run("marathon", "--format", "json", "-w", str(app))
    assert result.json["summary"]["changed"] == 1
    assert app.read_bytes() == MOVED


@pytest.mark.parametrize(
    "before",
    [
        '{"id": "/a", "networks": [{"name": "dcos"}]}',
        '{"id": "/a", "networks": [{"mode": "container"}, {"name": "dcos", "labels": {"a": "b"}}]}',
        '{"id": "/a", "networks": [{"name": "calico", "labels": {"x": "y"}}, {"name": "dcos", "labels": {"a": "b"}}]}',
        '{"id": "/a", "container": {"docker": {"network": "USER"}}}',
        '{"id": "/a", "ipAddress": null, "container": {"docker": {"network": "USER"}}}',
        (
            '{"id": "/a", "container": {"portMappings": [{"networkNames": ["dcos", "calico", "x", "dcos"]}]},'
            ' "networks": [{"name": "x"}, {"name": "dcos"}, {}]}'
        ),
        '{"app": {"id": "/a", "version": "1", "cmd": "run", "tasks": [], "networks": [{"name": "dcos"}]}}',
    ],
)
def test_jsonpatch_applies(before: str) -> None:
    options = ["--for-update"] if before.startswith('{"app"') else []
    after = run("marathon", *options, "--fail-on", "never", "-", stdin=before.encode()).out
    patch = run("marathon", *options, "--format", "jsonpatch", "-", stdin=before.encode()).out
    operations = json.loads(patch)
    assert jsonpatch.apply_patch(json.loads(before), operations) == json.loads(after)
    changes = [index for index, each in enumerate(operations) if each["op"] in ("add", "replace", "remove")]
    assert changes
    assert all(operations[index - 1]["op"] == "test" for index in changes)


def test_jsonpatch_of_several_inputs(tree: Path) -> None:
    patches = run("marathon", "--format", "jsonpatch", str(tree)).json
    assert [len(patch) for patch in patches.values()] == [2, 0]


def test_sarif_and_github(tmp_path: Path) -> None:
    path = tmp_path / "a,b.json"
    path.write_bytes(REFUSED)
    log = run("marathon", "--format", "sarif", str(path)).json
    (entry,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [result["ruleId"] for result in entry["results"]] == ["rename-network", "docker-host-port"]
    assert [rule["id"] for rule in entry["tool"]["driver"]["rules"]] == ["docker-host-port", "rename-network"]
    lines = run("marathon", "--format", "github", str(path)).text.splitlines()
    assert lines[1].startswith("::error file=")
    assert "a%2Cb.json,line=1,col=" in lines[1]


def test_quiet_says_only_errors(tmp_path: Path, app: Path) -> None:
    assert run("marathon", "--quiet", str(app)).errors == ""
    path = tmp_path / "a.json"
    path.write_bytes(REFUSED)
    assert len(run("marathon", "--quiet", str(path)).errors.splitlines()) == 1
    checked = run("marathon", "--check", "--quiet", str(path), str(app))
    assert len(checked.text.splitlines()) == 1
    assert checked.errors == ""
    assert run("marathon", "--check", "--quiet", str(app)).code == 1


def test_color(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"\x1b[" not in run("marathon", "--diff", str(app)).out
    assert b"\x1b[" in run("marathon", "--color", "always", "--diff", str(app)).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert b"\x1b[" not in run("marathon", "--color", "auto", "--diff", str(app)).out


def test_nothing_from_a_file_reaches_the_terminal_unescaped() -> None:
    text = b'{"id": "/\\u001b[2Ja", "networks": [{"name": "dcos", "labels": {"a\\u001b[2Jb\\nc": "d"}}]}'
    result = run("marathon", "--check", "-", stdin=text)
    assert b"\x1b" not in result.out
    assert all(line.startswith("-:1:") for line in result.text.splitlines()[:-1])


def test_sarif_says_what_is_taken_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "an app.json"
    path.write_text('{"id": "/a", "networks": [{"name": "dcos"}, {}]}')
    monkeypatch.chdir(tmp_path)
    (run_log,) = json.loads(run("marathon", "--format", "sarif", str(path)).out)["runs"]
    texts = [each["message"]["text"] for each in run_log["results"]]
    assert texts[:2] == ['"dcos" becomes "calico"', "{} is taken out"]
    places = {
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run_log["results"]
    }
    assert places == {"an%20app.json"}
    assert all(each["help"]["text"] for each in run_log["tool"]["driver"]["rules"])
    monkeypatch.chdir("/")
    (run_log,) = json.loads(run("marathon", "--format", "sarif", str(path)).out)["runs"]
    place = run_log["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == str(path).lstrip("/").replace(" ", "%20")


@pytest.mark.parametrize(
    "document",
    [
        {"networks": [{}, {"name": "dcos", "labels": {"x": "1"}}]},
        {
            "networks": [
                {"odd": 1},
                {"name": "dcos", "labels": {"x": "1"}},
                {"name": "calico", "labels": {"y": "1"}},
            ]
        },
        {
            "container": {"docker": {"image": "web", "portMappings": [{"networkNames": ["dcos", "calico"]}]}},
            "networks": [{"name": "dcos", "labels": {"x": "1"}}],
        },
    ],
)
def test_a_patch_whose_changes_touch_one_object(document: dict[str, object]) -> None:
    text = json.dumps({"id": "/a", "cmd": "run", **document}).encode()
    after = json.loads(run("marathon", "--move-labels", "-", stdin=text).out)
    patch = json.loads(run("marathon", "--move-labels", "--format", "jsonpatch", "-", stdin=text).out)
    assert jsonpatch.apply_patch(json.loads(text), patch) == after
