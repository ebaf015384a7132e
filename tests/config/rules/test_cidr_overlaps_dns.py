"""The pool contains an address that DNS needs."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_network_cidr: 198.51.100.0/24", "1:22: error: dcos-dns", "1:22: error: dcos-dns"),
    case("calico_network_cidr: 172.29.0.0/16\nresolvers: [172.29.0.2]", "1:22: error: 1 resolver"),
    case('resolvers: ["172.29.0.2:53", 10.7.0.53]', "1:13: error: default pool"),
    case(
        "calico_network_cidr: 10.128.0.0/16\ndns_bind_ip_reserved: [10.128.0.4]",
        "1:22: error: dns_bind_ip_reserved",
    ),
]

SILENT = [
    case("calico_network_cidr: 198.51.100.128/25"),
    case("calico_network_cidr: 10.128.0.0/16"),
]
