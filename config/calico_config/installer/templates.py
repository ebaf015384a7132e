"""What the installer's templates ask for: variables, and switches that decide about more of them.

The names and their nesting are those of ``dcos/dcos gen/dcos-config.yaml``, ``gen/cloud-config.yaml``,
``gen/dcos-services.yaml`` and ``gen/dcos-metadata.yaml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_config.parameters import Release


class Scope(NamedTuple):
    """What a part of the templates needs: the names of variables, and switches with what each case needs."""

    names: frozenset[str]
    switches: Mapping[str, Mapping[str, Scope]]


def _switch(*, true: str = "", false: str = "") -> dict[str, Scope]:
    return {"true": _scope(true), "false": _scope(false)}


def _scope(variables: str, **switches: Mapping[str, Scope]) -> Scope:
    return Scope(frozenset(variables.split()), switches)


_EXHIBITOR = "exhibitor_tls_enabled exhibitor_tls_required exhibitor_bootstrap_ca_url bootstrap_url"

_VARIABLES = """
provider ip_detect_contents ip_detect_public_contents ip6_detect_contents check_time curly_pound num_masters
resolvers dns_bind_ip_blacklist_json dns_forward_zones mesos_dns_resolvers_str mesos_dns_ip_sources
mesos_dns_set_truncate_bit dcos_net_watchdog enable_ipv6 dcos_net_cluster_identity dcos_net_push_ops_timeout
dcos_l4lb_forward_metrics enable_lb dcos_l4lb_enable_ipv6 dcos_l4lb_min_named_ip_erltuple
dcos_l4lb_max_named_ip_erltuple dcos_l4lb_min_named_ip6_erltuple dcos_l4lb_max_named_ip6_erltuple
dcos_l4lb_enable_ipset dcos_overlay_enable dcos_net_rest_enable dcos_overlay_network_default_name
dcos_overlay_network6_default_name dcos_ucr_default_bridge_network_name dcos_overlay_network_json
dcos_cni_data_dir dcos_ucr_default_bridge_subnet dcos_overlay_mtu dcos_overlay_config_attempts
mesos_master_log_file mesos_agent_log_file mesos_container_log_sink mesos_logrotate_file_size_mb
mesos_log_retention_count mesos_log_directory_max_files fair_sharing_excluded_resource_names gpus_are_scarce
master_quorum weights mesos_master_work_dir mesos_max_completed_frameworks
mesos_max_completed_tasks_per_framework cluster_name mesos_cgroups_enable_cfs docker_remove_delay
docker_stop_timeout gc_delay mesos_isolation mesos_cni_root_dir_persist mesos_recovery_timeout
mesos_docker_volume_chown mesos_disallow_sharing_agent_ipc_namespace mesos_agent_work_dir
dcos_gen_resolvconf_search_str platform mesos_master_port telemetry_enabled check_config_contents
diagnostics_bundles_dir marathon_port mesos_agent_port metronome_port exhibitor_port mesos_dns_port
adminrouter_auth_enabled oauth_issuer_url oauth_client_id oauth_auth_redirector ui_banner
ui_banner_background_color ui_banner_foreground_color ui_banner_header_title ui_banner_header_content
ui_banner_footer_content ui_banner_image_path ui_banner_dismissible ui_branding ui_external_links
intercom_enabled ui_telemetry_metadata ui_update_enabled marathon_java_args superuser_service_account_uid
_superuser_service_account_public_key_json auth_cookie_secure_flag config_yaml config_yaml_full
expanded_config expanded_config_full adminrouter_x_frame_options adminrouter_grpc_proxy_port
adminrouter_tls_version_override rexray_config_contents bootstrap_url bootstrap_id cluster_packages
dcos_variant
profile_symlink_target_dir profile_symlink_source profile_symlink_target bootstrap_tmp_dir dcos_version
dcos_image_commit package_ids zk_client_port
"""

_CALICO = _scope(
    "calico_network_cidr calico_veth_mtu",
    calico_vxlan_enabled=_switch(
        true="calico_vxlan_mtu calico_vxlan_port calico_vxlan_vni", false="calico_ipinip_mtu"
    ),
)

_SWITCHES: dict[str, Mapping[str, Scope]] = {
    "adminrouter_tls_cipher_override": _switch(true="adminrouter_tls_cipher_suite"),
    "cluster_docker_credentials_dcos_owned": _switch(true="cluster_docker_credentials"),
    "cluster_docker_credentials_enabled": _switch(true="cluster_docker_credentials_path"),
    "cluster_docker_credentials_write_to_etc": _switch(),
    "cluster_docker_registry_enabled": _switch(true="cluster_docker_registry_url"),
    "custom_auth": {
        "true": _scope("custom_auth_json"),
        "false": _scope("", oauth_available=_switch(true="oauth_enabled oauth_auth_host")),
    },
    "dcos_overlay_enable": _switch(true="dcos_overlay_network_default_name"),
    "dcos_remove_dockercfg_enable": _switch(),
    "enable_docker_gc": _switch(),
    "enable_ipv6": _switch(),
    "enable_mesos_input_plugin": _switch(),
    "enable_mesos_ipv6_discovery": _switch(),
    "exhibitor_admin_password_enabled": _switch(true="exhibitor_admin_password"),
    "exhibitor_storage_backend": {
        "agent_only_group_no_exhibitor": _scope(""),
        "aws_s3": _scope(
            f"{_EXHIBITOR} aws_region s3_bucket s3_prefix",
            exhibitor_explicit_keys=_switch(true="aws_access_key_id aws_secret_access_key"),
        ),
        "shared_filesystem": _scope(f"{_EXHIBITOR} exhibitor_fs_config_dir"),
        "static": _scope(f"{_EXHIBITOR} exhibitor_static_ensemble"),
        "zookeeper": _scope(f"{_EXHIBITOR} exhibitor_zk_hosts exhibitor_zk_path"),
        "azure": _scope(
            f"{_EXHIBITOR} exhibitor_azure_prefix exhibitor_azure_account_name exhibitor_azure_account_key"
        ),
    },
    "fault_domain_enabled": _switch(true="fault_domain_detect_contents"),
    "has_marathon_gpu_scheduling_behavior": _switch(true="marathon_gpu_scheduling_behavior"),
    "has_marathon_new_group_enforce_role": _switch(true="marathon_new_group_enforce_role"),
    "has_master_external_loadbalancer": _switch(true="master_external_loadbalancer"),
    "has_mesos_default_container_shm_size": _switch(true="mesos_default_container_shm_size"),
    "has_mesos_seccomp_profile_name": _switch(true="mesos_seccomp_profile_name"),
    "has_metronome_gpu_scheduling_behavior": _switch(true="metronome_gpu_scheduling_behavior"),
    "licensing_enabled": _switch(true="license_key_contents"),
    "log_offers": _switch(),
    "master_discovery": {
        "master_http_loadbalancer": _scope("exhibitor_address resolvers_str"),
        "static": _scope("master_list resolvers_str"),
    },
    "master_dns_bindall": _switch(),
    "mesos_http_executor_domain_sockets": _switch(),
    "use_mesos_hooks": _switch(true="mesos_hooks"),
    "use_proxy": _switch(true="http_proxy https_proxy no_proxy_final"),
}


def reached(release: Release) -> Scope:
    """What the templates of a release ask for; ``calico_enabled`` is a switch since 2.1.2."""
    names = frozenset(_VARIABLES.split())
    if release >= (2, 1, 2):
        return Scope(names, {**_SWITCHES, "calico_enabled": {"true": _CALICO, "false": _scope("")}})
    return Scope(names | _CALICO.names, {**_SWITCHES, **_CALICO.switches})
