"""A secret in any place of a bundle reaches no output, in any format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.migrate.diagnose.bundles import items
from tests.migrate.diagnose.bundles.cluster import Cluster
from tests.migrate.diagnose.bundles.writing import write_bundle
from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
SECRETS = ("hunter2-swordfish", "p4ss-of-zookeeper", TOKEN, "s3cr3t-of-the-app", "0123456789abcdef" * 4)
LINE = f"error=password={SECRETS[0]} http://user:{SECRETS[1]}@zk:2181/ token: {TOKEN} \x1b[31mred"


def _planted() -> Cluster:
    """A secret in every place where bundles have them, most of them in lines that are quoted."""
    cluster = Cluster()
    node = cluster.node(21)
    cluster.felix(node, f"felix/daemon.go 223: Failed to create datastore client {LINE}")
    cluster.append(node, items.PLUGIN, f"Exception: Unexpected docker error: {LINE}")
    cluster.append(node, items.AGENT_LOG, "W0601 12:34:56.789012  1 x] The CNI plugin 'p' failed to attach container c to"
                   f" CNI network 'calico': stdout='{LINE}', stderr=''")  # fmt: skip
    cluster.append(
        node,
        "dmesg_-T.output",
        f"[Mon Jun  1 12:34:56 2020] nf_conntrack: table full, dropping packet {LINE}",
    )
    cluster.append(
        node,
        "ps_aux_ww_Z.output",
        f"-  root  99  0.0  0.1  1 6 ?  Ss  May01  0:10 /usr/sbin/firewalld {LINE}",
    )
    cluster.append(node, "iptables-save.output", f"# {LINE} iptables-legacy tables present")
    cluster.append(node, items.DETECT_IP, f"password={SECRETS[0]}")
    cluster.fail(cluster.node(22), "docker_ps.output", f"Body: {LINE}")
    cluster.change(
        cluster.node(1), "opt/mesosphere/etc/user.config.yaml", lambda _: f"db_password: {SECRETS[0]}\n"
    )
    cluster.change(cluster.node(1), "5050-master_flags.json", lambda _: json.dumps(
        {"flags": {"zk": f"zk://user:{SECRETS[1]}@10.0.1.1:2181/mesos"}}))  # fmt: skip
    cluster.replace(cluster.node(1), "8080-v2_apps.json", '"cmd": "sleep 1000"',
                    f'"cmd": "x", "env": {{"APP_SECRET": "{SECRETS[3]}"}}')  # fmt: skip
    cluster.replace(cluster.node(23), "timedatectl.output", "synchronized: yes", f"synchronized: no {LINE}")
    cluster.pools[0].annotations["org.projectcalico.label.network.ID"] = ""
    cluster.pools[0].annotations["api-token"] = SECRETS[4]
    return cluster


def _run(path: Path, chosen: str, *options: str) -> str:
    return run("diagnose", str(path), "--format", chosen, "--fail-on", "never", *options).text


@pytest.mark.parametrize("form", ["cluster", "legacy"])
@pytest.mark.parametrize("chosen", ["text", "json", "sarif", "github", "junit", "codeclimate"])
def test_no_format_shows_one(tmp_path: Path, chosen: str, form: str) -> None:
    path = write_bundle(tmp_path / "bundle.zip", _planted(), form)
    page = tmp_path / "page.html"
    for shown in (_run(path, chosen, "--html", str(page)), page.read_text(encoding="utf-8")):
        assert "datastore" in shown
        assert [secret for secret in SECRETS if secret in shown] == []
        assert "\x1b" not in shown


def test_the_report_says_where_they_are(tmp_path: Path) -> None:
    held = json.loads(_run(write_bundle(tmp_path / "bundle.zip", _planted()), "json"))["files"][0]["secrets"]
    assert {
        "10.0.1.1_master/opt/mesosphere/etc/user.config.yaml",
        "10.0.1.1_master/5050-master_flags.json",
        "10.0.1.1_master/8080-v2_apps.json",
        "10.0.1.21_agent/dcos-calico-felix.service",
        "10.0.1.21_agent/ps_aux_ww_Z.output",
    } <= set(held)


def test_a_healthy_bundle_holds_none(tmp_path: Path) -> None:
    text = _run(write_bundle(tmp_path / "bundle.zip", Cluster()), "json")
    assert json.loads(text)["files"][0]["secrets"] == []


def test_an_anonymous_report_has_no_address_and_no_name(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    path = write_bundle(tmp_path / "bundle.zip", _planted())
    out = _run(path, "json", "--anonymise", "--html", str(page))
    for shown in (out, page.read_text(encoding="utf-8")):
        assert "10.0.1." not in shown
        assert "172.29." not in shown
        assert "/shop/" not in shown
        assert "/old/" not in shown
    assert _run(path, "json", "--anonymise") == out
