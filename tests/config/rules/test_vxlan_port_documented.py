"""The documentation names another default for Calico's VXLAN port than the code has."""

from tests.config.rules.tables import case

SPEAKS = [
    case("", "info: documentation says 4789"),
    case("calico_vxlan_port: 4789", "1:20: info: open UDP 4789"),
]

SILENT = [
    case("calico_vxlan_port: 64000"),
    case("calico_vxlan_enabled: false"),
]
