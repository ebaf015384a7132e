"""`check_config`: it never raises, it finds what the installer refuses, it leaves sound files alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calico_config import ConfigCheck, Options, check_config
from calico_config.rule_table import RULES
from calico_core.findings import Severity
from calico_core.rules import load_rules
from tests.config.strategies import configs, options
from tests.support.timing import cpu_time

if TYPE_CHECKING:
    from pathlib import Path


def severities(check: ConfigCheck) -> set[str]:
    return {finding.severity.value for finding in check.findings}


@given(configs(), options)
@settings(max_examples=250)
def test_no_file_makes_it_raise(text: str, site: Options) -> None:
    check = check_config(text, site)
    lines = text.count("\n") + 1
    for finding in check.findings:
        assert finding.message
        assert finding.source
        assert "\n" not in finding.message
        assert finding.line is None or 1 <= finding.line <= lines
    if check.installer.status != "ok" or check.installer.render == "crash":
        assert check.error is not None or "error" in severities(check)


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_no_text_and_no_bytes_make_it_raise(data: str | bytes) -> None:
    check = check_config(data)
    assert check.report.extra is not None
    assert set(check.report.extra["installer"]) == {"status", "errors", "unset", "render", "assumes"}


@given(configs())
def test_the_answer_is_always_the_same(text: str) -> None:
    assert check_config(text).report == check_config(text).report


def test_what_the_installer_refuses_is_an_error_and_what_it_accepts_can_pass(shared: Path) -> None:
    recorded = shared / "corpus" / "config" / "installer-verdicts.jsonl"
    for line in recorded.read_text().splitlines():
        row = json.loads(line)
        check = check_config(row["config_yaml"])
        refused = row["status"] != "ok" or row.get("render") == "crash"
        if check.error is None and refused:
            rules = {entry.rule for entry in check.findings if entry.severity is Severity.ERROR}
            assert rules & {"installer-refuses", "unresolved-placeholder"}, row["name"]
        elif check.error is not None:
            assert row["status"] in ("yaml_error", "not_a_mapping", "crash"), row["name"]
        else:
            assert "installer-refuses" not in {entry.rule for entry in check.findings}, row["name"]


# Accepted by the installer, and nothing in them speaks against an installation.
HARMLESS = [
    "base/minimal", "base/all-calico-defaults-explicit", "cidr/172.29.0.0/26", "cidr-clash/172.17.0.0/16",
    "cidr-clash/8.255.0.0/16", "veth-mtu/1_450", "veth-mtu/0x5AA", "vxlan-mtu/552", "overlay-mtu/0x5AA",
    "vxlan-port/62501", "vxlan-port/62091", "vxlan-port/8080",
    "vni/1", "vni/1023", "vni/4096", "vni/0xFFFFFF",
    "calico_enabled/Yes", "calico_enabled/False", "calico_vxlan_enabled/no", "dcos_overlay_enable/no",
    "enable_ipv6/false+l4lb_false", "overlay/json-block-literal", "overlay/yaml-mapping", "overlap/none",
    "combo/ipip1500", "combo/port4789+vni1024", "combo/calico=vtep+overlay-off", "combo/overlay-mtu>calico",
    "dup/bad-then-good", "yaml/anchor", "yaml/doc-end", "yaml/indented-whole-file", "nodes/agent-garbage",
    "ee/superuser", "cidr-clash/b:192.168.128.0/17", "cidr-clash/b:100.64.0.0/16", "typo/calico_mtu",
    "unused/calico_off+bad_calico_network_cidr", "unused/vxlan_off+bad_calico_vxlan_vni", "resolvers/port",
]  # fmt: skip


def test_what_is_harmless_does_not_fail(shared: Path) -> None:
    recorded = shared / "corpus" / "config" / "installer-verdicts.jsonl"
    rows = {row["name"]: row for row in map(json.loads, recorded.read_text().splitlines())}
    for name in HARMLESS:
        assert "error" not in severities(check_config(rows[name]["config_yaml"])), name


def test_untouched_defaults_are_at_most_an_info() -> None:
    check = check_config(
        "bootstrap_url: http://10.7.0.2\ncluster_name: x\nexhibitor_storage_backend: static\n"
        "master_discovery: static\nmaster_list: [10.7.0.11]\n",
        Options(nodes=2000, tasks=100_000, link_mtu=1400),
    )
    assert severities(check) == {"info"}


def test_every_real_example_gets_a_report(shared: Path) -> None:
    examples = sorted((shared / "corpus" / "config" / "examples").glob("*.yaml"))
    assert len(examples) >= 60
    for path in examples:
        check = check_config(path.read_bytes(), path=path.name)
        assert check.error is not None or check.findings, path.name


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"a: [", "yaml_error"),
        (b"a:\tb", "yaml_error"),
        (b"a: 1\n---\nb: 2\n", "yaml_error"),
        (b"- a\n- b\n", "not_a_mapping"),
        (b"just text", "not_a_mapping"),
        (b"", "not_a_mapping"),
        (b"# only a comment\n", "not_a_mapping"),
        (b"a: &a [x,x]\nb: &b [*a,*a]\n" + b"".join(
            b"%c: &%c [%s]\n" % (c, c, b",".join([b"*%c" % (c - 1)] * 9)) for c in range(ord("c"), ord("k"))
        ), "crash"),
    ],
)  # fmt: skip
def test_files_without_settings_have_a_verdict(data: bytes, status: str) -> None:
    check = check_config(data)
    assert check.error is not None
    assert check.installer.status == status


def test_bytes_that_are_not_ascii_are_a_finding_with_a_place() -> None:
    check = check_config(b"cluster_name: K\xf6ln\n")
    (finding,) = [finding for finding in check.findings if "not ASCII" in finding.message]
    assert (finding.severity.value, finding.line, finding.column) == ("error", 1, 16)
    assert check.installer.status == "crash"


def test_a_rule_that_speaks_too_often_is_summed_up() -> None:
    overlays = [{"name": f"o{number}", "subnet": "9.0.0.0", "prefix": 24} for number in range(500)]
    check = check_config(
        "dcos_overlay_network: " + json.dumps({"overlays": overlays, "vtep_subnet": "44.128.0.0/20"}) + "\n"
    )
    notation = [finding for finding in check.findings if finding.rule == "overlay-subnet"]
    assert len(notation) == 51
    assert any("450 more findings" in finding.message for finding in notation)


def test_places_inside_json_texts_and_block_scalars() -> None:
    text = (
        "dcos_overlay_network: |\n"
        "  {\n"
        '    "vtep_subnet": "44.128.0.0/20",\n'
        '    "vtep_subnet6": "fd01:a::/64",\n'
        '    "vtep_mac_oui": "zz",\n'
        '    "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", "prefix": 33}]\n'
        "  }\n"
    )
    places = {finding.rule: (finding.line, finding.column) for finding in check_config(text).findings}
    assert places["vtep-mac"] == (5, 21)
    assert places["overlay-prefix"] == (6, 68)


def test_every_rule_has_a_page() -> None:
    loaded = load_rules(["calico_config.rules"])
    names = [name for group in RULES.values() for name in group]
    assert sorted(name.replace("_", "-") for name in names) == sorted(loaded)
    for rule in loaded.values():
        assert rule.title
        assert "Example:\n    " in rule.documentation
        assert rule.source


def test_the_library_is_reached_from_the_package() -> None:
    import calico_config

    exported: list[Any] = [getattr(calico_config, name) for name in calico_config.__all__]
    assert len(exported) == len(set(map(id, exported)))
    with pytest.raises(AttributeError):
        _ = calico_config.nothing_of_this_name


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"reslover{number}: x" for number in range(5_000)),
        "\n".join(f"k{number}: <x>" for number in range(5_000)),
        "\n".join(f"k{number}:" for number in range(5_000)),
        "calico_mtu: 1\n" * 5_000,
        "dcos_overlay_network: '"
        + json.dumps({"overlays": [{"name": "a", "subnet": "9.0.0.0", "x": 1}] * 2_000})
        + "'\n",
    ],
    ids=["misspelt", "placeholders", "nulls", "doubled", "overlays"],
)
def test_long_files_are_no_trap(text: str) -> None:
    with cpu_time() as spent:
        check_config(text)
    assert spent.seconds < 20
