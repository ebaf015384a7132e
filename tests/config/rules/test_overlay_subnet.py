"""An overlay's subnet is written in a way that the Mesos master cannot read."""

from tests.config.rules.tables import case

SPEAKS = [
    case(
        'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0", "prefix": 24}]}',
        "1:164: error: no prefix length",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
            '"9.0.0.0/255.0.0.0", "prefix": 24}]}'
        ),
        "1:164: error: netmask",
    ),
    case(
        'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": 9, "prefix": 24}]}',
        "1:164: error: no text",
    ),
]

SILENT = [
    case('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}'),
    case(""),
]
