"""Which rules look at a definition: the choice saves time, and never hides a finding."""

from __future__ import annotations

import inspect
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.findings import Severity
from calico_core.spans import Lines
from calico_migrate.marathon import planning, rules
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.rewriting import rewrite
from calico_migrate.marathon.rule_table import RULES
from calico_migrate.marathon.subject import Subject
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon import strategies
from tests.support.definitions import definitions_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from calico_core.findings import Finding

MAPS = [
    NetworkMap(),
    NetworkMap({"dcos": "calico", "old": "calico"}),
    NetworkMap({"old": "calico"}),
    NetworkMap({"Odd_Name": "calico", "dcos": "front"}, "Odd_Name"),
    NetworkMap({"dcos": "Not A Name"}),
]

# What a field that a rule reads may hold, right and wrong; a member is left out where nothing is drawn.
_WRONG: list[Any] = [None, 0, 5, True, "", "dcos", "9.0.0.1", [], [5], {}, {"a": 5}, 1e300]
_wrong = st.sampled_from(_WRONG)
_PACKAGE = [
    {"DCOS_PACKAGE_NAME": "kafka"},
    {"DCOS_COMMONS_API_VERSION": "v1", "DCOS_SERVICE_NAME": "a"},
    {"DCOS_PACKAGE_NAME": 5},
    {"DCOS_PACKAGE_NAME": "kafka", "DCOS_PACKAGE_OPTIONS": "eyJ2aXJ0dWFsX25ldHdvcmtfbmFtZSI6ICJkY29zIn0="},
]
_volumes = st.sampled_from([[{"persistent": {"size": 1}}], [{"hostPath": "/a"}], [5]])
_ports = st.sampled_from(
    [
        [{"hostPort": 80}],
        [{"hostPort": 0}],
        [{"networkNames": ["dcos", "x"], "hostPort": 80}],
        [{"labels": {"VIP_0": "/a:80"}}],
        [5],
    ]
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "acceptedResourceRoles": st.sampled_from([[], ["*"]]),
    "args": st.just(["9.0.0.1"]),
    "cmd": st.sampled_from(["", "x", "ping 9.1.2.3", "VIP_"]),
    "container": st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["DOCKER", "MESOS"]) | _wrong,
            "volumes": _volumes | _wrong,
            "portMappings": _ports | _wrong,
            "docker": st.fixed_dictionaries(
                {},
                optional={
                    "network": st.sampled_from(["USER", "HOST", "BRIDGE", "NONE"]) | _wrong,
                    "portMappings": _ports | _wrong,
                    "parameters": st.sampled_from(
                        [[{"key": "net", "value": "x"}], [{"key": "label", "value": "org.projectcalico.label.=x"}]]
                    )
                    | _wrong,
                },
            )
            | _wrong,
        },
    ),
    "containers": st.lists(
        st.fixed_dictionaries({}, optional={"endpoints": _ports | _wrong, "volumeMounts": _wrong}), max_size=2
    ),
    "dependencies": st.none(),
    "docker": st.just({"parameters": [{"key": "net"}, {"key": "label", "value": "org.projectcalico.label._=x"}]}),
    "env": st.sampled_from([{"A": "9.0.3.4"}, {"VIRTUAL_NETWORK_NAME": "dcos"}]),
    "fetch": st.just([{"uri": "a"}]),
    "healthChecks": st.sampled_from([[{"ipProtocol": "IPv6"}], [{"ipProtocol": "IPv4"}], [{"ipProtocol": "IPV6", "protocol": "MESOS_HTTP"}]]),
    "instances": st.sampled_from([0, 1, 3, 10**400]),
    "ipAddress": st.sampled_from([{"network": "dcos"}, {"discovery": {"ports": [{"labels": {"VIP_0": "a"}}]}}]),
    "labels": st.sampled_from(_PACKAGE),
    "networks": st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "mode": st.sampled_from(["container", "host", "container/bridge", "odd"]) | _wrong,
                "name": st.sampled_from(["dcos", "Odd_Name", "dcos6", "calico", "a/b"]) | _wrong,
                "labels": st.sampled_from([{"a/b": "x"}, {"_": "x"}, {"a/b": "1", "a.b": "2"}, {"a": 5}]) | _wrong,
            },
        )
        | _wrong,
        max_size=2,
    ),
    "portDefinitions": st.just([{"port": 80}]),
    "ports": st.sampled_from([None, [80], [81]]),
    "residency": st.just({}),
    "scheduling": st.sampled_from(
        [{"upgrade": {"maximumOverCapacity": 0}}, {"instances": {"count": 2}, "upgrade": {"maximumOverCapacity": 0.2}}]
    ),
    "upgradeStrategy": st.fixed_dictionaries(
        {},
        optional={
            "maximumOverCapacity": st.sampled_from([0, 0.0, 0.1, 0.5, 1, 1.0]) | _wrong,
            "minimumHealthCapacity": st.sampled_from([0, 0.5, 1]) | _wrong,
        },
    ),
    "uris": st.just(["a"]),
    "volumes": _volumes,
}  # fmt: skip
_extra = st.fixed_dictionaries({}, optional={key: each | _wrong for key, each in FIELDS.items()})


