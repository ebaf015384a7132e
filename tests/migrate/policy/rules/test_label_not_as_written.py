from __future__ import annotations

from typing import Any

from tests.migrate.policy.rules.checked import app, found, policy

ID = "label-not-as-written"


def _docker(identity: str, *labels: str) -> dict[str, Any]:
    parameters = [{"key": "label", "value": f"org.projectcalico.label.{label}"} for label in labels]
    return {
        "id": identity,
        "container": {"type": "DOCKER", "docker": {"image": "x", "parameters": parameters}},
        "networks": [{"mode": "container", "name": "calico"}],
    }


UCR = app("/ucr", {"corp.io/role": "web"})
DOCKER = _docker("/docker", "corp.io/role=web")


def test_ucr_changes_a_slash() -> None:
    (finding,) = found(ID, policy("selector: corp.io/role == 'web'"), [UCR, DOCKER])
    assert (finding.pointer, finding.line, finding.severity.value) == ("/spec/selector", 4, "warning")
    assert "/ucr" in finding.message
    assert "arrives as corp.io.role under UCR" in finding.message


def test_docker_keeps_it() -> None:
    (finding,) = found(ID, policy("selector: corp.io.role == 'web'"), [UCR, DOCKER])
    assert "/docker: its label corp.io/role arrives as it is under Docker" in finding.message


def test_a_value_that_ucr_changes() -> None:
    apps = [app("/ucr", {"team": "web/shop"}), app("/plain", {"team": "x"})]
    (finding,) = found(ID, policy("selector: \"team in {'web/shop', 'x'}\""), apps)
    assert "its team 'web/shop' arrives as 'web.shop' under UCR" in finding.message


def test_a_rule_asks_for_it() -> None:
    spec = "selector: all(), ingress: [{action: Allow, source: {selector: corp.io/role == 'web'}}]"
    (finding,) = found(ID, policy(spec), [UCR, DOCKER])
    assert finding.pointer == "/spec/ingress/0/source/selector"


def test_labels_that_are_lost() -> None:
    lost = _docker("/lost", "role=two words", "tier=db")
    (finding,) = found(ID, policy("selector: has(tier)"), [lost, app("/x", {"tier": "x"})])
    assert "/lost" in finding.message
    assert "Docker loses all of its labels" in finding.message
    # It is also the reason where nothing else is selected.
    assert found(ID, policy("selector: tier == 'db'"), [lost])
    task = app("/task", {"role": "x", "_": "y"})
    (finding,) = found(ID, policy("selector: role == 'x'"), [task])
    assert "the task does not start" in finding.message


def test_policies_that_find_what_they_name() -> None:
    for selector in ("all()", "has(calico)", "corp.io/role == 'db'", "!has(corp.io/role)"):
        assert found(ID, policy(f'selector: "{selector}"'), [UCR, DOCKER]) == []
    assert found(ID, policy("selector: corp.io/role == 'web'")) == []
    # That nothing at all is selected is told by another rule.
    assert found(ID, policy("selector: corp.io/role == 'web'"), [UCR]) == []
