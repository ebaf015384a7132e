"""`vtep_mac_oui` is no MAC address that the overlay can use."""

from tests.config.rules.tables import case

SPEAKS = [
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": "zz", "overlays": [DCOS]}'
        ),
        "1:103: error: no MAC",
    ),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": "70:B3:D5", "overlays": [DCOS]}'
        ),
        "1:103: error: no MAC",
    ),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": "70-B3-D5-00-00-00", "overlays": [DCOS]}'
        ),
        "1:103: error: no MAC",
    ),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": "70:B3:D5:00:00:01", "overlays": [DCOS]}'
        ),
        "1:103: error: three bytes 00",
    ),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": null, "overlays": [DCOS]}'
        ),
        "1:103: error: no text",
    ),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": 7, "overlays": [DCOS]}'
        ),
        "1:103: error: a number",
    ),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": "71:B3:D5:00:00:00", "overlays": [DCOS]}'
        ),
        "1:103: error: multicast",
    ),
    case(
        (
            "dcos_overlay_network:\n"
            "  vtep_subnet: 44.128.0.0/20\n"
            "  vtep_subnet6: fd01:a::/64\n"
            "  vtep_mac_oui: 70:13:15:00:00:00\n"
            "  overlays: [{name: dcos, subnet: 9.0.0.0/8, prefix: 24}]"
        ),
        "4:17: error: base-60",
    ),
]

SILENT = [
    case('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}'),
    case(
        'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", "vtep_subnet6": "fd01:a::/64", '
        '"vtep_mac_oui": "70:b3:d5:00:00:00", "overlays": [DCOS]}'
    ),
    case(""),
]
