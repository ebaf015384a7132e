"""`network generate` on the command line: inputs, what speaks against them, an existing directory."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from calico_migrate.calico.existing import read_pools, read_profiles
from calico_migrate.cli import run as calico_migrate
from calico_migrate.network.promise import Promise
from calico_migrate.network.running import journal as journals
from calico_migrate.network.verifying.verification import Found, compare

if TYPE_CHECKING:
    from pathlib import Path

POOLS = json.dumps(
    {
        "kind": "IPPoolList",
        "items": [
            {
                "kind": "IPPool",
                "metadata": {"name": "default-ipv4-ippool"},
                "spec": {"cidr": "172.29.0.0/16", "ipipMode": "Always", "natOutgoing": True},
            }
        ],
    }
)


@pytest.fixture
def agents(tmp_path: Path) -> Path:
    path = tmp_path / "agents.txt"
    path.write_text("# rack 1\n10.0.0.5\n10.0.0.6\n10.0.0.5\n")
    return path


def generate(
    tmp_path: Path, agents: Path, *options: str, name: str = "web", cidr: str = "10.1.0.0/16"
) -> int:
    arguments = [name, "--cidr", cidr, "--agents", str(agents), "--output-dir", str(tmp_path / "out")]
    return calico_migrate(["network", "generate", *arguments, *options])


def promise(tmp_path: Path) -> Promise:
    return Promise.from_json((tmp_path / "out/network.json").read_text())


def test_a_directory(tmp_path: Path, agents: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert generate(tmp_path, agents) == 0
    out, err = capfd.readouterr()
    assert out.endswith("README.md says what comes next\n")
    assert err == f"note: {agents}: 1 line names an agent again (10.0.0.5); each is taken once\n"
    made = promise(tmp_path)
    assert [agent.name for agent in made.agents] == ["10.0.0.5", "10.0.0.6"]
    assert made.mode == "vxlan"
    assert (tmp_path / "out/agents/10.0.0.6/create-network.sh").is_file()


def test_the_pools_tell_the_mode(tmp_path: Path, agents: Path) -> None:
    pools = tmp_path / "pools.json"
    pools.write_text(POOLS)
    assert generate(tmp_path, agents, "--pools", str(pools)) == 0
    assert promise(tmp_path).mode == "ipip"


@pytest.mark.parametrize(
    "options", [[], ["--isolated"], ["--profile", "calico"], ["--profile", "shop"], ["--shared-pool"]]
)
def test_what_is_written_is_what_is_verified(tmp_path: Path, agents: Path, options: list[str]) -> None:
    assert generate(tmp_path, agents, *options) == 0
    made = promise(tmp_path)
    pools = read_pools((tmp_path / "out/ippool.yaml").read_text(), "ippool.yaml")
    profiles = read_profiles((tmp_path / "out/profile.yaml").read_text(), "profile.yaml")
    rules = {f.message for f in compare(made, Found(pools=pools, profiles=profiles)).profiles}
    assert rules <= {"the profile 'calico' is not there"}
    pool_rules = [f.rule for f in compare(made, Found(pools=pools)).pools]
    # The file has no annotation: only the plugin writes it.
    assert pool_rules == ["annotation-differs"]
    assert {profile.name for profile in profiles} == set(made.written_profiles)


@pytest.mark.parametrize(
    "name, cidr",
    [
        ("$(reboot)", "10.1.0.0/16"),
        ("a'b", "10.1.0.0/16"),
        ('a"b', "10.1.0.0/16"),
        ("a b", "10.1.0.0/16"),
        ("a\nb", "10.1.0.0/16"),
        ("", "10.1.0.0/16"),
        ("x" * 300, "10.1.0.0/16"),
        ("calico", "10.1.0.0/16"),
        ("web", "10.1.2.3/16"),
        ("web", "fd00::/64"),
        ("web", "nonsense"),
        ("web", "10.1.0.0/16;reboot"),
        ("web", "10.1.0.0/26"),
    ],
)
def test_what_speaks_against_it_is_a_line(
    tmp_path: Path, agents: Path, capfd: pytest.CaptureFixture[str], name: str, cidr: str
) -> None:
    assert generate(tmp_path, agents, name=name, cidr=cidr) == 1
    err = capfd.readouterr().err
    assert err.endswith("nothing was written\n")
    assert ": error: " in err
    assert not (tmp_path / "out").exists()
    assert generate(tmp_path, agents, "--fail-on", "never", "--format", "json", name=name, cidr=cidr) == 1
    assert json.loads(capfd.readouterr().out)["summary"]["errors"] >= 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["", "# nobody\n", "-oProxyCommand=x\n", "a b\n"])
def test_an_agents_file_that_is_none(
    tmp_path: Path, agents: Path, capfd: pytest.CaptureFixture[str], text: str
) -> None:
    agents.write_text(text)
    assert generate(tmp_path, agents) == 3
    assert capfd.readouterr().err.startswith(f"calico-migrate: {agents}")
    assert not (tmp_path / "out").exists()


def test_twenty_thousand_agents_need_a_larger_pool(
    tmp_path: Path, agents: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    agents.write_text("\n".join(f"10.{n // 65536}.{n // 256 % 256}.{n % 256}" for n in range(1, 20_001)))
    assert generate(tmp_path, agents) == 1
    assert len(capfd.readouterr().err.splitlines()) < 10


def test_an_existing_directory(tmp_path: Path, agents: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert generate(tmp_path, agents) == 0
    (tmp_path / "out/run-journal.json").write_text("kept")
    (tmp_path / "out/notes").write_text("mine")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    capfd.readouterr()
    assert generate(tmp_path, agents) == 2
    assert "--force" in capfd.readouterr().err
    assert generate(tmp_path, agents, "--force") == 0
    after = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    after.pop(tmp_path / "out/.run-journal.lock")
    assert after == before
    agents.write_text("10.0.0.6\n")
    assert generate(tmp_path, agents, "--force") == 0
    assert not (tmp_path / "out/agents/10.0.0.5").exists()
    assert (tmp_path / "out/run-journal.json").read_text() == "kept"


def test_not_while_a_run_is_under_way(
    tmp_path: Path, agents: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert generate(tmp_path, agents) == 0
    with journals.lock(str(tmp_path / "out")):
        assert generate(tmp_path, agents, "--force") == 4
    assert "under way" in capfd.readouterr().err


def test_one_standard_input(tmp_path: Path, agents: Path) -> None:
    assert generate(tmp_path, agents, "--pools", "-", "--config", "-") == 2
