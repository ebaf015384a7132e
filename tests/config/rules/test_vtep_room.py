"""`vtep_subnet` has too few addresses for the nodes."""

from tests.config.rules.tables import case

SPEAKS = [
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/30", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": [DCOS]}'
        ),
        "1:39: warning: 2 addresses",
    ),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/32", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": [DCOS]}'
        ),
        "1:39: warning: 0 addresses",
    ),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/26", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": [DCOS]}'
        ),
        "1:39: warning: 62 addresses",
        nodes=70,
    ),
]

SILENT = [
    case('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}', nodes=1000),
    case(""),
]
