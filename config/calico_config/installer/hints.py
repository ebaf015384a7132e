"""What to do about each thing that the installer refuses: a value that it takes, written out in backticks.

The hint follows the reason and not the parameter alone, and what it says to write is accepted; a test takes
every hint, does what it says, and looks again.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from calico_config.facts.facts import Facts
    from calico_config.facts.parts import Refused

_EXAMPLES: dict[str, Any] = {
    "adminrouter_grpc_proxy_port": 12379,
    "adminrouter_x_frame_options": "SAMEORIGIN",
    "bootstrap_url": "http://10.0.0.1:8080",
    "calico_network_cidr": "172.29.0.0/16",
    "check_config": {},
    "cluster_docker_credentials": {},
    "cluster_name": "dcos",
    "custom_checks": {},
    "dcos_l4lb_max_named_ip": "11.255.255.255",
    "dcos_l4lb_max_named_ip6": "fd01:c::ffff:ffff:ffff:ffff",
    "dcos_l4lb_min_named_ip": "11.0.0.0",
    "dcos_l4lb_min_named_ip6": "fd01:c::",
    "dcos_ucr_default_bridge_subnet": "172.31.254.0/24",
    "diagnostics_bundles_dir": "/var/lib/dcos/dcos-diagnostics/diag-bundles",
    "dns_bind_ip_blacklist": [],
    "dns_bind_ip_reserved": ["198.51.100.4"],
    "dns_forward_zones": {"example.com": ["10.0.0.53"]},
    "dns_search": "example.com",
    "exhibitor_address": "10.0.0.2",
    "exhibitor_bootstrap_ca_url": "https://10.0.0.1:8080",
    "exhibitor_storage_backend": "static",
    "exhibitor_zk_hosts": "10.0.0.5:2181",
    "exhibitor_zk_path": "/dcos",
    "http_proxy": "http://10.0.0.1:3128",
    "https_proxy": "http://10.0.0.1:3128",
    "ip_detect_filename": "genconf/ip-detect",
    "marathon_new_group_enforce_role": "top",
    "master_discovery": "static",
    "master_list": ["10.0.0.2"],
    "mesos_agent_work_dir": "/var/lib/mesos/slave",
    "mesos_default_container_shm_size": "64MB",
    "mesos_dns_ip_sources": ["host", "netinfo"],
    "mesos_log_retention_mb": 4000,
    "mesos_logrotate_file_size_mb": 50,
    "mesos_master_work_dir": "/var/lib/dcos/mesos/master",
    "mesos_max_completed_frameworks": 5,
    "mesos_max_completed_tasks_per_framework": 100,
    "mesos_recovery_timeout": "24hrs",
    "metronome_gpu_scheduling_behavior": "restricted",
    "no_proxy": [],
    "num_masters": 3,
    "resolvers": ["8.8.8.8", "8.8.4.4"],
    "rexray_config": {},
    "s3_prefix": "dcos",
}
"""A value of each parameter that the installer takes, where its default would not show the form."""

_NETWORKS = ("172.29.0.0/16", "10.128.0.0/16", "192.168.128.0/17", "100.96.0.0/16", "172.20.0.0/16")
"""Networks that many sites have free, DC/OS' default first."""
# A pool has at least one block of 64 addresses.
_SMALLEST = 26

_LISTS = ("Must be a JSON", "Items in list", "Invalid IPv4", "Spartan addresses", "List cannot contain")


def hint_for(facts: Facts, refused: Refused) -> str:
    """What to do about a refusal."""
    name = refused.names[0] if refused.names else ""
    text = facts.text(name) if name else None
    message = refused.message
    if refused.kind == "unset":
        return f"add {_line(name)}" if name in _EXAMPLES else f"add {name}"
    if "TypeError in the installer's own" in message:
        return "remove the key, or write it in quotes"
    if "is not ASCII" in message:
        return "replace it by ASCII characters, also in comments"
    setting = facts.document.get(name)
    if refused.kind == "crash" and setting is not None and setting.text is None:
        if setting.value is None:
            return f"give {name} a value, or remove the line"
        return f"write the value of {name} in quotes, or remove the line"
    if "must be calculated" in message:
        return f"remove the line of {name}"
    if name == "calico_network_cidr" and text is not None:
        return _for_cidr(facts, text, refused)
    if message.startswith("Must be one of 'true', 'false'"):
        return f"write {_line(name, True)} or {_line(name, False)}, without quotes"
    if name in ("dcos_overlay_network", "dcos_overlay_network_json", "dcos_overlay_network_default_name"):
        return _for_overlay(facts, refused)
    if name.endswith("_filename"):
        if not text:
            return f"name the script, such as {_line(name)}"
        return f"put the script at {text}, or correct the path; --genconf DIR names a real directory"
    if refused.kind == "render" and name.endswith("_contents"):
        return f"put the script into a file and name it with {name.removesuffix('_contents')}_filename"
    return _for_several(facts, refused) or _for_value(facts, name, text or "", message)


