"""A parameter does not exist, and its name looks like one that does."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_enable: false", "1:1: warning: calico_enable"),
    case("calico_calico_vxlan_mtu: false", "1:1: warning: calico_calico_vxlan_mtu"),
    case("calico_mtu: false", "1:1: warning: calico_mtu"),
    case("calico_ipip_mtu: false", "1:1: warning: calico_ipip_mtu"),
    case("calico_cidr: false", "1:1: warning: calico_cidr"),
    case("CALICO_ENABLED: false", "1:1: warning: CALICO_ENABLED"),
    case("calico-enabled: false", "1:1: warning: calico-enabled"),
    case("dcos_overlay_enabled: false", "1:1: warning: dcos_overlay_enabled"),
    case("calico_vxlan_enable: false", "1:1: warning: calico_vxlan_enable"),
    case("reslovers: false", "1:1: warning: reslovers"),
    case("calico: {network_cidr: 10.128.0.0/16}", "1:1: warning: nested"),
]

SILENT = [
    case(
        "ssh_user: centos\nsuperuser_username: admin\ncustomer_key: x\nplatform: aws\nnum_masters_wanted: 3"
    ),
    case("calico_network_cidr: 10.128.0.0/16"),
]
