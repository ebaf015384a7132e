"""Whether accepted values survive being pasted into the installer's templates (``--genconf``).

The templates are YAML, and most values land within a line of an indented block of text: what breaks such a
block is a further line with less indentation, or a character that YAML does not allow. The scripts'
contents are pasted as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Place(NamedTuple):
    """Where a parameter stands in a block of text: the block's indentation, and whether text follows it."""

    indent: int
    followed: bool


_ENDS = Place(6, followed=False)
_INSIDE = Place(6, followed=True)

# Parameters that may hold several lines and still pass validation, with their places in the templates.
_PLACES: dict[str, tuple[Place, ...]] = {
    "bootstrap_url": (_ENDS, Place(4, followed=True)),
    "bootstrap_tmp_dir": (Place(4, followed=True),),
    "calico_ipinip_mtu": (_ENDS,),
    "calico_veth_mtu": (_INSIDE,),
    "calico_vxlan_mtu": (_ENDS,),
    "calico_vxlan_port": (_ENDS,),
    "calico_vxlan_vni": (_ENDS,),
    "cluster_name": (_ENDS, _INSIDE),
    "dcos_cni_data_dir": (_INSIDE,),
    "dcos_net_push_ops_timeout": (_INSIDE,),
    "dcos_overlay_config_attempts": (_ENDS,),
    "dcos_overlay_mtu": (_INSIDE,),
    "dcos_overlay_network6_default_name": (_INSIDE,),
    "dcos_overlay_network_default_name": (_INSIDE, _ENDS),
    "dcos_overlay_network_json": (_ENDS,),
    "dcos_ucr_default_bridge_network_name": (_INSIDE,),
    "diagnostics_bundles_dir": (_ENDS, _INSIDE),
    "dns_forward_zones": (_ENDS,),
    "docker_remove_delay": (_ENDS,),
    "docker_stop_timeout": (_ENDS,),
    "exhibitor_address": (_INSIDE, _ENDS),
    "exhibitor_fs_config_dir": (_ENDS,),
    "exhibitor_zk_hosts": (_ENDS,),
    "exhibitor_zk_path": (_ENDS,),
    "gc_delay": (_ENDS,),
    "http_proxy": (_ENDS,),
    "https_proxy": (_ENDS,),
    "marathon_java_args": (_ENDS,),
    "master_external_loadbalancer": (_ENDS,),
    "master_list": (_ENDS,),
    "mesos_agent_work_dir": (_ENDS,),
    "mesos_dns_ip_sources": (_INSIDE,),
    "mesos_master_work_dir": (_ENDS,),
    "mesos_dns_resolvers_str": (_INSIDE,),
    "mesos_recovery_timeout": (_ENDS,),
    "num_masters": (_ENDS,),
    "oauth_auth_redirector": (_ENDS,),
    "oauth_client_id": (_ENDS,),
    "oauth_issuer_url": (_ENDS,),
    "platform": (_INSIDE,),
    "resolvers": (_INSIDE,),
    "superuser_service_account_uid": (_INSIDE,),
    "weights": (_ENDS,),
}

_PASTED = ("ip_detect_contents", "ip_detect_public_contents", "ip6_detect_contents")

# YAML 1.1's line breaks, and what PyYAML's reader refuses.
_BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(values: Mapping[str, str], given: Mapping[str, str]) -> tuple[str, str] | None:
    """None where rendering works, else the parameter and a reason.

    ``values`` are the resolved ones, ``given`` the user's.
    """
    # Defaults, and what is calculated, are single lines.
    for name, text in given.items():
        reason = _in_block(name, text) if name in _PLACES and name in values else None
        if reason:
            return name, reason
    for name in _PASTED:
        if name in values and name in given and not _is_pasteable(given[name]):
            return name, f"{name} is pasted into a YAML file as it is and breaks it"
    if values.get("exhibitor_tls_required") == "true":
        return (
            "exhibitor_tls_required",
            "exhibitor_tls_required is true, and Exhibitor's security is an enterprise feature",
        )
    return None


def _in_block(name: str, value: str) -> str | None:
    if value.isascii() and value.isprintable():
        return None
    if _UNPRINTABLE.search(value):
        return f"{name} holds a character that YAML does not allow"
    lines = _BREAKS.split(value)
    for place in _PLACES[name]:
        for number, line in enumerate(lines[1:], 1):
            is_last = number == len(lines) - 1
            blank = not line.strip(" ") and not (is_last and place.followed)
            if not blank and not line.startswith(" " * place.indent):
                return f"{name} has several lines and breaks the block of text that it is pasted into"
    return None


def _is_pasteable(value: str) -> bool:
    """Whether ``content: VALUE`` is YAML with a text (or nothing) as its content."""
    from calico_config.document.composing import Refusal, compose

    document = compose(
        f'package:\n  - path: /x\n    permissions: "0755"\n    content: {value}\n  - path: /y\n'
    )
    if (
        document is None
        or isinstance(document, Refusal)
        or document.kind != "mapping"
        or len(document.children) != 1
    ):
        return False
    from calico_config.document.values import Constructor, NodeError

    try:
        package = Constructor().value(document)["package"]
    except (NodeError, TypeError, KeyError):
        return False
    if not isinstance(package, list) or len(package) != 2 or not isinstance(package[0], dict):
        return False
    content = package[0].get("content")
    return package[0].keys() == {"path", "permissions", "content"} and (
        isinstance(content, str) or not content
    )
