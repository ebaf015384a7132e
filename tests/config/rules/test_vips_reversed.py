"""The range of the named VIPs is empty."""

from tests.config.rules.tables import case

SPEAKS = [
    case("dcos_l4lb_min_named_ip: 11.255.0.0\ndcos_l4lb_max_named_ip: 11.0.0.0", "1:25: error: above"),
    case("dcos_l4lb_max_named_ip: 11.0.0.0", "1:25: error: equals"),
    case('dcos_l4lb_min_named_ip6: "fe80::1"', "1:26: error: above"),
]

SILENT = [
    case("dcos_l4lb_min_named_ip: 11.1.0.0"),
    case(""),
]
