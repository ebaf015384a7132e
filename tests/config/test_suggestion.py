"""`suggest` keeps its promise: what it sets has no finding of warning or above."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calico_config import Options, check_config, parse_reserved
from calico_config.document.reading import read_config
from calico_config.document.writing import plan
from calico_config.facts.capacity import blocks_of
from calico_config.facts.facts import Facts
from calico_config.suggestion import Suggestion, occupied_ranges, suggest
from calico_core.addresses import parse_network
from calico_core.errors import InputError
from calico_core.spans import apply
from tests.config.strategies import configs, options


def suggested(text: str, site: Options) -> Suggestion:
    return suggest(Facts(read_config(text), site))


@given(configs(), options)
@settings(max_examples=300)
def test_the_parameters_it_sets_have_no_finding_of_warning_or_above(text: str, site: Options) -> None:
    document = read_config(text)
    if document.problem is not None:
        return
    suggestion = suggested(text, site)
    try:
        changed = apply(text, plan(document, suggestion.parameters))
    except InputError:
        return
    for finding in check_config(changed, site).findings:
        if finding.pointer is not None and finding.pointer.split("/")[1] in suggestion.parameters:
            assert finding.severity.value == "info", finding


@given(configs(), options)
def test_the_network_is_free_and_large_enough(text: str, site: Options) -> None:
    facts = Facts(read_config(text), site)
    suggestion = suggest(facts)
    taken = occupied_ranges(facts)
    for candidate in (*filter(None, [suggestion.best]), *suggestion.alternatives):
        written = parse_network(str(candidate))
        assert written is not None
        assert blocks_of(written.prefix) >= 4 * suggestion.need.blocks
        assert not any(candidate.network.overlaps(entry) for entry in taken)
    if suggestion.best is None and suggestion.least_prefix is not None:
        assert suggestion.occupied


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        (Options(), "10.128.0.0/16"),
        (Options(nodes=500, tasks=20_000), "10.128.0.0/14"),
        (Options(reserved=(parse_reserved("10.0.0.0/8=office"),)), "172.16.0.0/16"),
        (
            Options(reserved=(parse_reserved("10.0.0.0/8=a"), parse_reserved("172.16.0.0/16=b"))),
            "100.96.0.0/16",
        ),
    ],
)
def test_what_it_chooses(site: Options, expected: str) -> None:
    suggestion = suggested("master_list: [10.0.0.10]\n", site)
    assert str(suggestion.best) == expected
    assert suggestion.parameters["calico_network_cidr"] == expected


def test_where_no_wide_network_is_free_a_narrower_one_that_still_has_room_is_taken() -> None:
    site = Options(nodes=2, reserved=(parse_reserved("10.0.0.0/8=a"), parse_reserved("172.16.128.0/17=b")))
    assert str(suggested("{}", site).best) == "172.16.0.0/17"


def test_where_nothing_is_free_it_says_by_what() -> None:
    site = Options(
        reserved=tuple(
            parse_reserved(text) for text in ("10.0.0.0/8=office", "172.16.0.0/12=lab", "100.64.0.0/10=isp")
        )
    )
    suggestion = suggested("{}", site)
    assert not suggestion.found
    assert "calico_network_cidr" not in suggestion.parameters
    owners = [owner for entry in suggestion.occupied for owner in entry.owners]
    assert any("office" in owner for owner in owners)
    assert any("isp" in owner for owner in owners)


def test_an_installed_cluster_keeps_its_pool() -> None:
    from calico_config import InstalledPool

    site = Options(pools=(InstalledPool("default-ipv4-ippool", "172.29.0.0/16", "vxlan"),))
    suggestion = suggested("{}", site)
    assert suggestion.kept == "172.29.0.0/16"
    assert "calico_network_cidr" not in suggestion.parameters


@given(st.sampled_from(["aws", "azure", "gce", "openstack"]), st.booleans())
def test_the_mtu_fits_the_cloud(cloud: str, vxlan: bool) -> None:
    text = f"calico_vxlan_enabled: {str(vxlan).lower()}\n"
    suggestion = suggested(text, Options(cloud=cloud))
    assert suggestion.mtu is not None
    mtu = str(suggestion.mtu.mtu)
    assert suggestion.parameters["calico_veth_mtu"] == mtu
    if cloud == "azure":
        assert suggestion.parameters.get("calico_vxlan_enabled", "true") == "true"
        assert suggestion.parameters["calico_vxlan_mtu"] == mtu


BASE = "bootstrap_url: http://10.20.0.2:8080\nmaster_discovery: static\nmaster_list: [10.20.0.3]\n"


def test_a_sound_network_is_kept() -> None:
    found = suggested(f"{BASE}calico_network_cidr: 10.64.0.0/16\n", Options())
    assert (found.sound, found.replaced) == ("10.64.0.0/16", None)
    assert sorted(found.parameters) == ["calico_veth_mtu", "calico_vxlan_mtu"]
    mtus = "calico_vxlan_mtu: 1400\ncalico_veth_mtu: 1400\n"
    found = suggested(f"{BASE}calico_network_cidr: 10.64.0.0/16\n{mtus}", Options())
    assert found.parameters == {}
    found = suggested(f"{BASE}calico_network_cidr: 10.64.0.0/16\n{mtus}", Options(link_mtu=1400))
    assert found.parameters["calico_vxlan_mtu"] == "1350"


def test_what_speaks_against_a_network_is_said() -> None:
    found = suggested(f"{BASE}calico_network_cidr: 10.20.0.0/16\n", Options())
    assert (found.sound, found.replaced) == (None, "10.20.0.0/16")
    assert any("cidr-overlaps-nodes" in reason for reason in found.wrong)
    assert found.parameters["calico_network_cidr"] != "10.20.0.0/16"


def test_what_stays_wrong_is_said() -> None:
    found = suggested(f"{BASE}calico_vxlan_vni: 1024\n", Options())
    assert any("vni-of-the-overlay" in told for told in found.remaining)


def test_azure_is_known_by_its_resolver() -> None:
    found = suggested(f"{BASE}calico_vxlan_enabled: false\nresolvers: [168.63.129.16]\n", Options())
    assert found.parameters["calico_vxlan_enabled"] == "true"
    assert found.mtu is not None
    assert "Azure" in found.mtu.reason
