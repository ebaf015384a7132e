"""IP-in-IP does not pass Azure's network."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_vxlan_enabled: false", "1:23: error: Azure", cloud="azure"),
]

SILENT = [
    case("calico_vxlan_enabled: false", cloud="aws"),
    case("", cloud="azure"),
]
