"""Which rules look at what: generated from their ``WATCHES`` by ``scripts/docs``, held by a test."""

RULES: dict[str, tuple[str, ...]] = {
    "a VIP, or a place for it that is rare": ("vip_label", "vip_with_policy_labels"),
    "a network without a name": ("unmapped_default_network",),
    "a port of the host": ("docker_host_port", "upgrade_deadlock"),
    "a strategy of its own for restarts": ("upgrade_deadlock",),
    "a text like an address of the overlay": ("overlay_address",),
    "an ipAddress": ("dead_network_name", "ip_address_network_key"),
    "an old network's name in a place of its own": ("network_named_elsewhere",),
    "dependencies that are null": ("lossy_app_show",),
    "docker parameters": (
        "docker_host_port",
        "docker_network_parameter",
        "mangled_policy_label",
        "misplaced_policy_labels",
        "refused_by_marathon",
        "refused_policy_label",
    ),
    "fields that are read when a definition is sent again": ("refused_by_marathon",),
    "labels of a network, or policy labels elsewhere": (
        "mangled_policy_label",
        "misplaced_policy_labels",
        "refused_policy_label",
    ),
    "labels of a package": ("package_scheduler", "stored_package_options"),
    "networks and ports that are not said in the usual way": (
        "network_placeholder",
        "refused_by_marathon",
        "refused_by_metronome",
    ),
    "policy labels that could not be moved": ("policy_label_stays",),
    "several container networks": ("docker_several_networks", "merge_networks"),
    "the network dcos6": ("ipv6_network",),
    "volumes": ("resident_app",),
}
