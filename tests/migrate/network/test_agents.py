"""Reading agents: lists, `dcos node list --json`, inventories, and everything that is none of them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import InputError
from calico_migrate.network.agents import address_problem, read_agents
from tests.support.timing import cpu_time


def names(text: str) -> list[str]:
    return [agent.name for agent in read_agents(text, "agents").agents]


def notes(text: str) -> str:
    return "\n".join(read_agents(text, "agents").notes)


def problem(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        read_agents(text, "agents")
    assert caught.value.path == "agents"
    return caught.value


def test_a_list_of_addresses_in_its_order() -> None:
    assert names("10.0.0.7\nagent-2.example\n10.0.0.5\n") == ["10.0.0.7", "agent-2.example", "10.0.0.5"]


def test_comments_blanks_line_ends_and_a_byte_order_mark() -> None:
    text = "\ufeff# the agents\r\n\r\n  10.0.0.5  # rack 1\r\n; old\r\n\t10.0.0.6\r\n"
    assert names(text) == ["10.0.0.5", "10.0.0.6"]
    assert notes(text) == ""


def test_duplicates_are_taken_once_and_counted() -> None:
    text = "10.0.0.5\nAgent.example\n10.0.0.5\nagent.EXAMPLE\n10.0.0.5\n"
    assert names(text) == ["10.0.0.5", "Agent.example"]
    assert notes(text) == "3 lines name an agent again (10.0.0.5, agent.EXAMPLE); each is taken once"


@pytest.mark.parametrize("text", ["", "\n\n", "# nobody\n", "[agents]\n", "[]", "---\n", "all:\n  hosts:\n"])
def test_nothing_in_the_file(text: str) -> None:
    error = problem(text)
    assert "no agent in this file" in error.message or "empty" in error.message or "one YAML" in error.message


@pytest.mark.parametrize(
    "line, says",
    [
        ("-oProxyCommand=touch${IFS}x", "starts with '-'"),
        ("--", "starts with '-'"),
        ("$(reboot)", "no host name"),
        ("`reboot`", "no host name"),
        ("a;b", "no host name"),
        ("'a b'", "no host name"),
        ("a b", "one address per line"),
        ("10.0.0.1, 10.0.0.2", "one address per line"),
        ("10.0.0.1,10.0.0.2", "no host name"),
        ("'a", "a quote is not closed"),
        ("../etc", "no host name"),
        ("..", "no IPv4 address"),
        ("a/b", "no host name"),
        ("core@10.0.0.5", "names a user"),
        ("10.0.0.5:22", "has a port"),
        ("fd00::5", "IPv6"),
        ("10.0.0.256", "no IPv4"),
        ("10.0.0", "no IPv4"),
        ("10.0.0.05", "no IPv4"),
        ("1.2.3.4.", "no IPv4"),
        ("a" * 300, "no host name"),
        ("agent\u00e9", "no host name"),
        ("a\x1b[31mb", "no host name"),
        ("a\u2028b", "no host name"),
    ],
)
def test_what_is_no_address_is_named_with_its_line(line: str, says: str) -> None:
    error = problem(f"# agents\n10.0.0.1\n{line}\n")
    assert says in error.message
    assert error.line == 3
    assert error.message.isprintable()
    assert len(error.message) < 250


def test_many_wrong_lines_are_one_message() -> None:
    error = problem("\n".join(f"$({number})" for number in range(20_000)))
    assert "19999 more such lines" in error.message


def test_twenty_thousand_lines_are_read_at_once() -> None:
    lines = [f"10.{number // 65536}.{number // 256 % 256}.{number % 256}" for number in range(20_000)]
    with cpu_time() as spent:
        assert names("\n".join(lines)) == lines
    assert spent.seconds < 5


def test_agents_of_a_node_listing() -> None:
    rows = [
        {"type": "master (leader)", "ip": "10.0.0.1", "hostname": "master.mesos."},
        {"type": "agent", "hostname": "10.0.0.5", "attributes": {"public_ip": "true"}},
        {"type": "agent", "pid": "slave(1)@10.0.0.6:5051"},
        {"type": "agent (public)", "hostname": "10.0.0.7", "active": False},
        {"type": "agent", "hostname": "10.0.0.5"},
    ]
    text = json.dumps(rows, indent=2)
    assert names(text) == ["10.0.0.5", "10.0.0.6", "10.0.0.7"]
    assert "1 node is no agent" in notes(text)
    assert "not active according to Mesos, taken all the same: 10.0.0.7" in notes(text)
    assert "10.0.0.5" in notes(text)


def test_other_json() -> None:
    assert names('["10.0.0.5", "10.0.0.6"]') == ["10.0.0.5", "10.0.0.6"]
    assert names('{"slaves": [{"hostname": "10.0.0.5"}]}') == ["10.0.0.5"]
    assert "without an address" in problem('[{"type": "agent"}]').message
    assert "no node" in problem("[[1]]").message
    assert "no group" in problem('{"a": 1}').message
    assert "starts with '-'" in problem('["-oX=y"]').message
    assert "nested deeper" in problem("[" * 200_000).message


def test_an_ini_inventory_with_groups_of_agents() -> None:
    text = """
