"""`dcos_overlay_network_json` replaces the overlay configuration."""

from tests.config.rules.tables import case

SPEAKS = [
    case("dcos_overlay_network_json: '{VTEPS, \"overlays\": [DCOS]}'", "1:1: warning: replaces"),
]

SILENT = [
    case('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}'),
]
