"""The pool overlaps the range of the named VIPs."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_network_cidr: 11.64.0.0/16", "1:22: error: VIP"),
    case("dcos_l4lb_max_named_ip: 172.29.255.255", "1:25: error: default pool"),
    case(
        (
            "dcos_l4lb_min_named_ip: 10.128.3.0\n"
            "dcos_l4lb_max_named_ip: 10.128.4.0\n"
            "calico_network_cidr: 10.128.0.0/16"
        ),
        "3:22: error: contains",
    ),
]

SILENT = [
    case("calico_network_cidr: 10.128.0.0/16"),
    case(
        "dcos_l4lb_min_named_ip: 12.0.0.0\ndcos_l4lb_max_named_ip: 12.0.1.0\ncalico_network_cidr: 11.0.0.0/16"
    ),
]
