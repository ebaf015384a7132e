"""What the installer takes where nobody sets a value, and what it calculates.

``dcos/dcos gen/calc.py`` (``entry``) and ``gen/build_deploy/bash.py`` (``onprem_source``). Many texts
matter to nobody here: they are neither validated nor do they decide anything, and stand as empty ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_config.installer import checks, overlays
from calico_config.installer.python36 import CrashedError, RefusedError, integer
from calico_config.parameters import PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from calico_config.installer.genconf import Genconf


class Calculation(NamedTuple):
    """A calculated value: the parameters that it needs, and the function from their values (by name)."""

    parameters: tuple[str, ...]
    function: Callable[[Mapping[str, str]], str]


def _set(name: str) -> Calculation:
    return Calculation((name,), lambda values: "true" if values[name] else "false")


def _same(name: str) -> Calculation:
    return Calculation((name,), lambda values: values[name])


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


def _ip_detect(name: str, genconf: Genconf) -> str:
    if genconf.kind(name) is None:
        raise RefusedError(f"ip-detect script `{name}` must exist")
    genconf.read_script(name)
    return ""


def _script(name: str, genconf: Genconf) -> str:
    if name:
        genconf.read_script(name)
    return ""


# Defaults that are empty, or whose text decides nothing.
_EMPTY = """
adminrouter_tls_cipher_suite aws_secret_access_key bootstrap_id bootstrap_variant cluster_docker_registry_url
docker_remove_delay docker_stop_timeout exhibitor_admin_password exhibitor_azure_account_key
exhibitor_bootstrap_ca_url gc_delay intercom_enabled marathon_java_args marathon_new_group_enforce_role
master_external_loadbalancer mesos_default_container_shm_size mesos_seccomp_profile_name no_proxy
oauth_auth_host oauth_auth_redirector oauth_client_id oauth_issuer_url platform rexray_config_preset
superuser_service_account_public_key superuser_service_account_uid ui_banner ui_banner_background_color
ui_banner_dismissible ui_banner_footer_content ui_banner_foreground_color ui_banner_header_content
ui_banner_header_title ui_banner_image_path ui_tracking ui_update_enabled weights zk_client_port
"""

# Calculated texts that decide nothing.
_FIXED = """
check_ld_library_path cluster_package_list_id cluster_packages config_package_names config_yaml
config_yaml_full curly_pound custom_check_bins_package_name dcos_image_commit dcos_l4lb_forward_metrics
dcos_variant dcos_version exhibitor_port expanded_config expanded_config_full marathon_port
mesos_agent_log_file mesos_agent_port mesos_dns_port mesos_master_log_file mesos_master_port metronome_port
package_ids profile_symlink_source profile_symlink_target profile_symlink_target_dir provider
template_filenames ui_branding ui_external_links ui_telemetry_metadata
"""

_DEFAULTS: dict[str, str | Calculation] = {
    **dict.fromkeys(_EMPTY.split(), ""),
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
    "adminrouter_x_frame_options": "DENY",
    "auth_cookie_secure_flag": "false",
    "bootstrap_tmp_dir": "tmp",
    "mesos_cgroups_enable_cfs": "true",
    "mesos_disallow_sharing_agent_ipc_namespace": "false",
    "mesos_docker_volume_chown": "false",
    "mesos_logrotate_file_size_mb": "2",
    "mesos_max_completed_frameworks": "10",
    "mesos_max_completed_tasks_per_framework": "100",
    "check_config": "{}",
    "check_time": "true",
    "cluster_docker_credentials": "{}",
    "cluster_docker_credentials_dcos_owned": Calculation(
        ("cluster_docker_credentials",),
        lambda values: "false" if values["cluster_docker_credentials"] == "{}" else "true",
    ),
    "cluster_docker_credentials_enabled": "false",
    "cluster_docker_credentials_write_to_etc": "false",
    "custom_checks": "{}",
    "dcos_overlay_network_json": Calculation(
        ("dcos_overlay_network", "enable_ipv6"),
        lambda values: overlays.overlay_network_json(values["dcos_overlay_network"], values["enable_ipv6"]),
    ),
    "dcos_remove_dockercfg_enable": "false",
    "diagnostics_bundles_dir": "/var/lib/dcos/dcos-diagnostics/diag-bundles",
    "enable_docker_gc": "true",
    "enable_gpu_isolation": "true",
    "enable_mesos_input_plugin": "true",
    "exhibitor_tls_enabled": "true",
    "exhibitor_tls_required": "false",
    "gpus_are_scarce": "true",
    "log_offers": "true",
    "marathon_gpu_scheduling_behavior": "restricted",
    "mesos_agent_work_dir": "/var/lib/mesos/slave",
    "mesos_container_log_sink": "fluentbit+logrotate",
    "mesos_dns_ip_sources": '["host", "netinfo"]',
    "mesos_dns_set_truncate_bit": "true",
    "mesos_http_executor_domain_sockets": "true",
    "mesos_log_retention_mb": "4000",
    "mesos_master_work_dir": "/var/lib/dcos/mesos/master",
    "mesos_recovery_timeout": "24hrs",
    "mesos_seccomp_enabled": "true",
    "metronome_gpu_scheduling_behavior": "restricted",
    "master_dns_bindall": "true",
    "oauth_available": "true",
    "oauth_enabled": "true",
    "rexray_config": "{}",
    "telemetry_enabled": "true",
}

_CALCULATED: dict[str, str | Calculation] = {
    **dict.fromkeys(_FIXED.split(), ""),
    "custom_auth": "false",
    "custom_check_bins_dir": "genconf/check_bins/",
    "fault_domain_enabled": "false",
    "licensing_enabled": "false",
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

# Calculated where another parameter has a certain value: that parameter, the value, the calculation.
CONDITIONAL: dict[str, tuple[str, str, str | Calculation]] = {
    "num_masters": ("master_discovery", "static", Calculation(("master_list",), _count_masters)),
    "rexray_config": ("rexray_config_preset", "aws", "{}"),
}


def defaults(genconf: Genconf) -> dict[str, str | Calculation]:
    """What applies where nobody sets a value, with the scripts of a genconf directory."""
    return {
        **_DEFAULTS,
        "ip_detect_contents": Calculation(
            ("ip_detect_filename",), lambda values: _ip_detect(values["ip_detect_filename"], genconf)
        ),
        "ip_detect_public_contents": Calculation(
            ("ip_detect_contents", "ip_detect_public_filename"),
            lambda values: _script(values["ip_detect_public_filename"], genconf),
        ),
        "ip6_detect_contents": Calculation(
            ("ip6_detect_filename",), lambda values: _script(values["ip6_detect_filename"], genconf)
        ),
        "_superuser_service_account_public_key_json": Calculation(
            ("superuser_service_account_public_key",), _public_key
        ),
    }


def calculated(genconf: Genconf) -> dict[str, str | Calculation]:
    """What must not be set, with the checks of one's own in a genconf directory."""

    def provided(values: Mapping[str, str]) -> str:
        return "true" if genconf.kind(values["custom_check_bins_dir"]) == "directory" else "false"

    return {
        **_CALCULATED,
        "custom_check_bins_provided": Calculation(("custom_check_bins_dir",), provided),
    }
