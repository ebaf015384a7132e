"""`config show`: values, origins, what becomes of them, ports."""

from __future__ import annotations

from calico_config import Options
from calico_config.document.reading import read_config
from calico_config.facts.facts import Facts
from calico_config.showing.effective import Effective, Port, as_json, as_lines, effective, ports


def facts_of(text: str, version: str | None = None) -> Facts:
    return Facts(read_config(text), Options(dcos_version=version))


def row(text: str, name: str, version: str | None = None) -> Effective:
    (found,) = [entry for entry in effective(facts_of(text, version)) if entry.name == name]
    return found


def test_a_value_of_the_file_has_its_line() -> None:
    entry = row("a: 1\ncalico_vxlan_mtu: 0x5AA\n", "calico_vxlan_mtu")
    assert (entry.value, entry.origin, entry.line, entry.used) == ("1450", "file", 2, True)
    assert entry.where("c.yaml", "2.2") == "c.yaml:2"
    assert any("FELIX_VXLANMTU" in becomes for becomes in entry.node)


def test_a_default_names_its_release() -> None:
    entry = row("{}", "calico_vxlan_port", "2.1.4")
    assert (entry.value, entry.origin) == ("64000", "default")
    assert entry.where("c.yaml", "2.1.4") == "default of DC/OS 2.1.4"
    assert "4789" in entry.note


def test_a_release_has_its_own_parameters() -> None:
    names = {entry.name for entry in effective(facts_of("{}", "2.1.0"))}
    assert "calico_enabled" not in names
    assert "calico_network_cidr" in names


def test_what_the_mode_does_not_use() -> None:
    assert not row("calico_vxlan_enabled: false\n", "calico_vxlan_mtu").used
    assert not row("{}", "calico_ipinip_mtu").used
    assert not row("calico_enabled: false\n", "calico_network_cidr").used


def test_ports_of_the_two_modes() -> None:
    vxlan = ports(facts_of("calico_vxlan_port: 4789\n"))
    assert Port(4789, "udp", "masters and agents", "masters and agents", "Calico's VXLAN") in vxlan
    assert {(port.port, port.protocol) for port in vxlan} >= {(2379, "tcp"), (2380, "tcp"), (64000, "udp")}
    ipip = {(port.port, port.protocol) for port in ports(facts_of("calico_vxlan_enabled: false\n"))}
    assert ipip >= {(179, "tcp"), (4, "ip")}
    assert (4789, "udp") not in ipip
    off = ports(facts_of("calico_enabled: false\ndcos_overlay_enable: false\n"))
    assert off == []


def test_text_and_json_say_the_same() -> None:
    facts = facts_of("calico_network_cidr: 10.128.0.0/16\ncalico_veth_mtu:\n")
    lines = "\n".join(as_lines(facts, "c.yaml"))
    values = as_json(facts, "c.yaml")
    assert "10.128.0.0/16  (c.yaml:1)" in lines
    assert "1,024 blocks" in lines
    assert "the installer crashes on this value" in lines
    parameters = values["parameters"]
    assert isinstance(parameters, list)
    assert {"name": "calico_network_cidr", "value": "10.128.0.0/16"}.items() <= next(
        entry for entry in parameters if entry["name"] == "calico_network_cidr"
    ).items()


def test_secrets_are_blotted_out() -> None:
    text = """dcos_overlay_network: '{"overlays": [{"name": "dcos", "auth_token": "horse9"}]}'\n"""
    shown = row(text, "dcos_overlay_network").value
    assert shown == '{"overlays": [{"name": "dcos", "auth_token": "***"}]}'
    assert "horse9" not in "\n".join(as_lines(facts_of(text), "config.yaml"))
