"""The pool overlaps the overlay's VTEP subnet."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_network_cidr: 44.128.0.0/20", "1:22: error: equals"),
    case("calico_network_cidr: 44.128.4.0/24", "1:22: error: lies inside"),
    case("calico_network_cidr: 44.0.0.0/8", "1:22: error: contains"),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "172.16.0.0/12", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": [DCOS]}'
        ),
        "1:39: error: default pool",
    ),
]

SILENT = [
    case("dcos_overlay_enable: false\ncalico_network_cidr: 44.128.0.0/20"),
    case("calico_network_cidr: 44.128.16.0/20"),
]
