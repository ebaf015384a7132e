"""Which rules look at what: generated from their ``WATCHES`` by ``scripts/docs``, held by a test."""

RULES: dict[str, tuple[str, ...]] = {
    "a Docker app on a new network": ("docker_host_port",),
    "a VIP on a new network": ("vip_label", "vip_with_policy_labels"),
    "a move that may need room for more instances": ("upgrade_deadlock",),
    "a move with volumes": ("resident_app",),
    "a network without a name": ("unmapped_default_network",),
    "a text like an address of the overlay": ("overlay_address",),
    "an ipAddress": ("dead_network_name", "ip_address_network_key"),
    "an old network's name in a place of its own": ("network_named_elsewhere",),
    "dependencies that are null": ("lossy_app_show",),
    "docker parameters": ("docker_network_parameter", "refused_by_marathon"),
    "fields that Marathon may refuse when the definition is sent": ("refused_by_marathon",),
    "labels of a package": ("package_scheduler", "stored_package_options"),
    "merged networks": ("merge_networks",),
    "more than one network, said once": (
        "network_placeholder",
        "refused_by_marathon",
        "refused_by_metronome",
    ),
    "policy labels on a new network": (
        "mangled_policy_label",
        "misplaced_policy_labels",
        "refused_policy_label",
    ),
    "policy labels that could not be moved": ("policy_label_stays",),
    "several container networks": ("docker_several_networks",),
    "the network dcos6": ("ipv6_network",),
}
