"""Two overlays share addresses."""

from tests.config.rules.tables import case

SPEAKS = [
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", "subnet": "9.1.0.0/16", '
            '"prefix": 24}]}'
        ),
        "1:216: error: lies inside",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", "subnet": "9.0.0.0/8", '
            '"prefix": 24}]}'
        ),
        "1:216: error: equals",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", "subnet": "9.0.0.0/16", '
            '"prefix": 24, "enabled": false}]}'
        ),
        "1:216: error: lies inside",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", "subnet6": "fd01:b::/64", '
            '"prefix6": 80}, {"name": "c", "subnet6": "fd01:b::/72", "prefix6": 80}]}'
        ),
        "1:273: error: IPv6",
    ),
]

SILENT = [
    case('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}'),
    case(""),
    case(
        "dcos_overlay_enable: false\n"
        'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", "subnet": "9.1.0.0/16", '
        '"prefix": 24}]}'
    ),
]
