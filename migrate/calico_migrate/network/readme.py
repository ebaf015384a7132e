"""The README of a generated directory: the whole procedure for somebody who reads nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.network.promise import Promise

_MODE_WORDS = {
    "vxlan": "VXLAN, as the cluster's own pool",
    "ipip": "IP in IP, as the cluster's own pool",
}

_ASSUMED_MODE = "VXLAN, DC/OS' default: neither a config.yaml nor the pools said what the cluster has"


def readme(promise: Promise, values: Mapping[str, Any]) -> str:
    """The text, from the promise and the values that all templates share."""
    from calico_templates import render

    count = len(promise.agents)
    return render(
        "network/readme.md.mustache",
        {
            **values,
            "mode_words": _ASSUMED_MODE if promise.mode_assumed else _MODE_WORDS[promise.mode],
            "vxlan": promise.mode == "vxlan",
            "ipip": promise.mode == "ipip",
            "isolation_words": "only containers of this network, by their own addresses (see Traffic)"
            if promise.isolated
            else "everybody, until a network policy says otherwise",
            "sharing_words": "any workload on Calico (--shared-pool)"
            if promise.shared_pool
            else "only containers that ask for this network",
            "agent_count": str(count) if count else "not known",
            "profiles": [{"profile": name} for name in _profiles(promise)],
            "several_profiles": len(_profiles(promise)) > 1,
        },
    )


def _profiles(promise: Promise) -> list[str]:
    """The profiles of both runtimes, the network's own first."""
    return list(dict.fromkeys((promise.network, promise.profile)))