[masters]
10.0.0.1
[agents_private]
node1 ansible_host=10.0.0.11 ansible_user=centos
node[2:3].example  # two of them
[agents_public]
"10.0.0.21"
[agents:children]
agents_private
agents_public
[common:children]
agents
masters
[all:vars]
ansible_ssh_private_key_file = ~/.ssh/key
"""
    assert names(text) == ["10.0.0.11", "node2.example", "node3.example", "10.0.0.21"]
    assert "1 host is in no group of agents" in notes(text)
    assert "ansible_user, ansible_ssh_private_key_file: not used here" in notes(text)


def test_an_inventory_without_groups_of_agents_leaves_masters_out() -> None:
    text = "[masters]\n10.0.0.1\n[bootstraps]\n10.0.0.2\n[rack1]\n10.0.0.11\n10.0.0.1\n"
    assert names(text) == ["10.0.0.11"]
    assert names("10.0.0.5\n[rack1]\n10.0.0.6\n") == ["10.0.0.5", "10.0.0.6"]


@pytest.mark.parametrize(
    "pattern, hosts",
    [
        ("n[08:11]", ["n08", "n09", "n10", "n11"]),
        ("n[1:5:2].x", ["n1.x", "n3.x", "n5.x"]),
        ("n[a:c][1:2]", ["na1", "na2", "nb1", "nb2", "nc1", "nc2"]),
    ],
)
def test_ranges_of_hosts(pattern: str, hosts: list[str]) -> None:
    assert names(pattern) == hosts


def test_a_range_without_end() -> None:
    error = problem("[agents]\nn[1:999999999]\n")
    assert "more than 100,000 hosts" in error.message
    assert error.line == 2
    assert "no host name" in problem("n[1:a]\n").message


def test_a_yaml_inventory() -> None:
    text = """---
all:
  vars: {ansible_user: core}
  children:
    masters:
      hosts:
        10.0.0.1:
    agents_private:
      hosts: &private
        node1: {ansible_host: 10.0.0.11}
        node[2:3]:
    agents_public:
      hosts:
        10.0.0.21:
    again:
      hosts: *private
"""
    assert names(text) == ["10.0.0.11", "node2", "node3", "10.0.0.21"]
    assert "ansible_user" in notes(text)
    assert names("- 10.0.0.5\n- 10.0.0.6\n") == ["10.0.0.5", "10.0.0.6"]


def test_a_wrong_host_in_a_yaml_inventory_has_its_line() -> None:
    error = problem("all:\n  hosts:\n    good:\n    '-bad':\n")
    assert error.line == 4


def test_a_group_that_contains_itself() -> None:
    text = "all: &all\n  hosts: {10.0.0.5: }\n  children:\n    inner: *all\n"
    assert names(text) == ["10.0.0.5"]
    assert names("[agents]\n10.0.0.5\n[agents:children]\nmore\n[more:children]\nagents\n") == ["10.0.0.5"]


@pytest.mark.parametrize(
    "text",
    [
        "all: [",
        "all: {hosts: 5}",
        "all: {children: [a]}",
        "all: 5",
        "a: {hosts: {x: , x: }}",
        "a: {? [1]: 2}",
        "all: !!python/object:os.system {}",
        "a: " + "[" * 1000,
        "a: *b",
        "--- a\n--- b\n",
        "---\n5\n",
        "[agents\n10.0.0.5\n",
    ],
)
def test_broken_inventories(text: str) -> None:
    assert problem(text).message


def test_what_ansible_inventory_lists() -> None:
    listing = {
        "_meta": {"hostvars": {"node1": {"ansible_host": "10.0.0.11"}}},
        "all": {"children": ["ungrouped", "agents", "masters"]},
        "agents": {"hosts": ["node1", "node2"]},
        "masters": {"hosts": ["m1"]},
    }
    assert names(json.dumps(listing)) == ["10.0.0.11", "node2"]


@given(st.text())
def test_an_accepted_address_is_harmless(text: str) -> None:
    if address_problem(text) is None:
        assert text[0] not in "-."
        assert set(text) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
        assert ".." not in text
        assert len(text) <= 253


@given(st.text(alphabet="ab[]:-#{}'\" \n0.,=&*", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        agents = read_agents(text, "agents").agents
    except InputError:
        return
    assert agents
    assert all(address_problem(agent.name) is None for agent in agents)
