"""The installer refuses the file, or ends in a traceback."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_vxlan_vni: 0", "1:19: error: Must be between 1 and 16777215"),
    case("calico_enabled: 'True'", "1:17: error: harmless in itself"),
    case("calico_veth_mtu:", "1:17: error: crashes"),
    case("my_version: 2.1", "1:13: error: my_version"),
    case("enable_ipv6: false", "1:14: error: harmless in itself"),
    case("cluster_name: Köln", "1:16: error: not ASCII"),
    case("5: 6", "1:1: error: the key 5"),
    case(
        "calico_vxlan_enabled: maybe\ncalico_vxlan_vni: 0",
        "1:23: error: calico_vxlan_enabled",
        "2:19: error: next round",
    ),
    case("fault_domain_enabled: false", "1:23: error: must be calculated"),
    case("calico_veth_mtu: |\n  1450", "1:18: error: writes its files"),
    case("resolvers: [198.51.100.1]", "1:12: error: Spartan"),
    case("master_list: [10.7.0.1, 10.7.0.2]", "1:14: error: Found 2"),
    case('dcos_overlay_enable: false\ndcos_overlay_network: "not json"', "2:23: error: harmless in itself"),
    case("ip_detect_filename: genconf/nope", "1:21: error: ip_detect_filename"),
    case(
        "use_proxy: true\nhttp_proxy: a\nhttps_proxy: b\nno_proxy: c",
        "4:11: error: no_proxy and use_proxy: ",
    ),
    case("use_proxy: true\nhttp_proxy: a\nhttps_proxy: b", "1:12: error: no_proxy and use_proxy: "),
]

SILENT = [
    case(""),
    case("resolvers: [198.51.100.1]", dcos_version="2.1.4"),
    case("calico_enabled: false\ncalico_network_cidr: garbage"),
]
