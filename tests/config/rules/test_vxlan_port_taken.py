"""Another DC/OS service listens on Calico's VXLAN port."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_vxlan_port: 61053", "1:20: warning: mesos-dns"),
    case("calico_vxlan_port: 61825", "1:20: warning: telegraf"),
]

SILENT = [
    case("calico_vxlan_port: 5050"),
    case("calico_vxlan_port: 8080"),
    case("calico_vxlan_port: 62091"),
    case(""),
]
