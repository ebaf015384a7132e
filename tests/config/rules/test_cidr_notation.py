"""The network is written in a way that only the installer understands."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_network_cidr: 10.128.0.0/255.255.0.0", "1:22: error: netmask"),
    case("calico_network_cidr: 10.128.0.0/0.0.255.255", "1:22: error: hostmask"),
    case("calico_network_cidr: 10.128.0.0", "1:22: error: no prefix"),
    case("calico_network_cidr: 07.0.0.0/8", "1:22: warning: leading zeros"),
]

SILENT = [
    case("calico_network_cidr: 10.128.0.0/16"),
    case("calico_network_cidr: 10.128.0.0/016"),
]
