"""A number breaks the JSON file that it is pasted into."""

from tests.config.rules.tables import case

SPEAKS = [
    case('calico_veth_mtu: "01450"', "1:18: error: calico.conf"),
    case('calico_veth_mtu: "1_450"', "1:18: error: calico.conf"),
    case('calico_veth_mtu: "+1450"', "1:18: error: calico.conf"),
    case('calico_veth_mtu: "\\uff11\\uff14\\uff15\\uff10"', "1:18: error: calico.conf"),
    case("dcos_overlay_mtu: '01420'", "1:19: error: agent.json"),
]

SILENT = [
    case("calico_veth_mtu: 1_450"),
    case("calico_veth_mtu: '1450 '"),
    case("calico_vxlan_mtu: '01450'"),
    case("calico_enabled: false\ncalico_veth_mtu: '01450'"),
]
