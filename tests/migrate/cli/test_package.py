"""`package` as users and their scripts see it: outputs, report, exit codes, bad input."""

from __future__ import annotations

import builtins
import errno
import json
import os
import shutil
import stat
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from calico_core.errors import VerificationError
from calico_migrate.cli import run as calico_migrate
from calico_migrate.package.universe import parts
from tests.migrate.package import making
from tests.migrate.package.making import NAME, app_template, config_text, group

SPEC = """name: x
pods:
  a:
    count: 1
    networks:
      dcos:
    tasks:
      t:
        goal: RUNNING
        cmd: x
        cpus: 0.1
        memory: 32
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A release of a package in a Universe."""
    return making.write(tmp_path / "repo" / "packages" / "D" / "demo" / "3", making.texts())


def report(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = calico_migrate(["package", "--format", "json", *arguments])
    found: dict[str, Any] = json.loads(capfd.readouterr().out)
    return code, found


def files(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {Path(file["path"]).name: file for file in found["files"]}


def tree(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def test_one_specification_goes_to_standard_output(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "svc.yml").write_text(SPEC)
    assert calico_migrate(["package", str(tmp_path / "svc.yml")]) == 0
    assert capfd.readouterr().out == SPEC.replace("dcos", "calico")


def test_one_config_is_understood_with_what_is_beside_it(
    package: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    config = config_text(s=group(overlay=NAME))
    making.write(package, making.texts(config, app_template('[{"name": "{{s.overlay}}"}]')))
    assert calico_migrate(["package", str(package / parts.CONFIG)]) == 0
    assert capfd.readouterr().out == config.replace("dcos", "calico")


def test_check_tells_what_would_change(package: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(package)
    assert calico_migrate(["package", "--check", str(package)]) == 1
    out = capfd.readouterr().out
    assert f'{package}/config.json:21:22: network-option: "dcos" becomes "calico"' in out
    assert tree(package) == before


def test_write_in_place_and_again(package: Path) -> None:
    assert calico_migrate(["package", "-w", str(package)]) == 0
    assert (package / parts.CONFIG).read_text() == making.STANDARD.replace(
        '"type": "string",\n          "default": "dcos"\n        }\n      }',
        '"type": "string",\n          "default": "calico"\n        }\n      }',
    )
    assert calico_migrate(["package", "--check", str(package)]) == 0


def test_output_holds_the_whole_tree(package: Path, tmp_path: Path) -> None:
    (package / "README.md").write_text("dcos")
    assert calico_migrate(["package", "-o", str(tmp_path / "out"), str(tmp_path / "repo")]) == 0
    before, after = tree(tmp_path / "repo"), tree(tmp_path / "out")
    assert set(before) == set(after)
    assert [name for name in before if before[name] != after[name]] == ["packages/D/demo/3/config.json"]


def test_a_whole_framework_with_links(tmp_path: Path, root: Path) -> None:
    shutil.copytree(root / "samples" / "package" / "framework", tmp_path / "f", symlinks=True)
    link = tmp_path / "f" / "hello" / "src" / "main" / "resources" / "svc.yml"
    before = tree(tmp_path / "f")
    assert calico_migrate(["package", "-w", str(tmp_path / "f")]) == 0
    assert link.is_symlink()
    after = tree(tmp_path / "f")
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["hello/src/main/dist/svc.yml", "hello/universe/config.json"]
    assert calico_migrate(["package", "--check", str(tmp_path / "f")]) == 0


def test_build_tags_that_are_no_json_yet(tmp_path: Path) -> None:
    universe = making.write(tmp_path / "universe", making.texts())
    (universe / parts.RESOURCE).write_text('{"assets": {"uris": {"a": {{artifact-uri}} } } }')
    (universe / parts.PACKAGE).write_text('{"name": "demo", "lastUpdated": %(time_epoch_ms)s}')
    assert calico_migrate(["package", "-q", "-w", str(tmp_path)]) == 0
    assert '"calico"' in (universe / parts.CONFIG).read_text()
    assert "%(time_epoch_ms)s" in (universe / parts.PACKAGE).read_text()


@pytest.mark.parametrize(
    ("named", "broken", "content", "message"),
    [
        (parts.TEMPLATE, parts.CONFIG, b"{", "is not JSON"),
        (parts.TEMPLATE, parts.CONFIG, b'{"\xff": 1}', "is not UTF-8"),
        (parts.CONFIG, parts.TEMPLATE, b'{"name": "{{#open}}"}', "the section 'open'"),
        (parts.CONFIG, parts.TEMPLATE, b'{"name": "\xff"}', "is not UTF-8"),
    ],
)
def test_what_is_wrong_beside_a_named_file_is_told(
    package: Path, capfd: pytest.CaptureFixture[str], named: str, broken: str, content: bytes, message: str
) -> None:
    (package / broken).write_bytes(content)
    assert calico_migrate(["package", str(package / named)]) == 3
    out, err = capfd.readouterr()
    assert f"{package}/{named}: error: stays as it is: the {broken} beside it: {message}" in err
    assert "calico" not in out


def test_the_report_of_a_framework(capfd: pytest.CaptureFixture[str], root: Path) -> None:
    code, found = report(capfd, str(root / "samples" / "package" / "framework"))
    assert code == 0
    told = files(found)
    assert {name: file["kind"] for name, file in told.items() if file["edits"]} == {
        "config.json": "config",
        "svc.yml": "service-spec",
    }
    rules = {finding["rule"] for file in found["files"] for finding in file["findings"]}
    assert {
        "archive-to-rebuild",
        "test-names-network",
        "stored-options",
        "pods-restart",
        "network-key-from-option",
    } <= rules


def test_repository_option_and_exported_files(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    entry = {**making.PACKAGE, "releaseVersion": 0, "config": json.loads(making.STANDARD)}
    (tmp_path / "stub-universe-demo.json").write_text(json.dumps({"packages": [entry]}))
    (tmp_path / "options.json").write_text('{"service": {"virtual_network_name": "dcos"}}')
    (tmp_path / "other.json").write_text('{"service": {"name": "dcos"}}')
    (tmp_path / "app.json").write_text('{"id": "/x", "cmd": "y", "labels": {"DCOS_PACKAGE_NAME": "demo"}}')
    _, found = report(capfd, str(tmp_path))
    kinds = {name: (file["kind"], file["changed"]) for name, file in files(found).items()}
    assert kinds == {
        "stub-universe-demo.json": ("repository", True),
        "options.json": ("options", True),
        "app.json": ("app", False),
        "other.json": ("unknown", False),
    }


def test_a_template_that_is_json_before_it_is_rendered(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    template = '{"id": "{{name}}", "networks": [{"mode": "container", "name": "dcos"}]}'
    (tmp_path / "template.json").write_text(template)
    assert calico_migrate(["package", "--fail-on", "never", str(tmp_path / "template.json")]) == 0
    assert capfd.readouterr().out == template.replace('"dcos"', '"calico"')


def test_what_somebody_may_apply_is_proved(
    package: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> list[str]:
        raise VerificationError("the proof failed")

    monkeypatch.setattr("calico_migrate.package.universe.reports.prove", fail)
    codes = {
        arguments: calico_migrate(["package", *arguments, str(package)])
        for arguments in [
            ("--diff",),
            ("--check", "--diff"),
            ("--format", "jsonpatch"),
            ("--check", "--format", "jsonpatch"),
            ("--release",),
            ("-w",),
        ]
    }
    assert set(codes.values()) == {5}
    assert "calico" not in (package / parts.CONFIG).read_text()
    capfd.readouterr()


@pytest.mark.parametrize(
    "options", ['{"service": {"virtual_network_name": "calico"}}', '{"virtual-network": {"name": "mesos"}}']
)
def test_an_options_file_that_needs_no_edit_is_a_definition(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], options: str
) -> None:
    (tmp_path / "mine.json").write_text(options)
    assert calico_migrate(["package", str(tmp_path / "mine.json")]) == 0
    assert capfd.readouterr().out == options
    code, found = report(capfd, "--check", str(tmp_path / "mine.json"))
    assert (code, found["files"][0]["kind"], found["files"][0]["changed"]) == (0, "options", False)


def test_an_options_file_is_known_by_a_package_of_the_run(
    package: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.json").write_text('{"service": {"name": "mine"}}')
    assert calico_migrate(["package", "--check", str(tmp_path / "mine.json")]) == 3
    capfd.readouterr()
    code, found = report(capfd, "--check", str(package), str(tmp_path / "mine.json"))
    assert (code, files(found)["mine.json"]["kind"]) == (1, "options")


def test_options_of_a_package_of_the_run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    config = config_text(s=group(overlay=NAME, title=NAME))
    making.write(tmp_path / "demo" / "0", making.texts(config, app_template('[{"name": "{{s.overlay}}"}]')))
    (tmp_path / "mine.json").write_text('{"s": {"overlay": "dcos", "title": "dcos"}}')
    assert calico_migrate(["package", "-w", str(tmp_path)]) == 0
    assert (tmp_path / "mine.json").read_text() == '{"s": {"overlay": "calico", "title": "dcos"}}'
    capfd.readouterr()


def test_overlays(package: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    making.write(package.parent / "12", making.texts(package=making.PACKAGE | {"version": "2"}))
    overlays = tmp_path / "overlays"
    code, found = report(capfd, "--options-dir", str(overlays), str(tmp_path / "repo"))
    assert code == 0
    assert [path.name for path in overlays.iterdir()] == ["demo-12.json"]
    assert json.loads((overlays / "demo-12.json").read_text()) == {
        "service": {"virtual_network_name": "calico"}
    }
    hints = [f["hint"] for file in found["files"] for f in file["findings"] if f["rule"] == "stored-options"]
    assert hints == [
        f"run `dcos demo update start --name=demo --options={overlays}/demo-12.json` for each of them"
    ]
    calico_migrate(["package", "--diff", "--options-dir", str(tmp_path / "none"), str(tmp_path / "repo")])
    assert not (tmp_path / "none").exists()


def test_an_overlay_of_a_named_release(package: Path, tmp_path: Path) -> None:
    making.write(package.parent / "12", making.texts())
    calico_migrate(["package", "-q", "--options-dir", str(tmp_path / "o"), str(package)])
    assert [path.name for path in (tmp_path / "o").iterdir()] == ["demo-3.json"]


def test_an_overlay_of_a_named_part(package: Path, tmp_path: Path) -> None:
    overlays = tmp_path / "o"
    calico_migrate(["package", "-q", "--options-dir", str(overlays), str(package / parts.CONFIG)])
    assert [path.name for path in overlays.iterdir()] == ["demo-3.json"]


def test_a_repository_file_says_what_to_run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    entries = [
        {
            **making.PACKAGE,
            "releaseVersion": number,
            "config": json.loads(making.STANDARD),
            "resource": making.RESOURCE,
            "marathon": {"v2AppMustacheTemplate": b64encode(making.STANDARD_TEMPLATE.encode()).decode()},
        }
        for number in (2, 10)
    ]
    (tmp_path / "stub.json").write_text(json.dumps({"packages": entries}, indent=1))
    overlays = tmp_path / "o"
    code, found = report(capfd, "--options-dir", str(overlays), str(tmp_path / "stub.json"))
    assert (code, [path.name for path in overlays.iterdir()]) == (0, ["demo-10.json"])
    told = [f for f in found["files"][0]["findings"] if f["rule"] == "stored-options"]
    assert [finding["pointer"] for finding in told] == ["/packages/1"]
    assert f"--options={overlays}/demo-10.json" in told[0]["hint"]


def test_a_package_without_the_command(package: Path, capfd: pytest.CaptureFixture[str]) -> None:
    making.write(package, making.texts(resource={}))
    _, found = report(capfd, str(package))
    told = {f["rule"]: f for file in found["files"] for f in file["findings"]}
    assert told["no-update-command"]["severity"] == "warning"
    assert "stored-options" not in told


@pytest.mark.parametrize(
    ("part", "text", "line"),
    [
        (parts.CONFIG, '{\n "properties": [\n}', 3),
        (
            parts.CONFIG,
            making.STANDARD.replace('"type": "object",', '"type": "object", "type": "object",', 1),
            2,
        ),
        (parts.TEMPLATE, '{"a": 1\n{{#open}}\n}', 2),
        (parts.TEMPLATE, '{"a": 1\n{{/never}}\n}', 2),
        (parts.TEMPLATE, '{"a": 1\n{{> partial}}\n}', 2),
        (parts.TEMPLATE, '{"a": 1\n{{name\n}', 2),
        (parts.PACKAGE, '{"name": \n', 2),
    ],
)
def test_one_broken_package_among_others(
    package: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], part: str, text: str, line: int
) -> None:
    broken = making.write(package.parent.parent / "broken" / "0", {**making.texts(), part: text})
    before = tree(broken)
    code, found = report(capfd, "-w", str(tmp_path / "repo"))
    assert code == 3
    failed = [file for file in found["files"] if file["error"]]
    assert [(Path(file["path"]), file["error"]["line"]) for file in failed] == [(broken / part, line)]
    assert tree(broken) == before
    assert '"calico"' in (package / parts.CONFIG).read_text()


def test_a_package_without_config(package: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (package / parts.CONFIG).unlink()
    code, found = report(capfd, str(package))
    assert code == 1
    (finding,) = files(found)[parts.TEMPLATE]["findings"]
    assert (finding["rule"], finding["severity"], finding["line"]) == ("config-missing", "error", 1)


def test_a_specification_that_parses_in_no_rendering(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "svc.yml").write_text("pods:\n  a:\n   networks:\n  - ] dcos:\n")
    code, found = report(capfd, str(tmp_path))
    assert code == 3
    assert found["files"][0]["error"]["line"]


def test_a_read_only_file_keeps_its_bytes(package: Path, capfd: pytest.CaptureFixture[str]) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes read-only files")
    (package / parts.CONFIG).chmod(stat.S_IRUSR)
    code, _ = report(capfd, "-w", str(package))
    assert code == 5
    assert (package / parts.CONFIG).read_text() == making.STANDARD


@pytest.mark.parametrize("name", ["svc.yml", "options.json", "build.gradle"])
def test_a_file_of_a_directory_that_cannot_be_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    making.write(tmp_path / "universe", making.texts())
    (tmp_path / name).write_text(SPEC)
    (tmp_path / "other.yml").write_text(SPEC)
    read = open

    def locked(path: Any, *arguments: Any, **options: Any) -> Any:
        if path == str(tmp_path / name):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return read(path, *arguments, **options)

    monkeypatch.setattr(builtins, "open", locked)
    code, found = report(capfd, "-w", "--jobs", "1", str(tmp_path))
    assert code == 3
    assert files(found)[name]["error"]["message"] == "cannot be read: permission denied"
    assert files(found)["other.yml"]["changed"]


def test_an_npm_package_is_none_of_these(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "package.json").write_text('{"name": "left-pad", "version": "1.0.0"}')
    (tmp_path / "config.json").write_text('{\n  // a comment\n  "network": "dcos"\n}')
    (tmp_path / "svc.yml").write_text(SPEC)
    code, found = report(capfd, "-w", str(tmp_path))
    assert code == 0
    assert {name: file["changed"] for name, file in files(found).items()} == {
        "package.json": False,
        "config.json": False,
        "svc.yml": True,
    }


def test_nothing_to_read(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("dcos")
    assert calico_migrate(["package", str(tmp_path)]) == 3
    assert calico_migrate(["package", str(tmp_path / "notes.txt")]) == 3
    assert calico_migrate(["package", "--skip-unknown", str(tmp_path / "notes.txt")]) == 0
    capfd.readouterr()


def test_several_processes_give_the_same_report(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for number in range(20):
        making.write(tmp_path / "demo" / str(number), making.texts())
    assert report(capfd, str(tmp_path)) == report(capfd, "--jobs", "2", str(tmp_path))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--suffix", "-x"],
        ["--from", "3"],
        ["--repository", "x.json"],
        ["--options", "x.json"],
        ["--env", "x.json"],
        ["--render", "-w"],
        ["--render", "--redact"],
        ["--release", "--suffix", "+x"],
        ["--check", "-w"],
        ["--jobs", "0"],
    ],
)
def test_options_that_do_not_fit(
    package: Path, arguments: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert calico_migrate(["package", *arguments, str(package)]) == 2
    capfd.readouterr()


def test_render_a_package(package: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "options.json").write_text('{"service": {"name": "mine", "virtual_network_enabled": true}}')
    assert (
        calico_migrate(["package", "--render", "--options", str(tmp_path / "options.json"), str(package)])
        == 0
    )
    app = json.loads(capfd.readouterr().out)
    assert app["id"] == "mine"
    assert app["env"]["VIRTUAL_NETWORK_NAME"] == "dcos"


def test_render_a_specification(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "svc.yml").write_text("name: {{N}}{{#ON}} on{{/ON}}\n")
    (tmp_path / "env.json").write_text('{"N": "a=b", "ON": "false"}')
    assert (
        calico_migrate(
            ["package", "--render", "--env", str(tmp_path / "env.json"), str(tmp_path / "svc.yml")]
        )
        == 0
    )
    assert capfd.readouterr().out == "name: a&#61;b\n"


def test_render_says_what_is_wrong(package: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (package / parts.TEMPLATE).write_text("{{#x}}")
    assert calico_migrate(["package", "--render", str(package)]) == 3
    assert f"{package}/{parts.TEMPLATE}:1:1" in capfd.readouterr().err
    assert calico_migrate(["package", "--render", "--options", str(tmp_path / "none"), str(package)]) == 3
    assert calico_migrate(["package", "--render", "--env", "x", str(package)]) == 2
    capfd.readouterr()


@pytest.mark.parametrize(
    "text,language",
    [
        (
            '{\n  "id": "/{{ name }}",\n  {% if x %}\n  "networks": [{"name": "dcos"}]\n  {% endif %}\n}\n',
            "a Jinja template",
        ),
        ('{\n  "networks": [{"name": "dcos"}],\n  "cpus": {{ cpus | default(1) }}\n}\n', "a Jinja template"),
        ('{\n  "networks": [{"name": "dcos"}],\n  "cpus": <%= cpus %>\n}\n', "an ERB template"),
        ('{\n  "networks": [{"name": "dcos"}],\n  "cpus": {{ .Values.cpus }}\n}\n', "a Go template"),
    ],
)
def test_a_template_of_another_engine_is_no_package(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], text: str, language: str
) -> None:
    path = tmp_path / "app.json.j2"
    path.write_text(text)
    assert calico_migrate(["package", "--check", str(path)]) == 3
    said = "".join(capfd.readouterr())
    assert f"is {language}" in said
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "dcos" in each)
    assert f":{line}:" in said or f"line {line}" in said or f" {line}" in said
    assert "never-renders" not in said
    assert "config-missing" not in said
