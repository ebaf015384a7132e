"""The containers' MTU is smaller than the tunnel's."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_veth_mtu: 1400", "1:18: info: 1400"),
]

SILENT = [
    case("calico_veth_mtu: 1450"),
    case(""),
]
