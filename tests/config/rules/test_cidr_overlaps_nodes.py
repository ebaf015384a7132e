"""The pool contains addresses of nodes."""

from tests.config.rules.tables import case

SPEAKS = [
    case("master_list: [172.29.0.10]", "1:15: error: 1 master"),
    case("calico_network_cidr: 10.7.0.0/16", "1:22: error: 10.7.0.11"),
    case(
        "agent_list: [172.29.4.1, 172.29.4.2, 172.29.4.3, 172.29.4.4]",
        "1:14: error: 4 agents (172.29.4.1, 172.29.4.2, 172.29.4.3 and 1 more)",
    ),
    case("public_agent_list: [172.29.4.9]", "1:21: error: public agent"),
    case("", "error: given with --agents", agents=("172.29.9.9", "node-7")),
]

SILENT = [
    case("master_list: [172.28.255.255, 172.30.0.0, 10.7.0.3]"),
    case("agent_list: nonsense"),
    case("calico_enabled: false\nmaster_list: [172.29.0.10]"),
]
