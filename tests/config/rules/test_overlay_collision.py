"""The DC/OS overlay shares addresses with something else."""

from tests.config.rules.tables import case

SPEAKS = [
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "10.7.0.0/16", '
            '"prefix": 24}]}'
        ),
        "1:164: warning: 1 address (10.7.0.2)",
        "1:164: warning: 1 master",
        "1:164: warning: 1 resolver",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", "subnet": "11.0.0.0/16", '
            '"prefix": 24}]}'
        ),
        "1:216: warning: VIP",
    ),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "172.17.0.0/20", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": [DCOS]}'
        ),
        "1:39: warning: docker0",
    ),
    case(
        (
            'dcos_overlay_network: {"vtep_subnet": "9.0.0.0/20", "vtep_subnet6": "fd01:a::/64", '
            '"vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": [DCOS]}'
        ),
        "1:161: warning: VTEP",
    ),
    case("master_list: [9.0.0.10]", "1:15: warning: overlay network dcos"),
    case("master_list: [44.128.0.10]", "1:15: warning: VTEP"),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "172.31.254.0/24", '
            '"prefix": 26}]}'
        ),
        "1:164: warning: UCR bridge",
    ),
    case(
        (
            'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", '
            '"prefix": 24, "subnet6": "fd01:a::/64", "prefix6": 80}]}'
        ),
        "1:202: warning: vtep_subnet6",
    ),
]

SILENT = [
    case('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}'),
    case(""),
    case("dcos_overlay_enable: false\nmaster_list: [9.0.0.10]"),
]
