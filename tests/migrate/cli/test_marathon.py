"""`calico-migrate marathon` as users and scripts rely on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import jsonpatch
import pytest

from calico_core.exits import ExitCode
from calico_migrate import Options, Rewriting, rewrite
from calico_migrate.cli.rewrite import Run
from tests.support.command_line import run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from calico_core.report import Report
    from calico_core.spans import Edit

APP = b'{\r\n  "id": "/web",\r\n  "networks": [{"mode": "container", "name": "dcos"}]\r\n}'
MOVED = APP.replace(b'"dcos"', b'"calico"')
CLEAN = b'{"id": "/db", "networks": [{"mode": "host"}]}\n'
REFUSED = (
    b'{"id": "/d", "container": {"type": "DOCKER", "portMappings": [{"containerPort": 80, "hostPort": 0}]},'
    b' "networks": [{"mode": "container", "name": "dcos"}]}\n'
)


@pytest.fixture
def app(tmp_path: Path) -> Path:
    path = tmp_path / "app.json"
    path.write_bytes(APP)
    return path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    top = tmp_path / "services"
    (top / "inner").mkdir(parents=True)
    (top / ".git").mkdir()
    (top / "app.json").write_bytes(APP)
    (top / "inner" / "clean.json").write_bytes(CLEAN)
    (top / "inner" / "notes.txt").write_bytes(b"dcos \xff")
    (top / "package.json").write_bytes(b'{"name": "x", "version": "1"}')
    (top / ".git" / "app.json").write_bytes(APP)
    (top / "link.json").symlink_to("app.json")
    (top / "away.json").symlink_to("/etc/hostname")
    return top


def test_one_file_goes_to_standard_output(app: Path) -> None:
    result = run("marathon", str(app))
    assert (result.code, result.out) == (0, MOVED)
    assert result.errors == "1 file: 1 to change (1 edit), 0 errors, 0 warnings, 0 infos\n"
    assert app.read_bytes() == APP


def test_standard_input() -> None:
    assert run("marathon", "-", stdin=APP).out == MOVED


def test_findings_do_not_hold_the_document_back(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(REFUSED)
    result = run("marathon", str(path))
    assert result.code == 1
    assert result.out == REFUSED.replace(b'"dcos"', b'"calico"')
    assert f"{path}:1:" in result.errors
    assert run("marathon", "--fail-on", "never", str(path)).code == 0
    assert run("marathon", "--ignore", "docker-host-port", str(path)).code == 0


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


def test_write_keeps_links_modes_and_everything_else(tree: Path) -> None:
    (tree / "app.json").chmod(0o640)
    result = run("marathon", "-w", str(tree))
    assert (result.code, result.text) == (0, "")
    assert (tree / "app.json").read_bytes() == MOVED
    assert (tree / "app.json").stat().st_mode & 0o777 == 0o640
    assert (tree / "link.json").is_symlink()
    assert (tree / "inner" / "clean.json").read_bytes() == CLEAN
    assert (tree / ".git" / "app.json").read_bytes() == APP
    assert sorted(path.name for path in tree.iterdir()) == [
        ".git", "app.json", "away.json", "inner", "link.json", "package.json",
    ]  # fmt: skip


def test_write_through_a_link(app: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to("app.json")
    assert run("marathon", "-w", str(link)).code == 0
    assert link.is_symlink()
    assert app.read_bytes() == MOVED


def test_output_file(app: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out.json"
    result = run("marathon", "-o", str(out), str(app))
    assert (result.code, result.text, out.read_bytes()) == (0, "", MOVED)
    assert run("marathon", "-o", str(out), "-", stdin=CLEAN).code == 0
    assert out.read_bytes() == CLEAN


def test_output_directory_holds_the_whole_tree(tree: Path, tmp_path: Path) -> None:
    (tree / "inner" / "broken.json").write_bytes(b'{"networks": [}')
    out = tmp_path / "out"
    assert run("marathon", "-o", str(out), str(tree)).code == 3
    assert (out / "app.json").read_bytes() == MOVED
    assert (out / "inner" / "broken.json").read_bytes() == b'{"networks": [}'
    assert (out / "inner" / "notes.txt").read_bytes() == b"dcos \xff"
    assert (out / ".git" / "app.json").read_bytes() == APP
    assert (out / "link.json").readlink().name == "app.json"
    assert not os.path.lexists(out / "away.json")


def test_nothing_leaves_the_output_directory(tree: Path, tmp_path: Path) -> None:
    out, outside = tmp_path / "out", tmp_path / "outside"
    out.mkdir()
    outside.mkdir()
    (out / "inner").symlink_to(outside)
    (out / "app.json").symlink_to(outside / "app.json")
    result = run("marathon", "-o", str(out), str(tree))
    assert result.code == 5
    assert list(outside.iterdir()) == []
    assert (out / "app.json").read_bytes() == MOVED
    assert not (out / "app.json").is_symlink()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--check", "-w", "APP"],
        ["--diff", "-w", "APP"],
        ["--check", "-o", "new.json", "APP"],
        ["-w", "-o", "new.json", "APP"],
        ["-w", "-"],
        ["-o", "OTHER", "APP", "TREE"],
        ["-o", "APP", "APP"],
        ["-o", "TREE/out", "TREE"],
        ["-o", "PARENT", "TREE"],
        ["-o", "TREE", "APP"],
        ["--map", "dcos=a", "--map", "dcos=b", "APP"],
        ["--map", "a=b", "--map", "b=c", "APP"],
        ["--map", "a=a", "APP"],
        ["--map", "a=Not_Allowed", "APP"],
        ["--map", "dcos6=calico", "APP"],
        ["--map", "dcos", "APP"],
        ["--ignore", "docker-hostport", "APP"],
        ["--format", "xml", "APP"],
        ["--no-such-option", "APP"],
        [],
    ],
)
def test_wrong_usage(
    arguments: list[str], app: Path, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.json"
    other.write_bytes(CLEAN)
    named = {"APP": str(app), "OTHER": str(other), "PARENT": str(tmp_path)}
    filled = [named.get(word, word.replace("TREE", str(tree))) for word in arguments]
    monkeypatch.chdir(tmp_path)
    result = run("marathon", *filled)
    assert result.code == 2
    assert result.out == b""
    assert result.errors
    assert app.read_bytes() == APP


def test_two_inputs_in_one_place(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "app.json").write_bytes(APP)
    result = run("marathon", "-o", str(tmp_path / "out"), str(tmp_path / "a"), str(tmp_path / "b"))
    assert result.code == 2
    assert "both be written to" in result.errors
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "content,words",
    [
        (b"", "empty"),
        (b'{"id": "/a", // web\n}', "comments"),
        (b'{"id": "/a",}', "comma"),
        (b'{"id": "/a", "cpus": {{cpus}}}', "no JSON before it is rendered"),
        (b'{"id": "/a"', "ends"),
        (b'{"id": "/\xff"}', "UTF-8"),
        ('{"id": "/a"}'.encode("utf-16"), "UTF-16"),
        (b'{"name": "x"}', "no Marathon app"),
        (b'{"id": NaN}', "NaN"),
    ],
)
def test_bad_files_are_one_line_each_and_the_others_are_done(
    content: bytes, words: str, app: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    result = run("marathon", "-w", str(bad), str(app))
    assert result.code == 3
    (line,) = [line for line in result.errors.splitlines() if line.startswith(str(bad))]
    assert words in line
    assert "Traceback" not in result.errors
    assert bad.read_bytes() == content
    assert app.read_bytes() == MOVED


def test_a_missing_file_and_a_directory_without_definitions(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("marathon", str(tmp_path / "none.json")).code == 3
    result = run("marathon", str(tmp_path / "empty"))
    assert result.code == 3
    assert "no definition" in result.errors


def test_skip_unknown(tmp_path: Path) -> None:
    path = tmp_path / "package.json"
    path.write_bytes(b'{"name": "x"}')
    assert run("marathon", "--check", "--skip-unknown", str(path)).code == 0


def test_a_text_that_can_hold_no_network_is_no_failure_in_a_directory(tree: Path) -> None:
    (tree / "tsconfig.json").write_bytes(b'{ // comment\n "strict": true }')
    result = run("marathon", "--check", str(tree))
    assert "tsconfig.json:1:3: unparsable-file: warning" in result.text
    assert result.code == 1
    (tree / "other.json").write_bytes(b'{ // comment\n "networks": [] }')
    assert run("marathon", "--check", str(tree)).code == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_no_permission(app: Path) -> None:
    app.chmod(0o400)
    assert run("marathon", "-w", str(app)).code == 5
    app.chmod(0o000)
    assert run("marathon", str(app)).code == 3


def test_a_full_disk_keeps_the_old_bytes(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("marathon", "-w", str(app))
    assert result.code == 5
    assert "no space left on device" in result.errors
    assert app.read_bytes() == APP
    assert [path.name for path in app.parent.iterdir()] == ["app.json"]


def test_a_file_that_changes_meanwhile(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(text: str, options: Options, *, prove: bool, build: bool) -> Rewriting:
        app.write_bytes(APP + b" ")
        return rewrite(text, options, prove=prove, build=build)

    monkeypatch.setattr("calico_migrate.marathon.files.rewrite", slow)
    result = run("marathon", "-w", str(app))
    assert result.code == 5
    assert "changed since it was read" in result.errors
    assert app.read_bytes() == APP + b" "


def test_a_result_that_is_not_what_was_planned(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(text: str, edits: Sequence[Edit], start: int, end: int) -> str:
        return text[start:end].replace("/web", "/wob")

    monkeypatch.setattr("calico_migrate.marathon.verification.apply", wrong)
    result = run("marathon", "-w", str(app))
    assert result.code == 5
    assert "fault of the tool" in result.errors
    assert app.read_bytes() == APP


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


def test_color(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"\x1b[" not in run("marathon", "--diff", str(app)).out
    assert b"\x1b[" in run("marathon", "--color", "always", "--diff", str(app)).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert b"\x1b[" not in run("marathon", "--color", "auto", "--diff", str(app)).out


def test_for_update_unwraps_and_strips() -> None:
    before = (
        b'{"app": {"id": "/a", "version": "1", "tasks": [], "tasksRunning": 0, "cpus": 1.0,\n'
        b'  "networks": [{"name": "dcos"}], "deployments": []}}\n'
    )
    result = run("marathon", "--for-update", "-", stdin=before)
    assert result.out == b'{"id": "/a", "cpus": 1.0,\n  "networks": [{"name": "calico"}]}\n'
    assert result.code == 0


def test_for_update_of_a_pod_status() -> None:
    before = b'{"id": "/p", "spec": {"id": "/p", "containers": [], "networks": [{}]}, "instances": []}'
    result = run("marathon", "--for-update", "-", stdin=before)
    assert result.out == b'{"id": "/p", "containers": [], "networks": [{"name": "calico"}]}'


def test_for_update_keeps_the_document_back_on_findings() -> None:
    result = run("marathon", "--for-update", "-", stdin=REFUSED)
    assert (result.code, result.out) == (1, b"")
    assert result.errors.endswith(
        "the document is held back, because of a finding at or above --fail-on error\n"
    )


def test_for_update_does_not_claim_to_have_written(tmp_path: Path) -> None:
    (tmp_path / "app.json").write_bytes(REFUSED)
    result = run("marathon", "--for-update", str(tmp_path / "app.json"), "-o", str(tmp_path / "new.json"))
    assert result.code == 1
    assert "1 file: 1 to change (1 edit)" in result.errors
    assert not (tmp_path / "new.json").exists()


def test_for_update_takes_one_file(app: Path, tree: Path) -> None:
    for paths in ([app, tree / "app.json"], [tree]):
        result = run("marathon", "--for-update", *map(str, paths))
        assert (result.code, result.out) == (2, b"")
        assert "takes one app or pod" in result.errors


@pytest.mark.parametrize(
    "document", ['{"apps": []}', '{"id": "/", "groups": []}', '{"id": "j", "run": {}}', "[]"]
)
def test_for_update_of_anything_else(document: str) -> None:
    result = run("marathon", "--for-update", "-", stdin=document.encode())
    assert result.code in (2, 3)
    assert result.out == b""


def test_a_hundred_thousand_levels(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_bytes(b"[" * 100_000)
    result = run("marathon", str(path))
    assert result.code == 3
    assert len(result.errors.splitlines()) == 2


def test_default_network_outside_the_map() -> None:
    text = b'{"id": "/a", "networks": [{"mode": "container"}]}'
    result = run("marathon", "--default-network", "backend", "-", stdin=text)
    assert result.out == text
    assert "unmapped-default-network: warning" in result.errors
    mapped = run("marathon", "--default-network", "backend", "--map", "backend=calico", "-", stdin=text)
    assert b'"name": "calico"' in mapped.out


def test_nothing_from_a_file_reaches_the_terminal_unescaped() -> None:
    text = b'{"id": "/\\u001b[2Ja", "networks": [{"name": "dcos", "labels": {"a\\u001b[2Jb\\nc": "d"}}]}'
    result = run("marathon", "--check", "-", stdin=text)
    assert b"\x1b" not in result.out
    assert all(line.startswith("-:1:") for line in result.text.splitlines()[:-1])


def test_what_is_no_definition_has_a_place(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("\n  {}\n")
    result = run("marathon", str(path))
    assert result.code == 3
    assert result.errors.startswith(f"{path}:2:3: error: is no Marathon app")


def test_an_empty_directory_is_named(tmp_path: Path) -> None:
    result = run("marathon", str(tmp_path))
    assert result.code == 3
    assert result.errors.endswith(f"no definition found in {tmp_path}\n")


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


def test_output_to_a_pipe_leaves_it_a_pipe(app: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("marathon", str(app), "-o", str(pipe)).code == 0
        assert os.read(reader, 10_000) == MOVED
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_output_to_standard_output_by_its_name(app: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"before\n")
    command = [sys.executable, "-m", "calico_migrate", "marathon", str(app), "-o", "/dev/stdout"]
    with log.open("ab") as stream:
        subprocess.run(command, stdout=stream, stderr=subprocess.DEVNULL, check=True)
        stream.write(b"behind\n")
    assert log.read_bytes() == b"before\n" + MOVED + b"behind\n"


def test_a_pipe_is_not_rewritten_in_place(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    try:
        os.write(writer, APP)
        os.close(writer)
        result = run("marathon", "-w", f"/dev/fd/{reader}")
    finally:
        os.close(reader)
    assert result.code == 5
    assert "is no regular file" in result.errors


def test_an_output_that_ends_with_a_slash_is_a_directory(app: Path, tmp_path: Path) -> None:
    result = run("marathon", str(app), "-o", f"{tmp_path}/new/")
    assert result.code == 2
    assert not (tmp_path / "new").exists()


def test_an_unreadable_file_of_a_tree_is_told_once(tree: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (tree / "secret.json").write_bytes(APP)
    (tree / "secret.json").chmod(0)
    result = run("marathon", str(tree), "-o", str(tmp_path / "out"))
    assert result.code == 3
    assert result.errors.count("secret.json") == 1


def test_a_path_below_a_file_says_why(app: Path) -> None:
    result = run("marathon", f"{app}/inner.json")
    assert result.code == 3
    assert "not a directory" in result.errors


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


def test_skip_unknown_passes_over_a_text_that_can_hold_no_network(tmp_path: Path) -> None:
    path = tmp_path / "tsconfig.json"
    path.write_bytes(b'{ // comment\n "strict": true }')
    result = run("marathon", "--check", "--skip-unknown", str(path))
    assert result.code == 0
    assert "unparsable-file: warning" in result.text
    path.write_bytes(b'{ // comment\n "networks": [] }')
    assert run("marathon", "--check", "--skip-unknown", str(path)).code == 3


def test_a_new_tree_is_on_the_disk_before_it_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tree.parent / "moved"
    synced: list[str] = []
    told: list[int] = []
    sync, show = os.fsync, Run._show

    def synced_now(descriptor: int) -> None:
        synced.append(os.path.relpath(os.readlink(f"/proc/self/fd/{descriptor}"), tree.parent))
        sync(descriptor)

    def show_now(self: Run, report: Report) -> None:
        told.append(len(synced))
        show(self, report)

    monkeypatch.setattr(os, "fsync", synced_now)
    monkeypatch.setattr(Run, "_show", show_now)
    assert run("marathon", "-o", str(output), str(tree)).code == 0
    assert sorted(synced[:5]) == sorted(
        f"moved/{name}"
        for name in ("app.json", "inner/clean.json", ".git/app.json", "inner/notes.txt", "package.json")
    )
    assert sorted(synced[5:]) == [".", "moved", "moved/.git", "moved/inner"]
    assert told == [9]


@pytest.mark.parametrize("failing", ["app.json", "notes.txt", "inner"])
def test_what_is_not_on_the_disk_is_told(failing: str, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tree.parent / "moved"
    sync = os.fsync

    def fail(descriptor: int) -> None:
        if os.path.basename(os.readlink(f"/proc/self/fd/{descriptor}")) == failing:
            raise OSError(5, os.strerror(5))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
    result = run("marathon", "-o", str(output), str(tree))
    assert result.code == ExitCode.UNWRITTEN
    told = "is written, but a power cut may take it away, because it cannot be synced: input/output error"
    assert told in result.errors
    assert failing in result.errors
    assert (output / "app.json").read_bytes() == MOVED


@pytest.mark.parametrize(
    "options", [[], ["--diff"], ["--check"], ["--format", "json"], ["--fail-on", "never"]]
)
def test_for_update_with_nothing_to_change(tmp_path: Path, options: list[str]) -> None:
    path, new = tmp_path / "app.json", tmp_path / "new.json"
    text = '{"app": {"id": "/a", "cmd": "run", "version": "1", "networks": [{"name": "calico"}]}}'
    path.write_text(text)
    result = run("marathon", "--for-update", *options, str(path))
    assert result.code == 6
    if options not in (["--format", "json"], ["--check"]):
        assert result.out == b""
    elif options == ["--format", "json"]:
        assert result.json["summary"]["edits"] == 0
    if options in ([], ["--fail-on", "never"]):
        assert run("marathon", "--for-update", *options, str(path), "-o", str(new)).code == 6
        assert run("marathon", "--for-update", *options, "-", stdin=text.encode()).out == b""
        assert run("marathon", "--for-update", *options, "-w", str(path)).code == 6
    assert not new.exists()
    assert path.read_text() == text


def test_for_update_with_findings_and_nothing_to_change_is_held_back() -> None:
    text = b'{"id": "/a", "cmd": "run", "networks": [{"mode": "host", "name": "x"}]}'
    result = run("marathon", "--for-update", "-", stdin=text)
    assert (result.code, result.out) == (1, b"")
