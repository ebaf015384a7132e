"""The pool lies where Docker puts new bridge networks."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_network_cidr: 192.168.128.0/17", "1:22: warning: 192.168.0.0/16"),
    case("calico_network_cidr: 172.29.0.0/16", "1:22: warning: 172.18-31.0.0/16"),
    case("", "info: default pool"),
]

SILENT = [
    case("calico_network_cidr: 10.128.0.0/16"),
    case("calico_network_cidr: 172.16.0.0/16"),
]
