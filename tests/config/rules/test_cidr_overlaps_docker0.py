"""The pool overlaps docker0."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_network_cidr: 172.17.0.0/16", "1:22: warning: equals"),
    case("calico_network_cidr: 172.16.0.0/12", "1:22: warning: contains"),
]

SILENT = [
    case("calico_network_cidr: 172.16.0.0/16"),
    case(""),
]
