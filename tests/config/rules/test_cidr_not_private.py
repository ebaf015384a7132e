"""The pool lies in public address space."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_network_cidr: 8.255.0.0/16", "1:22: warning: 8.255.0.0/16"),
    case("calico_network_cidr: 172.0.0.0/8", "1:22: warning: 172.0.0.0/8"),
]

SILENT = [
    case("calico_network_cidr: 100.64.0.0/16"),
    case("calico_network_cidr: 192.168.128.0/17"),
    case(""),
    case("calico_network_cidr: 11.0.0.0/16"),
]
