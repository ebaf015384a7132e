"""What the installer would say, rule by rule; the facts are `dcos/dcos gen/calc.py` and its tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_config.document.reading import read_config
from calico_config.installer import Genconf, InstallerVerdict, checks, verdict
from calico_config.installer.genconf import RECORDED
from calico_config.installer.python36 import CrashedError
from calico_config.installer.resolver import Resolver, resolve
from calico_config.installer.table import table
from calico_config.known_names import calculated_names, settable_names
from calico_config.parameters import NEWEST

if TYPE_CHECKING:
    from calico_config.installer.resolver import Resolution

BASE: dict[str, Any] = {
    "bootstrap_url": "http://192.0.2.1:8080",
    "cluster_name": "test",
    "exhibitor_storage_backend": "static",
    "master_discovery": "static",
    "master_list": ["192.0.2.10"],
}
OVERLAY: dict[str, Any] = {
    "vtep_subnet": "44.128.0.0/20",
    "vtep_subnet6": "fd01:a::/64",
    "vtep_mac_oui": "70:B3:D5:00:00:00",
    "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", "prefix": 24}],
}
REFUSED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "refused_values.json").read_text(encoding="utf-8")
)
NOTHING: dict[str, Any] = dict.fromkeys(BASE, ...)
TRUE_FALSE = "Must be one of 'true', 'false'. Got '{}'."


def judged(_version: str = "2.2.1", _genconf: Genconf | None = None, **changes: Any) -> InstallerVerdict:
    settings = {**BASE, **changes}
    return verdict(
        read_config(json.dumps({name: value for name, value in settings.items() if value is not ...})),
        dcos_version=_version,
        genconf=_genconf,
    )


def errors_of(**changes: Any) -> dict[str, str]:
    found = judged(**changes)
    assert found.status == "errors"
    assert found.render is None
    return found.errors


def assert_ok(**changes: Any) -> None:
    assert judged(**changes)[:4] == ("ok", {}, [], "ok")


@pytest.mark.parametrize(
    "value",
    [
        "10.0.0.0/8",
        "0.0.0.0/0",
        "172.29.0.0",
        "172.29.0.0/016",
        "172.29.0.0/255.255.0.0",
        "172.29.0.0/0.0.255.255",
        "172.29.00.0/16",
        "07.0.0.0/8",
        "1.2.3.4/32",
        "0.0.0.0/0.0.0.0",
    ],
)
def test_networks_that_the_installer_takes(value: str) -> None:
    assert_ok(calico_network_cidr=value, dcos_overlay_enable=False)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "172.29.0.1/16",
        "172.29.0.0/33",
        "172.29.0.0/+16",
        "172.29.0.0/",
        "/16",
        "172.029.0.0/16",
        "010.0.0.0/8",
        " 172.29.0.0/16",
        "172.29.0.0/16\n",
        "172.29.0.0/16/16",
        "fd00::/64",
        "::ffff:10.0.0.0/104",
        "garbage",
        "1.2.3",
        "1.2.3.4.5/8",
        "256.0.0.0/8",
        "172.29.0.0/255.0.255.0",
        "172.29.0.0/1_6",
        "١٧٢.29.0.0/16",
    ],
)
def test_networks_that_the_installer_refuses(value: str) -> None:
    message = f"Incorrect value for `calico_network_cidr`: `{value}`. Only IPv4 subnets are allowed"
    assert errors_of(calico_network_cidr=value) == {"calico_network_cidr": message}


@pytest.mark.parametrize("value", ["+1450", " 1450", "1450 ", "1_450", "02652", "９０００", 552, "9" * 5000])
def test_integers_that_the_installer_takes(value: object) -> None:
    assert_ok(calico_veth_mtu=value)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("calico_veth_mtu", 551, "Must be above or equal to 552"),
        ("calico_veth_mtu", "1e3", "Must be an integer but got a str: 1e3"),
        ("calico_veth_mtu", "0x5AA", "Must be an integer but got a str: 0x5AA"),
        ("calico_veth_mtu", "", "Must be an integer but got a str: "),
        ("calico_veth_mtu", True, "Must be an integer but got a str: true"),
        ("calico_veth_mtu", "-" + "9" * 5000, "Must be above or equal to 552"),
        ("calico_vxlan_port", 1024, "Must be between 1025 and 65535 inclusive"),
        ("calico_vxlan_port", 65536, "Must be between 1025 and 65535 inclusive"),
        ("calico_vxlan_vni", 0, "Must be between 1 and 16777215 inclusive"),
        ("calico_vxlan_vni", 16777216, "Must be between 1 and 16777215 inclusive"),
        ("calico_vxlan_mtu", 551, "Must be above or equal to 552"),
        ("dcos_overlay_mtu", 551, "Must be above or equal to 552"),
        ("dcos_overlay_config_attempts", 11, "Must be between 0 and 10 inclusive"),
        ("dcos_net_push_ops_timeout", 49, "Must be between 50 and 120000 inclusive"),
    ],
)
def test_integers_that_the_installer_refuses(name: str, value: object, message: str) -> None:
    assert errors_of(**{name: value}) == {name: message}


@pytest.mark.parametrize("value", [1024, "1024", " 1024", "01024", "1_024"])
def test_vni_1024_is_accepted_by_mistake(value: object) -> None:
    assert_ok(calico_vxlan_vni=value)


@pytest.mark.parametrize(
    "name",
    [
        "calico_enabled",
        "calico_vxlan_enabled",
        "dcos_overlay_enable",
        "enable_lb",
        "dcos_net_watchdog",
        "telemetry_enabled",
        "oauth_enabled",
        "mesos_cni_root_dir_persist",
        "exhibitor_tls_enabled",
        "log_offers",
        "use_proxy",
        "enable_docker_gc",
    ],
)
def test_a_truth_value_is_exactly_true_or_false(name: str) -> None:
    for good in (False, "false"):
        assert_ok(**{name: good})
    for value in ("True", "yes", "y", 1, "", "true "):
        assert errors_of(**{name: value}) == {name: TRUE_FALSE.format(value)}


def test_the_switches_decide_what_is_looked_at() -> None:
    bad = {"calico_ipinip_mtu": 1, "calico_vxlan_mtu": 1, "calico_vxlan_port": 1, "calico_vxlan_vni": 0}
    assert set(errors_of(**bad)) == {"calico_vxlan_mtu", "calico_vxlan_port", "calico_vxlan_vni"}
    assert set(errors_of(**bad, calico_vxlan_enabled=False)) == {"calico_ipinip_mtu"}
    assert_ok(**bad, calico_enabled=False, calico_network_cidr="garbage")
    everything = errors_of(**bad, calico_vxlan_enabled="maybe", calico_network_cidr="x", calico_veth_mtu=1)
    assert set(everything) == {"calico_vxlan_enabled", "calico_network_cidr", "calico_veth_mtu"}


def test_the_overlap_is_printed_four_times() -> None:
    message = "overlay subnet 9.0.0.0/8 overlaps calico network 9.1.0.0/16"
    names = ("calico_enabled", "calico_network_cidr", "dcos_overlay_enable", "dcos_overlay_network")
    assert errors_of(calico_network_cidr="9.1.0.0/16") == dict.fromkeys(names, message)
    assert_ok(calico_network_cidr="9.1.0.0/16", dcos_overlay_enable=False)
    assert_ok(calico_network_cidr="9.1.0.0/16", calico_enabled=False)
    assert_ok(calico_network_cidr="9.1.0.0/16", dcos_overlay_network_json=json.dumps(OVERLAY))
    assert_ok(calico_network_cidr="44.128.0.0/20")
    assert_ok(calico_network_cidr="172.17.0.0/16")
    assert set(errors_of(calico_network_cidr="9.1.0.0/16", calico_enabled="maybe")) == {"calico_enabled"}
    disabled = {
        **OVERLAY,
        "overlays": [*OVERLAY["overlays"], {"name": "x", "subnet": "10.1.0.0/16", "enabled": False}],
    }
    assert "calico_network_cidr" in errors_of(
        calico_network_cidr="10.1.0.0/24", dcos_overlay_network=disabled
    )


def test_the_parameters_of_a_release() -> None:
    assert judged("2.1.1", calico_enabled="maybe").status == "ok"
    assert judged("2.1.1", calico_enabled=False, calico_network_cidr="x").status == "errors"
    assert set(judged("2.1.0", calico_network_cidr="9.1.0.0/16").errors) == {
        "calico_network_cidr",
        "dcos_overlay_enable",
        "dcos_overlay_network",
    }
    assert judged("2.1.2", calico_enabled="maybe").status == "errors"
    assert judged("2.1.4", resolvers=["198.51.100.1"]).status == "ok"
    message = "Spartan addresses found in `resolvers`: 198.51.100.2, 198.51.100.3"
    refused = judged("2.2.0", resolvers=["198.51.100.2", "192.0.2.1:53", "198.51.100.3:53"])
    assert refused.errors == {"resolvers": message}
    with pytest.raises(ValueError):
        judged("1.13")


@pytest.mark.parametrize(
    "change",
    [
        {"overlays": None},
        {"overlays": [None]},
        {"overlays": [{"name": 5, "subnet": "9.0.0.0/8"}]},
        {"overlays": ["name"]},
        {"overlays": {"name": 1}, "x": 1},
        {"vtep_mtu": None},
        {"vtep_mtu": [1500]},
        {"vtep_mtu": 1e400},
    ],
)
def test_an_odd_overlay_is_a_traceback(change: dict[str, Any]) -> None:
    found = judged(dcos_overlay_network=json.dumps({**OVERLAY, **change}))
    assert (found.status, found.name) == ("crash", "dcos_overlay_network")


@pytest.mark.parametrize("value", [True, 5, "true", '"overlays"', '["overlays"]'])
def test_an_overlay_that_is_no_mapping_is_a_traceback(value: object) -> None:
    assert judged(dcos_overlay_network=value).status == "crash"


def test_numbers_pass_for_networks_and_truth_values() -> None:
    overlays = [{"name": "dcos", "subnet": 9, "enabled": 1}]
    assert_ok(dcos_overlay_network={**OVERLAY, "vtep_subnet": 44, "overlays": overlays})
    found = errors_of(
        dcos_overlay_network={**OVERLAY, "overlays": overlays}, calico_network_cidr="0.0.0.0/24"
    )
    assert found["calico_network_cidr"] == "overlay subnet 0.0.0.9/32 overlaps calico network 0.0.0.0/24"


def test_the_default_overlay_must_exist() -> None:
    message = "Default overlay network name does not reference a defined overlay network: foo"
    names = ("dcos_overlay_network", "dcos_overlay_network_default_name")
    found = errors_of(dcos_overlay_network=OVERLAY, dcos_overlay_network_default_name="foo")
    assert found == dict.fromkeys(names, message)
    assert_ok(dcos_overlay_network6_default_name="anything")


def test_ipv6_of_the_load_balancer_follows_the_other_switch() -> None:
    message = "When enable_ipv6 is false, dcos_l4lb_enable_ipv6 must be false as well"
    names = ("dcos_l4lb_enable_ipv6", "enable_ipv6")
    assert errors_of(enable_ipv6=False) == dict.fromkeys(names, message)
    assert_ok(enable_ipv6=False, dcos_l4lb_enable_ipv6=False)
    assert errors_of(dcos_l4lb_enable_ipv6="no") == dict.fromkeys(names, TRUE_FALSE.format("no"))


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: "-".join(case["errors"]))
def test_what_is_refused_with_which_words(case: dict[str, Any]) -> None:
    assert errors_of(**case["settings"]) == case["errors"]


@pytest.mark.parametrize("case", [case for case in REFUSED if "dcos_overlay_network" in case["settings"]])
def test_an_overlay_may_be_a_json_text(case: dict[str, Any]) -> None:
    text = json.dumps(case["settings"]["dcos_overlay_network"], indent=2)
    assert errors_of(**{**case["settings"], "dcos_overlay_network": text}) == case["errors"]


# No template asks for these, or only behind a switch.
UNREACHED = {
    "cluster_docker_credentials_path", "cluster_package_list_id", "config_package_names", "mesos_hooks",
    "no_proxy_final", "template_filenames", "ui_networking", "ui_organization", "user_arguments",
    "user_arguments_full",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(calculated_names() - UNREACHED))
def test_a_calculated_parameter_must_not_be_set(name: str) -> None:
    assert errors_of(**{name: "x"})[name] == (
        f"{name} must be calculated, but was explicitly set in the configuration. "
        "Remove it from the configuration."
    )


@pytest.mark.parametrize("name", sorted(UNREACHED - {"mesos_hooks"}))
def test_what_no_template_asks_for_is_ignored(name: str) -> None:
    assert_ok(**{name: "x"})


def test_what_nobody_set_is_named() -> None:
    found = judged(**NOTHING)
    assert found[:3] == (
        "errors",
        {},
        ["bootstrap_url", "cluster_name", "exhibitor_storage_backend", "master_discovery"],
    )
    assert judged(master_list=...).unset == ["master_list"]
    assert judged(exhibitor_storage_backend="zookeeper").unset == ["exhibitor_zk_hosts", "exhibitor_zk_path"]
    assert judged(exhibitor_storage_backend="static", master_discovery="master_http_loadbalancer").unset == [
        "exhibitor_address",
        "num_masters",
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"unknown": 2.1}, "Invalid type for value of unknown in config. Got <class 'float'>"),
        ({"calico_enabled": None}, "<class 'NoneType'>"),
        (
            {"num_masters": "x", "master_discovery": "master_http_loadbalancer", "exhibitor_address": "x"},
            "ValueError",
        ),
        ({"ip_detect_public_filename": "genconf/nope"}, "FileNotFoundError"),
        ({"ip6_detect_filename": "genconf"}, "IsADirectoryError"),
        ({"master_list": ["\x00"]}, "ValueError: embedded null"),
        ({"mesos_log_retention_mb": "x"}, "ValueError"),
    ],
)
def test_what_ends_in_a_traceback(changes: dict[str, Any], reason: str) -> None:
    found = judged(**changes)
    assert found[:4] == ("crash", {}, [], None)
    assert reason in found.reason
    assert found.name is not None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", "not_a_mapping"),
        ("# x\n", "not_a_mapping"),
        ("- a\n", "not_a_mapping"),
        ("a:\t1\n", "yaml_error"),
        ("a: b: c\n", "yaml_error"),
        ("a: 1\n---\nb: 1\n", "yaml_error"),
        ("5: 1\n", "crash"),
        ("# ü\n", "crash"),
        ("a: b: c # ü\n", "crash"),
        ("a: b: c\n" + "#" * 9000 + "\n# ü\n", "yaml_error"),
        ("{}\n", "errors"),
    ],
)
def test_what_happens_before_validation(text: str, status: str) -> None:
    found = verdict(read_config(text.encode()))
    assert found.status == status
    assert found.render is None


@pytest.mark.parametrize(
    ("changes", "render"),
    [
        ({"calico_veth_mtu": "1450\n"}, "crash"),
        ({"calico_vxlan_mtu": "1450\n"}, "ok"),
        ({"dcos_overlay_mtu": "1420\n"}, "crash"),
        ({"cluster_name": "two\nlines"}, "crash"),
        ({"cluster_name": "a\x07"}, "crash"),
        ({"resolvers": '[\n"192.0.2.1"\n]'}, "crash"),
        ({"resolvers": '[\n        "192.0.2.1"]'}, "ok"),
        ({"dcos_overlay_network": json.dumps(OVERLAY, indent=1)}, "ok"),
        ({"ip_detect_contents": "#!/bin/sh\necho 192.0.2.1\n"}, "crash"),
        ({"ip_detect_contents": "'#!/bin/sh'"}, "ok"),
        ({"ip_detect_contents": "[1, 2]"}, "crash"),
        ({"exhibitor_tls_required": True}, "crash"),
        ({"calico_network_cidr": "172.29.0.0/16", "calico_veth_mtu": "+1450"}, "ok"),
    ],
)
def test_what_rendering_makes_of_accepted_values(changes: dict[str, Any], render: str) -> None:
    found = judged(**changes)
    assert (found.status, found.render) == ("ok", render)
    assert (found.name is not None) == (render == "crash")


def test_the_assumptions_are_named() -> None:
    assert judged("2.1").assumes[0] == "the open source installer of DC/OS 2.1"
    assert any("genconf/ip-detect" in text for text in judged().assumes)
    assert judged(_genconf=Genconf({})).errors == {
        "ip_detect_contents": "ip-detect script `genconf/ip-detect` must exist"
    }
    assert judged().as_json().keys() == {"status", "errors", "unset", "render", "assumes"}


VALUES = st.sampled_from(
    [
        "true",
        "false",
        "maybe",
        "9.1.0.0/16",
        "172.29.0.0/16",
        "1450",
        "0",
        "x",
        "",
        "static",
        "zookeeper",
        "master_http_loadbalancer",
        '["192.0.2.1"]',
        "[]",
        "{}",
        '{"a": 1}',
        json.dumps(OVERLAY),
        "genconf/ip-detect",
        "http://b",
        "/x",
        "aws",
        "3",
        "-----BEGIN PUBLIC KEY-----",
        "ü",
        "\ud800",
    ]
) | st.text(max_size=6)
SETTINGS = st.dictionaries(st.sampled_from(sorted(settable_names() | calculated_names())), VALUES, max_size=6)
COMPLETE = {name: value if isinstance(value, str) else json.dumps(value) for name, value in BASE.items()}


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(table(NEWEST, RECORDED))


@given(SETTINGS, st.booleans())
def test_the_short_cut_resolves_like_the_long_way(
    resolver: Resolver, settings: dict[str, str], complete: bool
) -> None:
    everything = {**COMPLETE, **settings} if complete else settings

    def outcome(resolution: Resolution) -> object:
        return resolution.errors, resolution.unset

    try:
        expected: object = outcome(resolve(resolver.table, everything))
    except CrashedError:
        with pytest.raises(CrashedError):
            resolver.resolve(everything)
        return
    assert outcome(resolver.resolve(everything)) == expected


@given(SETTINGS, st.sampled_from(["2.1.0", "2.1.2", "2.2"]))
def test_nothing_makes_the_verdict_raise(settings: dict[str, str], version: str) -> None:
    given_ones: dict[str, Any] = {name: value for name, value in settings.items() if value.isascii()}
    found = judged(version, **given_ones)
    assert found.status in {"ok", "errors", "crash"}
    assert (found.render is not None) == (found.status == "ok")
    assert bool(found.errors or found.unset) == (found.status == "errors")


@given(st.text() | st.binary())
def test_no_input_makes_the_verdict_raise(data: str | bytes) -> None:
    found = verdict(read_config(data))
    assert found.status in {"ok", "errors", "crash", "yaml_error", "not_a_mapping"}


@pytest.mark.parametrize(
    ("text", "comma", "kind", "expected"),
    [
        ("[1, ]", 2, "array", "Expecting value: line 1 column 5 (char 4)"),
        (
            '{"a": 1, }',
            7,
            "object",
            "Expecting property name enclosed in double quotes: line 1 column 10 (char 9)",
        ),
    ],
)
def test_newer_words_for_a_trailing_comma_become_the_installers(
    monkeypatch: pytest.MonkeyPatch, text: str, comma: int, kind: str, expected: str
) -> None:
    def loads(_text: str) -> object:
        raise json.JSONDecodeError(f"Illegal trailing comma before end of {kind}", text, comma)

    with pytest.raises(ValueError, match="Expecting") as old:
        checks.parse_json(text)
    assert str(old.value) == expected
    monkeypatch.setattr(checks, "loads", loads)
    with pytest.raises(ValueError, match="Expecting") as new:
        checks.parse_json(text)
    assert str(new.value) == expected


def test_the_first_message_is_that_of_the_installers_order() -> None:
    broken = {**OVERLAY, "vtep_mtu": 100, "vtep_subnet": "44.128.0.1/20"}
    message = "Incorrect value for `vtep_subnet`: `44.128.0.1/20`. Only IPv4 subnets are allowed"
    assert errors_of(dcos_overlay_network=broken) == {"dcos_overlay_network": message}
    assert errors_of(resolvers=["192.0.2.1:x", "198.51.100.3:y", "198.51.100.1"]) == {
        "resolvers": "Spartan addresses found in `resolvers`: 198.51.100.1, 198.51.100.3"
    }


@pytest.mark.parametrize(
    "name",
    ["mesos_cgroups_enable_cfs", "mesos_disallow_sharing_agent_ipc_namespace", "mesos_docker_volume_chown"],
)
def test_a_switch_of_mesos_is_true_or_false(name: str) -> None:
    assert errors_of(**_set(name, "yes")) == {name: TRUE_FALSE.format("yes")}
    assert judged(**_set(name, False)).status == "ok"


@pytest.mark.parametrize(
    "name",
    [
        "adminrouter_grpc_proxy_port",
        "mesos_logrotate_file_size_mb",
        "mesos_max_completed_frameworks",
        "mesos_max_completed_tasks_per_framework",
    ],
)
@pytest.mark.parametrize("text", ["", "many", "1.5"])
def test_a_number_that_is_none_is_refused_with_the_reason_of_python(name: str, text: str) -> None:
    message = (
        f"Error parsing '{name}' parameter as an integer: invalid literal for int() with base 10: '{text}'"
    )
    assert errors_of(**_set(name, text)) == {name: message}
    assert judged(**_set(name, 20)).status == "ok"


def test_a_port_out_of_range_for_which_there_is_no_message_is_a_traceback() -> None:
    assert [judged(adminrouter_grpc_proxy_port=port).status for port in (0, 1, 65535, 65536)] == [
        "crash",
        "ok",
        "ok",
        "crash",
    ]


def test_only_what_the_installer_checks_is_refused() -> None:
    assert errors_of(marathon_new_group_enforce_role="x") == {
        "marathon_new_group_enforce_role": "marathon_new_group_enforce_role must be 'top', 'off', or ''"
    }
    unchecked = ("marathon_gpu_scheduling_behavior", "mesos_container_log_sink", "bootstrap_tmp_dir")
    assert [judged(**_set(name, "/x")).status for name in unchecked] == ["ok", "ok", "ok"]


def _set(name: str, value: Any) -> dict[str, Any]:
    return {name: value}
