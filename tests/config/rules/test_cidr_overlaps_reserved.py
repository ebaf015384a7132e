"""The pool overlaps a range that you reserved."""

from calico_config import parse_reserved
from tests.config.rules.tables import case

SPEAKS = [
    case(
        "calico_network_cidr: 10.128.0.0/16",
        "1:22: error: office",
        reserved=(parse_reserved("10.0.0.0/8=office"),),
    ),
    case("", "error: default pool", reserved=(parse_reserved("172.29.7.0/24=vpn"),)),
]

SILENT = [
    case("calico_network_cidr: 10.128.0.0/16", reserved=(parse_reserved("10.200.0.0/16=office"),)),
]
