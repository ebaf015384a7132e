"""What the installer knows of one release beside one genconf directory, ready for the resolver.

The validators are those of ``dcos/dcos gen/calc.py`` (``entry``) and ``gen/build_deploy/bash.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_config.installer import checks, overlays
from calico_config.installer.defaults import CONDITIONAL, calculated, defaults
from calico_config.installer.python36 import RefusedError
from calico_config.installer.templates import reached
from calico_config.parameters import PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from calico_config.installer.defaults import Calculation
    from calico_config.installer.genconf import Genconf
    from calico_config.installer.templates import Scope
    from calico_config.parameters import Release


class Table(NamedTuple):
    """Everything that the resolver needs, for one release and one genconf directory."""

    defaults: Mapping[str, str | Calculation]
    calculated: Mapping[str, str | Calculation]
    # Calculated where another parameter has a certain value: name, its parameter, its value, calculation.
    conditional: Mapping[str, tuple[str, str, str | Calculation]]
    checks: Mapping[str, tuple[Callable[[str], None], ...]]
    joint_checks: tuple[tuple[tuple[str, ...], Callable[[Mapping[str, str]], None]], ...]
    scope: Scope


_TRUE_FALSE = """
adminrouter_tls_1_0_enabled adminrouter_tls_1_1_enabled adminrouter_tls_1_2_enabled auth_cookie_secure_flag
calico_enabled calico_vxlan_enabled check_time cluster_docker_credentials_dcos_owned
cluster_docker_credentials_enabled cluster_docker_credentials_write_to_etc dcos_l4lb_enable_ipset
dcos_net_cluster_identity dcos_net_rest_enable dcos_net_watchdog dcos_overlay_enable
dcos_remove_dockercfg_enable enable_gpu_isolation enable_ipv6 enable_lb enable_mesos_input_plugin
enable_mesos_ipv6_discovery exhibitor_admin_password_enabled exhibitor_tls_enabled exhibitor_tls_required
fault_domain_enabled gpus_are_scarce licensing_enabled log_offers master_dns_bindall
mesos_cgroups_enable_cfs mesos_cni_root_dir_persist mesos_disallow_sharing_agent_ipc_namespace
mesos_dns_set_truncate_bit mesos_docker_volume_chown mesos_seccomp_enabled oauth_available oauth_enabled
telemetry_enabled
"""

_RANGES = {
    parameter.name: (parameter.minimum, parameter.maximum)
    for parameter in PARAMETERS
    if parameter.kind == "integer" and parameter.minimum is not None
}

_CHECKS: dict[str, tuple[Callable[[str], None], ...]] = {
    **dict.fromkeys(_TRUE_FALSE.split(), (checks.true_false,)),
    **{name: (checks.in_range(low or 0, high),) for name, (low, high) in _RANGES.items()},
    "adminrouter_grpc_proxy_port": (checks.adminrouter_grpc_proxy_port,),
    "adminrouter_x_frame_options": (checks.adminrouter_x_frame_options,),
    "bootstrap_url": (checks.bootstrap_url,),
    "calico_network_cidr": (checks.ipv4_network("calico_network_cidr"),),
    "check_config": (lambda text: _node_checks(text),),
    "cluster_docker_credentials": (lambda text: void(checks.json_dictionary(text)),),
    "custom_checks": (lambda text: _node_checks(text),),
    "dcos_l4lb_max_named_ip": (lambda text: checks.ipv4_addresses([text]),),
    "dcos_l4lb_max_named_ip6": (lambda text: checks.ipv6_addresses([text]),),
    "dcos_l4lb_min_named_ip": (lambda text: checks.ipv4_addresses([text]),),
    "dcos_l4lb_min_named_ip6": (lambda text: checks.ipv6_addresses([text]),),
    "dcos_overlay_network": (overlays.overlay_network,),
    "dcos_overlay_network_json": (overlays.overlay_network,),
    "dcos_ucr_default_bridge_subnet": (checks.ipv4_network("dcos_ucr_default_bridge_subnet"),),
    "diagnostics_bundles_dir": (checks.absolute_path,),
    "dns_bind_ip_blacklist": (checks.ip_list,),
    "dns_forward_zones": (checks.dns_forward_zones,),
    "dns_search": (checks.dns_search,),
    "exhibitor_bootstrap_ca_url": (checks.exhibitor_bootstrap_ca_url,),
    "exhibitor_zk_hosts": (checks.exhibitor_zk_hosts,),
    "exhibitor_zk_path": (checks.exhibitor_zk_path,),
    "marathon_new_group_enforce_role": (checks.marathon_new_group_enforce_role,),
    "master_list": (checks.ip_list,),
    "mesos_agent_work_dir": (checks.absolute_path,),
    "mesos_dns_ip_sources": (lambda text: void(checks.json_list(text)),),
    "mesos_log_retention_mb": (checks.mesos_log_retention_mb,),
    "mesos_master_work_dir": (checks.absolute_path,),
    "mesos_logrotate_file_size_mb": (checks.parsed_integer("mesos_logrotate_file_size_mb"),),
    "mesos_max_completed_frameworks": (checks.parsed_integer("mesos_max_completed_frameworks"),),
    "mesos_max_completed_tasks_per_framework": (
        checks.parsed_integer("mesos_max_completed_tasks_per_framework"),
    ),
    "mesos_recovery_timeout": (checks.mesos_recovery_timeout,),
    "metronome_gpu_scheduling_behavior": (checks.metronome_gpu_scheduling_behavior,),
    "num_masters": (checks.num_masters,),
    "resolvers": (checks.resolvers,),
    "rexray_config": (lambda text: void(checks.json_dictionary(text)),),
    "s3_prefix": (checks.s3_prefix,),
}


def _node_checks(text: str) -> None:
    # The default, which nearly every file keeps.
    if text != "{}":
        from calico_config.installer.node_checks import check_config

        check_config(text)


def _check_names(values: Mapping[str, str]) -> None:
    if values["custom_checks"] != "{}":
        from calico_config.installer.node_checks import names_do_not_conflict

        names_do_not_conflict(
            values["custom_checks"], "" if values["check_config"] == "{}" else values["check_config"]
        )


def void(value: object) -> None:
    """Drops what a check returns beside its answer."""
    del value


def _l4lb_ipv6(values: Mapping[str, str]) -> None:
    checks.true_false(values["dcos_l4lb_enable_ipv6"])
    if values["enable_ipv6"] == "false" and values["dcos_l4lb_enable_ipv6"] != "false":
        raise RefusedError("When enable_ipv6 is false, dcos_l4lb_enable_ipv6 must be false as well")


def _exhibitor_storage(values: Mapping[str, str]) -> None:
    if values["master_discovery"] != "static" and values["exhibitor_storage_backend"] == "static":
        raise RefusedError(
            "When master_discovery is not static, exhibitor_storage_backend must be non-static. Having a"
            " variable list of master which are discovered by agents using the master_discovery method but"
            " also having a fixed known at install time static list of master ips doesn't"
            " `master_http_load_balancer` then exhibitor_storage_backend must not be static."
        )


def _tls_version(values: Mapping[str, str]) -> None:
    if "true" not in values.values():
        raise RefusedError(
            "At least one of adminrouter_tls_1_0_enabled, adminrouter_tls_1_1_enabled and "
            "adminrouter_tls_1_2_enabled must be set to 'true'."
        )


def _superuser(values: Mapping[str, str]) -> None:
    if any(values.values()) and not all(values.values()):
        raise RefusedError(
            "'superuser_service_account_uid' and 'superuser_service_account_public_key' "
            "must both be empty or both be non-empty"
        )


def _default_name(values: Mapping[str, str]) -> None:
    overlays.default_name(values["dcos_overlay_network_default_name"], values["dcos_overlay_network"])


def _shm_size(values: Mapping[str, str]) -> None:
    checks.mesos_default_container_shm_size(values["mesos_default_container_shm_size"])


# Checks of several parameters at once, beside the comparison with Calico's network.
_JOINT_CHECKS: tuple[tuple[tuple[str, ...], Callable[[Mapping[str, str]], None]], ...] = (
    (("superuser_service_account_uid", "superuser_service_account_public_key"), _superuser),
    (("dcos_overlay_network_default_name", "dcos_overlay_network"), _default_name),
    (("dcos_l4lb_enable_ipv6", "enable_ipv6"), _l4lb_ipv6),
    (("master_discovery", "exhibitor_storage_backend"), _exhibitor_storage),
    (
        ("adminrouter_tls_1_0_enabled", "adminrouter_tls_1_1_enabled", "adminrouter_tls_1_2_enabled"),
        _tls_version,
    ),
    (("mesos_default_container_shm_size", "has_mesos_default_container_shm_size"), _shm_size),
    (("custom_checks", "check_config"), _check_names),
)


def table(release: Release, genconf: Genconf) -> Table:
    """The table of a release, with the files of a genconf directory."""
    known_defaults = defaults(genconf)
    known_checks = {**_CHECKS, "custom_check_bins_dir": (lambda text: _check_bins(text, genconf),)}
    overlap: tuple[str, ...] = ("calico_network_cidr", "dcos_overlay_enable", "dcos_overlay_network")
    if release < (2, 2, 0):
        known_checks["resolvers"] = (checks.ip_port_list,)
    if release < (2, 1, 2):
        del known_defaults["calico_enabled"]
    else:
        overlap = ("calico_enabled", *overlap)
    return Table(
        known_defaults,
        calculated(genconf),
        CONDITIONAL,
        known_checks,
        (*_JOINT_CHECKS, (overlap, overlays.not_overlapping)),
        reached(release),
    )


def _check_bins(name: str, genconf: Genconf) -> None:
    kind = genconf.kind(name.rstrip("/"))
    if kind is None:
        return
    if kind != "directory":
        raise RefusedError(f"{name} must be a directory")
    for entry in genconf.names_below("check_bins"):
        if genconf.entries[entry] == "directory":
            raise RefusedError(f"{name} must not contain any subdirectories")
