"""What the installer knows: defaults, calculated parameters, validators, and what its templates reach.

``dcos/dcos gen/calc.py`` (``entry``), ``gen/build_deploy/bash.py`` (``onprem_source``) and the variables and
switches of ``gen/dcos-config.yaml``, ``gen/cloud-config.yaml``, ``gen/dcos-services.yaml`` and
``gen/dcos-metadata.yaml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_config.installer import checks, overlays
from calico_config.installer.python36 import CrashedError, RefusedError, integer
from calico_config.parameters import PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from calico_config.installer.genconf import Genconf
    from calico_config.parameters import Release


class Calculation(NamedTuple):
    """A calculated value: the parameters that it needs, and the function from their values (by name)."""

    parameters: tuple[str, ...]
    function: Callable[[Mapping[str, str]], str]


class Scope(NamedTuple):
    """What a part of the templates needs: the names of variables, and switches with what each case needs."""

    names: frozenset[str]
    switches: Mapping[str, Mapping[str, Scope]]


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
mesos_cni_root_dir_persist mesos_dns_set_truncate_bit mesos_seccomp_enabled oauth_available oauth_enabled
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
    "adminrouter_grpc_proxy_port": (checks.in_range(1, 65535),),
    "adminrouter_x_frame_options": (checks.adminrouter_x_frame_options,),
    "bootstrap_tmp_dir": (checks.bootstrap_tmp_dir,),
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
    "marathon_gpu_scheduling_behavior": (checks.gpu_scheduling_behavior("marathon_gpu_scheduling_behavior"),),
    "master_list": (checks.ip_list,),
    "mesos_agent_work_dir": (checks.absolute_path,),
    "mesos_dns_ip_sources": (lambda text: void(checks.json_list(text)),),
    "mesos_log_retention_mb": (checks.mesos_log_retention_mb,),
    "mesos_master_work_dir": (checks.absolute_path,),
    "mesos_recovery_timeout": (checks.mesos_recovery_timeout,),
    "metronome_gpu_scheduling_behavior": (
        checks.gpu_scheduling_behavior("metronome_gpu_scheduling_behavior"),
    ),
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


def _set(name: str) -> Calculation:
    return Calculation((name,), lambda values: "true" if values[name] else "false")


def _same(name: str) -> Calculation:
    return Calculation((name,), lambda values: values[name])


_DEFAULTS: dict[str, str | Calculation] = {
    **{
        parameter.name: parameter.default
        for parameter in PARAMETERS
        if parameter.default is not None and not parameter.calculated
    },
    "adminrouter_auth_enabled": _same("oauth_enabled"),
    "adminrouter_grpc_proxy_port": "12379",
    "adminrouter_tls_1_0_enabled": "false",
    "adminrouter_tls_1_1_enabled": "false",
    "adminrouter_tls_1_2_enabled": "true",
    "adminrouter_tls_cipher_suite": "",
    "adminrouter_x_frame_options": "DENY",
    "auth_cookie_secure_flag": "false",
    "aws_secret_access_key": "",
    "bootstrap_id": "bootstrap-id",
    "bootstrap_tmp_dir": "tmp",
    "bootstrap_variant": "",
    "check_config": "{}",
    "check_time": "true",
    "cluster_docker_credentials": "{}",
    "cluster_docker_credentials_dcos_owned": Calculation(
        ("cluster_docker_credentials",),
        lambda values: "false" if values["cluster_docker_credentials"] == "{}" else "true",
    ),
    "cluster_docker_credentials_enabled": "false",
    "cluster_docker_credentials_write_to_etc": "false",
    "cluster_docker_registry_url": "",
    "custom_checks": "{}",
    "dcos_overlay_network_json": Calculation(
        ("dcos_overlay_network", "enable_ipv6"),
        lambda values: overlays.overlay_network_json(values["dcos_overlay_network"], values["enable_ipv6"]),
    ),
    "dcos_remove_dockercfg_enable": "false",
    "diagnostics_bundles_dir": "/var/lib/dcos/dcos-diagnostics/diag-bundles",
    "docker_remove_delay": "1hrs",
    "docker_stop_timeout": "20secs",
    "enable_docker_gc": "true",
    "enable_gpu_isolation": "true",
    "enable_mesos_input_plugin": "true",
    "exhibitor_admin_password": "",
    "exhibitor_azure_account_key": "",
    "exhibitor_bootstrap_ca_url": "",
    "exhibitor_tls_enabled": "true",
    "exhibitor_tls_required": "false",
    "gc_delay": "2days",
    "gpus_are_scarce": "true",
    "intercom_enabled": "true",
    "log_offers": "true",
    "marathon_gpu_scheduling_behavior": "restricted",
    "marathon_java_args": "",
    "marathon_new_group_enforce_role": "",
    "master_external_loadbalancer": "",
    "mesos_agent_work_dir": "/var/lib/mesos/slave",
    "mesos_cgroups_enable_cfs": "true",
    "mesos_container_log_sink": "fluentbit+logrotate",
    "mesos_default_container_shm_size": "",
    "mesos_disallow_sharing_agent_ipc_namespace": "true",
    "mesos_dns_ip_sources": '["host", "netinfo"]',
    "mesos_dns_set_truncate_bit": "true",
    "mesos_docker_volume_chown": "false",
    "mesos_http_executor_domain_sockets": "true",
    "mesos_log_retention_mb": "4000",
    "mesos_logrotate_file_size_mb": "2",
    "mesos_master_work_dir": "/var/lib/dcos/mesos/master",
    "mesos_max_completed_frameworks": "",
    "mesos_max_completed_tasks_per_framework": "",
    "mesos_recovery_timeout": "24hrs",
    "mesos_seccomp_enabled": "true",
    "mesos_seccomp_profile_name": "",
    "metronome_gpu_scheduling_behavior": "restricted",
    "master_dns_bindall": "true",
    "no_proxy": "",
    "oauth_auth_host": "https://dcos.auth0.com",
    "oauth_auth_redirector": "https://auth.dcos.io",
    "oauth_available": "true",
    "oauth_client_id": "3yF5TOSzdlI45Q1xspxzeoGBe9fNxm9m",
    "oauth_enabled": "true",
    "oauth_issuer_url": "https://dcos.auth0.com/",
    "platform": "onprem",
    "rexray_config": "{}",
    "rexray_config_preset": "",
    "superuser_service_account_public_key": "",
    "superuser_service_account_uid": "",
    "telemetry_enabled": "true",
    "ui_banner": "false",
    "ui_banner_background_color": "#1E232F",
    "ui_banner_dismissible": "null",
    "ui_banner_footer_content": "null",
    "ui_banner_foreground_color": "#FFFFFF",
    "ui_banner_header_content": "null",
    "ui_banner_header_title": "null",
    "ui_banner_image_path": "null",
    "ui_tracking": "true",
    "ui_update_enabled": "true",
    "weights": "",
    "zk_client_port": "2181",
}

_CONSTANTS = {
    "check_ld_library_path": "/opt/mesosphere/lib",
    "cluster_package_list_id": "",
    "cluster_packages": "[]",
    "config_package_names": "[]",
    "config_yaml": "",
    "config_yaml_full": "",
    "curly_pound": "{#",
    "custom_auth": "false",
    "custom_check_bins_dir": "genconf/check_bins/",
    "custom_check_bins_package_name": "custom-check-bins",
    "dcos_image_commit": "",
    "dcos_l4lb_forward_metrics": "false",
    "dcos_variant": "open",
    "dcos_version": "",
    "exhibitor_port": "8181",
    "expanded_config": "",
    "expanded_config_full": "",
    "fault_domain_enabled": "false",
    "licensing_enabled": "false",
    "marathon_port": "8080",
    "mesos_agent_log_file": "/var/log/mesos/mesos-agent.log",
    "mesos_agent_port": "5051",
    "mesos_dns_port": "8123",
    "mesos_master_log_file": "/var/lib/dcos/mesos/log/mesos-master.log",
    "mesos_master_port": "5050",
    "metronome_port": "9000",
    "package_ids": "[]",
    "profile_symlink_source": "/opt/mesosphere/bin/add_dcos_path.sh",
    "profile_symlink_target": "/etc/profile.d/dcos.sh",
    "profile_symlink_target_dir": "/etc/profile.d",
    "provider": "onprem",
    "template_filenames": "[]",
    "ui_branding": "false",
    "ui_external_links": "false",
    "ui_telemetry_metadata": "{}",
}


def _json_lists(*names: str) -> Callable[[Mapping[str, str]], str]:
    """Reads lists, which refuses what is none, and drops them: their joint text matters to nobody here."""

    def calculate(values: Mapping[str, str]) -> str:
        for name in names:
            checks.json_list(values[name])
        return ""

    return calculate


def _count_masters(values: Mapping[str, str]) -> str:
    return str(len(checks.json_list(values["master_list"])))


def _quorum(values: Mapping[str, str]) -> str:
    return str(integer(values["num_masters"]) // 2 + 1)


def _nothing(values: Mapping[str, str]) -> str:
    del values
    return ""


_CALCULATED: dict[str, str | Calculation] = {
    **_CONSTANTS,
    "adminrouter_tls_cipher_override": _set("adminrouter_tls_cipher_suite"),
    "adminrouter_tls_version_override": Calculation(
        ("adminrouter_tls_1_0_enabled", "adminrouter_tls_1_1_enabled", "adminrouter_tls_1_2_enabled"),
        _nothing,
    ),
    "check_config_contents": Calculation(
        ("check_config", "custom_checks", "check_search_path", "check_ld_library_path"), _nothing
    ),
    "check_search_path": Calculation(
        ("custom_check_bins_provided", "custom_check_bins_package_id"), _nothing
    ),
    "cluster_docker_credentials_path": Calculation(("cluster_docker_credentials_dcos_owned",), _nothing),
    "cluster_docker_registry_enabled": _set("cluster_docker_registry_url"),
    "custom_check_bins_hash": Calculation(("custom_check_bins_provided", "custom_check_bins_dir"), _nothing),
    "custom_check_bins_package_id": Calculation(
        ("custom_check_bins_provided", "custom_check_bins_package_name", "custom_check_bins_hash"), _nothing
    ),
    "dcos_gen_resolvconf_search_str": Calculation(
        ("dns_search",), lambda values: "SEARCH=" + values["dns_search"] if values["dns_search"] else ""
    ),
    "dcos_l4lb_max_named_ip6_erltuple": Calculation(("dcos_l4lb_max_named_ip6",), _nothing),
    "dcos_l4lb_max_named_ip_erltuple": Calculation(("dcos_l4lb_max_named_ip",), _nothing),
    "dcos_l4lb_min_named_ip6_erltuple": Calculation(("dcos_l4lb_min_named_ip6",), _nothing),
    "dcos_l4lb_min_named_ip_erltuple": Calculation(("dcos_l4lb_min_named_ip",), _nothing),
    "dns_bind_ip_blacklist_json": Calculation(
        ("dns_bind_ip_blacklist", "dns_bind_ip_reserved"),
        _json_lists("dns_bind_ip_blacklist", "dns_bind_ip_reserved"),
    ),
    "exhibitor_admin_password_enabled": _set("exhibitor_admin_password"),
    "exhibitor_static_ensemble": Calculation(("master_list",), _json_lists("master_list")),
    "fair_sharing_excluded_resource_names": Calculation(("gpus_are_scarce",), _nothing),
    "has_marathon_gpu_scheduling_behavior": _set("marathon_gpu_scheduling_behavior"),
    "has_marathon_new_group_enforce_role": _set("marathon_new_group_enforce_role"),
    "has_master_external_loadbalancer": _set("master_external_loadbalancer"),
    "has_mesos_default_container_shm_size": _set("mesos_default_container_shm_size"),
    "has_mesos_seccomp_profile_name": _set("mesos_seccomp_profile_name"),
    "has_metronome_gpu_scheduling_behavior": _set("metronome_gpu_scheduling_behavior"),
    "master_quorum": Calculation(("num_masters",), _quorum),
    "mesos_dns_resolvers_str": Calculation(
        ("resolvers",),
        lambda values: (
            '"resolvers": ' + values["resolvers"]
            if checks.json_list(values["resolvers"])
            else '"externalOn": false'
        ),
    ),
    "mesos_hooks": Calculation(
        ("dcos_remove_dockercfg_enable",),
        lambda values: "hook" if values["dcos_remove_dockercfg_enable"] == "true" else "",
    ),
    "mesos_isolation": Calculation(("enable_gpu_isolation", "mesos_seccomp_enabled"), _nothing),
    "mesos_log_directory_max_files": Calculation(("mesos_log_retention_mb",), _nothing),
    "mesos_log_retention_count": Calculation(("mesos_log_retention_mb",), _nothing),
    "no_proxy_final": Calculation(("no_proxy",), _json_lists("no_proxy")),
    "resolvers_str": Calculation(("resolvers",), _json_lists("resolvers")),
    "rexray_config_contents": Calculation(("rexray_config",), _nothing),
    "use_mesos_hooks": _set("mesos_hooks"),
}

_CONDITIONAL: dict[str, tuple[str, str, str | Calculation]] = {
    "num_masters": ("master_discovery", "static", Calculation(("master_list",), _count_masters)),
    "rexray_config": ("rexray_config_preset", "aws", "{}"),
}


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


def _completed_tasks(text: str) -> None:
    if text:
        try:
            integer(text)
        except ValueError as error:
            raise RefusedError(
                f"Error parsing 'mesos_max_completed_tasks_per_framework' parameter as an integer: {error}"
            ) from None


def _public_key(values: Mapping[str, str]) -> str:
    """Only the armour is looked at: whether it holds an RSA key is left to the real installer."""
    text = values["superuser_service_account_public_key"]
    if text and not text.isascii():
        raise CrashedError("UnicodeEncodeError: 'ascii' codec can't encode character")
    if text and "-----BEGIN" not in text:
        raise RefusedError(
            "superuser_service_account_public_key has an invalid value. It must hold an RSA public key "
            "encoded in the OpenSSL PEM format. Error: Could not deserialize key data."
        )
    return ""


def table(release: Release, genconf: Genconf) -> Table:
    """The table of a release, with the files of a genconf directory."""
    knows_calico_enabled = release >= (2, 1, 2)
    known_checks = dict(_CHECKS)
    known_checks["mesos_container_log_sink"] = (checks.mesos_container_log_sink,)
    known_checks["mesos_max_completed_tasks_per_framework"] = (_completed_tasks,)
    if release < (2, 2, 0):
        known_checks["resolvers"] = (checks.ip_port_list,)
    known_checks["custom_check_bins_dir"] = (lambda text: _check_bins(text, genconf),)

    defaults = dict(_DEFAULTS)
    calculated = dict(_CALCULATED)
    defaults["ip_detect_contents"] = Calculation(
        ("ip_detect_filename",), lambda values: _ip_detect(values["ip_detect_filename"], genconf)
    )
    defaults["ip_detect_public_contents"] = Calculation(
        ("ip_detect_contents", "ip_detect_public_filename"),
        lambda values: _script(values["ip_detect_public_filename"], genconf),
    )
    defaults["ip6_detect_contents"] = Calculation(
        ("ip6_detect_filename",), lambda values: _script(values["ip6_detect_filename"], genconf)
    )
    defaults["_superuser_service_account_public_key_json"] = Calculation(
        ("superuser_service_account_public_key",), _public_key
    )
    calculated["custom_check_bins_provided"] = Calculation(
        ("custom_check_bins_dir",),
        lambda values: "true" if genconf.kind(values["custom_check_bins_dir"]) == "directory" else "false",
    )

    switches: dict[str, Any] = dict(_SWITCHES)
    variables = frozenset(_VARIABLES.split())
    overlap: tuple[str, ...] = ("calico_network_cidr", "dcos_overlay_enable", "dcos_overlay_network")
    if knows_calico_enabled:
        switches["calico_enabled"] = {"true": _CALICO, "false": _scope("")}
        overlap = ("calico_enabled", *overlap)
    else:
        defaults.pop("calico_enabled")
        variables |= _CALICO.names
        switches.update(_CALICO.switches)
    return Table(
        defaults,
        calculated,
        _CONDITIONAL,
        known_checks,
        (
            (("superuser_service_account_uid", "superuser_service_account_public_key"), _superuser),
            (
                ("dcos_overlay_network_default_name", "dcos_overlay_network"),
                lambda values: overlays.default_name(
                    values["dcos_overlay_network_default_name"], values["dcos_overlay_network"]
                ),
            ),
            (overlap, overlays.not_overlapping),
            (("dcos_l4lb_enable_ipv6", "enable_ipv6"), _l4lb_ipv6),
            (("master_discovery", "exhibitor_storage_backend"), _exhibitor_storage),
            (
                (
                    "adminrouter_tls_1_0_enabled",
                    "adminrouter_tls_1_1_enabled",
                    "adminrouter_tls_1_2_enabled",
                ),
                _tls_version,
            ),
            (
                ("mesos_default_container_shm_size", "has_mesos_default_container_shm_size"),
                lambda values: checks.mesos_default_container_shm_size(
                    values["mesos_default_container_shm_size"]
                ),
            ),
            (
                ("custom_checks", "check_config"),
                _check_names,
            ),
        ),
        Scope(variables, switches),
    )


def _ip_detect(name: str, genconf: Genconf) -> str:
    if genconf.kind(name) is None:
        raise RefusedError(f"ip-detect script `{name}` must exist")
    genconf.read_script(name)
    return ""


def _script(name: str, genconf: Genconf) -> str:
    if name:
        genconf.read_script(name)
    return ""


def _check_bins(name: str, genconf: Genconf) -> None:
    kind = genconf.kind(name.rstrip("/"))
    if kind is None:
        return
    if kind != "directory":
        raise RefusedError(f"{name} must be a directory")
    for entry in genconf.names_below("check_bins"):
        if genconf.entries[entry] == "directory":
            raise RefusedError(f"{name} must not contain any subdirectories")
