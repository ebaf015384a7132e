"""The tunnel's packets do not fit through the network."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_vxlan_mtu: 1500", "1:19: warning: at most 1450"),
    case("calico_vxlan_enabled: false\ncalico_ipinip_mtu: 1500", "2:20: warning: at most 1480"),
    case("calico_vxlan_mtu: 1450", "1:19: warning: at most 1410", cloud="gce"),
    case("", "info: 1450 (default)", link_mtu=1400),
    case("calico_vxlan_mtu: 1450", "1:19: info: 1350", cloud="azure"),
]

SILENT = [
    case("calico_vxlan_mtu: 8951", cloud="aws"),
    case("calico_vxlan_mtu: 8950", link_mtu=9000),
    case("calico_vxlan_mtu: 1450"),
    case("calico_vxlan_mtu: 1350", cloud="azure"),
]
