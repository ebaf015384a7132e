"""The containers' MTU is larger than the tunnel's."""

from tests.config.rules.tables import case

SPEAKS = [
    case("", "info: 1500 (default)"),
    case("calico_veth_mtu: 9000", "1:18: warning: 9000"),
    case("calico_vxlan_mtu: 1400", "1:19: warning: 1400"),
    case("calico_vxlan_enabled: false\ncalico_veth_mtu: 1500", "2:18: warning: calico_ipinip_mtu"),
]

SILENT = [
    case("calico_veth_mtu: 1450"),
    case("calico_enabled: false"),
]
