"""The Mesos master cannot use `vtep_subnet`."""

from tests.config.rules.tables import case

SPEAKS = [
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "40.0.0.0/6", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": [DCOS]}'
        ),
        "1:39: error: larger than a /8",
    ),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "44.128.0.0", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": [DCOS]}'
        ),
        "1:39: error: no prefix length",
    ),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/255.255.240.0", "vtep_subnet6": '
            '"fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": [DCOS]}'
        ),
        "1:39: error: netmask",
    ),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": 44, "vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": '
            '"70:B3:D5:00:00:00", "overlays": [DCOS]}'
        ),
        "1:39: error: no text",
    ),
]

SILENT = [
    case('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}'),
    case(
        'dcos_overlay_network: {"vtep_subnet": "44.0.0.0/8", "vtep_subnet6": "fd01:a::/64", '
        '"vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": [DCOS]}'
    ),
    case(""),
]
