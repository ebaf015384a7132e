"""A number means something else than its digits say, or is written in an unusual way."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_vxlan_vni: 17:05", "1:19: info: base 60"),
    case("calico_vxlan_port: 0x1000", "1:20: info: hexadecimal"),
    case("calico_vxlan_port: 010000", "1:20: warning: octal"),
    case("calico_vxlan_mtu: 1_450", "1:19: info: separator"),
    case("calico_vxlan_mtu: ' 1450'", "1:19: info: spaces"),
]

SILENT = [
    case("calico_vxlan_mtu: 1450"),
    case('calico_vxlan_mtu: "1450"'),
    case("calico_vxlan_mtu: garbage"),
]
