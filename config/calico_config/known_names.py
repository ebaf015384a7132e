"""The names of all parameters that the DC/OS 2.2 installer knows, and those that its documents know besides.

The installer ignores every other name without a word.
"""

from __future__ import annotations

from functools import cache

# One line for each first word of the names: what follows it, separated by spaces (a dot: nothing follows).
_SETTABLE = """
_superuser: service_account_public_key_json
adminrouter: auth_enabled grpc_proxy_port tls_1_0_enabled tls_1_1_enabled tls_1_2_enabled
    tls_cipher_suite x_frame_options
auth: cookie_secure_flag
aws: access_key_id region secret_access_key
bootstrap: id tmp_dir url variant
calico: enabled ipinip_mtu network_cidr veth_mtu vxlan_enabled vxlan_mtu vxlan_port vxlan_vni
check: config time
cluster: docker_credentials docker_credentials_dcos_owned docker_credentials_enabled
    docker_credentials_write_to_etc docker_registry_url name
custom: auth_json checks
dcos: cni_data_dir l4lb_enable_ipset l4lb_enable_ipv6 l4lb_max_named_ip l4lb_max_named_ip6
    l4lb_min_named_ip l4lb_min_named_ip6 net_cluster_identity net_push_ops_timeout net_rest_enable
    net_watchdog overlay_config_attempts overlay_enable overlay_mtu overlay_network
    overlay_network6_default_name overlay_network_default_name overlay_network_json
    remove_dockercfg_enable ucr_default_bridge_network_name ucr_default_bridge_subnet
diagnostics: bundles_dir
dns: bind_ip_blacklist bind_ip_reserved forward_zones search
docker: remove_delay stop_timeout
enable: docker_gc gpu_isolation ipv6 lb mesos_input_plugin mesos_ipv6_discovery
exhibitor: address admin_password azure_account_key azure_account_name azure_prefix bootstrap_ca_url
    explicit_keys fs_config_dir storage_backend tls_enabled tls_required zk_hosts zk_path
fault: domain_detect_contents domain_detect_filename
gc: delay
gpus: are_scarce
http: proxy
https: proxy
intercom: enabled
ip6: detect_contents detect_filename
ip: detect_contents detect_filename detect_public_contents detect_public_filename
license: key_contents
log: offers
marathon: gpu_scheduling_behavior java_args new_group_enforce_role
master: discovery dns_bindall external_loadbalancer list
mesos: agent_work_dir cgroups_enable_cfs cni_root_dir_persist container_log_sink
    default_container_shm_size disallow_sharing_agent_ipc_namespace dns_ip_sources
    dns_set_truncate_bit docker_volume_chown http_executor_domain_sockets log_retention_mb
    logrotate_file_size_mb master_work_dir max_completed_frameworks
    max_completed_tasks_per_framework recovery_timeout seccomp_enabled seccomp_profile_name
metronome: gpu_scheduling_behavior
no: proxy
num: masters
oauth: auth_host auth_redirector available client_id enabled issuer_url
platform: .
resolvers: .
rexray: config config_preset
s3: bucket prefix
superuser: service_account_public_key service_account_uid
telemetry: enabled
ui: banner banner_background_color banner_dismissible banner_footer_content banner_foreground_color
    banner_header_content banner_header_title banner_image_path tracking update_enabled
use: proxy
weights: .
zk: client_port
"""

_CALCULATED = """
adminrouter: tls_cipher_override tls_version_override
check: config_contents ld_library_path search_path
cluster: docker_credentials_path docker_registry_enabled package_list_id packages
config: package_names yaml yaml_full
curly: pound
custom: auth check_bins_dir check_bins_hash check_bins_package_id check_bins_package_name
    check_bins_provided
dcos: gen_resolvconf_search_str image_commit l4lb_forward_metrics l4lb_max_named_ip6_erltuple
    l4lb_max_named_ip_erltuple l4lb_min_named_ip6_erltuple l4lb_min_named_ip_erltuple variant
    version
dns: bind_ip_blacklist_json
exhibitor: admin_password_enabled port static_ensemble
expanded: config config_full
fair: sharing_excluded_resource_names
fault: domain_enabled
has: marathon_gpu_scheduling_behavior marathon_new_group_enforce_role master_external_loadbalancer
    mesos_default_container_shm_size mesos_seccomp_profile_name metronome_gpu_scheduling_behavior
licensing: enabled
marathon: port
master: quorum
mesos: agent_log_file agent_port dns_port dns_resolvers_str hooks isolation log_directory_max_files
    log_retention_count master_log_file master_port
metronome: port
no: proxy_final
package: ids
profile: symlink_source symlink_target symlink_target_dir
provider: .
resolvers: str
rexray: config_contents
template: filenames
ui: branding external_links networking organization telemetry_metadata
use: mesos_hooks
user: arguments arguments_full
"""

# In the documentation (most of them of the enterprise installer), or in files of earlier releases.
_OTHER = """
adminrouter: auth_cache_enabled
agent: list
aws: template_storage_access_key_id template_storage_bucket template_storage_bucket_path
    template_storage_region_name template_storage_secret_access_key template_upload
bouncer: expiration_auth_token_days
ca: certificate_chain_path certificate_key_path certificate_path truststore_path
cosmos: config
customer: key
dcos: audit_logging
external: certificate_key_path certificate_path certificate_servernames
    certificate_validation_disable
feature: dcos_storage_enabled
iam: ldap_sync_interval
ip: detect_path
log: directory
network: cni_root_dir_persist
permissions: cache_ttl_seconds
process: timeout
public: agent_list
roles: .
security: .
ssh: key_path parallelism port user
superuser: password_hash username
zk: agent_credentials master_credentials super_credentials
"""


def _names(text: str) -> frozenset[str]:
    found: list[str] = []
    first = ""
    for word in text.split():
        if word.endswith(":"):
            first = word[:-1]
        else:
            found.append(first if word == "." else f"{first}_{word}")
    return frozenset(found)


@cache
def settable_names() -> frozenset[str]:
    """The parameters that the installer reads from a config.yaml."""
    return _names(_SETTABLE)


@cache
def calculated_names() -> frozenset[str]:
    """The parameters that it calculates, and refuses where a config.yaml sets one that it needs."""
    return _names(_CALCULATED)


@cache
def other_names() -> frozenset[str]:
    """Names that are documented or were once read, and that the open source installer ignores."""
    return _names(_OTHER)


def is_known(name: str) -> bool:
    """Whether a name means something to some DC/OS installer."""
    return name in settable_names() or name in calculated_names() or name in other_names()
