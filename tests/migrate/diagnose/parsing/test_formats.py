"""The formats of items, in real programs' output where the samples are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from calico_migrate.diagnose.bundle.collection_errors import parse_errors
from calico_migrate.diagnose.bundle.names import item_of
from calico_migrate.diagnose.parsing import settings
from calico_migrate.diagnose.parsing.etcd import parse_etcd
from calico_migrate.diagnose.parsing.interfaces import parse_interfaces
from calico_migrate.diagnose.parsing.ipsets import parse_ipsets
from calico_migrate.diagnose.parsing.iptables import parse_iptables
from calico_migrate.diagnose.parsing.resources import parse_resources
from calico_migrate.diagnose.parsing.routes import parse_routes

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "corpus" / "diagnostics" / "samples"
needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="the samples of real programs are not here")


def _sample(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


@needs_samples
def test_interfaces() -> None:
    found = parse_interfaces(_sample("ip_addr.vxlan-agent.output"))
    assert list(found)[:4] == ["lo", "eth0", "vtep1024", "vxlan.calico"]
    tunnel = found["vxlan.calico"]
    assert (tunnel.mtu, tunnel.mac, tunnel.up, tunnel.line) == (1450, "66:2d:bb:7a:11:21", True, 19)
    assert [(inet.address, inet.prefix) for inet in tunnel.inets] == [("172.29.21.0", 32)]
    assert not found["d-dcos"].up


@needs_samples
def test_routes() -> None:
    routes = parse_routes(_sample("ip_route.ipip-agent.output"))
    assert [(str(route.net), route.kind, route.device, route.protocol) for route in routes][3:6] == [
        ("172.29.1.0/26", "unicast", "tunl0", "bird"),
        ("172.29.21.0/26", "blackhole", "", "bird"),
        ("172.29.21.1/32", "unicast", "cali0f2a9a3c-6f", ""),
    ]


@needs_samples
def test_ipsets_and_iptables() -> None:
    assert len(parse_ipsets(_sample("ipset_list.vxlan-agent.output"))["cali40all-vxlan-net"].members) == 7
    found = parse_iptables(_sample("iptables-save.vxlan-agent.output"))
    assert found.table("filter").policies["FORWARD"] == ("DROP", 4)
    port = found.vxlan_port()
    assert port is not None
    assert port[0] == 64000


@needs_samples
def test_etcd_and_lists() -> None:
    etcd = parse_etcd(_sample("etcdctl_diagnostic.healthy.output"))
    assert etcd.healthy
    assert etcd.members == dict.fromkeys(("etcd-10.0.1.2", "etcd-10.0.1.1", "etcd-10.0.1.3"), "127.0.0.1")
    assert [each.name for each in parse_resources(_sample("calicoctl_get_node.vxlan.yaml")).items] == [
        "10.0.1.1",
        "10.0.1.21",
    ]


def test_units_in_every_writing() -> None:
    text = (
        "  UNIT                     LOAD   ACTIVE     SUB          DESCRIPTION\n"
        "dcos-net.service           loaded active     running      DC/OS Net\n"
        "● dcos-etcd.service        loaded failed     failed       etcd\n"
        "* dcos-a.service           loaded activating auto-restart a\n"
        "  dcos-b.timer             loaded active     waiting      b\n"
        "\nLOAD   = Reflects whether the unit definition was properly loaded.\n4 loaded units listed.\n"
    )
    found = settings.parse_units(text)
    assert {name: unit.running for name, unit in found.items()} == {
        "dcos-net.service": True,
        "dcos-etcd.service": False,
        "dcos-a.service": False,
        "dcos-b.timer": True,
    }


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("8443-v2_apps.json", "8080-v2_apps.json"),
        ("8080-v2_apps.json.gz", "8080-v2_apps.json"),
        ("systemctl_list-units_dcos_.output", "systemctl_list-units_dcos*.output"),
        ("systemctl_list-units_dcos*.output.gz", "systemctl_list-units_dcos*.output"),
        ("var/lib/dcos/mesos/log/mesos-master.log.2.gz.gz", "var/lib/dcos/mesos/log/mesos-master.log.2.gz"),
        ("var/lib/dcos/mesos/log/mesos-master.log.2.gz", "var/lib/dcos/mesos/log/mesos-master.log.2.gz"),
    ],
)
def test_names_of_items(name: str, item: str) -> None:
    assert item_of(name) == item


def test_errors_without_a_line_end_between_them() -> None:
    text = (
        "could not collect a.output: signal: killedcould not collect 8443-v2_apps.json: unable to fetch URL. Return code"
        " 503. Body: leader\n unknown\ncould not copy b.json data to zip: unexpected EOFcould not collect c d.output: exit"
        " status 1"
    )
    found = parse_errors(text)
    assert [(error.item, error.cut, error.line) for error in found] == [
        ("a.output", False, 1),
        ("8080-v2_apps.json", False, 1),
        ("b.json", True, 3),
        ("c d.output", False, 3),
    ]
    assert found[0].timed_out
    assert not found[3].timed_out


def test_errors_of_legacy_bundles() -> None:
    text = (
        "2020-06-01 12:34:56.1 +0000 UTC [http://10.0.1.1:1050/system/health/v1/logs/cmds/ipset_list.output] could not"
        ' get from url: unable to fetch URL. Return code 503. Body: {"status":"exit status 1"}\n'
        "2020-06-01 12:34:57.1 +0000 UTC [http://10.0.1.2:5050/master/state] could not get from url: timeout\n"
    )
    assert [(error.address, error.item) for error in parse_errors(text)] == [
        ("10.0.1.1", "ipset_list.output"),
        ("10.0.1.2", "5050-master_state.json"),
    ]