def _for_several(facts: Facts, refused: Refused) -> str:
    """The hint where several parameters must go together."""
    message = refused.message
    if message.startswith("When enable_ipv6 is false"):
        line = _line("dcos_l4lb_enable_ipv6", False)
        return f"add {line} as well; its default is true, whatever the documentation says"
    if message.startswith("When master_discovery is not static"):
        zookeeper = _line("exhibitor_storage_backend", "zookeeper")
        return f"write {zookeeper}, or {_line('master_discovery', 'static')}"
    if message.startswith("At least one of adminrouter_tls"):
        return f"write {_line('adminrouter_tls_1_2_enabled', True)}"
    if message.startswith("'superuser_service_account_uid'"):
        names = [one for one in refused.names if facts.is_set(one)]
        return f"set both, or remove the line of {' and of '.join(names)}"
    if "masters. Found" in message and refused.names[0] == "master_list":
        masters = [item for item in facts.json_list("master_list") if isinstance(item, str)]
        count = min(9, len(masters) - 1 + len(masters) % 2)
        return (
            f"list 1, 3, 5, 7 or 9 masters, such as {_line('master_list', masters[: max(1, count)] or None)}"
        )
    return ""


def _for_value(facts: Facts, name: str, text: str, message: str) -> str:
    """The hint about one parameter's value."""
    from calico_config.parameters import parameter

    if name == "no_proxy":
        items = [item for item in re.split(r"[\s,]+", text.strip("[]\"' ")) if item]
        return f"write no_proxy as a list, with use_proxy it must be one: {_line(name, items)}"
    if name in (
        "resolvers",
        "master_list",
        "dns_bind_ip_blacklist",
        "dns_bind_ip_reserved",
    ) and message.startswith(_LISTS):
        return _for_addresses(facts, name, message)
    if name == "dns_search":
        words = re.split(r"[\s,]+", text.strip())
        domains = [word for word in words if word and len(word) < 40][:6]
        wanted = "separate the domains by blanks" if "Commas" in message or "Newlines" in message else ""
        wanted = wanted or "name at most 6 domains, with at most 255 characters"
        return f"{wanted}: {_line(name, ' '.join(domains) or _EXAMPLES[name])}"
    if message.startswith(("Must not end in a '/'", "Must be a file path and cannot end")):
        return f"leave the slash at the end out: {_line(name, text.rstrip('/') or _EXAMPLES[name])}"
    if message.startswith("Must be of the form `host:port"):
        hosts = text.removeprefix("zk://").partition("/")[0]
        return f"leave zk:// out: {_line(name, hosts if hosts.strip('z:k') else _EXAMPLES[name])}"
    entry = parameter(name)
    if entry is not None and entry.kind != "text":
        return f"{name} must be {entry.accepts()}, such as {_line(name)}"
    if name in _EXAMPLES or entry is not None:
        return f"write a value that is accepted, such as {_line(name)}"
    return f"correct the value of {name}, or remove the line" if name else ""


def _for_addresses(facts: Facts, name: str, message: str) -> str:
    from calico_config.facts.known_ranges import DNS_SERVERS
    from calico_config.installer.python36 import is_ipv4_address

    items = dict.fromkeys(item for item in facts.json_list(name) if isinstance(item, str))
    sound = [
        item
        for item in items
        if is_ipv4_address(item.partition(":")[0])
        and item.partition(":")[0] not in DNS_SERVERS
        and not (name == "resolvers" and _is_nobodys(facts, item.partition(":")[0]))
    ]
    if name == "master_list":
        sound = sound[: max(1, len(sound) - 1 + len(sound) % 2)][:9]
    reason = {
        "List cannot": "name each of them once",
        "Spartan": "name the resolvers of your site, not dcos-dns itself",
    }.get(next((start for start in ("List cannot", "Spartan") if message.startswith(start)), ""), "")
    wanted = reason or "write a list of different IPv4 addresses"
    return f"{wanted}: {_line(name, sound or _EXAMPLES[name])}"


