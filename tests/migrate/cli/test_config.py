"""`calico-migrate config`: options, exit codes, formats, and every bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.terminals import on_a_terminal
from tests.support.timing import cpu_time

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = """\
bootstrap_url: http://10.20.0.5:8080
cluster_name: meadow
exhibitor_storage_backend: static
master_discovery: static
master_list: [10.20.0.10, 10.20.0.11, 10.20.0.12]
resolvers: [10.20.0.53]
calico_network_cidr: 10.128.0.0/16
calico_vxlan_mtu: 1450
calico_veth_mtu: 1450
"""


def run(*arguments: str, stdin: str | bytes | None = None, cwd: Path | None = None) -> Any:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    return subprocess.run(
        [sys.executable, "-m", "calico_migrate", "config", *arguments],
        input=data,
        stdin=subprocess.DEVNULL if data is None else None,
        capture_output=True,
        cwd=cwd,
        timeout=60,
        check=False,
    )


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(CLEAN)
    return path


def test_a_sound_file_passes(clean: Path) -> None:
    result = run("check", "--fail-on", "warning", str(clean))
    assert result.returncode == 0
    assert b"installer: The installer accepts this file." in result.stdout
    assert b"cluster: Nothing speaks against it." in result.stdout
    assert result.stderr == b""


def test_findings_stop_a_pipeline_from_the_severity_that_is_asked_for(clean: Path) -> None:
    clean.write_text(CLEAN + "calico_vxlan_port: 61053\n")
    assert run("check", str(clean)).returncode == 0
    assert run("check", "--fail-on", "warning", str(clean)).returncode == 1
    assert run("check", "--fail-on", "warning", "--ignore", "vxlan-port-taken", str(clean)).returncode == 0
    clean.write_text(CLEAN + "calico_vxlan_vni: 1024\n")
    assert run("check", str(clean)).returncode == 1
    assert run("check", "--fail-on", "never", str(clean)).returncode == 0


def test_the_json_report_has_the_installer_s_verdict(clean: Path) -> None:
    clean.write_text(CLEAN + "calico_vxlan_vni: 0x400\n")
    result = run("check", "--format", "json", str(clean))
    report = json.loads(result.stdout)
    assert report["version"] == 1
    (file,) = report["files"]
    assert (file["path"], file["kind"], file["changed"], file["error"]) == (
        str(clean),
        "dcos-config",
        False,
        None,
    )
    assert file["installer"]["status"] == "ok"
    assert file["installer"]["render"] == "ok"
    assert file["installer"]["assumes"]
    (finding,) = [entry for entry in file["findings"] if entry["rule"] == "vni-of-the-overlay"]
    assert (finding["severity"], finding["line"], finding["column"]) == ("error", 10, 19)
    assert finding["pointer"] == "/calico_vxlan_vni"
    assert finding["hint"]
    assert finding["source"]
    assert report["summary"]["errors"] == 1


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_other_formats(clean: Path, form: str) -> None:
    clean.write_text(CLEAN + "calico_vxlan_vni: 1024\n")
    result = run("check", "--format", form, str(clean))
    assert result.returncode == 1
    assert b"vni-of-the-overlay" in result.stdout


def test_several_files_and_standard_input(clean: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("calico_network_cidr: 9.0.0.0/8\n")
    report = json.loads(run("check", "--format", "json", str(clean), str(other)).stdout)
    assert [file["path"] for file in report["files"]] == [str(clean), str(other)]
    result = run("check", "--format", "json", "-", stdin=CLEAN)
    assert json.loads(result.stdout)["files"][0]["path"] == "-"
    assert result.returncode == 0


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"a: [", "yaml_error", "not YAML"),
        (b"a: 1\n\tb: 2\n", "yaml_error", "tab"),
        (b"a: 1\n---\nb: 2\n", "yaml_error", "more than one"),
        (b"- a\n", "not_a_mapping", "sequence"),
        (b"", "not_a_mapping", "no settings"),
        (b"\x00\x01", "yaml_error", ""),
    ],
)
def test_files_without_settings_are_exit_3_with_a_verdict(
    clean: Path, data: bytes, status: str, words: str
) -> None:
    clean.write_bytes(data)
    result = run("check", "--format", "json", str(clean))
    assert result.returncode == 3
    (file,) = json.loads(result.stdout)["files"]
    assert file["installer"]["status"] == status
    assert words in file["error"]["message"]
    assert b"Traceback" not in result.stderr
    text = run("check", str(clean))
    assert text.returncode == 3
    assert words.encode() in text.stdout


def test_bytes_that_are_not_ascii_are_a_finding(clean: Path) -> None:
    clean.write_bytes(CLEAN.encode() + b"# caf\xe9\n")
    result = run("check", str(clean))
    assert result.returncode == 1
    assert b"not ASCII" in result.stdout
    assert b"harmless in itself" in result.stdout


def test_aliases_that_explode_are_refused_quickly(clean: Path) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefghijklm", "bcdefghijklmn", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    clean.write_text("\n".join(lines))
    with cpu_time() as spent:
        result = run("check", str(clean))
    assert result.returncode == 3
    assert b"aliases" in result.stdout
    assert spent.seconds < 20


def test_more_than_a_megabyte_is_refused(clean: Path) -> None:
    clean.write_bytes(b"#" * 1_000_001)
    result = run("check", str(clean))
    assert result.returncode == 3
    assert b"larger than" in result.stdout


@pytest.mark.parametrize("name", ["missing.yaml", ".", "a\nb"])
def test_what_cannot_be_read_is_one_line(tmp_path: Path, name: str) -> None:
    result = run("check", name, cwd=tmp_path)
    assert result.returncode == 3
    assert b"cannot be read" in result.stdout
    assert b"Traceback" not in result.stderr


def test_the_other_files_are_still_checked(clean: Path) -> None:
    result = run("check", "--format", "json", "/nonexistent", str(clean))
    assert result.returncode == 3
    first, second = json.loads(result.stdout)["files"]
    assert first["error"]
    assert first["installer"] is None
    assert second["installer"]["status"] == "ok"


def test_a_named_pipe_is_read_when_somebody_writes_to_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def write() -> None:
        time.sleep(0.7)
        pipe.write_text(CLEAN)

    writer = threading.Thread(target=write)
    writer.start()
    result = run("check", str(pipe))
    writer.join()
    assert result.returncode == 0
    assert b"The installer accepts" in result.stdout


def test_a_named_pipe_that_nobody_writes_to_is_given_up(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    started = time.perf_counter()
    result = run("check", str(pipe))
    assert result.returncode == 3
    assert b"named pipe" in result.stdout
    assert 1.9 < time.perf_counter() - started < 15


@pytest.mark.parametrize(
    "arguments",
    [
        ("--dcos-version", "1.13"),
        ("--dcos-version", "x"),
        ("--reserved", "office"),
        ("--reserved", "10.0.0.0/33=x"),
        ("--cloud", "moon"),
        ("--nodes", "0"),
        ("--link-mtu", "x"),
        ("--format", "jsonpatch"),
        ("--html", "-"),
    ],
)
def test_wrong_usage_is_exit_2(clean: Path, arguments: tuple[str, ...]) -> None:
    result = run("check", *arguments, str(clean))
    assert result.returncode == 2
    assert b"Traceback" not in result.stderr


def test_the_page_never_lands_on_an_input(clean: Path, tmp_path: Path) -> None:
    assert run("check", "--html", str(clean), str(clean)).returncode == 2
    assert run("check", "--html", "x.html", str(clean), str(clean), cwd=tmp_path).returncode == 2
    assert clean.read_text() == CLEAN
    assert run("check", "--html", str(tmp_path / "no" / "page.html"), str(clean)).returncode == 0
    assert (tmp_path / "no" / "page.html").read_text().startswith("<!DOCTYPE html>")
    assert run("check", "--html", str(tmp_path), str(clean)).returncode == 5


def test_what_the_operator_adds(clean: Path, tmp_path: Path) -> None:
    agents = tmp_path / "agents.txt"
    agents.write_text("10.128.4.4\n10.20.1.1\n")
    pools = tmp_path / "pools.json"
    pools.write_text(
        json.dumps(
            {
                "apiVersion": "projectcalico.org/v3",
                "kind": "IPPool",
                "metadata": {"name": "default-ipv4-ippool"},
                "spec": {"cidr": "172.29.0.0/16", "vxlanMode": "Always"},
            }
        )
    )
    result = run(
        "check", "--format", "json", "--agents", str(agents), "--pools", str(pools),
        "--reserved", "10.128.0.0/10=office", "--nodes", "40", "--tasks", "90000", "--cloud", "gce",
        str(clean),
    )  # fmt: skip
    rules = {entry["rule"] for entry in json.loads(result.stdout)["files"][0]["findings"]}
    assert rules >= {
        "cidr-overlaps-nodes",
        "cidr-overlaps-reserved",
        "pool-already-installed",
        "pool-too-few-blocks",
        "tunnel-mtu-above-link",
    }
    assert run("check", "--agents", str(tmp_path / "none"), str(clean)).returncode == 3
    assert run("check", "--pools", str(agents), str(clean)).returncode == 3


def test_a_real_genconf_directory(clean: Path, tmp_path: Path) -> None:
    clean.write_text(CLEAN + "ip_detect_public_filename: genconf/ip-detect-public\n")
    assert run("check", str(clean)).returncode == 1
    genconf = tmp_path / "genconf"
    genconf.mkdir()
    (genconf / "ip-detect").write_text("#!/bin/sh\n")
    (genconf / "ip-detect-public").write_text("#!/bin/sh\n")
    assert run("check", "--genconf", str(genconf), str(clean)).returncode == 0
    assert run("check", "--genconf", str(tmp_path / "none"), str(clean)).returncode == 3


def test_a_terminal_gets_the_picture_in_colour_and_a_pipe_does_not(clean: Path) -> None:
    clean.write_text(CLEAN.replace("10.128.0.0/16", "10.20.0.0/16"))
    _, shown = on_a_terminal("config", "check", str(clean), COLUMNS="100")
    assert "10.0.0.0/8" in shown
    assert "3 masters" in shown
    assert "\x1b[31m" in shown
    _, plain = on_a_terminal("config", "check", "--color", "never", str(clean), COLUMNS="100")
    assert "!" in plain
    assert "\x1b" not in plain
    assert b"10.0.0.0/8" not in run("check", str(clean)).stdout


def test_show(clean: Path) -> None:
    result = run("show", str(clean))
    assert result.returncode == 0
    assert f"10.128.0.0/16  ({clean}:7)" in result.stdout.decode()
    values = json.loads(run("show", "--format", "json", "--dcos-version", "2.1.0", str(clean)).stdout)
    assert values["dcos_version"] == "2.1.0"
    assert run("show", "-", stdin="- a").returncode == 3


def test_suggest_without_a_file() -> None:
    result = run("suggest", "--nodes", "40", "--tasks", "2000", "--reserved", "10.0.0.0/8=office")
    assert result.returncode == 0
    assert b"calico_network_cidr: 172.16.0.0/16" in result.stdout


def test_suggest_answers_1_where_nothing_is_free() -> None:
    arguments = (
        "--reserved",
        "10.0.0.0/8=a",
        "--reserved",
        "172.16.0.0/12=b",
        "--reserved",
        "100.64.0.0/10=c",
    )
    result = run("suggest", *arguments)
    assert result.returncode == 1
    assert b"No network of this size is free" in result.stdout
    assert json.loads(run("suggest", "--format", "json", *arguments).stdout)["network"] is None


def test_suggest_writes_the_values_alone(clean: Path) -> None:
    clean.write_text(CLEAN.replace("10.128.0.0/16", "'9.0.0.0/8'  # wrong"))
    os.chmod(clean, 0o640)
    expected = CLEAN.replace("10.128.0.0/16", "'10.128.0.0/16'  # wrong")
    diff = run("suggest", "--diff", str(clean))
    assert b"-calico_network_cidr: '9.0.0.0/8'  # wrong" in diff.stdout
    result = run("suggest", "--write", str(clean))
    assert result.returncode == 0
    text = clean.read_text()
    assert text.startswith("bootstrap_url")
    assert "calico_network_cidr: '10." in text
    assert text.count("\n") == expected.count("\n")
    assert clean.stat().st_mode & 0o777 == 0o640
    assert run("check", "--fail-on", "warning", str(clean)).returncode == 0


@pytest.mark.parametrize(
    "arguments", [("--write",), ("--write", "-"), ("--diff",), ("--write", "--diff", "config.yaml")]
)
def test_suggest_needs_a_file_to_change(arguments: tuple[str, ...]) -> None:
    assert run("suggest", *arguments).returncode == 2


def test_help_teaches() -> None:
    for command in ("check", "show", "suggest"):
        result = run(command, "--help")
        assert result.returncode == 0
        assert b"Exit codes" in result.stdout


def test_quiet_and_color_work_for_every_answer(clean: Path) -> None:
    result = run("suggest", str(clean), "--link-mtu", "1400", "--quiet")
    assert result.stdout.decode() == "calico_vxlan_mtu: 1350\ncalico_veth_mtu: 1350\n"
    assert b"\x1b[1m" in run("suggest", str(clean), "--link-mtu", "1400", "--color", "always").stdout
    assert b"\x1b[1m" in run("show", str(clean), "--color", "always").stdout
    assert b"\x1b" not in run("show", str(clean), "--color", "never").stdout
    latin = CLEAN.encode() + "# Köln\n".encode("latin-1")
    assert run("show", "-", stdin=latin).stderr
    assert run("show", "-", "--quiet", stdin=latin).stderr == b""


def test_a_sound_network_is_kept(clean: Path) -> None:
    text = run("suggest", str(clean)).stdout.decode()
    assert "calico_network_cidr: 10.128.0.0/16\n    as the file has it; nothing speaks against it" in text
    assert run("suggest", str(clean), "--diff").stdout == b""
    clean.write_text(CLEAN.replace("10.128.0.0/16", "10.20.0.0/16"))
    text = run("suggest", str(clean)).stdout.decode()
    assert "replaces 10.20.0.0/16, because:" in text
    assert "cidr-overlaps-nodes" in text
    clean.write_text(CLEAN + "calico_vxlan_vni: 1024\n")
    assert "What stays wrong" in run("suggest", str(clean)).stdout.decode()


def test_what_is_no_config_is_named(tmp_path: Path) -> None:
    path = tmp_path / "dcos.yml"
    inside = "".join(f"    {line}\n" for line in CLEAN.splitlines())
    path.write_text(f"dcos:\n  config:\n{inside}")
    result = run("check", str(path))
    assert result.returncode == 1
    assert b"dcos.yml:2:3: not-a-config: error: this is no config.yaml but dcos-ansible" in result.stdout
    assert b"Nothing speaks against" not in result.stdout
    before = path.read_bytes()
    for command in (("suggest", "--write"), ("suggest",), ("show",)):
        result = run(*command, str(path))
        assert result.returncode == 3
        assert b"whose dcos.config is one" in result.stderr
    assert path.read_bytes() == before
