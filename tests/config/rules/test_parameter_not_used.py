"""A parameter has no effect in this mode."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_ipinip_mtu: 1480", "1:20: info: VXLAN"),
    case("calico_ipinip_mtu: garbage", "1:20: warning: refused by the installer"),
    case("calico_vxlan_enabled: false\ncalico_vxlan_vni: 0", "2:19: warning: refused"),
    case("calico_vxlan_enabled: false\ncalico_vxlan_port: 4789", "2:20: info: IP-in-IP"),
    case("calico_enabled: false\ncalico_network_cidr: garbage", "2:22: warning: Calico is off"),
    case("calico_enabled: false\ncalico_network_cidr: 9.0.0.0/8", "2:22: warning: collide"),
    case("calico_enabled: false\ncalico_network_cidr: 10.128.0.0/16", "2:22: info: Calico is off"),
]

SILENT = [
    case("calico_vxlan_mtu: 1450"),
    case("calico_enabled: false"),
    case("calico_enabled: false\ncalico_veth_mtu: 1", dcos_version="2.1.0"),
]
