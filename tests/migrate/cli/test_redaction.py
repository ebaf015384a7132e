"""Secrets planted everywhere, and no trace of them in what is shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "planted-Horse9"
ID = "0123456789abcdef" * 4
APP = {
    "id": "/token/password-store",
    "cmd": f"curl --password {SECRET} https://me:{SECRET}@example.com/x",
    "env": {"DB_PASSWORD": SECRET, "apiKey": SECRET, "auth": {"user": SECRET}, "AUTH_ENABLED": "true"},
    "labels": {"digest": f"sha256:{ID}", "AUTH_FILE": "/etc/store/secret.txt"},
    "container": {
        "type": "DOCKER",
        "docker": {"image": f"web@sha256:{ID}", "parameters": [{"key": "env", "value": f"TOKEN={SECRET}"}]},
    },
    "networks": [{"mode": "container", "name": "dcos", "labels": {"session.cookie": SECRET}}],
}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("color", ["never", "always"])
def test_diffs(indent: int | None, color: str, tmp_path: Path) -> None:
    path = tmp_path / "app.json"
    path.write_text(json.dumps(APP, indent=indent) + "\n")
    plain = run("marathon", "--diff", "--color", color, str(path))
    redacted = run("marathon", "--diff", "--redact", "--color", color, str(path))
    assert SECRET in plain.text
    assert SECRET not in redacted.text + redacted.errors
    assert (redacted.code, redacted.text.count("\n")) == (plain.code, plain.text.count("\n"))
    assert '"name": "calico"' in redacted.text
    if indent is None:
        assert "/token/password-store" in redacted.text
        assert redacted.text.count(ID) == plain.text.count(ID)
        assert "/etc/store/secret.txt" in redacted.text
    path.write_text(json.dumps(APP, indent=indent) + "\n")


def test_what_is_shown_of_a_configuration(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        f"superuser_password_hash: {SECRET}\n"
        f"cluster_docker_credentials: {{auths: {{a: {{auth: {SECRET}}}}}}}\n"
        f'dcos_overlay_network: \'{{"overlays": [], "token": "{SECRET}"}}\'\n'
        f"calico_network_cidr: https://me:{SECRET}@example.com\n"
    )
    for arguments in (["show"], ["show", "--format", "json"], ["suggest", "--diff", "--redact"]):
        result = run("config", *arguments, str(path))
        assert SECRET not in result.text + result.errors


@pytest.mark.parametrize("options", [[], ["-w"], ["--check"]])
def test_a_document_is_never_redacted(options: list[str], tmp_path: Path) -> None:
    path = tmp_path / "app.json"
    path.write_text(json.dumps(APP))
    result = run("marathon", "--redact", *options, str(path))
    assert result.code == 2
    assert "--diff" in result.errors
    assert json.loads(path.read_text()) == APP
