"""The pool has too few blocks for the nodes and tasks."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_network_cidr: 10.128.0.0/26", "1:22: warning: 1 block"),
    case("calico_network_cidr: 10.128.0.0/24", "1:22: warning: 5 nodes", nodes=5),
    case(
        "calico_network_cidr: 10.128.0.0/20",
        "1:22: warning: twice that during a deployment",
        nodes=10,
        tasks=2000,
    ),
    case("", "info: default pool", nodes=900),
]

SILENT = [
    case("calico_network_cidr: 10.128.0.0/16", nodes=800),
    case("calico_network_cidr: 10.128.0.0/20", nodes=10, tasks=200),
    case("calico_network_cidr: 10.128.0.0/25\ncalico_enabled: false", nodes=50),
]
