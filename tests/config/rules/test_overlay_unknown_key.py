"""The overlay's configuration has a key that nothing reads."""

from tests.config.rules.tables import case

SPEAKS = [
    case('dcos_overlay_network: {VTEPS, "overlays": [DCOS], "overlayz": 1}', "1:193: warning: overlayz"),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", '
            '"prefix": 24, "prefixx": 1}]}'
        ),
        "1:191: warning: prefixx",
    ),
]

SILENT = [
    case('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}'),
]
