"""The pool overlaps an overlay network."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_network_cidr: 9.1.0.0/16", "1:22: error: lies inside"),
    case(
        (
            "calico_network_cidr: 10.64.0.0/16\n"
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", "subnet": "10.64.3.0/24", '
            '"prefix": 26}]}'
        ),
        "1:22: error: contains",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "172.29.128.0/17", '
            '"prefix": 24}]}'
        ),
        "1:164: error: default pool",
    ),
]

SILENT = [
    case("dcos_overlay_enable: false\ncalico_network_cidr: 9.1.0.0/16"),
    case(
        "calico_network_cidr: 10.64.0.0/16\n"
        'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", "subnet": "10.64.0.0/24", '
        '"prefix": 26, "enabled": false}]}'
    ),
    case("calico_network_cidr: 10.128.0.0/16"),
]
