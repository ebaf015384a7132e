"""Felix reads another number than the installer."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_vxlan_port: '064000'", "1:20: error: 26624"),
    case("calico_vxlan_vni: '01024'", "1:19: error: 532"),
    case("calico_vxlan_mtu: '09000'", "1:19: warning: 1410"),
    case('calico_vxlan_mtu: "\\uff11\\uff14\\uff15\\uff10"', "1:19: warning: 1410"),
    case("calico_vxlan_mtu: 99999999999999999999", "1:19: warning: 1410"),
    case("calico_vxlan_enabled: false\ncalico_ipinip_mtu: '02670'", "2:20: error: 1464"),
]

SILENT = [
    case("calico_vxlan_port: '64000'"),
    case("calico_vxlan_port: 010000"),
    case("calico_ipinip_mtu: '02670'"),
    case("calico_vxlan_mtu: ' 1450'"),
]
