"""The table of who has which addresses: every rule, list and picture says what stands there."""

from __future__ import annotations

import pytest

from calico_config import Options, check_config, parse_reserved
from calico_config.facts.facts import Facts, facts_of, untouched
from calico_config.occupants import OCCUPANTS, Occupant, known_ranges, present_ranges, severity_in_pool
from calico_config.options import InstalledPool
from calico_config.showing.picture import TITLES, everything
from calico_config.suggestion import occupied_ranges
from calico_core.addresses import address_text
from calico_core.findings import Severity
from calico_migrate.rule_index import all_rules

# The rule that speaks where Calico's pool has addresses of an occupant.
RULES = {
    "overlay": "cidr-overlaps-overlay",
    "vtep": "cidr-overlaps-vtep-subnet",
    "vips": "cidr-overlaps-vips",
    "bridge": "cidr-overlaps-bridge",
    "docker0": "cidr-overlaps-docker0",
    "docker-pool": "cidr-overlaps-docker-pools",
    "dns": "cidr-overlaps-dns",
    "link-local": "cidr-link-local",
    "special": "cidr-special",
    "master": "cidr-overlaps-nodes",
    "agent": "cidr-overlaps-nodes",
    "resolver": "cidr-overlaps-dns",
    "service": "cidr-overlaps-service",
    "reserved": "cidr-overlaps-reserved",
    "pool": "cidr-overlaps-pool",
}
SITE = Options(
    agents=("10.9.0.1",),
    reserved=(parse_reserved("10.3.0.0/16=office"),),
    pools=(InstalledPool("web", "10.4.0.0/16", "vxlan"),),
)
FILE = """\
bootstrap_url: http://10.7.0.2:8080
cluster_name: orchard
exhibitor_storage_backend: static
master_discovery: static
master_list: [10.7.0.11]
resolvers: [10.7.0.53]
agent_list: [10.8.0.1]
"""


def test_each_kind_has_one_row_one_rule_and_one_title() -> None:
    kinds = [occupant.kind for occupant in OCCUPANTS]
    assert sorted(kinds) == sorted(RULES)
    assert {*kinds, "calico"} == set(TITLES)


@pytest.mark.parametrize("occupant", OCCUPANTS, ids=lambda occupant: occupant.kind)
def test_the_rule_is_as_severe_as_the_row(occupant: Occupant) -> None:
    assert all_rules()[RULES[occupant.kind]].severity is occupant.severity
    assert severity_in_pool(occupant.kind) is occupant.severity


def site_facts(text: str = FILE) -> Facts:
    return Facts(facts_of(text).document, SITE)


@pytest.mark.parametrize("occupant", OCCUPANTS, ids=lambda occupant: occupant.kind)
def test_the_rule_says_the_reason_of_the_row(occupant: Occupant) -> None:
    entry = occupant.used(site_facts())[0]
    text = f"calico_network_cidr: {address_text(entry.first)}/32\n" + FILE
    findings = check_config(text, SITE).findings
    said = [finding for finding in findings if finding.rule == RULES[occupant.kind]]
    assert any(f": {occupant.why}" in finding.message for finding in said)
    assert {finding.hint for finding in said if occupant.why in finding.message} == {occupant.hint}


def test_all_lists_have_everybody() -> None:
    facts = site_facts()
    known = [entry for _, entry in known_ranges(facts)]
    assert {entry.kind for entry in known} == set(RULES)
    assert set(known) <= set(occupied_ranges(facts))
    addresses = {entry.network for entry in known}
    assert addresses <= {entry.network for entry in everything(facts)}


def test_what_is_switched_off_is_known_and_not_there() -> None:
    facts = facts_of("dcos_overlay_enable: 'false'\n")
    off = {entry.kind for _, entry in known_ranges(facts)} - {entry.kind for entry in present_ranges(facts)}
    assert off == {"overlay", "vtep"}
    assert all(
        set(occupant.used(facts)) == (set() if occupant.kind in off else set(occupant.known(facts)))
        for occupant in OCCUPANTS
    )


def test_defaults_are_nobodys_fault() -> None:
    assert {entry.origin for _, entry in known_ranges(untouched())} == {"default"}
    severities = {finding.severity for finding in check_config("{}").findings if "overlaps" in finding.rule}
    assert severities <= {Severity.INFO}
