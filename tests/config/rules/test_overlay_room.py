"""An overlay has room for too few agents, or an agent for too few containers."""

from tests.config.rules.tables import case

SPEAKS = [
    case(
        'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", "prefix": 8}]}',
        "1:187: warning: 1 agent",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", '
            '"prefix": 32}]}'
        ),
        "1:187: warning: no address",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0/24", '
            '"prefix": 26}]}'
        ),
        "1:188: warning: 4 agents",
        nodes=9,
    ),
]

SILENT = [
    case('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}', nodes=100),
    case(""),
]
