"""The pool is smaller than one block."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_network_cidr: 172.29.0.0/27", "1:22: error: /27"),
    case("calico_network_cidr: 10.128.0.0/32", "1:22: error: /32"),
]

SILENT = [
    case("calico_network_cidr: 10.128.0.0/26"),
    case("calico_network_cidr: 10.128.0.0/27\ncalico_enabled: false"),
    case("calico_network_cidr: 10.128.0.0"),
]
