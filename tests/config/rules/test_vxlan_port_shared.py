"""Calico's VXLAN shares UDP port 64000 with the DC/OS overlay."""

from tests.config.rules.tables import case

SPEAKS = [
    case("", "info: 64000 (the default)"),
    case("calico_vxlan_port: 64000", "1:20: info: 64000"),
]

SILENT = [
    case("calico_vxlan_port: 4789"),
    case("dcos_overlay_enable: false\n"),
    case("calico_vxlan_enabled: false"),
]