def _is_nobodys(facts: Facts, text: str) -> bool:
    """Whether no server can have an address, because it is special, a VIP's or an overlay's."""
    from calico_core.addresses import parse_address

    address = parse_address(text)
    taken = (*facts.special, *facts.vip_ranges, *facts.overlay_ranges)
    return address is not None and any(entry.first <= address <= entry.last for entry in taken)


def _line(name: str, value: Any = None) -> str:
    """A line of config.yaml with a value that is accepted."""
    from calico_config.parameters import parameter

    if value is None:
        value = _EXAMPLES.get(name)
        entry = parameter(name)
        if value is None and entry is not None:
            value = entry.default if entry.default is not None else ""
    if isinstance(value, str):
        plain = re.fullmatch(r"[A-Za-z0-9/][A-Za-z0-9_./ -]*(?::[A-Za-z0-9_./-]+)*", value)
        shown = value if plain and value not in ("true", "false") else json.dumps(value)
        if isinstance(value, str) and value in ("true", "false"):
            shown = value
    else:
        shown = json.dumps(value)
    return f"`{name}: {shown}`"


def _for_overlay(facts: Facts, refused: Refused) -> str:
    message = refused.message
    if message.startswith('Missing "vtep_subnet6"'):
        return "add vtep_subnet6: fd01:a::/64 (its default) beside vtep_subnet"
    if message.startswith('Missing "'):
        missing = message.split('"')[1]
        return f"add {missing} to the overlay configuration"
    if message.startswith("Must be one of 'True', 'False'"):
        return "write enabled: true or enabled: false, without quotes"
    if message.startswith("Default overlay network name"):
        names = [str(one.fields["name"]) for one in facts.overlays if isinstance(one.fields.get("name"), str)]
        name = "dcos_overlay_network_default_name"
        if not names:
            return f"name one of the overlays dcos, or set {name} to one of them"
        return f"name one of the overlays dcos, or write {_line(name, names[0])}"
    if refused.path and isinstance(refused.path[-1], str):
        field = refused.path[-1]
        return {
            "vtep_mtu": "vtep_mtu must be a number of at least 552",
            "name": "use at most 13 characters",
            "subnet": "write an IPv4 network without host bits, for example 9.0.0.0/8",
            "vtep_subnet": "write an IPv4 network without host bits, for example 44.128.0.0/20",
            "subnet6": "write an IPv6 network without host bits, for example fd01:b::/64",
            "vtep_subnet6": "write an IPv6 network without host bits, for example fd01:a::/64",
        }.get(field, f"correct {field}")
    return "write a mapping or JSON text with vtep_subnet, vtep_subnet6, vtep_mac_oui and overlays"


def _for_cidr(facts: Facts, text: str, refused: Refused) -> str:
    from calico_config.options import parse_reserved
    from calico_core.addresses import parse_network

    name = "calico_network_cidr"
    if refused.message.startswith("overlay subnet "):
        from calico_config.occupants import CHOOSE_ANOTHER

        if refused.harmless:
            return "remove the disabled overlay from dcos_overlay_network, or choose another network"
        return CHOOSE_ANOTHER
    stripped = text.strip().strip("[]\"'")
    written = parse_network(stripped)
    if written is not None and _is_free(facts, str(written.network)):
        return f"write {_line(name, str(written.network))}, without spaces, quotes inside or a list"
    free = next((each for each in _NETWORKS if _is_free(facts, each)), None)
    instead = f"write an IPv4 network that nobody has, such as {_line(name, free)}"
    try:
        meant = str(parse_reserved(stripped))
    except ValueError:
        return instead
    if _is_free(facts, meant):
        return f"write {_line(name, meant)}, without host bits"
    return f"{meant}, which is meant, cannot be Calico's: {instead}"


def _is_free(facts: Facts, text: str) -> bool:
    """Whether Calico's pool can have a network: it is large enough, and nobody needs its addresses."""
    from calico_config.occupants import known_ranges
    from calico_core.addresses import parse_network
    from calico_core.findings import Severity

    written = parse_network(text)
    return (
        written is not None
        and written.prefix <= _SMALLEST
        and not any(
            written.network.overlaps(entry)
            for occupant, entry in known_ranges(facts)
            if occupant.severity is Severity.ERROR
        )
    )
