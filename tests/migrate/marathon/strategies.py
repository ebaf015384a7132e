"""Generated definitions and documents, in many styles."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

_WORDS = ["dcos", "old", "calico", "front", "backend", "dcos6", "dcos-1", "other", "mesos-bridge"]
names = st.sampled_from(_WORDS)
_maybe_name = st.one_of(st.none(), names)
_label_texts = st.sampled_from(
    ["role", "dcos", "team", "a/b", "networks", "name", "ü", 'q"uote', "back\\slash"]
)
labels = st.dictionaries(_label_texts, st.sampled_from(["dcos", "web", "", "ä", '"name"']), max_size=3)
_MODES = ["container", "CONTAINER", "Container", "host", "container/bridge"]


def _without_absent(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value != "absent"}


def _some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, null, or no member at all."""
    return st.one_of(strategy, st.none(), st.just("absent"))


networks = st.fixed_dictionaries(
    {"mode": _some(st.sampled_from(_MODES)), "name": _some(names), "labels": _some(labels)}
).map(_without_absent)
_network_lists = st.lists(networks, max_size=3)
_ports = st.lists(
    st.fixed_dictionaries(
        {
            "containerPort": st.just(80),
            "hostPort": _some(st.sampled_from([0, 8080])),
            "networkNames": _some(st.lists(names, max_size=3)),
            "labels": _some(st.just({"VIP_0": "/dcos:80"})),
        }
    ).map(_without_absent),
    max_size=2,
)
_docker = st.fixed_dictionaries(
    {
        "image": st.just("team/dcos:dcos"),
        "network": _some(st.sampled_from(["USER", "user", "BRIDGE", "HOST", "NONE", "BOGUS"])),
        "portMappings": _some(_ports),
        "parameters": _some(
            st.lists(
                st.sampled_from(
                    [
                        {"key": "label", "value": "org.projectcalico.label.role=web"},
                        {"key": "label", "value": "org.projectcalico.label.a/b=x"},
                        {"key": "network", "value": "dcos"},
                    ]
                ),
                max_size=2,
            )
        ),
    }
).map(_without_absent)
_container = st.fixed_dictionaries(
    {
        "type": _some(st.sampled_from(["DOCKER", "MESOS", "Docker"])),
        "docker": _some(_docker),
        "portMappings": _some(_ports),
    }
).map(_without_absent)
apps = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["/dcos", "web", "/dcos/api"]),
        "cmd": st.sampled_from(["run dcos 9.0.1.2", 'echo "networks"', "tab\\there", "\\u0064cos"]),
        "env": _some(st.just({"NETWORK": "dcos", "networks": '[{"name": "dcos"}]'})),
        "labels": _some(labels),
        "networks": _some(_network_lists),
        "ipAddress": _some(
            st.fixed_dictionaries(
                {"networkName": _some(names), "labels": _some(labels), "network": _some(names)}
            ).map(_without_absent)
        ),
        "container": _some(_container),
        "instances": _some(st.integers(0, 3)),
    }
).map(_without_absent)
pods = st.fixed_dictionaries(
    {
        "id": st.just("/pod"),
        "networks": _some(_network_lists),
        "containers": st.lists(
            st.fixed_dictionaries(
                {
                    "name": st.just("dcos"),
                    "endpoints": _some(
                        st.lists(
                            st.fixed_dictionaries(
                                {"name": st.just("dcos"), "networkNames": _some(st.lists(names, max_size=3))}
                            ).map(_without_absent),
                            max_size=2,
                        )
                    ),
                }
            ).map(_without_absent),
            max_size=2,
        ),
    }
).map(_without_absent)
jobs = st.fixed_dictionaries(
    {
        "id": st.just("job"),
        "run": st.fixed_dictionaries({"networks": _some(_network_lists)}).map(_without_absent),
    }
)
pools = st.fixed_dictionaries(
    {
        "name": st.just("dcos"),
        "haproxy": st.just({"backends": [{"name": "dcos"}]}),
        "virtualNetworks": st.lists(st.fixed_dictionaries({"name": names}), max_size=2),
    }
)
statuses = st.fixed_dictionaries(
    {
        "id": st.just("/pod"),
        "spec": pods,
        "instances": st.just([{"networks": [{"name": "dcos", "addresses": ["9.0.1.1"]}]}]),
    }
)
definitions = st.one_of(apps, pods, jobs, pools, statuses)
groups = st.recursive(
    st.fixed_dictionaries({"id": st.just("/dcos"), "apps": st.lists(apps, max_size=3)}),
    lambda inner: st.fixed_dictionaries(
        {
            "id": st.just("g"),
            "apps": st.lists(apps, max_size=2),
            "groups": st.lists(inner, max_size=2),
            "pods": st.lists(statuses, max_size=1),
        }
    ),
    max_leaves=3,
)
documents = st.one_of(
    definitions,
    groups,
    st.fixed_dictionaries({"app": apps}),
    st.fixed_dictionaries({"apps": st.lists(apps, max_size=3)}),
    st.fixed_dictionaries({"*": st.lists(apps, max_size=3)}),
    st.fixed_dictionaries(
        {
            "queue": st.lists(
                st.one_of(
                    st.fixed_dictionaries({"app": apps, "count": st.just(1)}),
                    st.fixed_dictionaries({"pod": pods}),
                ),
                max_size=2,
            )
        }
    ),
    st.lists(definitions, min_size=1, max_size=3),
)


@st.composite
def texts(draw: st.DrawFn) -> tuple[Any, str]:
    """A document and one of its many spellings."""
    document = draw(documents)
    indent = draw(st.sampled_from([None, 1, 2, 4, "\t"]))
    separators = draw(st.sampled_from([None, (",", ":"), (" , ", " : "), (",", ": ")]))
    text = json.dumps(document, indent=indent, separators=separators, ensure_ascii=draw(st.booleans()))
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    text = draw(st.sampled_from(["", "\ufeff", "\n ", "\ufeff\r\n"])) + text
    text += draw(st.sampled_from(["", "\n", "\r\n", "  "]))
    if draw(st.booleans()):
        # Other spellings of the same names.
        text = text.replace('"networks"', '"net\\u0077orks"', 1).replace('"dcos"', '"d\\u0063os"', 1)
    return document, text
