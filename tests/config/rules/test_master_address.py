"""A master has an address that is no machine's."""

from tests.config.rules.tables import case

SPEAKS = [
    case("master_list: [0.0.0.0]", "1:15: info: 0.0.0.0"),
    case("master_list: [127.0.0.1]", "1:15: info: loopback"),
    case("master_list: [11.1.1.1]", "1:15: info: VIP"),
    case("master_list: [172.31.254.10]", "1:15: info: UCR bridge"),
    case("master_list: [172.17.0.2]", "1:15: info: docker0"),
]

SILENT = [
    case(""),
]
