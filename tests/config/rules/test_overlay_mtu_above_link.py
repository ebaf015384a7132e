"""The DC/OS overlay's packets do not fit through the network."""

from tests.config.rules.tables import case

SPEAKS = [
    case("dcos_overlay_mtu: 1500", "1:19: warning: at most 1450"),
    case("", "info: 1420 (default)", link_mtu=1400),
]

SILENT = [
    case("dcos_overlay_mtu: 1450"),
    case("dcos_overlay_mtu: 1500", link_mtu=9000),
    case("dcos_overlay_enable: false\ndcos_overlay_mtu: 1500"),
]
