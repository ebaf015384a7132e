"""The MTU is larger than a network device can have."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_vxlan_mtu: 65536", "1:19: error: calico_vxlan_mtu"),
    case("calico_veth_mtu: 100000", "1:18: error: calico_veth_mtu"),
    case("calico_vxlan_enabled: false\ncalico_ipinip_mtu: 70000", "2:20: error: calico_ipinip_mtu"),
    case("dcos_overlay_mtu: 65536", "1:19: error: dcos_overlay_mtu"),
    case('dcos_overlay_network: {VTEPS, "overlays": [DCOS], "vtep_mtu": 65536}', "1:205: error: vtep_mtu"),
    case("calico_veth_mtu: 99999999999999999999", "1:18: error: calico_veth_mtu"),
    case("calico_vxlan_mtu: 9223372036854775807", "1:19: error: calico_vxlan_mtu"),
]

SILENT = [
    case("calico_vxlan_mtu: 65535"),
    case("calico_ipinip_mtu: 70000"),
    case("calico_vxlan_mtu: 99999999999999999999"),
    case("calico_vxlan_enabled: false\ncalico_ipinip_mtu: 99999999999999999999"),
    case("dcos_overlay_enable: false\ndcos_overlay_mtu: 65536"),
]
