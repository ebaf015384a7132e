"""The VNI is the DC/OS overlay's."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_vxlan_vni: 1024", "1:19: error: 1024"),
    case('calico_vxlan_vni: "1024"', "1:19: error: 1024"),
    case("calico_vxlan_vni: 0x400", "1:19: error: 1024"),
    case("calico_vxlan_vni: 02000", "1:19: error: 1024"),
    case("calico_vxlan_vni: 1_024", "1:19: error: 1024"),
    case("calico_vxlan_vni: 17:04", "1:19: error: 1024"),
    case("calico_vxlan_vni: 0b10000000000", "1:19: error: 1024"),
    case("calico_vxlan_vni: ' 1024'", "1:19: error: 1024"),
    case("calico_vxlan_vni: '01024'", "1:19: error: 1024"),
    case("calico_vxlan_vni: '1_024'", "1:19: error: 1024"),
    case("calico_vxlan_vni: 1024\ncalico_vxlan_port: 4789", "1:19: warning: 4789"),
    case("dcos_overlay_enable: false\ncalico_vxlan_vni: 1024", "2:19: warning: overlay"),
]

SILENT = [
    case("calico_vxlan_vni: 1025"),
    case("calico_vxlan_vni: 1024\ncalico_vxlan_enabled: false"),
    case("calico_vxlan_vni: 1024\ncalico_enabled: false"),
]
