"""The pool touches the link-local addresses."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_network_cidr: 169.254.128.0/17", "1:22: error: link-local"),
    case("calico_network_cidr: 168.0.0.0/7", "1:22: error: contains"),
]

SILENT = [
    case("calico_network_cidr: 169.253.0.0/16"),
]