@st.composite
def documents(draw: st.DrawFn) -> Any:
    """Definitions with right and wrong values in every field that a rule reads, in some wrappers."""
    definitions = [
        {**draw(strategies.definitions), **draw(_extra)}
        if draw(st.booleans())
        else {"id": "/a", **draw(_extra)}
        for _ in range(draw(st.integers(1, 3)))
    ]
    shape = draw(st.sampled_from(["one", "list", "group", "job", "holder"]))
    if shape == "one":
        return definitions[0]
    if shape == "list":
        return definitions
    if shape == "job":
        return {"id": "j", "run": definitions[0]}
    if shape == "holder":
        # A definition that holds others, with its own fields on both sides of them.
        first, *others = definitions
        return {**first, "apps": others, "env": {"ADDRESS": "9.0.0.9"}}
    return {"id": "/g", "apps": definitions, "groups": [{"id": "h", "apps": definitions[:1]}]}


ALL = sorted(path.stem for path in Path(rules.__file__).parent.glob("*.py"))
CHECKS = [
    module.check
    for module in (import_module(f"{rules.__name__}.{name}") for name in ALL[1:])
    if hasattr(module, "check")
]


def by_every_rule(text: str, network_map: NetworkMap, *, move_labels: bool) -> list[Finding]:
    found: list[Finding] = []
    definitions = definitions_in(text)
    plans = planning.plans(definitions, Options(network_map, move_labels))
    for definition, planned in zip(definitions, plans, strict=True):
        subject = Subject(definition, planned, network_map, Lines(text), labels_moved=move_labels)
        for check in CHECKS:
            found += (each._replace(id=definition.identity.resolved()) for each in check(subject))
    return found


@given(documents(), st.sampled_from(MAPS), st.booleans(), st.booleans())
def test_no_rule_is_passed_over(
    document: Any, network_map: NetworkMap, move_labels: bool, escaped: bool
) -> None:
    text = json.dumps(document)
    if escaped:
        text = text.replace("9.0", "\\u0039.0").replace("VIP_", "V\\u0049P_")
    told = rewrite(text, Options(network_map, move_labels), build=False).findings
    # What is no definition has no subject.
    found = [each for each in told if each.rule != "network-in-skipped-file"]
    assert sorted(map(repr, found)) == sorted(
        map(repr, by_every_rule(text, network_map, move_labels=move_labels))
    )


@given(documents(), st.sampled_from(MAPS), st.booleans())
def test_where_errors_alone_are_asked_for_all_of_them_are_found(
    document: Any, network_map: NetworkMap, move_labels: bool
) -> None:
    text, options = json.dumps(document), Options(network_map, move_labels)
    everything, errors = (rewrite(text, options, errors_only=only) for only in (False, True))
    assert everything.edits == errors.edits
    wanted = [each for each in everything.findings if each.severity is Severity.ERROR]
    assert [each for each in errors.findings if each.severity is Severity.ERROR] == wanted


@given(documents(), st.sampled_from(MAPS), st.booleans())
def test_no_value_of_a_wrong_type_breaks_anything(
    document: Any, network_map: NetworkMap, move_labels: bool
) -> None:
    text = json.dumps(document, indent=1)
    result = rewrite(text, Options(network_map, move_labels))
    assert (result.after is None) == (not result.edits)
    for finding in result.findings:
        assert finding.message
        assert finding.hint
        assert finding.source
        assert finding.line is not None
        assert finding.column is not None
        assert 1 <= finding.line <= text.count("\n") + 1


def test_every_rule_with_a_check_belongs_to_a_feature() -> None:
    called = {name for names in RULES.values() for name in names}
    assert called == {check.__module__.rpartition(".")[2] for check in CHECKS}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__module__.rpartition(".")[2])
def test_a_rule_that_speaks_of_errors_says_so(check: Callable[..., object]) -> None:
    module = sys.modules[check.__module__]
    if "Severity.ERROR" in inspect.getsource(module):
        assert module.RULE.worst is Severity.ERROR
    else:
        assert module.RULE.worst is module.RULE.severity


@pytest.mark.parametrize("count", [0, 1, 3, 49, 50, 120])
def test_marks_behind_and_before_other_definitions(count: int) -> None:
    plain, marked = '{"id": "/a", "cmd": "true"}', '{"id": "/b", "cmd": "ping 9.0.1.2"}'
    document = ", ".join([plain] * count + [marked] + [plain] * count + [marked])
    found = rewrite(f"[{document}]").findings
    assert [(finding.rule, finding.pointer) for finding in found] == [
        ("overlay-address", f"/{count}/cmd"),
        ("overlay-address", f"/{2 * count + 1}/cmd"),
    ]


@pytest.mark.parametrize(
    "members,told",
    [
        ('"labels": {"network": "dcos"}', []),
        ('"labels": {"network": "dcos"}, "env": {"NETWORK": "dcos"}', ["/env/NETWORK"]),
        ('"labels": {"a": "dcos"}, "labels": {}, "env": {"NETWORK": "dcos"}', ["/env/NETWORK"]),
        ('"labels": {"a": "x"}, "network": "dcos"', ["/network"]),
    ],
)
def test_a_label_hides_no_other_place(members: str, told: list[str]) -> None:
    text = f'{{"id": "/a", "networks": [{{"name": "dcos"}}], {members}}}'
    found = rewrite(text).findings
    assert [each.pointer for each in found if each.rule == "network-named-elsewhere"] == told
