"""An overlay's name cannot be used."""

from tests.config.rules.tables import case

SPEAKS = [
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "bridge", "subnet": '
            '"10.64.0.0/16", "prefix": 24}]}'
        ),
        "1:201: error: reserved",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "dcos", "subnet": '
            '"10.64.0.0/16", "prefix": 24}]}'
        ),
        "1:201: error: two overlays",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "calico", "subnet": '
            '"10.64.0.0/16", "prefix": 24}]}'
        ),
        "1:201: error: Calico's own",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "mesos-bridge", "subnet": '
            '"10.64.0.0/16", "prefix": 24}]}'
        ),
        "1:201: warning: UCR bridge",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "-x", "subnet": "10.64.0.0/16", '
            '"prefix": 24}]}'
        ),
        "1:201: warning: Docker",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "host", "subnet": '
            '"10.64.0.0/16", "prefix": 24}]}'
        ),
        "1:201: error: reserved",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "default", "subnet": '
            '"10.64.0.0/16", "prefix": 24}]}'
        ),
        "1:201: error: reserved",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "none", "subnet": '
            '"10.64.0.0/16", "prefix": 24}]}'
        ),
        "1:201: error: reserved",
    ),
]

SILENT = [
    case('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}'),
    case(
        "calico_enabled: false\n"
        'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "calico", "subnet": '
        '"10.64.0.0/16", "prefix": 24}]}'
    ),
]
