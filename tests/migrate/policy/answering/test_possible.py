"""What a question leaves open and a rule names is a condition of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calico_core.errors import UsageError
from calico_migrate.policy import evaluate
from calico_migrate.policy.answering import reports
from calico_migrate.policy.answering.asking import ask
from calico_migrate.policy.answering.simulation import simulate
from calico_migrate.policy.answering.traffic import Traffic, traffic
from tests.migrate.policy.samples import app, cluster, policy

if TYPE_CHECKING:
    from calico_migrate.policy.answering.answers import Answer
    from calico_migrate.policy.cluster.model import Model

APPS = [app("/client", {"role": "client"}), app("/server", {"role": "server"}, vip="/server:8000")]
PING, PONG = {"type": 8}, {"type": 0}


def _model(
    *rules: dict[str, Any], direction: str = "ingress", more: tuple[dict[str, Any], ...] = ()
) -> Model:
    role = "server" if direction == "ingress" else "client"
    spec: dict[str, Any] = {"types": [direction.title()], direction: list(rules)}
    return cluster(APPS, [policy("one", f"role == '{role}'", **spec), *more])


def _answer(model: Model, target: str = "/server", **asked: Any) -> Answer:
    (one,) = ask(model, "/client", target, traffic(**asked), same_agent=False).asked
    return one.answer


def _whens(answer: Answer) -> dict[str, bool]:
    return {case.when: case.allowed for case in answer.cases}


def _icmp(action: str, **fields: Any) -> dict[str, Any]:
    return {"action": action, "protocol": "ICMP", **fields}


def _tcp(action: str, side: str, *ports: Any, field: str = "ports") -> dict[str, Any]:
    return {"action": action, "protocol": "TCP", side: {field: list(ports)}}


ALLOW = {"action": "Allow"}


@pytest.mark.parametrize("direction", ["ingress", "egress"])
@pytest.mark.parametrize(
    ("rules", "kind", "verdict"),
    [
        ([_icmp("Allow", icmp=PING)], 8, "allow"),
        ([_icmp("Allow", icmp=PING)], 0, "deny"),
        ([_icmp("Allow", icmp=PING)], None, "depends"),
        ([_icmp("Deny", icmp=PING), ALLOW], 8, "deny"),
        ([_icmp("Deny", icmp=PING), ALLOW], 3, "allow"),
        ([_icmp("Deny", icmp=PING), ALLOW], None, "depends"),
        ([_icmp("Allow", notICMP=PING)], 8, "deny"),
        ([_icmp("Allow", notICMP=PING)], None, "depends"),
        ([_icmp("Allow")], None, "allow"),
        ([_icmp("Deny", icmp=PING), _icmp("Deny")], None, "deny"),
        ([_icmp("Allow", icmp=PING), ALLOW], None, "allow"),
        ([_tcp("Allow", "destination", 80)], None, "deny"),
    ],
)
def test_icmp_types(direction: str, rules: list[dict[str, Any]], kind: int | None, verdict: str) -> None:
    model = _model(*rules, direction=direction)
    assert _answer(model, protocol_text="icmp", icmp_type=kind).verdict == verdict


def test_the_type_and_the_code_are_the_condition() -> None:
    answer = _answer(_model(_icmp("Allow", icmp=PING)), protocol_text="icmp")
    assert _whens(answer) == {"the ICMP type is 8": True, "the ICMP type is not 8": False}
    answer = _answer(_model(_icmp("Allow", icmp=PING), _icmp("Allow", icmp=PONG)), protocol_text="icmp")
    assert _whens(answer) == {"the ICMP type is one of 0, 8": True, "the ICMP type is none of 0, 8": False}
    coded = _model(_icmp("Allow", icmp={"type": 3, "code": 4}))
    answer = _answer(coded, protocol_text="icmp")
    assert _whens(answer) == {
        "the ICMP type is 3 and its code 4": True,
        "the ICMP type is not 3 or the ICMP type is 3 and its code not 4": False,
    }
    answer = _answer(coded, icmp_type=3)
    assert _whens(answer) == {"the ICMP code is 4": True, "the ICMP code is not 4": False}
    assert _answer(coded, icmp_type=3, icmp_code=4).verdict == "allow"
    assert _answer(coded, icmp_type=3, icmp_code=3).verdict == "deny"
    assert _answer(coded, icmp_type=8).verdict == "deny"


@pytest.mark.parametrize(
    ("rules", "port", "verdict", "assumed"),
    [
        (
            [_tcp("Allow", "source", "1024:65535")],
            None,
            "allow",
            "deny where the source port is one of 1 to 1023",
        ),
        ([_tcp("Allow", "source", "1024:65535")], 1000, "deny", ""),
        ([_tcp("Allow", "source", "1024:65535")], 2000, "allow", ""),
        ([_tcp("Allow", "source", 53)], None, "deny", "allow where the source port is 53"),
        (
            [_tcp("Deny", "source", "1:1023"), ALLOW],
            None,
            "allow",
            "deny where the source port is one of 1 to 1023",
        ),
        ([_tcp("Allow", "source", 53, field="notPorts")], None, "allow", "deny where the source port is 53"),
        ([_tcp("Allow", "source", "40000:65535")], None, "depends", ""),
        ([_tcp("Allow", "source", "1:65535")], None, "allow", ""),
        ([_tcp("Deny", "source", 53), _tcp("Deny", "source", 54)], None, "deny", ""),
        ([ALLOW], None, "allow", ""),
    ],
)
def test_source_ports(rules: list[dict[str, Any]], port: int | None, verdict: str, assumed: str) -> None:
    answer = _answer(_model(*rules), port=80, source_port=port)
    assert answer.verdict == verdict
    if assumed:
        assert "taken for one of 32768 to 60999" in answer.assumes
        assert f"it is {assumed}" in answer.assumes
    else:
        assert answer.assumes == ""


def test_source_ports_of_both_sides_are_put_together() -> None:
    egress = policy("two", "role == 'client'", egress=[_tcp("Allow", "source", "1:40000")])
    answer = _answer(_model(_tcp("Allow", "source", "39000:65535"), more=(egress,)), port=80)
    assert _whens(answer) == {
        "the source port is one of 39000 to 40000": True,
        "the source port is one of 1 to 38999, 40001 to 65535": False,
    } or _whens(answer) == {
        "the source port is one of 39000 to 40000": True,
        "the source port is one of 1 to 38999": False,
        "the source port is one of 40001 to 65535": False,
    }


def test_the_advice_speaks_of_what_was_asked() -> None:
    answer = _answer(_model(_icmp("Deny", icmp=PING)), protocol_text="icmp")
    assert "allow ICMP from /client" in answer.trace[-1].why
    answer = _answer(_model(_icmp("Allow", icmp=PING)), protocol_text="icmp")
    assert "does not match because it wants ICMP type 8" in answer.cases[1].trace[-1].why
    answer = _answer(_model(_tcp("Deny", "source", "1024:65535")), port=80)
    assert "allow TCP port 80 from /client" in answer.trace[-1].why


def test_behind_a_vip() -> None:
    model = _model(_tcp("Allow", "source", "1024:65535"))
    assert _answer(model, "vip:/server:8000").verdict == "allow"
    assert _answer(model, "vip:/server:8000", source_port=80).verdict == "deny"


def test_the_condition_on_addresses_stays() -> None:
    rule = {**_icmp("Allow", icmp=PING), "source": {"nets": ["172.29.0.0/17"]}}
    answer = _answer(_model(rule), protocol_text="icmp")
    assert answer.verdict == "depends"
    assert "the ICMP type is 8 and the address of /client is in 172.29.0.0/17" in _whens(answer)


def test_the_report_says_what_is_assumed() -> None:
    reply = ask(
        _model(_tcp("Allow", "source", "1024:65535")), "/client", "/server", Traffic(80), same_agent=False
    )
    (assumed,) = reports.reply(reply)["assumes"]
    assert "source port" in assumed


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"icmp_code": 1}, "belongs to a type"),
        ({"icmp_type": 256}, "no ICMP type"),
        ({"icmp_type": 8, "icmp_code": -1}, "no ICMP code"),
        ({"icmp_type": 8, "protocol_text": "tcp"}, "TCP has no types"),
        ({"icmp_type": 8, "port": 80}, "has no ports"),
        ({"source_port": 80, "protocol_text": "icmp"}, "has no ports"),
        ({"source_port": 0}, "no source port"),
    ],
)
def test_what_cannot_be_asked(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        traffic(**asked)


def test_a_type_alone_means_icmp() -> None:
    assert traffic(icmp_type=8).protocol == 1
    assert traffic(protocol_text="ICMPv6", icmp_type=128).protocol == 58


def test_a_scenario_that_leaves_something_open() -> None:
    def scenario(rule: dict[str, Any], **flow: Any) -> dict[str, Any]:
        return {
            "endpoints": [{"ip": "172.29.0.2", "labels": {"a": "b"}, "profiles": []}],
            "policies": [policy("p", "has(a)", ingress=[rule])],
            "flow": {"src_ip": "10.0.0.1", "dst_ip": "172.29.0.2", "protocol": "TCP", **flow},
        }

    ping = _icmp("Allow", icmp=PING)
    found = evaluate(scenario(ping, protocol="ICMP"))
    assert (found.verdict, len(found.cases)) == ("depends", 2)
    assert [case["verdict"] for case in reports.verdict(found)["cases"]] == ["allow", "deny"]
    assert evaluate(scenario(ping, protocol="ICMP", icmp_type=8)).verdict == "allow"
    high = _tcp("Allow", "source", "1024:65535")
    found = evaluate(scenario(high, dst_port=80))
    assert found.verdict == "allow"
    assert "source port" in reports.verdict(found)["assumes"][0]
    assert evaluate(scenario(_tcp("Allow", "destination", 80))).verdict == "depends"
    assert evaluate(scenario(_tcp("Allow", "destination", 80), dst_port=81)).verdict == "deny"


RANGES = st.lists(
    st.sampled_from([53, "1:1023", "1024:65535", "32768:60999", "40000:50000", 45000]), min_size=1, max_size=2
)
RULES = st.lists(
    st.one_of(
        st.builds(
            _tcp,
            st.sampled_from(["Allow", "Deny", "Pass", "Log"]),
            st.just("source"),
            RANGES.map(lambda r: r[0]),
        ),
        st.builds(
            lambda action, ports: _tcp(action, "source", *ports, field="notPorts"),
            st.sampled_from(["Allow", "Deny"]),
            RANGES,
        ),
        st.builds(
            lambda action, field, icmp: _icmp(action, **{field: icmp}),
            st.sampled_from(["Allow", "Deny", "Pass"]),
            st.sampled_from(["icmp", "notICMP"]),
            st.sampled_from([PING, PONG, {"type": 3, "code": 4}, {"type": 3}]),
        ),
        st.just(ALLOW),
    ),
    max_size=4,
)
PORTS = [
    1,
    52,
    53,
    54,
    1023,
    1024,
    32767,
    32768,
    39999,
    40000,
    44999,
    45000,
    45001,
    50000,
    50001,
    60999,
    61000,
    65535,
]


@given(RULES, RULES)
@settings(max_examples=150)
def test_the_answer_is_that_of_every_packet(
    ingress: list[dict[str, Any]], egress: list[dict[str, Any]]
) -> None:
    out = policy("two", "role == 'client'", types=["Egress"], egress=egress)
    model = _model(*ingress, more=(out,))

    def verdicts(*all_asked: Traffic) -> set[str]:
        source, target = model.parties["/client"], model.parties["/server"]
        return {
            simulate(
                model, source, target, asked.packet(asked.port, asked.protocol or 0), same_agent=False
            ).verdict
            for asked in all_asked
        }

    usual = verdicts(*(Traffic(80, 6, port) for port in PORTS if 32768 <= port <= 60999))
    (told,) = verdicts(Traffic(80, 6))
    assert told == (usual.pop() if len(usual) == 1 else "depends")
    types = verdicts(*(Traffic(None, 1, None, kind, code) for kind in (0, 3, 8, 11) for code in (0, 4)))
    (told,) = verdicts(Traffic(None, 1))
    assert told == (types.pop() if len(types) == 1 else "depends")
