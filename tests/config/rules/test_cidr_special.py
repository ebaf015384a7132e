"""The pool touches addresses that no container can use."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_network_cidr: 240.0.0.0/4", "1:22: error: 240.0.0.0/4"),
    case("calico_network_cidr: 127.0.0.0/8", "1:22: error: loopback"),
    case("calico_network_cidr: 224.0.0.0/24", "1:22: error: multicast"),
    case("calico_network_cidr: 0.0.0.0/8", "1:22: error: 0.0.0.0/8"),
]

SILENT = [
    case("calico_network_cidr: 10.128.0.0/16"),
]
