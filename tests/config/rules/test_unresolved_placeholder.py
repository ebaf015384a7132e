"""A placeholder was not filled in."""

from tests.config.rules.tables import case

SPEAKS = [
    case(
        'calico_network_cidr: "{{ cidr }}"',
        "1:23: error: not checked because of it: overlaps of Calico's network",
    ),
    case("master_list: [<master-private-ip-1>]", "1:15: error: master-private-ip-1"),
    case("cluster_name: ${NAME}", "1:15: error: cluster_name"),
    case("bootstrap_url: http://<bootstrap_ip>:80", "1:23: error: bootstrap_ip"),
]

SILENT = [
    case(""),
    case('ip_detect_contents: "echo ${IP}"'),
]
