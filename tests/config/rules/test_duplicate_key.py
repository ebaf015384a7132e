"""A key stands twice, and the last one wins."""

from tests.config.rules.tables import case

SPEAKS = [
    case(
        "calico_network_cidr: 9.0.0.0/8\ncalico_network_cidr: 10.128.0.0/16",
        "2:1: warning: already in line 1",
    ),
    case(
        'calico_network_cidr: 10.128.0.0/16\n"calico_network_cidr": 10.128.0.0/16',
        "2:1: warning: already in line 1",
    ),
    case(
        (
            "dcos_overlay_network:\n"
            "  vtep_subnet: bad\n"
            "  vtep_subnet: 44.128.0.0/20\n"
            "  vtep_subnet6: fd01:a::/64\n"
            "  vtep_mac_oui: 70:B3:D5:00:00:00\n"
            "  overlays: [{name: dcos, subnet: 9.0.0.0/8, prefix: 24}]"
        ),
        "3:3: warning: vtep_subnet",
    ),
    case(
        'dcos_overlay_network: \'{"vtep_subnet": "bad", VTEPS, "overlays": [DCOS]}\'',
        "1:47: warning: JSON text",
    ),
]

SILENT = [
    case("calico_network_cidr: 10.128.0.0/16"),
]
