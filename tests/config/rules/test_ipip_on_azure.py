"""IP-in-IP does not pass Azure's network."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_vxlan_enabled: false", "1:23: error: Azure", cloud="azure"),
]

SPEAKS += [
    case("calico_vxlan_enabled: false\nresolvers: [168.63.129.16]", "1:23: error: Azure"),
]

SILENT = [
    case("calico_vxlan_enabled: false\nresolvers: [168.63.129.17]"),
    case("calico_vxlan_enabled: true\nresolvers: [168.63.129.16]"),
    case("calico_vxlan_enabled: false", cloud="aws"),
    case("", cloud="azure"),
]
