"""The file is no config.yaml, but something else that may have one inside."""

from tests.config.rules.tables import case, whole

INSIDE = "bootstrap_url: http://10.7.0.2:8080, master_list: [10.7.0.11], calico_network_cidr: 10.7.0.0/16"

SPEAKS = [
    whole(
        f"dcos:\n  version: 2.2.1\n  config: {{{INSIDE}}}\n",
        "3:3: error: dcos-ansible's variables, whose dcos.config",
    ),
    whole(
        f"launch_config_version: 1\ndcos_config: {{{INSIDE}}}\n", "2:1: error: dcos-launch, whose dcos_config"
    ),
    whole(
        f"cluster_config: {{{INSIDE}}}\nssh_config: {{ssh_user: core}}\n", "1:1: error: DC/OS 1.6 and before"
    ),
    whole(f"site:\n  blue: {{{INSIDE}}}\n", "2:3: error: another program, whose site.blue"),
    whole(f"ssh_user: core\ndcos:\n  config: {{{INSIDE}}}\n", "3:3: error: dcos.config"),
    whole("version: '3'\nservices: {web: {image: nginx}}\n", "error: none of its keys is a parameter"),
    whole('{"id": "/web", "cmd": "sleep 1"}\n', "error: no config.yaml"),
]

SILENT = [
    case(""),
    case(f"dcos:\n  config: {{{INSIDE}}}"),
    whole("calico_enable: false\n"),
    whole("calico_network_cidr: 10.64.0.0/16\n"),
    whole("resolver: [10.7.0.53]\n"),
    whole("calico: {network_cidr: 10.64.0.0/16}\n"),
]
