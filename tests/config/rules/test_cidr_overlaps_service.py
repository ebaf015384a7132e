"""The pool contains the address of a service that the nodes need."""

from tests.config.rules.tables import case

SPEAKS = [
    case(
        (
            "exhibitor_storage_backend: zookeeper\n"
            "exhibitor_zk_hosts: 10.7.0.4:2181,172.29.3.4:2181\n"
            "exhibitor_zk_path: /x"
        ),
        "2:21: error: exhibitor_zk_hosts",
    ),
    case("bootstrap_url: http://172.29.0.1:80/x", "1:16: error: bootstrap_url"),
    case(
        (
            "use_proxy: true\n"
            "http_proxy: http://me:pass@172.29.1.1:3128\n"
            "https_proxy: http://proxy:3128\n"
            "no_proxy: []"
        ),
        "2:13: error: http_proxy",
    ),
    case("http_proxy: http://172.29.1.1:3128", "1:13: warning: only with use_proxy: true"),
    case("exhibitor_zk_hosts: 172.29.3.4:2181", "1:21: warning: exhibitor_storage_backend: zookeeper"),
    case('dns_forward_zones: {"corp": ["172.29.0.9:53"]}', "1:30: error: dns_forward_zones"),
]

SILENT = [
    case("bootstrap_url: http://repo-172.29.0.1.example/x"),
    case("bootstrap_url: file:///opt/dcos_install_tmp"),
    case("bootstrap_url: http://127.0.0.1/x\ncalico_network_cidr: 127.0.0.0/8"),
]
