"""An overlay's prefix gives the agents no subnet."""

from tests.config.rules.tables import case

SPEAKS = [
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", '
            '"prefix": 33}]}'
        ),
        "1:187: error: more than 32",
    ),
    case(
        'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", "prefix": 4}]}',
        "1:187: error: shorter",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", '
            '"prefix": -1}]}'
        ),
        "1:187: error: less than 0",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", '
            '"prefix": "24"}]}'
        ),
        "1:187: error: no whole number",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", '
            '"prefix": 24.5}]}'
        ),
        "1:187: error: no whole number",
    ),
    case(
        'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8"}]}',
        "1:164: error: missing",
    ),
    case(
        'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", "subnet6": "fd01:b::/64"}]}',
        "1:217: error: prefix6",
    ),
]

SILENT = [
    case('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}'),
    case('dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", "prefix": 8}]}'),
]
