"""The pool overlaps the UCR bridge."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_network_cidr: 172.31.0.0/16", "1:22: error: ucr-br0"),
    case("dcos_ucr_default_bridge_subnet: 172.29.4.0/24", "1:33: error: default pool"),
    case(
        "calico_network_cidr: 10.128.0.0/16\ndcos_ucr_default_bridge_subnet: 10.128.0.0/24",
        "1:22: error: contains",
    ),
]

SILENT = [
    case("calico_network_cidr: 172.31.0.0/16\ndcos_ucr_default_bridge_subnet: 10.99.0.0/24"),
]
