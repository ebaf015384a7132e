"""The installer changes an IPv6 address of the named VIPs."""

from tests.config.rules.tables import case

SPEAKS = [
    case('dcos_l4lb_min_named_ip6: "fd01:1000::"', "1:26: error: fd01:1:0"),
    case('dcos_l4lb_max_named_ip6: "fd01:c:a000::"', "1:26: error: a000"),
]

SILENT = [
    case('dcos_l4lb_min_named_ip6: "fd01:c::1"'),
    case(""),
]
